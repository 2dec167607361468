// a - b.

import { tensor } from '../tensor/index.js';
import { arithmetic, elementwise, type Binary } from './define.js';

/**
 * The difference of two tensors that broadcast. Equals `numpy.subtract`.
 *
 * @example
 * tensor([3, 5]).sub(1).toArray(); // [2, 4]
 */
export const sub: Binary = elementwise({
  name: 'sub',
  inputs: ['a', 'b'],
  formula: 'a - b',
  element: (a, b) => a - b,
  dtype: arithmetic,
  derivatives: { a: { formula: '1', local: () => tensor(1) }, b: { formula: '-1', local: () => tensor(-1) } },
});
