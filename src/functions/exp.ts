// e to the x.

import { elementwise, type Unary } from './define.js';

/**
 * e to the power of each element. Equals `numpy.exp`.
 *
 * @example
 * tensor([0, 1]).exp().toArray(); // [1, 2.718281828459045]
 */
export const exp: Unary = elementwise({
  name: 'exp',
  inputs: ['x'],
  formula: 'exp(x)',
  element: Math.exp,
  derivatives: { x: { formula: 'y', local: ({ y }) => y } },
});
