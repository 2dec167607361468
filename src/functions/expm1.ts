// e to the x, less 1: exact where x is tiny, as exp(x) - 1 is not.

import { elementwise, type Unary } from './define.js';

/**
 * `exp(x) - 1`, exact also for tiny x. Equals `numpy.expm1`.
 *
 * @example
 * tensor(1e-10).expm1().item(); // 1.00000000005e-10
 */
export const expm1: Unary = elementwise({
  name: 'expm1',
  inputs: ['x'],
  formula: 'exp(x) - 1',
  element: Math.expm1,
  derivatives: { x: { formula: 'exp(x)', local: ({ x }) => x.exp() } },
});
