// The six comparisons: conditions for `where`, with no derivative.

import { bool, elementwise, type Binary } from './define.js';

/** Whether elements are equal. Equals `numpy.equal`. */
export const equal: Binary = comparison('equal', '==', (a, b) => a === b);
/** Whether elements differ. Equals `numpy.not_equal`. */
export const notEqual: Binary = comparison('notEqual', '!=', (a, b) => a !== b);
/** Whether elements of `a` are below those of `b`. Equals `numpy.less`. */
export const less: Binary = comparison('less', '<', (a, b) => a < b);
/** Whether elements of `a` are at most those of `b`. Equals `numpy.less_equal`. */
export const lessEqual: Binary = comparison('lessEqual', '<=', (a, b) => a <= b);
/** Whether elements of `a` are above those of `b`. Equals `numpy.greater`. */
export const greater: Binary = comparison('greater', '>', (a, b) => a > b);
/** Whether elements of `a` are at least those of `b`. Equals `numpy.greater_equal`. */
export const greaterEqual: Binary = comparison('greaterEqual', '>=', (a, b) => a >= b);

function comparison(name: string, sign: string, holds: (a: number, b: number) => boolean): Binary {
  return elementwise({
    name,
    inputs: ['a', 'b'],
    formula: `a ${sign} b`,
    element: (a, b) => Number(holds(a, b)),
    dtype: bool,
    derivatives: {},
  });
}
