// a + b.

import { tensor } from '../tensor/index.js';
import { arithmetic, elementwise, type Binary } from './define.js';

/**
 * The sum of two tensors that broadcast. Equals `numpy.add`.
 *
 * @example
 * tensor([[1, 2], [3, 4]]).add([10, 20]).toArray(); // [[11, 22], [13, 24]]
 */
export const add: Binary = elementwise({
  name: 'add',
  inputs: ['a', 'b'],
  formula: 'a + b',
  element: (a, b) => a + b,
  dtype: arithmetic,
  derivatives: { a: { formula: '1', local: () => tensor(1) }, b: { formula: '1', local: () => tensor(1) } },
});
