// A program as one WebAssembly module: a memory, a function `step` that does it all, and where there is a data set `run`,
// which does steps one after the other.

import type { Buffer, Plan } from '../program/plan.js';
import { brIf, call, i32, loop, moduleBuilder, seq, type Code } from './assembler.js';
import { KernelWriter } from './kernels.js';
import { writeLoops, type Cursor, type Float, type Place } from './loops.js';
import { TABLE_BYTES } from './math/exp.js';
import { Memory, Scratch, type Slice } from './memory.js';
import { controlBytes, defineSharing, defineWork, type SlicedKernel } from './parallel.js';
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

  const step = module.define({ name: 'step', params: [], result: 'void', export: true }, (body) => {
    const memory = new Memory(body, float, target, new Scratch(i32.const(start), room));
    const writer = new KernelWriter(memory, layout);
    for (const kernel of layout.kernels) {
      const number = cut.indexOf(kernel);
      if (sharing && number >= 0) {
        memory.forget(kernel.target.start, kernel.target.size);
        body.do(call(sharing.share, number * 2 ** 16 + sliced[number]!.slices, start));
      } else writer.write(kernel);
    }
    for (const { from, to } of layout.copies) writer.copy(from, to);
    return seq();
  });
  if (dataset) {
    const signature = { name: 'run', params: ['i32', 'i32'], result: 'void', export: true } as const;
    module.define(signature, (body, first, count) => {
      writeRun(new Memory(body, float, target), layout, dataset, first, count, call(step));
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
  { batchSize, inputs, order, results }: Dataset,
  first: Code<'i32'>,
  count: Code<'i32'>,
  step: Code<'void'>,
): void {
  const { body } = memory;
  const rowNumber = body.let(i32.add(order, i32.mul(first, 4 * batchSize)));
  const result = body.let(
    i32.add(memory.bytes(results.start), i32.mul(first, memory.bytes(layout.outputs.length))),
  );
  const left = body.let(count);
  const writeStep = (): void => {
    inputs.forEach((samples, i) => writeBatch(memory, samples, layout.leaves[i]!, batchSize, rowNumber));
    body.do(step);
    layout.outputs.forEach((output, i) => {
      const from: Place = { address: i32.const(memory.bytes(output.start)), offset: 0, repeats: false };
      memory.store({ address: result, offset: memory.bytes(i), repeats: false }, memory.load(from, 1), 1);
    });
    body.do(rowNumber.set(i32.add(rowNumber, 4 * batchSize)));
    body.do(result.set(i32.add(result, memory.bytes(layout.outputs.length))));
    body.do(left.set(i32.sub(left, 1)));
  };
  body.do(
    loop((again) =>
      memory.inLoop(() =>
        body.scope(() => {
          writeStep();
          body.do(brIf(again, left));
        }),
      ),
    ),
  );
}

/** Copies the rows of one batch to where the step reads them. */
function writeBatch(
  memory: Memory,
  samples: Buffer,
  target: Buffer,
  batchSize: number,
  rowNumber: Code<'i32'>,
): void {
  const { body, lanes: most } = memory;
  const width = target.size / batchSize;
  const writeRow = (number: Code<'i32'>, offset: number, to: Cursor): void => {
    const row = body.let(i32.load(number, offset));
    const cursors = new Map<'from' | 'to', Cursor>([
      [
        'from',
        {
          address: body.let(i32.mul(row, memory.bytes(width))),
          start: memory.bytes(samples.start),
          strides: [1],
        },
      ],
      ['to', to],
    ]);
    writeLoops(memory, [width], cursors, most, (places, lanes) => {
      memory.store(places.get('to')!, memory.load(places.get('from')!, lanes), lanes);
    });
  };
  if (batchSize === 1) {
    writeRow(rowNumber, 0, { address: i32.const(memory.bytes(target.start)), start: 0, strides: [1] });
    return;
  }
  const [number, to, left] = [
    body.let(rowNumber),
    body.let(i32.const(memory.bytes(target.start))),
    body.let(i32.const(batchSize)),
  ];
  body.do(
    loop((label) =>
      memory.inLoop(() =>
        body.scope(() => {
          writeRow(number, 0, { address: to, start: 0, strides: [1] });
          body.do(number.set(i32.add(number, 4)));
          body.do(to.set(i32.add(to, memory.bytes(width))));
          body.do(brIf(label, left.tee(i32.sub(left, 1))));
        }),
      ),
    ),
  );
}
