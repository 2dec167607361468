// Two spirals wound into each other: the hard one among the sets in the plane.

import { ValueError } from '../errors.js';
import type { Dataset } from './dataset.js';
import { makeTwoClasses, type Curve, type TwoClassOptions } from './two-classes.js';

/** Options of `makeSpirals`. */
export interface SpiralsOptions extends TwoClassOptions {
  /** How often each spiral winds around the origin, above 0. Default 1.5. */
  readonly turns?: number | undefined;
}

/**
 * Two interleaved Archimedean spirals within the unit circle. Sample i of the n in class c (0 or 1) lies at
 *
 *     s = (i + 1) / n,   t = 2π · turns · s + π · c,   (s · cos t, s · sin t)
 *
 * so that class 1 is class 0 turned by half a circle, and the origin belongs to neither. X is `[nSamples, 2]`.
 * Throws a `ValueError` for turns that are not above 0, counts that are not whole or negative, and negative noise.
 *
 * @example
 * const { X, y } = makeSpirals({ nSamples: 200, noise: 0.02, turns: 2, randomState: 0 });
 * X.shape; // [200, 2]
 */
export function makeSpirals(options: SpiralsOptions = {}): Dataset {
  const { turns = 1.5 } = options;
  if (!(turns > 0 && Number.isFinite(turns))) {
    throw new ValueError(`makeSpirals: turns must be a number above 0, got ${turns}`);
  }
  return makeTwoClasses('makeSpirals', options, [spiral(turns, 0), spiral(turns, Math.PI)]);
}

function spiral(turns: number, start: number): Curve {
  return (count) =>
    Array.from({ length: count }, (_, i) => {
      const s = (i + 1) / count;
      const t = 2 * Math.PI * turns * s + start;
      return [s * Math.cos(t), s * Math.sin(t)];
    });
}
