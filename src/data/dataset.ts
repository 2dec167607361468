// What every generator gives, and what they share: checks of their arguments, and the last step, shuffling.

import { ValueError } from '../errors.js';
import type { RandomState } from '../random/index.js';
import { takeRows, type Tensor } from '../tensor/index.js';

/** Samples and their labels. */
export interface Dataset {
  /** One sample a row, `[samples, features]`, float64. */
  readonly X: Tensor;
  /** The class of each sample, counted from 0, `[samples]`, int64. */
  readonly y: Tensor;
}

/** @internal Samples and labels in one random order, by as many draws as `sklearn.utils.shuffle` makes. */
export function shuffleTogether({ X, y }: Dataset, random: RandomState): Dataset {
  const order = random.permutation(y.size).data;
  return { X: takeRows(X, order), y: takeRows(y, order) };
}

/** @internal Throws a `ValueError` unless a count is whole and large enough. */
export function checkCount(count: unknown, name: string, where: string, least = 0): void {
  if (Number.isInteger(count) && (count as number) >= least) return;
  throw new ValueError(
    `${where}: ${name} must be a whole number of at least ${least}, got ${typeof count === 'number' ? count : JSON.stringify(count)}`,
  );
}
