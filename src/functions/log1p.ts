// The natural logarithm of 1 + x: exact where x is tiny, as log(1 + x) is not.

import { elementwise, type Unary } from './define.js';

/**
 * `log(1 + x)`, exact also for tiny x. Equals `numpy.log1p`.
 *
 * @example
 * tensor(1e-10).log1p().item(); // 9.999999999500001e-11
 */
export const log1p: Unary = elementwise({
  name: 'log1p',
  inputs: ['x'],
  formula: 'log(1 + x)',
  element: Math.log1p,
  derivatives: { x: { formula: '1 / (1 + x)', local: ({ x }) => x.add(1).reciprocal() } },
});
