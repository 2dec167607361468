// e to the x.

import { powerOfTwo, scale, split, type Split } from './exponent.js';
import { isDouble, type Format } from './formats.js';
import type { Lanes } from './lanes.js';

/** Up to `lowest` the result is 0, from `highest` on infinite. */
const SINGLE = { lowest: -104, highest: 89 } as const;
const DOUBLE = { lowest: -746, highest: 710 } as const;

/** `Math.exp`, to 1 unit in the last place. Method: see exponent.ts. */
export function exp<F extends Format>(x: Lanes<F>): Lanes<F> {
  const { lowest, highest } = isDouble(x.page.format) ? DOUBLE : SINGLE;
  const parts = split(x.atLeast(lowest).atMost(highest));
  return scale(mantissa(parts), parts);
}

/** As `exp`, for an x whose result is an ordinary number: neither so large nor so small as to lose digits. */
export function ordinaryExp<F extends Format>(x: Lanes<F>): Lanes<F> {
  const parts = split(x);
  return mantissa(parts).mul(powerOfTwo(parts.exponent));
}

/** e^r. */
function mantissa<F extends Format>({ r, tail }: Split<F>): Lanes<F> {
  return r.add(tail).add(1);
}
