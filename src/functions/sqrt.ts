// The square root.

import { elementwise, type Unary } from './define.js';

/**
 * The square root: NaN below 0. Equals `numpy.sqrt`.
 *
 * @example
 * tensor([4, 2]).sqrt().toArray(); // [2, 1.4142135623730951]
 */
export const sqrt: Unary = elementwise({
  name: 'sqrt',
  inputs: ['x'],
  formula: 'sqrt(x)',
  element: Math.sqrt,
  derivatives: { x: { formula: '1 / (2 * y)', local: ({ y }) => y.mul(2).reciprocal() } },
});
