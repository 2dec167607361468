// The cosine of an angle in radians.

import { elementwise, type Unary } from './define.js';

/**
 * The cosine of an angle in radians. Equals `numpy.cos`.
 *
 * @example
 * tensor(0).cos().item(); // 1
 */
export const cos: Unary = elementwise({
  name: 'cos',
  inputs: ['x'],
  formula: 'cos(x)',
  element: Math.cos,
  derivatives: { x: { formula: '-sin(x)', local: ({ x }) => x.sin().neg() } },
});
