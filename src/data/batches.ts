// Samples a few at a time.

import { ShapeError } from '../errors.js';
import { checkRandomState, type RandomStateLike } from '../random/index.js';
import { formatShape, takeRows, toTensor, type Tensor, type TensorLike } from '../tensor/index.js';
import { checkCount } from './dataset.js';

/** Options of `batches`. */
export interface BatchesOptions {
  /** Samples in a batch. Default 32. */
  readonly batchSize?: number | undefined;
  /** Whether the samples come in random order. Default false. */
  readonly shuffle?: boolean | undefined;
  /** Whether a last batch with fewer samples is left out. Default false. */
  readonly dropLast?: boolean | undefined;
  /** Seed, or a stream to draw the order from; random by default. */
  readonly randomState?: RandomStateLike;
}

/**
 * Samples and targets batch by batch, once through. Goes with `torch.utils.data.DataLoader`. Throws a `ShapeError` unless there is a
 * target for each sample, a `ValueError` for a batch size below 1.
 *
 * @example
 * const { X, y } = data.iris();
 * Array.from(batches(X, y, { batchSize: 64 }), (batch) => batch.X.shape[0]); // [64, 64, 22]
 */
export function* batches(
  X: TensorLike,
  y: TensorLike,
  options: BatchesOptions = {},
): Generator<{ readonly X: Tensor; readonly y: Tensor }> {
  const { batchSize = 32, shuffle = false, dropLast = false } = options;
  checkCount(batchSize, 'batchSize', 'batches', 1);
  const [samples, targets] = [toTensor(X), toTensor(y)];
  const [count] = samples.shape;
  if (count === undefined || targets.shape[0] !== count) {
    throw new ShapeError(
      `batches: expected a target for each sample, got shapes ${formatShape(samples.shape)} and ${formatShape(targets.shape)}`,
    );
  }
  const order = shuffle
    ? checkRandomState(options.randomState).permutation(count).data
    : Float64Array.from({ length: count }, (_, i) => i);
  const end = dropLast ? count - (count % batchSize) : count;
  for (let start = 0; start < end; start += batchSize) {
    const rows = order.subarray(start, start + batchSize);
    yield { X: takeRows(samples, rows), y: takeRows(targets, rows) };
  }
}
