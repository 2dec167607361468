// The absolute value.

import { arithmetic, elementwise, type Unary } from './define.js';

/**
 * The absolute value. Its derivative at 0 is taken as 0, as PyTorch does. Equals `numpy.abs`.
 *
 * @example
 * tensor([-2, 0, 3]).abs().toArray(); // [2, 0, 3]
 */
export const abs: Unary = elementwise({
  name: 'abs',
  inputs: ['x'],
  formula: 'abs(x)',
  element: Math.abs,
  dtype: arithmetic,
  derivatives: { x: { formula: 'sign(x)', local: ({ x }) => x.sign() } },
});
