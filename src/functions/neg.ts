// -x.

import { tensor } from '../tensor/index.js';
import { arithmetic, elementwise, type Unary } from './define.js';

/**
 * The negative, `-x`. Equals `numpy.negative`.
 *
 * @example
 * tensor([1, -2]).neg().toArray(); // [-1, 2]
 */
export const neg: Unary = elementwise({
  name: 'neg',
  inputs: ['x'],
  formula: '-x',
  element: (x) => -x,
  dtype: arithmetic,
  derivatives: { x: { formula: '-1', local: () => tensor(-1) } },
});
