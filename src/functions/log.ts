// The natural logarithm.

import { elementwise, type Unary } from './define.js';

/**
 * The natural logarithm: -inf at 0, NaN below. Equals `numpy.log`.
 *
 * @example
 * tensor([1, 10]).log().toArray(); // [0, 2.302585092994046]
 */
export const log: Unary = elementwise({
  name: 'log',
  inputs: ['x'],
  formula: 'log(x)',
  element: Math.log,
  derivatives: { x: { formula: '1 / x', local: ({ x }) => x.reciprocal() } },
});
