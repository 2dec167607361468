// Metrics: what to watch beside the loss.

import type { Loss } from '../nn/index.js';
import type { Tensor } from '../tensor/index.js';

/**
 * A number for the predictions and targets of a batch; over an epoch its mean counts, weighted by samples. As a tensor of
 * one element it is compiled with the step; as a plain number, read from values, it keeps the step from being compiled.
 */
export type Metric = (prediction: Tensor, target: Tensor) => Tensor | number;

/**
 * The share of predictions that name the right class. For `[n, classes]` against labels `[n]` the largest score decides;
 * where there is one value for each target, whether it lies above `threshold` (default 0.5; exactly on it counts as 0, as
 * NumPy's `round` has it). Targets that are `ignoreIndex` (default: none) count for nothing, as in the losses that have that
 * option; where there are no others it is 0. Goes with scikit-learn's `accuracy_score`.
 *
 * @example
 * accuracy(tensor([[0.9], [0.2]]), tensor([[1], [1]])).item(); // 0.5
 */
export function accuracy(prediction: Tensor, target: Tensor, threshold = 0.5, ignoreIndex?: number): Tensor {
  const named = prediction.size === target.size ? prediction.greater(threshold) : prediction.argmax();
  const right = named.equal(target);
  if (ignoreIndex === undefined) return right.mean();
  const counts = target.equal(ignoreIndex).equal(0);
  return right.mul(counts).sum().div(counts.sum().maximum(1));
}

/** The metrics that go with a loss unless others are asked for: accuracy where there are classes. */
export function metricsFor(loss: Loss): Readonly<Record<string, Metric>> {
  switch (loss.predictions) {
    case 'values':
      return {};
    case 'probabilities':
      return { accuracy };
    case 'scores':
      return { accuracy: (prediction, target) => accuracy(prediction, target, 0, loss.ignoreIndex) };
  }
}
