// A quarter of a sine wave, from which the others follow: sin r and cos r for |r| ≤ π/4.

import { isDouble, type Format } from './formats.js';
import type { Lanes, Words } from './lanes.js';

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

/** sin(n π/2 + r) for |r| ≤ π/4: sin r, cos r, -sin r, -cos r, and again. */
export function quarterWave<F extends Format>(n: Words<F>, r: Lanes<F>, lost?: Lanes<F>): Lanes<F> {
  const { sin, cos } = isDouble(r.page.format) ? DOUBLE : SINGLE;
  const z = r.mul(r);
  const half = z.mul(0.5);
  const most = half.subFrom(1); // of the cosine; what rounding takes from it is 1 - most - half
  let sineRest = z.polynomial(...sin).mul(z.mul(r));
  let cosineRest = z.polynomial(...cos).mul(z.mul(z));
  if (lost) {
    // sin(r + lost) = sin r + lost cos r, cos(r + lost) = cos r - lost sin r; here cos r is 1 - r²/2 and sin r is r.
    sineRest = sineRest.add(lost.mul(most));
    cosineRest = cosineRest.sub(lost.mul(r));
  }
  const sine = sineRest.add(r);
  const cosine = most.subFrom(1).sub(half).add(cosineRest).add(most);
  const signBit = n.shiftLeft(isDouble(r.page.format) ? 62 : 30).and(r.page.layout.sign); // the second bit of n
  return n.and(1n).ne(0n).select(cosine, sine).bits().xor(signBit).real();
}
