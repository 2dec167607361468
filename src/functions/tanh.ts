// The hyperbolic tangent.

import { elementwise, type Unary } from './define.js';
import { sub } from './sub.js';

/**
 * The hyperbolic tangent. Equals `numpy.tanh`.
 *
 * @example
 * tensor([0, 1]).tanh().toArray(); // [0, 0.7615941559557649]
 */
export const tanh: Unary = elementwise({
  name: 'tanh',
  inputs: ['x'],
  formula: 'tanh(x)',
  element: Math.tanh,
  derivatives: { x: { formula: '1 - y ** 2', local: ({ y }) => sub(1, y.mul(y)) } },
});
