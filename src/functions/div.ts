// a / b.

import { elementwise, type Binary } from './define.js';

/**
 * The quotient, element by element, of two tensors that broadcast; always float64. Equals `numpy.divide`.
 *
 * @example
 * tensor([1, 3]).div(2).toArray(); // [0.5, 1.5]
 */
export const div: Binary = elementwise({
  name: 'div',
  inputs: ['a', 'b'],
  formula: 'a / b',
  element: (a, b) => a / b,
  derivatives: {
    a: { formula: '1 / b', local: ({ b }) => b.reciprocal() },
    b: { formula: '-a / b ** 2', local: ({ b, y }) => y.div(b).neg() },
  },
});
