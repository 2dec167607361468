// A circle within a circle.

import { ValueError } from '../errors.js';
import { linspace } from '../tensor/index.js';
import type { Dataset } from './dataset.js';
import { makeTwoClasses, type Curve, type TwoClassOptions } from './two-classes.js';

/** Options of `makeCircles`. */
export interface CirclesOptions extends TwoClassOptions {
  /** Radius of the inner circle, in [0, 1). Default 0.8. */
  readonly factor?: number | undefined;
}

/**
 * A circle of radius 1, class 0, around one of radius `factor`, class 1, with points in even steps of the angle.
 * Equals `sklearn.datasets.make_circles`, up to the last digit of sine and cosine. X is `[nSamples, 2]`.
 * Throws a `ValueError` for a factor outside [0, 1), counts that are not whole or negative, and negative noise.
 *
 * @example
 * const { X, y } = makeCircles({ nSamples: 40, noise: 0.05, factor: 0.5, randomState: 0 });
 * y.shape; // [40]
 */
export function makeCircles(options: CirclesOptions = {}): Dataset {
  const { factor = 0.8 } = options;
  if (!(factor >= 0 && factor < 1)) {
    throw new ValueError(
      `makeCircles: factor is the inner circle's radius, at least 0 and below 1, got ${factor}`,
    );
  }
  return makeTwoClasses('makeCircles', options, [circle(1), circle(factor)]);
}

function circle(radius: number): Curve {
  return (count) => {
    const angles = Array.from(linspace(0, 2 * Math.PI, count, { endpoint: false }).data);
    return angles.map((t) => [Math.cos(t) * radius, Math.sin(t) * radius]);
  };
}
