// a · b.

import { arithmetic, elementwise, type Binary } from './define.js';

/**
 * The product, element by element, of two tensors that broadcast. Equals `numpy.multiply`.
 *
 * @example
 * tensor([1, 2]).mul([3, 4]).toArray(); // [3, 8]
 */
export const mul: Binary = elementwise({
  name: 'mul',
  inputs: ['a', 'b'],
  formula: 'a * b',
  element: (a, b) => a * b,
  dtype: arithmetic,
  derivatives: { a: { formula: 'b', local: ({ b }) => b }, b: { formula: 'a', local: ({ a }) => a } },
});
