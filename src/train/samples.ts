// What a data set must be to train on.

import { ShapeError } from '../errors.js';
import { formatShape, type Tensor } from '../tensor/index.js';

/** Throws a `ShapeError` unless there is a sample, and one target for each. */
export function checkSamples(X: Tensor, y: Tensor, where: string): void {
  if (X.ndim === 0 || X.shape[0] === 0) {
    throw new ShapeError(`${where}: expected at least one sample, got X of shape ${formatShape(X.shape)}`);
  }
  if (y.shape[0] !== X.shape[0]) {
    throw new ShapeError(
      `${where}: X has ${X.shape[0]} samples and y has ${y.shape[0] ?? 'no'} targets ` +
        `(shapes ${formatShape(X.shape)} and ${formatShape(y.shape)})`,
    );
  }
}
