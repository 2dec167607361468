// What exp of float32, expm1 and tanh have in common. x is split as n ln 2 + r with n whole and |r| ≤ ln 2 / 2; then
// e^x = 2ⁿ e^r, where 2ⁿ is made of bits, and e^r = 1 + r + r²/2 + r³ p(r) with a polynomial p.
//
// The split is Cody and Waite's (Software Manual for the Elementary Functions, 1980): ln 2 in two parts, the first so short
// that n times it is exact.

import { isDouble, type Format } from './formats.js';
import type { Lanes, Words } from './lanes.js';

/** ln 2 in two parts, and p(r) = (e^r - 1 - r - r²/2) / r³ for |r| ≤ ln 2 / 2, as tests/engines/minimax.py finds it. */
const SINGLE = {
  ln2: [0.693145751953125, 1.42860677e-6],
  p: [0.16666545, 0.0416664779, 0.00836639572, 0.00139336928], // e^r - 1 is within 2⁻²⁶, relatively
} as const;

/** ln 2 in two parts, for float64. */
export const LN2 = [0.6931471803691238, 1.9082149292705877e-10] as const;

const DOUBLE = {
  ln2: LN2,
  // prettier-ignore
  p: [
    0.16666666666666677, 0.04166666666666669, 0.0083333333333217, 0.001388888888887022, 0.0001984126988597382,
    2.4801587355960515e-5, 2.7557244347091458e-6, 2.755724570690052e-7, 2.5108992608253348e-8, 2.0923720851563156e-9,
  ], // within 2⁻⁶⁰
} as const;

/** x as n ln 2 + r. */
export interface Split<F extends Format> {
  readonly n: Lanes<F>;
  /** n in the bits of the exponent. */
  readonly exponent: Words<F>;
  /** r is `most - rest`, rounded. */
  readonly r: Lanes<F>;
  readonly most: Lanes<F>;
  readonly rest: Lanes<F>;
  /** e^r - 1 - r. */
  readonly tail: Lanes<F>;
}

/** Splits x, whose e^x must not be beyond the square of the largest number, nor below that of the smallest. */
export function split<F extends Format>(x: Lanes<F>): Split<F> {
  const { digits, rounder } = x.page.layout;
  const { ln2 } = isDouble(x.page.format) ? DOUBLE : SINGLE;
  const rounded = x.mul(Math.LOG2E).add(rounder);
  const n = rounded.sub(rounder);
  const most = x.sub(n.mul(ln2[0]));
  const rest = n.mul(ln2[1]);
  const r = most.sub(rest);
  return { n, exponent: rounded.bits().shiftLeft(digits), r, most, rest, tail: tailOf(r) };
}

/** e^r - 1 - r for |r| ≤ ln 2 / 2: r²/2 + r³ p(r), of which the first has no error but its rounding. */
export function tailOf<F extends Format>(r: Lanes<F>): Lanes<F> {
  const { p } = isDouble(r.page.format) ? DOUBLE : SINGLE;
  const square = r.mul(r);
  const cube = square.mul(r);
  return cube.mul(r.polynomial(...p)).add(square.mul(0.5));
}

/** 2ⁿ from n in the bits of the exponent, where that is an ordinary number. */
export function powerOfTwo<F extends Format>(exponent: Words<F>): Lanes<F> {
  return exponent.add(exponent.page.layout.one).real();
}

/** 2⁻ⁿ. */
export function inversePower<F extends Format>(exponent: Words<F>): Lanes<F> {
  return exponent.subFrom(exponent.page.layout.one).real();
}

/** y 2ⁿ in two steps, each of which is an ordinary number where 2ⁿ is not: near overflow, and below the smallest. */
export function scale<F extends Format>(
  y: Lanes<F>,
  { n, exponent }: Pick<Split<F>, 'n' | 'exponent'>,
): Lanes<F> {
  const { digits, rounder } = y.page.layout;
  const half = n.mul(0.5).add(rounder).bits().shiftLeft(digits);
  return y.mul(powerOfTwo(half)).mul(powerOfTwo(exponent.sub(half)));
}
