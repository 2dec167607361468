// The area under the ROC curve: how often a positive scores above a negative.

import { ShapeError, ValueError } from '../../errors.js';
import { formatShape, type Tensor } from '../../tensor/index.js';

/**
 * The chance that of a sample of class 1 and one of class 0 the first scores higher; half for equal scores. One score for
 * each target. It is read from the values, so as a metric of `fit` it keeps the step from being compiled: give it all
 * predictions at the end. Equals `sklearn.metrics.roc_auc_score`. Throws a `ShapeError` for other shapes, a `ValueError`
 * unless all targets are 0 or 1 and both occur.
 *
 * @example
 * metrics.auc(tensor([0.9, 0.2, 0.6, 0.6]), tensor([1, 0, 0, 1])); // 0.875
 */
export function auc(prediction: Tensor, target: Tensor): number {
  if (prediction.size !== target.size) {
    throw new ShapeError(
      `auc: expected one score for each target, got ${formatShape(prediction.shape)} and ${formatShape(target.shape)}`,
    );
  }
  const scores = prediction.reshape([prediction.size]).toArray() as number[];
  const labels = target.data;
  const positives = labels.reduce((sum, label) => sum + Number(label === 1), 0);
  const negatives = labels.reduce((sum, label) => sum + Number(label === 0), 0);
  if (positives + negatives !== labels.length || positives === 0 || negatives === 0) {
    throw new ValueError(
      `auc: targets must be 0 or 1, and both must occur; of ${labels.length} there are ${negatives} and ${positives}`,
    );
  }
  if (scores.some(Number.isNaN)) return NaN;

  // Mann and Whitney: the ranks of the positives, equal scores sharing theirs, less what they would be among themselves.
  const order = scores.map((_, i) => i).sort((i, j) => scores[i]! - scores[j]!);
  let ranks = 0;
  for (let first = 0; first < order.length;) {
    let end = first;
    while (end < order.length && scores[order[end]!] === scores[order[first]!]) end++;
    const shared = (first + 1 + end) / 2;
    for (let i = first; i < end; i++) if (labels[order[i]!] === 1) ranks += shared;
    first = end;
  }
  return (ranks - (positives * (positives + 1)) / 2) / (positives * negatives);
}
