// The hyperbolic tangent.

import { inversePower, split } from './exponent.js';
import { scaledExpm1 } from './expm1.js';
import { isDouble, type Format } from './formats.js';
import type { Lanes } from './lanes.js';

/**
 * `Math.tanh`, to 2 units in the last place: with u = e^2|x| - 1 it is u / (u + 2), and with u / 2ⁿ in place of u (see
 * exponent.ts) the 2ⁿ need not be made. Near 0 it is taken of -2|x|: there the sum rounds half as much below 2 as above.
 */
export function tanh<F extends Format>(x: Lanes<F>): Lanes<F> {
  const large = isDouble(x.page.format) ? 20 : 10; // from here on the result is 1
  const size = x.abs().min(large);
  const parts = split(size.mul(size.lt(0.25).select(-2, 2)));
  const inverse = inversePower(parts.exponent);
  const u = scaledExpm1(parts, inverse);
  return u.div(u.add(inverse.add(inverse))).withSignOf(x);
}
