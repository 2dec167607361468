// e to the x, less 1, with all its digits also where x is tiny.

import { inversePower, scale, split, type Split } from './exponent.js';
import { isDouble, type Format } from './formats.js';
import type { Lanes } from './lanes.js';

/** Up to `lowest` the result is -1, from `highest` on infinite; with n above `large`, 2⁻ⁿ is nothing beside 1. */
const SINGLE = { lowest: -18, highest: 89, large: 60 } as const;
const DOUBLE = { lowest: -38, highest: 710, large: 100 } as const;

/** `Math.expm1`, to 1.3 units in the last place. Method: see exponent.ts. */
export function expm1<F extends Format>(x: Lanes<F>): Lanes<F> {
  const { lowest, highest, large } = isDouble(x.page.format) ? DOUBLE : SINGLE;
  const parts = split(x.max(lowest).min(highest));
  // Not where n is largest: there, 2⁻ⁿ is no ordinary number.
  const inverse = parts.n.gt(large).select(0, inversePower(parts.exponent));
  return scale(scaledExpm1(parts, inverse), parts).withSignOf(x); // of -0 too
}

/** (e^x - 1) / 2ⁿ = 1 - 2⁻ⁿ + r + tail, from the largest to the smallest. */
export function scaledExpm1<F extends Format>(parts: Split<F>, inverse: Lanes<F>): Lanes<F> {
  const { r, most, rest, tail } = parts;
  const whole = inverse.subFrom(1);
  const sum = whole.add(r);
  const lost = whole.sub(sum).add(most).sub(rest); // what rounding took from r, and then from the sum
  return sum.add(tail.add(lost));
}
