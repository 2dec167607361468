// a to the power of b.

import { elementwise, type Binary } from './define.js';
import { where } from './where.js';

/** Each element of `a` to the power of its partner in `b`, broadcasting. Equals `numpy.power` on float64. */
export const pow: Binary = elementwise({
  name: 'pow',
  inputs: ['a', 'b'],
  formula: 'a ** b',
  element: (a, b) => (b === 2 ? a * a : a ** b),
  derivatives: {
    // b · a^(b-1) is 0 · inf at a = b = 0, where the true derivative of a⁰ is 0.
    a: { formula: 'b * a ** (b - 1)', local: ({ a, b }) => where(b.equal(0), 0, b.mul(a.pow(b.sub(1)))) },
    // y · log(a) is 0 · -inf at a = 0, where 0^b stays 0 for every b > 0.
    b: { formula: 'y * log(a)', local: ({ a, y }) => where(y.equal(0), 0, y.mul(a.log())) },
  },
});
