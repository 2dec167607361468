// R²: how much of the targets' variance predictions explain.

import { ShapeError } from '../../errors.js';
import { where } from '../../functions/where.js';
import { formatShape, sameShape, type Tensor } from '../../tensor/index.js';

/**
 * `1 - sum((target - prediction)²) / sum((target - mean)²)`, for several columns the mean over them; where a column of
 * targets is constant, 1 if the predictions are exact and 0 if not. Of `[n]` or `[n, columns]`. As a metric of `fit` it is a
 * mean over batches; for a whole data set give it all predictions. Equals `sklearn.metrics.r2_score`. Throws a `ShapeError`
 * where the shapes differ.
 *
 * @example
 * metrics.r2(tensor([1, 2, 4]), tensor([1, 2, 3])).item(); // 0.5
 */
export function r2(prediction: Tensor, target: Tensor): Tensor {
  if (target.ndim === 0 || !sameShape(prediction.shape, target.shape)) {
    throw new ShapeError(
      `r2: expected predictions and targets of one shape, [n] or [n, columns], got ${formatShape(prediction.shape)} and ` +
        formatShape(target.shape),
    );
  }
  const squares = (x: Tensor): Tensor => x.mul(x).sum(0);
  const left = squares(target.sub(prediction));
  const all = squares(target.sub(target.mean(0, { keepDims: true })));
  const isConstant = all.equal(0);
  const explained = left
    .div(where(isConstant, 1, all))
    .neg()
    .add(1);
  return where(isConstant, left.equal(0), explained).mean();
}
