// The error function.
//
// Below 1 it is x + x P(x²). Above, 1 - e^L(x) with a polynomial L close to log(1 - erf x): an idea of N. Juffa's (erff,
// 2011); as 1 - erf x soon gets small, so do the errors of L.

import { ordinaryExp } from './exp.js';
import { isDouble, type Format } from './formats.js';
import { choose, type Lanes } from './lanes.js';

/** P, and L in powers of x less `centre`, as tests/engines/minimax.py finds them; the result is 1 from `large` on. */
const SINGLE = {
  near: [0.128379166, -0.376126289, 0.112836182, -0.0268551242, 0.0051907259, -0.000803065428, 7.91990169e-5], // 2⁻²⁹
  // prettier-ignore
  far: [-0.0003537538, -1.12704062, -0.63822335, -0.103040695, 0.0218076035, -0.00294036954, 0.000185672994], // 2⁻²⁹
  ...{ centre: 0, large: 4 },
} as const;

const DOUBLE = {
  // prettier-ignore
  near: [
    0.12837916709551256, -0.3761263890318355, 0.11283791670945252, -0.026866170643276045,
    0.0052239776074223645, -0.0008548325989656709, 0.00012055295319620248, -1.4924744651760684e-5,
    1.644751758884308e-6, -1.6209175573543467e-7, 1.3722976042030932e-8, -7.801190384553536e-10,
  ], // 2⁻⁵⁴
  // prettier-ignore
  far: [
    -1.8496055099332482, -2.6389675142347757, -0.8431072563594127, -0.04156109802507674,
    0.010033825179091753, -0.001977901215687083, 0.0002373164346364171, 2.6296326498678862e-5,
    -2.7198970747630236e-5, 9.671373343264367e-6, -2.1319356290514486e-6, 2.0480863358002498e-7,
    5.801341316999055e-8, -3.339196554325364e-8, 8.51896214433177e-9, -1.319136534878123e-9,
    1.193294000065817e-10, -4.8651853958647015e-12,
  ], // 2⁻⁵⁵
  ...{ centre: 1, large: 6 },
} as const;

/** The error function, to 1.3 units in the last place. */
export function erf<F extends Format>(x: Lanes<F>): Lanes<F> {
  const { near, far, centre, large } = isDouble(x.page.format) ? DOUBLE : SINGLE;
  const size = x.abs();
  return choose(
    size.lt(1),
    () => x.mul(x.mul(x).polynomial(...near)).add(x),
    () => {
      const t = size.min(large).sub(centre);
      const rest = ordinaryExp(t.polynomial(...far));
      return rest.subFrom(1).withSignOf(x);
    },
  );
}
