// Cutting a data set into batches, in its own order or a shuffled one.

import { ShapeError } from '../errors.js';
import type { RandomState } from '../random/index.js';
import { formatShape, takeRows, Tensor, type Shape } from '../tensor/index.js';

/** Some samples and their targets. */
export interface Batch {
  readonly X: Tensor;
  readonly y: Tensor;
}

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

/** The samples in groups of `batchSize`, the last one smaller if they do not come out even; shuffled if `random` is given. */
export function* batchesOf(
  X: Tensor,
  y: Tensor,
  batchSize: number,
  random: RandomState | null,
): Generator<Batch> {
  const count = X.shape[0]!;
  const order = random?.permutation(count).data;
  for (let start = 0; start < count; start += batchSize) {
    const end = Math.min(start + batchSize, count);
    const rows = order?.subarray(start, end);
    yield { X: part(X, start, end, rows), y: part(y, start, end, rows) };
  }
}

function part(t: Tensor, start: number, end: number, rows: Float64Array | undefined): Tensor {
  if (rows) return takeRows(t, rows);
  const [count, ...row] = t.shape as [number, ...Shape];
  const width = t.size / count;
  // A window on the same memory: nobody changes a batch in place.
  return new Tensor(t.data.subarray(start * width, end * width), [end - start, ...row], { dtype: t.dtype });
}
