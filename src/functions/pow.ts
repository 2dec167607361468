// a to the power of b.

import { elementwise, type Binary } from './define.js';
import { where } from './where.js';

/**
 * Each element of `a` to the power of its partner in `b`, broadcasting. Equals `numpy.power` on float64.
 *
 * @example
 * tensor([2, 3]).pow(2).toArray(); // [4, 9]
 */
export const pow: Binary = elementwise({
  name: 'pow',
  inputs: ['a', 'b'],
  formula: 'a ** b',
  // As in C and NumPy, 1 to any power is 1; in JavaScript 1 ** NaN and (-1) ** Infinity are NaN.
  element: (a, b) => (b === 2 ? a * a : a === 1 || (a === -1 && Math.abs(b) === Infinity) ? 1 : a ** b),
  derivatives: {
    a: {
      formula: 'b * a ** (b - 1)',
      // At a = b = 0 that is 0 · inf; the derivative of a⁰ is 0 there, as are all that follow: those of 0 · a¹.
      local: ({ a, b }) => b.mul(a.pow(where(a.equal(0).mul(b.equal(0)), 1, b.sub(1)))),
    },
    b: {
      formula: 'y * log(a)',
      // At a = 0 that is 0 · -inf, while 0^b stays 0 for every b > 0. At b = 0 it is taken as 0 too, as PyTorch does.
      local: ({ a, b, y }) => y.mul(where(a.equal(0).mul(b.greaterEqual(0)), 1, a).log()),
    },
  },
});
