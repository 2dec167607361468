// The natural logarithm, and that of 1 + x.
//
// x is split as 2ᵏ (1 + f) with 1 + f between √½ and √2. With s = f / (2 + f), log(1 + f) = log(1 + s) - log(1 - s)
// = 2s + s R(s²) = f - (f²/2 - s (f²/2 + R)), where R is a polynomial that begins with s²; then k ln 2 is added in two
// parts, the first of them exact. The method is that of fdlibm (Sun Microsystems, 1993), e_log.c.

import { isDouble, type Format } from './formats.js';
import type { Lanes, Words } from './lanes.js';

/** ln 2 in two parts, and R(z) / z for √z < 0.1716, as tests/engines/minimax.py finds it. */
const SINGLE = {
  ln2: [0.693138123, 9.05800061e-6],
  series: [0.666667759, 0.399775863, 0.298706949], // s R is within 2⁻³⁰ of its value, relatively to 2s
} as const;

const DOUBLE = {
  ln2: [0.6931471803691238, 1.9082149292705877e-10],
  // prettier-ignore
  series: [
    0.6666666666666734, 0.3999999999941876, 0.2857142874163393, 0.22222198639828072, 0.18183561270072104,
    0.15314120646380625, 0.14795313868280938,
  ], // within 2⁻⁵⁸
} as const;

/** `Math.log`, to 1 unit in the last place: -inf at 0, NaN below. */
export function log<F extends Format>(x: Lanes<F>): Lanes<F> {
  const { scaled, correction } = withAllDigits(x);
  const { k, m } = splitBinary(scaled);
  return atEdges(x, logarithm(m.sub(1), k.add(correction)));
}

const LARGE = 2 ** 60; // from here on 1 + x is x, and 2⁻ᵏ may be no ordinary number

/** `Math.log1p`, to 1.4 units in the last place. */
export function log1p<F extends Format>(x: Lanes<F>): Lanes<F> {
  const u = x.add(1);
  const back = u.sub(1);
  const lost = x.sub(back).sub(u.sub(back).sub(1)); // what rounding took from u (Knuth's exact sum)
  const { k, m, exponent } = splitBinary(u);
  const inverse = exponent.subFrom(2n * x.page.layout.one).real(); // 2⁻ᵏ
  const correction = x.lt(LARGE).select(lost.mul(inverse), 0);
  return atEdges(u, logarithm(m.sub(1).add(correction), k)).withSignOf(x); // of -0 too
}

/** x > 0, times a power of two where it is so small that it lacks digits, and what to add to its exponent then. */
export function withAllDigits<F extends Format>(
  x: Lanes<F>,
): { readonly scaled: Lanes<F>; readonly correction: Lanes<F> } {
  const { smallest, digits } = x.page.layout;
  const small = x.lt(smallest);
  return {
    scaled: small.select(x.mul(2 ** (digits + 1)), x),
    correction: small.select(-(digits + 1), 0),
  };
}

/** x as 2ᵏ m with m between √½ and √2, and the exponent of 2ᵏ as it stands in its bits. */
export function splitBinary<F extends Format>(
  x: Lanes<F>,
): { readonly k: Lanes<F>; readonly m: Lanes<F>; readonly exponent: Words<F> } {
  const { one, fraction, digits, bias } = x.page.layout;
  const rootOfHalf = isDouble(x.page.format) ? 0x3fe6a09e667f3bcdn : 0x3f3504f3n;
  const shifted = x.bits().add(one - rootOfHalf);
  const m = shifted.and(fraction).add(rootOfHalf).real();
  const exponent = shifted.and(~fraction);
  // A whole number in the lowest bits of 2^digits adds itself to it.
  const biased = shifted.shiftRight(digits).or(BigInt(bias + digits) << BigInt(digits));
  const k = biased.real().sub(2 ** digits + bias);
  return { k, m, exponent };
}

/** k ln 2 + log(1 + f). */
function logarithm<F extends Format>(f: Lanes<F>, k: Lanes<F>): Lanes<F> {
  const { ln2, series } = isDouble(f.page.format) ? DOUBLE : SINGLE;
  const s = f.div(f.add(2));
  const z = s.mul(s);
  const R = z.mul(z.polynomial(...series));
  const halfSquare = f.mul(0.5).mul(f);
  const small = halfSquare.sub(s.mul(halfSquare.add(R)).add(k.mul(ln2[1])));
  return k.mul(ln2[0]).sub(small.sub(f));
}

/** The logarithm y of x, and what it is where x is no positive number. */
function atEdges<F extends Format>(x: Lanes<F>, y: Lanes<F>): Lanes<F> {
  const finite = x.lt(Infinity).select(y, x);
  return x.lt(0).select(NaN, x.eq(0).select(-Infinity, finite));
}
