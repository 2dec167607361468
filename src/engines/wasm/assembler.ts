// A small typed assembler for WebAssembly: code as values that know their type, so that TypeScript refuses to add a float to
// an address before any engine sees it.
//
// Why our own. The library's core has no run-time dependency and must stay small for a web page. `binaryen` brings LLVM-like
// optimisation and 13 MB of compiled C++; V8 optimises what we emit anyway. `wasmati` has the same idea as this file, with a
// global implicit function context and fewer of the newer instructions, in more bytes than our whole compiler. What is needed
// here (the instructions, blocks, locals, sections) fits on five screens and assembles a module of 20 KB in about a
// millisecond.

export * from './assembler-code.js';
export * from './assembler-features.js';
export * from './assembler-host.js';
export * from './assembler-instructions.js';
export * from './assembler-module.js';
