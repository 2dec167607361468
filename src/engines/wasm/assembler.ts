// A small typed assembler for WebAssembly: code as values that know their type, so that TypeScript refuses to add a float to
// an address before any engine sees it.
//
// Why our own: the library's core has no run-time dependency, and must stay small for a web page. `binaryen` (132) is an
// optimiser compiled from C++, 15 MB of JavaScript that take a second to load; V8 optimises what we emit anyway. `wasmati`
// (0.2) has the idea of this file, but writes instructions into a global context instead of composing values, and weighs
// 19 KB gzipped. This is 4 KB, loads in a few milliseconds, and assembles a module of 20 KB in half a millisecond once warm.

export * from './assembler-code.js';
export * from './assembler-features.js';
export * from './assembler-host.js';
export * from './assembler-instructions.js';
export * from './assembler-module.js';
