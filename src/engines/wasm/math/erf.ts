// The error function.
//
// Below 1 it is x + x P(x²). Above, 1 - e^L(x) with a polynomial L close to log(1 - erf x): an idea of N. Juffa's (erff,
// 2011); as 1 - erf x soon gets small, so do the errors of L.

import { ordinaryExp } from './exp.js';
import { isDouble, type Format } from './formats.js';
import { choose, type Lanes } from './lanes.js';

/** P, and L in powers of x less `centre`, as tests/engines/minimax.py finds them; the result is 1 from `large` on. */
const SINGLE = {
  near: [0.128379166, -0.37612626, 0.112835787, -0.0268533472, 0.0051871622, -0.00079978531, 7.80690389e-5], // 2⁻²⁹
  // prettier-ignore
  far: [-0.000341524486, -1.12708914, -0.63814497, -0.103106596, 0.021837974, -0.00294763315, 0.000186376332], // 2⁻²⁹
  ...{ centre: 0, large: 4 },
} as const;

const DOUBLE = {
  // prettier-ignore
  near: [
    0.12837916709551256, -0.3761263890318355, 0.11283791670945253, -0.02686617064327617, 0.0052239776074231425,
    -0.0008548325989684064, 0.00012055295320198352, -1.4924744659133548e-5, 1.6447517642377853e-6,
    -1.62091757495891e-7, 1.372297597471211e-8, -7.801188987413148e-10,
  ], // 2⁻⁵⁶
  // prettier-ignore
  far: [
    -5.364941264616636, -4.418160805994415, -0.9237508418239498, -0.0164651181373603, 0.0035707563479794448,
    -0.0007323993781014866, 0.00013530932970588327, -2.0706470649475208e-5, 1.9521899058662583e-6,
    2.0372812347451244e-7, -1.7317599954671388e-7, 5.7694798533873786e-8, -1.3986578887469576e-8,
    2.6102859956692447e-9, -2.5839563101445066e-10, -7.155204407644305e-11, 3.6922405864109625e-11,
    -4.928401852424733e-12,
  ], // 2⁻⁵⁷
  ...{ centre: 2, large: 6 },
} as const;

/** The error function, to 1 unit in the last place. */
export function erf<F extends Format>(x: Lanes<F>): Lanes<F> {
  const { near, far, centre, large } = isDouble(x.page.format) ? DOUBLE : SINGLE;
  const size = x.abs();
  return choose(
    size.lt(1),
    () => x.mul(x.mul(x).polynomial(...near)).add(x),
    () => {
      const t = size.atMost(large).sub(centre);
      return ordinaryExp(t.polynomial(...far))
        .subFrom(1)
        .withSignOf(x);
    },
  );
}
