// -1, 0 or 1.

import { tensor } from '../tensor/index.js';
import { arithmetic, elementwise, type Unary } from './define.js';

/**
 * -1 below 0, 0 at 0, 1 above; the derivative is 0. Equals `numpy.sign`.
 *
 * @example
 * tensor([-3, 0, 2]).sign().toArray(); // [-1, 0, 1]
 */
export const sign: Unary = elementwise({
  name: 'sign',
  inputs: ['x'],
  formula: 'sign(x)',
  element: Math.sign,
  dtype: arithmetic,
  derivatives: { x: { formula: '0', local: () => tensor(0) } },
});
