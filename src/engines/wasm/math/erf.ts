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
    -5.364941264616636, -4.418160805994413, -0.9237508418239427, -0.016465118137389878, 0.00357075634781301,
    -0.000732399377992123, 0.00013530933080090158, -2.0706470483299673e-5, 1.952186878714718e-6,
    2.0372696861184819e-7, -1.7317173391130938e-7, 5.769641444378172e-8, -1.3989966345293685e-8,
    2.609491076715992e-9, -2.5688394723826806e-10, -7.153134861041522e-11, 3.662124827688178e-11,
    -4.8651853958647015e-12,
  ], // 2⁻⁵³
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
