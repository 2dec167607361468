// Two half circles that reach into each other: the smallest set that no straight line divides.

import { linspace } from '../tensor/index.js';
import type { Dataset } from './dataset.js';
import { makeTwoClasses, type TwoClassOptions } from './two-classes.js';

/**
 * Two interleaving half circles: class 0 is `(cos t, sin t)`, class 1 is `(1 - cos t, 1/2 - sin t)`, for t from 0 to π in even steps.
 * Equals `sklearn.datasets.make_moons`, up to the last digit of sine and cosine. X is `[nSamples, 2]`.
 * Throws a `ValueError` for counts that are not whole or negative, and for negative noise.
 *
 * @example
 * const { X, y } = makeMoons({ nSamples: 40, noise: 0.1, randomState: 0 });
 * X.shape; // [40, 2]
 */
export function makeMoons(options: TwoClassOptions = {}): Dataset {
  return makeTwoClasses('makeMoons', options, [
    (count) => angles(count).map((t) => [Math.cos(t), Math.sin(t)]),
    (count) => angles(count).map((t) => [1 - Math.cos(t), 1 - Math.sin(t) - 0.5]),
  ]);
}

function angles(count: number): number[] {
  return Array.from(linspace(0, Math.PI, count).data);
}
