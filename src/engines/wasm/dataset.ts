// A data set in the memory of a program: its samples, and what many steps on them leave.

import type { Tensor } from '../../tensor/index.js';
import type { Node } from '../program/ir.js';
import type { Buffer, Plan } from '../program/plan.js';
import type { Reporting } from '../program/report.js';
import { BYTES, type Float } from './loops.js';

/** Steps whose reports are made together (see report.ts). */
export const TOGETHER = 64;

/** How often the values that steps move are kept before the first are overwritten. */
export const KEPT = 3;

/** Samples that a machine draws batches from by itself. */
export interface Samples {
  /** For each input of the step all its samples, `[samples, …]`. */
  readonly inputs: readonly Tensor[];
  readonly batchSize: number;
  /** Steps in an epoch. */
  readonly steps: number;
}

/** The samples that steps take their batches from, where in memory they lie, and what becomes of them. */
export interface Dataset {
  /** Samples in a batch. */
  readonly batchSize: number;
  /** For each input of the step its samples, in rows. */
  readonly inputs: readonly Buffer[];
  /** Which sample comes when: the numbers of the rows, as 32-bit whole numbers, from this byte on. */
  readonly order: number;
  /** The outputs of the program, and the values of each in the last `TOGETHER` steps. */
  readonly noted: ReadonlyMap<Node, Buffer>;
  /** What is reported, and its values step by step; behind the last there is room for `TOGETHER` more. */
  readonly reports: readonly { readonly node: Node; readonly values: Buffer }[];
  /** Where all lies that steps move. */
  readonly moved: Buffer;
  /** Where it is kept, in turns. */
  readonly kept: readonly Buffer[];
}

/** Where the samples, their order, what is noted of steps and what is kept lie, behind the program's own buffers. */
export function layOut(
  samples: Samples | null,
  layout: Plan,
  float: Float,
  { program, reports }: Reporting,
): { dataset: Dataset | null; bytes: number } {
  if (!samples) return { dataset: null, bytes: layout.size * BYTES[float] };
  let end = layout.size;
  const allocate = (elements: number): Buffer => {
    const buffer = { start: end, size: elements };
    end += elements + (elements % 2);
    return buffer;
  };
  const { batchSize, steps } = samples;
  const inputs = samples.inputs.map((input) => allocate(input.size));
  const noted = new Map(program.outputs.map((output) => [output, allocate(TOGETHER)]));
  const moved = rangeOf(layout.moved);
  const values = reports.map((node) => ({ node, values: allocate(steps + TOGETHER) }));
  const kept = Array.from({ length: KEPT }, () => allocate(moved.size));
  const order = end * BYTES[float];
  const dataset = { batchSize, inputs, order, noted, reports: values, moved, kept };
  return { dataset, bytes: order + 4 * steps * batchSize };
}

/** The range from the first of some buffers to the end of the last. */
function rangeOf(buffers: readonly Buffer[]): Buffer {
  const start = Math.min(...buffers.map((buffer) => buffer.start));
  const end = Math.max(...buffers.map((buffer) => buffer.start + buffer.size));
  return buffers.length > 0 ? { start, size: end - start } : { start: 0, size: 0 };
}
