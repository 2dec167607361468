// A program as one WebAssembly module: a memory, and a function that does it all: `step`, or where there is a data set `run`,
// which does steps one after the other.

import type { Buffer, Plan } from '../program/plan.js';
import { brIf, call, i32, loop, moduleBuilder, seq, type Body, type Code } from './assembler.js';
import { KernelWriter } from './kernels.js';
import { MEMORY_START, writeLoops, type Cursor, type Float, type Place } from './loops.js';
import { TABLE_BYTES } from './math/exp.js';
import { Memory, Scratch, type Slice } from './memory.js';
import { controlBytes, defineSharing, defineWork, type SlicedKernel } from './parallel.js';
import { repeat } from './runs.js';
import type { Target } from './target.js';
import { isWorthSharing } from './work.js';

const PAGE = 65_536; // bytes
const CACHE_LINE = 64; // bytes
const SLICES = 2; // of a kernel for each thread, so that one that is late takes fewer
const OVERREAD = 64; // bytes behind the last number that a vector (see tile.ts) may read

/** The samples that steps take their batches from, and where in memory they lie. */
export interface Dataset {
  /** Samples in a batch. */
  readonly batchSize: number;
  /** For each input of the step its samples, in rows. */
  readonly inputs: readonly Buffer[];
  /** Which sample comes when: the numbers of the rows, as 32-bit whole numbers, from this byte on. */
  readonly order: number;
  /** Where each step writes its outputs, one number each. */
  readonly results: Buffer;
}

/** A module, and what it needs to run. */
export interface Generated {
  readonly code: Uint8Array<ArrayBuffer>;
  /** If threads share it: the pages of the memory that it imports, and the byte where their control area starts. */
  readonly shared: { readonly pages: number; readonly control: number } | null;
}

/** The module that computes a program laid out in so many bytes of memory. */
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
      writeRun(memoryOf(body), layout, dataset, first, count, writeProgram);
      return seq();
    });
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

/** Steps number `first` and so on: each takes its batch, computes, and leaves its outputs. */
function writeRun(
  memory: Memory,
  layout: Plan,
  dataset: Dataset,
  first: Code<'i32'>,
  count: Code<'i32'>,
  writeStep: (memory: Memory) => void,
): void {
  const { body } = memory;
  const { batchSize, order, results } = dataset;
  const rowNumber = body.let(i32.add(order, i32.mul(first, 4 * batchSize)));
  const result = body.let(
    i32.add(memory.bytes(results.start), i32.mul(first, memory.bytes(layout.outputs.length))),
  );
  const left = body.let(count);
  const writeRound = (): void => {
    writeBatch(memory, layout, dataset, rowNumber);
    writeStep(memory);
    layout.outputs.forEach((output, i) => {
      const from: Place = { address: MEMORY_START, offset: memory.bytes(output.start), repeats: false };
      memory.store({ address: result, offset: memory.bytes(i), repeats: false }, memory.load(from, 1), 1);
    });
    body.do(rowNumber.set(i32.add(rowNumber, 4 * batchSize)));
    body.do(result.set(i32.add(result, memory.bytes(layout.outputs.length))));
  };
  // No `inLoop`: what a round puts into variables is all that is known in it.
  body.do(
    loop((again) =>
      body.scope(() => {
        writeRound();
        body.do(brIf(again, left.tee(i32.sub(left, 1))));
      }),
    ),
  );
}

/** Copies the rows of one batch to where the step reads them. */
function writeBatch(
  memory: Memory,
  { leaves }: Plan,
  { batchSize, inputs }: Dataset,
  rowNumber: Code<'i32'>,
): void {
  const { body, lanes: most } = memory;
  const widths = inputs.map((_, i) => leaves[i]!.size / batchSize);
  const writeRow = (number: Code<'i32'>, targets: readonly Cursor[]): void => {
    const row = body.let(i32.load(number));
    inputs.forEach(({ start }, i) => {
      const cursors = new Map<'from' | 'to', Cursor>([
        [
          'from',
          {
            address: body.let(i32.mul(row, memory.bytes(widths[i]!))),
            start: memory.bytes(start),
            strides: [1],
          },
        ],
        ['to', targets[i]!],
      ]);
      writeLoops(memory, [widths[i]!], cursors, most, (places, lanes) => {
        memory.store(places.get('to')!, memory.load(places.get('from')!, lanes), lanes);
      });
    });
  };
  const targets = inputs.map((_, i): Cursor => ({ start: memory.bytes(leaves[i]!.start), strides: [1] }));
  if (batchSize === 1) {
    writeRow(rowNumber, targets);
    return;
  }
  const number = body.let(rowNumber);
  const moved = targets.map(() => body.let(i32.const(0)));
  repeat(memory, batchSize, () => {
    writeRow(
      number,
      targets.map((target, i) => ({ ...target, address: moved[i]! })),
    );
    body.do(number.set(i32.add(number, 4)));
    moved.forEach((bytes, i) => body.do(bytes.set(i32.add(bytes, memory.bytes(widths[i]!)))));
  });
}
