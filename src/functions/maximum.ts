// The larger of two numbers.

import { arithmetic, elementwise, type Binary } from './define.js';

/**
 * The larger of each pair of elements, broadcasting. Where both are equal each gets half of the derivative,
 * as in PyTorch. Equals `numpy.maximum`.
 *
 * @example
 * tensor([1, 5]).maximum(3).toArray(); // [3, 5]
 */
export const maximum: Binary = elementwise({
  name: 'maximum',
  inputs: ['a', 'b'],
  formula: 'max(a, b)',
  element: (a, b) => Math.max(a, b),
  dtype: arithmetic,
  derivatives: {
    a: { formula: '(a > b) + (a == b) / 2', local: ({ a, b }) => a.greater(b).add(a.equal(b).div(2)) },
    b: { formula: '(b > a) + (a == b) / 2', local: ({ a, b }) => b.greater(a).add(a.equal(b).div(2)) },
  },
});
