// The smaller of two numbers.

import { arithmetic, elementwise, type Binary } from './define.js';

/**
 * The smaller of each pair of elements, broadcasting. Where both are equal each gets half of the derivative,
 * as in PyTorch. Equals `numpy.minimum`.
 *
 * @example
 * tensor([1, 5]).minimum(3).toArray(); // [1, 3]
 */
export const minimum: Binary = elementwise({
  name: 'minimum',
  inputs: ['a', 'b'],
  formula: 'min(a, b)',
  element: (a, b) => Math.min(a, b),
  dtype: arithmetic,
  derivatives: {
    a: { formula: '(a < b) + (a == b) / 2', local: ({ a, b }) => a.less(b).add(a.equal(b).div(2)) },
    b: { formula: '(b < a) + (a == b) / 2', local: ({ a, b }) => b.less(a).add(a.equal(b).div(2)) },
  },
});
