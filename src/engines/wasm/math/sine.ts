// Sine and cosine.
//
// |x| is split as n π/2 + r with n whole and |r| ≤ π/4. A polynomial gives sin r or cos r; which one, and with which sign,
// the last two bits of n say. The split subtracts n times π/2 in parts, all but the last so short that the product is exact
// (Cody and Waite, 1980). Beyond a million and a half that no longer works, and large-angle.ts takes over.

import { call } from '../assembler.js';
import { isDouble, type Format } from './formats.js';
import { sineOfLarge } from './large-angle.js';
import { patch, throughDouble, type Lanes, type Words } from './lanes.js';

const LARGE = 1647099; // 2²⁰ π/2

/** π/2 in parts of 33 bits and what is left (fdlibm, e_rem_pio2.c); the first two alone are enough for float32. */
const HALF_PI = [1.5707963267341256, 6.077100506303966e-11, 2.0222662487111665e-21, 8.4784276603689e-32];
const HALF_PI_SINGLE = [1.5707963267341256, 6.077100506506192e-11];

/** (sin r - r) / r³ and (cos r - 1 + r²/2) / r⁴ in powers of r², as tests/engines/minimax.py finds them. */
const SINGLE = {
  sin: [-0.166666552, 0.00833219197, -0.00019518788], // sin r is within 2⁻²⁷, relatively
  cos: [0.0416666456, -0.0013887313, 2.44329713e-5], // cos r within 2⁻³³
} as const;

const DOUBLE = {
  // prettier-ignore
  sin: [
    -0.16666666666666632, 0.00833333333332242, -0.00019841269829813207, 2.7557313693793733e-6,
    -2.505075841214271e-8, 1.589681313159864e-10,
  ], // within 2⁻⁵⁷
  // prettier-ignore
  cos: [
    0.0416666666666666, -0.0013888888888874142, 2.480158728949332e-5, -2.7557314355404805e-7, 2.087572367722363e-9,
    -1.1359668229609327e-11,
  ], // within 2⁻⁶³
} as const;

/** `Math.sin`, to 1 unit in the last place, for every x. */
export function sin<F extends Format>(x: Lanes<F>): Lanes<F> {
  const { n, r } = reduce(x.abs());
  const result = quarterWave(r, n);
  return patchLarge(result.bits().xor(x.bits().and(x.page.layout.sign)).real(), x, 0);
}

/** `Math.cos`, to 1 unit in the last place, for every x. */
export function cos<F extends Format>(x: Lanes<F>): Lanes<F> {
  const { n, r } = reduce(x.abs());
  return patchLarge(quarterWave(r, n.add(1n)), x, 1);
}

/** x ≥ 0 as n π/2 + r: n in the lowest bits of a whole number. What it gives for a large x is thrown away. */
function reduce<F extends Format>(x: Lanes<F>): { readonly n: Words<F>; readonly r: Lanes<F> } {
  const parts = isDouble(x.page.format)
    ? splitAngle(x, HALF_PI)
    : throughDouble([x], (wide) => splitAngle(wide!, HALF_PI_SINGLE));
  const [n, r] = parts as [Lanes<F>, Lanes<F>];
  return { n: n.add(x.page.layout.rounder).bits(), r };
}

function splitAngle<F extends Format>(x: Lanes<F>, parts: readonly number[]): Lanes<F>[] {
  const { rounder } = x.page.layout;
  const n = x
    .mul(2 / Math.PI)
    .add(rounder)
    .sub(rounder);
  return [n, parts.reduce((r, part) => r.sub(n.mul(part)), x)];
}

/** sin(n π/2 + r) for |r| ≤ π/4: sin r, cos r, -sin r, -cos r, and again. */
export function quarterWave<F extends Format>(r: Lanes<F>, n: Words<F>): Lanes<F> {
  const { sin, cos } = isDouble(r.page.format) ? DOUBLE : SINGLE;
  const z = r.mul(r);
  const sine = r
    .mul(z)
    .mul(z.polynomial(...sin))
    .add(r);
  const cosine = z
    .mul(z)
    .mul(z.polynomial(...cos))
    .sub(z.mul(0.5))
    .add(1);
  const { sign } = r.page.layout;
  const signBit = n.shiftLeft(isDouble(r.page.format) ? 62 : 30).and(sign); // from the second bit of n
  return n.and(1n).ne(0n).select(cosine, sine).bits().xor(signBit).real();
}

/** `result`, but where x is large the sine of x + turn π/2, one number at a time. */
function patchLarge<F extends Format>(result: Lanes<F>, x: Lanes<F>, turn: 0 | 1): Lanes<F> {
  const slow = sineOfLarge(x.page.body.module);
  return patch(result, x.abs().lt(LARGE), x, (one) => call(slow, one, turn));
}
