// Sine and cosine.
//
// |x| is split as n π/2 + r with n whole and |r| ≤ π/4; quarter-wave.ts does the rest. The split subtracts n times π/2 in
// parts, all but the last so short that the product is exact (Cody and Waite, Software Manual for the Elementary Functions,
// 1980), and keeps what rounding takes. Beyond a million and a half that no longer works, and large-angle.ts takes over.

import { call } from '../assembler.js';
import { isDouble, type Format } from './formats.js';
import { sineOfLarge } from './large-angle.js';
import { patch, throughDouble, type Lanes, type Words } from './lanes.js';
import { quarterWave } from './quarter-wave.js';

const LARGE = 1647099; // 2²⁰ π/2

/** π/2 in parts of 33 bits (fdlibm, e_rem_pio2.c). */
const HALF_PI = [
  1.5707963267341256, 6.077100506303966e-11, 2.0222662487111665e-21, 8.4784276603689e-32,
] as const;

/** `Math.sin`, to 1.6 units in the last place, for every x. */
export function sin<F extends Format>(x: Lanes<F>): Lanes<F> {
  const { n, r, lost } = splitAngle(x.abs());
  const signBit = x.bits().and(x.page.layout.sign);
  return patchLarge(quarterWave(n, r, lost).bits().xor(signBit).real(), x, 0);
}

/** `Math.cos`, to 1.6 units in the last place, for every x. */
export function cos<F extends Format>(x: Lanes<F>): Lanes<F> {
  const { n, r, lost } = splitAngle(x.abs());
  return patchLarge(quarterWave(n.add(1n), r, lost), x, 1);
}

/** An angle ≥ 0 as n π/2 + r + lost, n in the lowest bits of a whole number; nonsense if it is large. */
interface Angle<F extends Format> {
  readonly n: Words<F>;
  readonly r: Lanes<F>;
  /** What rounding took from r; not worth its trouble in float32. */
  readonly lost?: Lanes<F>;
}

function splitAngle<F extends Format>(x: Lanes<F>): Angle<F> {
  const [a, b, c, d] = HALF_PI;
  if (isDouble(x.page.format)) {
    const quarters = nearestQuarter(x);
    const first = minus(x.sub(quarters.mul(a)), quarters.mul(b));
    const { r, lost } = minus(first.r, quarters.mul(c).sub(first.lost));
    return { n: wholeBits(quarters), r, lost: lost.sub(quarters.mul(d)) };
  }
  // In range no float32 is nearer than 2⁻³⁰ to a multiple of π/2; for that, two parts of float64 are enough.
  const [quarters, r] = throughDouble([x], (wide) => {
    const n = nearestQuarter(wide!);
    return [n, wide!.sub(n.mul(a)).sub(n.mul(b + c))];
  }) as [Lanes<F>, Lanes<F>];
  return { n: wholeBits(quarters), r };
}

/** a - b, and what rounding took from it (Dekker, 1971). */
function minus<F extends Format>(
  a: Lanes<F>,
  b: Lanes<F>,
): { readonly r: Lanes<F>; readonly lost: Lanes<F> } {
  const r = a.sub(b);
  return { r, lost: a.sub(r).sub(b) };
}

/** The whole number nearest to x / (π/2). */
function nearestQuarter<F extends Format>(x: Lanes<F>): Lanes<F> {
  const { rounder } = x.page.layout;
  const rounded = x.mul(2 / Math.PI).add(rounder);
  return rounded.sub(rounder);
}

/** A whole number, as a float, in the lowest bits. */
function wholeBits<F extends Format>(x: Lanes<F>): Words<F> {
  return x.add(x.page.layout.rounder).bits();
}

/** `result`, but where x is large the sine of x + turn π/2, one number at a time. */
function patchLarge<F extends Format>(result: Lanes<F>, x: Lanes<F>, turn: 0 | 1): Lanes<F> {
  const slow = sineOfLarge(x.page.body.module);
  return patch(result, x.abs().lt(LARGE), x, (one) => call(slow, one, turn));
}
