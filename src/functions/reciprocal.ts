// 1/x.

import { elementwise, type Unary } from './define.js';

/**
 * One divided by each element, `1 / x`. Equals `numpy.reciprocal`.
 *
 * @example
 * tensor([2, 4]).reciprocal().toArray(); // [0.5, 0.25]
 */
export const reciprocal: Unary = elementwise({
  name: 'reciprocal',
  inputs: ['x'],
  formula: '1 / x',
  element: (x) => 1 / x,
  derivatives: { x: { formula: '-1 / x ** 2', local: ({ y }) => y.mul(y).neg() } },
});
