// A program as one WebAssembly module: a memory, and a function that does it all: `step`, or where there is a data set `run`,
// which does steps one after the other.

import type { Plan } from '../program/plan.js';
import { call, i32, memory as bulk, moduleBuilder, seq, type Body } from './assembler.js';
import type { Dataset } from './dataset.js';
import { KernelWriter } from './kernels.js';
import { BYTES, type Float } from './loops.js';
import { TABLE_BYTES } from './math/exp.js';
import { Memory, Scratch, type Slice } from './memory.js';
import { controlBytes, defineSharing, defineWork, type SlicedKernel } from './parallel.js';
import { writeRun } from './run.js';
import type { Target } from './target.js';
import { isWorthSharing } from './work.js';

const PAGE = 65_536; // bytes
const CACHE_LINE = 64; // bytes
const SLICES = 2; // of a kernel for each thread, so that one that is late takes fewer
const OVERREAD = 64; // bytes behind the last number that a vector (see tile.ts) may read

/** A module, and what it needs to run. */
export interface Generated {
  readonly code: Uint8Array<ArrayBuffer>;
  /** If threads share it: the pages of the memory that it imports, and the byte where their control area starts. */
  readonly shared: { readonly pages: number; readonly control: number } | null;
}

/** The module that computes a program laid out in so many bytes of memory; with a data set, as many steps as one wants. */
export function generate(
  layout: Plan,
  float: Float,
  bytes: number,
  dataset: Dataset | null,
  { target, threads }: { readonly target: Target; readonly threads: number },
): Generated {
  const tables = aligned(bytes);
  const module = moduleBuilder({ tables });
  const control = tables + TABLE_BYTES;
  const cut = threads > 1 ? layout.kernels.filter((kernel) => isWorthSharing(kernel, layout)) : [];
  const start = cut.length > 0 ? aligned(control + controlBytes(threads - 1)) : control;
  const room = { bytes: 0 };
  const sliced = cut.map((kernel, i): SlicedKernel => {
    let slices = 1;
    const signature = { name: `slice.${i}`, params: ['i32', 'i32'], result: 'void' } as const;
    const func = module.define(signature, (body, number, free) => {
      const slice: Slice = { number, wanted: threads * SLICES, count: 1 };
      const memory = new Memory(body, float, target, new Scratch(free, room), slice);
      new KernelWriter(memory, layout).write(kernel);
      slices = slice.count;
      return seq();
    });
    return { func, slices };
  });
  const sharing = sliced.length > 0 ? defineSharing(module, sliced, control) : null;

  const writeProgram = (memory: Memory): void => {
    const writer = new KernelWriter(memory, layout);
    for (const kernel of layout.kernels) {
      const number = cut.indexOf(kernel);
      if (sharing && number >= 0) {
        memory.forget(kernel.target.start, kernel.target.size);
        memory.body.do(call(sharing.share, number * 2 ** 16 + sliced[number]!.slices, start));
      } else writer.write(kernel);
    }
    for (const { from, to } of layout.copies) writer.copy(from, to);
  };
  const memoryOf = (body: Body): Memory =>
    new Memory(body, float, target, new Scratch(i32.const(start), room));
  if (dataset) {
    const signature = { name: 'run', params: ['i32', 'i32'], result: 'void', export: true } as const;
    module.define(signature, (body, first, count) => {
      writeRun(memoryOf(body), layout, dataset, { first, count }, writeProgram);
      return seq();
    });
    module.define({ name: 'keep', params: ['i32'], result: 'void', export: true }, (_, place) =>
      bulk.copy(place, dataset.moved.start * BYTES[float], dataset.moved.size * BYTES[float]),
    );
  } else {
    module.define({ name: 'step', params: [], result: 'void', export: true }, (body) => {
      writeProgram(memoryOf(body));
      return seq();
    });
  }
  const each = aligned(room.bytes);
  if (sharing) defineWork(module, sharing.take, control, { start, each });
  const pages = Math.ceil((start + (sharing ? threads : 1) * each + OVERREAD) / PAGE);
  module.memory(
    sharing ? { initial: pages, maximum: pages, shared: true, import: true } : { initial: pages },
  );
  return { code: module.toBytes(), shared: sharing ? { pages, control } : null };
}

function aligned(bytes: number): number {
  return Math.ceil(bytes / CACHE_LINE) * CACHE_LINE;
}
