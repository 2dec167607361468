// Modules that have been compiled lately, by what they compute: the same network compiles once, however often it is trained.

import { WebAssembly, type WasmModule } from './assembler.js';
import type { Generated } from './generate.js';

/** A compiled module, and what it needs to run. */
export interface Compiled {
  readonly module: WasmModule;
  readonly shared: Generated['shared'];
}

const MOST = 16; // modules that are kept

const known = new Map<string, Compiled>(); // the one used last stands last

/** The module for a text that says all that it depends on; made where it is not known. */
export function compiledModule(text: string, make: () => Generated): Compiled {
  let compiled = known.get(text);
  if (!compiled) {
    const { code, shared } = make();
    compiled = { module: new WebAssembly.Module(code), shared };
  }
  known.delete(text);
  known.set(text, compiled);
  if (known.size > MOST) known.delete(known.keys().next().value!);
  return compiled;
}
