// A program as one WebAssembly module: a memory, and a function `step` that does it all.

import type { Plan } from '../program/plan.js';
import { moduleBuilder, seq } from './assembler.js';
import { KernelWriter } from './kernels.js';
import { BYTES, type Float } from './loops.js';
import { Memory } from './memory.js';

const PAGE = 65_536; // bytes

/** The bytes of a module that computes a program. */
export function generate(layout: Plan, float: Float, vectors: boolean): Uint8Array<ArrayBuffer> {
  const module = moduleBuilder();
  module.memory({ initial: Math.ceil((layout.size * BYTES[float]) / PAGE) });
  module.define({ name: 'step', params: [], result: 'void', export: true }, (body) => {
    const writer = new KernelWriter(new Memory(body, float), layout, vectors);
    for (const kernel of layout.kernels) writer.write(kernel);
    for (const { from, to } of layout.copies) writer.copy(from, to);
    return seq();
  });
  return module.toBytes();
}
