// a to the power of b.

import { exp } from './exp.js';
import { scale, tailOf } from './exponent.js';
import { isDouble, type Format } from './formats.js';
import { throughDouble, type Lanes } from './lanes.js';
import { log, splitBinary, withAllDigits } from './log.js';

/**
 * C's `pow`, to 1.1 units in the last place (float32: half a unit): 1 to any power is 1, anything to the power of 0 is 1,
 * and a negative number has whole powers only. It is 2^(b log₂|a|); in float32 that is computed in float64, and in float64
 * with 20 bits more, in pairs of numbers.
 */
export function pow<F extends Format>(a: Lanes<F>, b: Lanes<F>): Lanes<F> {
  const [size] = isDouble(a.page.format)
    ? [powerOfSize(a.abs(), limited(b, 2 ** 66))]
    : throughDouble([a.abs(), limited(b, 2 ** 40)], (x, y) => [exp(log(x!).mul(y!))]);
  return withEdges(a, b, size!);
}

/** b, or so much of it as sends every power but those of 1 over or under; so infinity needs no case of its own. */
function limited<F extends Format>(b: Lanes<F>, limit: number): Lanes<F> {
  return b.min(limit).max(-limit);
}

/** The sign of a power, and the cases that the logarithm does not cover. */
function withEdges<F extends Format>(a: Lanes<F>, b: Lanes<F>, size: Lanes<F>): Lanes<F> {
  const half = b.mul(0.5);
  const whole = b.trunc();
  const odd = whole.eq(b).and(half.trunc().ne(half));
  const signed = size.withSignOf(odd.select(a, 1));
  const impossible = whole.ne(b).and(a.lt(0)).and(a.gt(-Infinity));
  return a.eq(1).or(b.eq(0)).select(1, impossible.select(NaN, signed));
}

/** (3/2 log((1 + s) / (1 - s)) / s - 3 - s²) / s⁴ in powers of s², as tests/engines/minimax.py finds it: within 2⁻⁶⁷. */
// prettier-ignore
const SERIES = [
  0.5999999999999996, 0.4285714285716766, 0.33333333326305115, 0.2727272830542793, 0.23076835309074412,
  0.200044760436715, 0.17512229229484608, 0.17983509370045378,
] as const;

/** Numbers in two parts, the first short enough that the product of two such is exact. */
interface Pair<F extends Format> {
  readonly head: Lanes<F>;
  readonly tail: Lanes<F>;
}

/** 2 / (3 ln 2) and ln 2. */
const TWO_THIRDS_LOG2_E = {
  head: 0.9617967009544373,
  tail: -7.028461650952758e-9,
  whole: 0.9617966939259756,
};
const LN2 = { head: 0.6931471824645996, tail: -1.904654299957768e-9, whole: Math.LN2 };

/** a^b for a ≥ 0 in float64. The method is that of fdlibm (Sun Microsystems, 2004), e_pow.c. */
function powerOfSize<F extends Format>(a: Lanes<F>, b: Lanes<F>): Lanes<F> {
  const log2_a = logarithm(a);
  const b_head = upperHalf(b);
  // b log₂ a: an exact product and what it lacks.
  let head = b_head.mul(log2_a.head);
  let tail = b.sub(b_head).mul(log2_a.head).add(b.mul(log2_a.tail));
  // At 0 and infinity, and NaN, the logarithm is no pair; far out, the power is 0 or infinite all the same.
  const ordinary = a.gt(0).and(a.lt(Infinity));
  const sum = ordinary.select(head.add(tail), a.eq(0).select(-Infinity, a).mul(b));
  const near = sum.lt(1100).and(sum.gt(-1100));
  head = near.select(head, sum.min(1100).max(-1100));
  tail = near.select(tail, 0);
  return exp2({ head, tail });
}

/** The logarithm of a > 0 to base 2. */
function logarithm<F extends Format>(a: Lanes<F>): Pair<F> {
  const { scaled, correction } = withAllDigits(a);
  const { k: exponent, m } = splitBinary(scaled);
  const k = exponent.add(correction);
  // s = (m - 1) / (m + 1) as a pair
  const numerator = m.sub(1);
  const inverse = m.add(1).reciprocal();
  const s = numerator.mul(inverse);
  const s_head = upperHalf(s);
  const d_head = upperHalf(m.add(1));
  const d_tail = m.sub(d_head.sub(1));
  const s_tail = inverse.mul(numerator.sub(s_head.mul(d_head)).sub(s_head.mul(d_tail)));
  // 3 + s² + s⁴ P(s²) as a pair
  const s2 = s.mul(s);
  const s4 = s2.mul(s2);
  const rest = s4.mul(s2.polynomial(...SERIES)).add(s_tail.mul(s_head.add(s)));
  const square = s_head.mul(s_head); // exact
  const t_head = upperHalf(square.add(3).add(rest));
  const t_tail = rest.sub(t_head.sub(3).sub(square));
  // times s, which is 3/2 log m
  const u = s_head.mul(t_head);
  const v = s_tail.mul(t_head).add(t_tail.mul(s));
  const p_head = upperHalf(u.add(v));
  const p_tail = v.sub(p_head.sub(u));
  // to base 2, and k added
  const z_head = p_head.mul(TWO_THIRDS_LOG2_E.head);
  const z_tail = p_head.mul(TWO_THIRDS_LOG2_E.tail).add(p_tail.mul(TWO_THIRDS_LOG2_E.whole));
  const head = upperHalf(z_head.add(z_tail).add(k));
  return { head, tail: z_tail.sub(head.sub(k).sub(z_head)) };
}

/** 2 to the power of a pair: the whole part becomes the exponent, the rest goes through e^r. */
function exp2<F extends Format>({ head, tail }: Pair<F>): Lanes<F> {
  const { rounder, digits } = head.page.layout;
  const rounded = head.add(tail).add(rounder);
  const n = rounded.sub(rounder);
  const fraction = head.sub(n);
  const f_head = upperHalf(fraction.add(tail));
  const f_tail = tail.sub(f_head.sub(fraction));
  const u = f_head.mul(LN2.head);
  const v = f_tail.mul(LN2.whole).add(f_head.mul(LN2.tail));
  const r = u.add(v);
  const lost = v.sub(r.sub(u));
  const small = tailOf(r).add(lost.add(lost.mul(r)));
  return scale(small.add(r).add(1), { n, exponent: rounded.bits().shiftLeft(digits) });
}

/** A number without the lower half of its bits. */
function upperHalf<F extends Format>(x: Lanes<F>): Lanes<F> {
  return x.bits().and(0xffffffff00000000n).real();
}
