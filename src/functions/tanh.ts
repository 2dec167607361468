// The hyperbolic tangent.

import { elementwise, type Unary } from './define.js';
import { sub } from './sub.js';

/** The hyperbolic tangent. Equals `numpy.tanh`. */
export const tanh: Unary = elementwise({
  name: 'tanh',
  inputs: ['x'],
  formula: 'tanh(x)',
  element: Math.tanh,
  derivatives: { x: { formula: '1 - y ** 2', local: ({ y }) => sub(1, y.mul(y)) } },
});
