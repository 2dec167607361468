// The sine of an angle in radians.

import { elementwise, type Unary } from './define.js';

/**
 * The sine of an angle in radians. Equals `numpy.sin`.
 *
 * @example
 * tensor(0).sin().item(); // 0
 */
export const sin: Unary = elementwise({
  name: 'sin',
  inputs: ['x'],
  formula: 'sin(x)',
  element: Math.sin,
  derivatives: { x: { formula: 'cos(x)', local: ({ x }) => x.cos() } },
});
