// The loss and the metrics on data that the model does not learn from.

import { ValueError } from '../errors.js';
import { checkRandomState, type RandomStateLike } from '../random/index.js';
import { noGrad, takeRows, toTensor, type Tensor, type TensorLike } from '../tensor/index.js';
import { inEvaluation } from './modes.js';
import { compiledOr, measureOf, type Task } from './runner.js';
import { checkSamples } from './samples.js';

/** Samples and their targets, as a `Dataset` has them. */
export interface Pairs {
  /** `[samples, …]` */
  readonly X: TensorLike;
  /** `[samples, …]` */
  readonly y: TensorLike;
}

/** A share of the training data, taken out of it. */
export interface Share {
  /** Between 0 and 1. */
  readonly fraction: number;
  /** Seed or stream that chooses the samples. Default 0, so that a resumed run leaves out the same ones. */
  readonly randomState?: RandomStateLike;
}

/** What to validate on after each epoch. */
export type Validation = Pairs | Share;

/** Inputs and targets to validate on. */
export type Held = readonly [X: Tensor, y: Tensor];

/** What is left to train on, and what there is to validate on, each in the order in which it was. */
export function setAside<All extends Held | null>(
  all: All,
  validation: Validation | undefined,
): { readonly left: All | Held; readonly held: Held | null } {
  if (!validation) return { left: all, held: null };
  if (!('fraction' in validation)) {
    const held = [toTensor(validation.X), toTensor(validation.y)] as const;
    checkSamples(...held, 'fit: validation');
    return { left: all, held };
  }
  if (!all) throw new ValueError('fit: a stream has no fraction to validate on; give samples of their own');
  const [X, y] = all;
  const { fraction, randomState = 0 } = validation;
  const count = X.shape[0]!;
  const most = Math.round(fraction * count);
  if (!(fraction > 0 && fraction < 1) || most < 1 || most >= count) {
    throw new ValueError(
      `fit: the fraction to validate on must lie between 0 and 1 and leave samples for both, got ${fraction} of ${count}`,
    );
  }
  const order = checkRandomState(randomState).permutation(count).data;
  const [out, left] = [order.slice(0, most).sort(), order.slice(most).sort()];
  return { left: [takeRows(X, left), takeRows(y, left)], held: [takeRows(X, out), takeRows(y, out)] };
}

/** The means over all samples of the loss and each metric, in evaluation mode. */
export function evaluator(task: Task, [X, y]: Held): () => Promise<number[]> {
  const measure = measureOf(task);
  const run = compiledOr(task, (inputs: Tensor, targets: Tensor) => noGrad(() => measure(inputs, targets)));
  const count = X.shape[0]!;
  return () =>
    inEvaluation(task.model, () => {
      const totals = [0, ...task.metrics].map(() => 0);
      for (let from = 0; from < count; from += task.batchSize) {
        const rows = Array.from({ length: Math.min(task.batchSize, count - from) }, (_, i) => from + i);
        const values = run(takeRows(X, rows), takeRows(y, rows));
        values.forEach((value, k) => (totals[k]! += value.item() * rows.length));
      }
      return totals.map((total) => total / count);
    });
}
