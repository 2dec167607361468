// What a lesson shows: the same numbers as data, as a document and as files.

import type { BlobsRun, Parameters } from '../../../lessons/index.js';
import { Model } from '../../../lessons/index.js';
import type { Tensor } from '../../index.js';
import type { Figure } from '../../plot/index.js';
import type { Context } from '../context.js';
import type { Block } from '../document/block.js';

/** A lesson, worked out. */
export interface LessonView {
  /** For `--json`. */
  readonly data: Readonly<Record<string, unknown>>;
  readonly blocks: readonly Block[];
  /** Plots to be written as files of their own. */
  readonly figures?: Readonly<Record<string, Figure>>;
  /** Runs whose history is to be written. */
  readonly runs?: Readonly<Record<string, BlobsRun>>;
}

/** A number in six significant digits, without trailing zeros. */
export function short(value: number): string {
  return String(Number(value.toPrecision(6)) + 0); // + 0 turns -0 into 0
}

/** A number with four decimals, as the notes print it. */
export function fixed(value: number, decimals = 4): string {
  return value.toFixed(decimals);
}

/** The points to notice, as a list. */
export function notice({ text }: Context, ...items: readonly string[]): Block {
  return { kind: 'list', heading: text('lesson.notice'), items };
}

/** What a neuron with these parameters predicts for points, as a decision boundary wants it. */
export function predictionsOf(parameters: Parameters): (points: Tensor) => number[] {
  const model = new Model();
  Object.assign(model.affine, { w: parameters.w, b: parameters.b });
  return (points) => (points.toArray() as number[][]).map((x) => model.forward(x));
}
