// Top-k accuracy: whether the right class is among the best guesses.

import { ShapeError, ValueError } from '../../errors.js';
import { arange, formatShape, sameShape, type Tensor } from '../../tensor/index.js';

/**
 * The share of samples whose label is among the `k` largest scores (default 5); of equal scores the first counts more, so
 * that `k` = 1 is `accuracy`. For scores `[n, classes]` and labels `[n]`. Equals `sklearn.metrics.top_k_accuracy_score`.
 * Throws a `ShapeError` for other shapes, a `ValueError` unless `k` is a whole number of at least 1.
 *
 * @example
 * metrics.topK(tensor([[0.1, 0.5, 0.4], [0.7, 0.2, 0.1]]), tensor([2, 2]), 2).item(); // 0.5
 */
export function topK(prediction: Tensor, target: Tensor, k = 5): Tensor {
  if (prediction.ndim !== 2 || !sameShape(target.shape, prediction.shape.slice(0, 1))) {
    throw new ShapeError(
      `topK: expected scores [n, classes] and labels [n], got ${formatShape(prediction.shape)} and ` +
        formatShape(target.shape),
    );
  }
  if (!Number.isInteger(k) || k < 1)
    throw new ValueError(`topK: k must be a whole number of at least 1, got ${k}`);
  const labels = target.reshape([target.size, 1]);
  const own = prediction.gather(labels);
  const tiesBefore = prediction.equal(own).mul(labels.greater(arange(prediction.shape[1]!)));
  const better = prediction.greater(own).add(tiesBefore).sum(1); // classes that come first
  return better.less(k).mean();
}
