// A choice, element by element.

import type { TensorLike } from '../tensor/index.js';
import { elementwise, widest, type TensorFunction } from './define.js';

/**
 * `a` where the condition holds (is not 0), `b` elsewhere; all three broadcast. Equals `numpy.where`.
 *
 * @example
 * tensor([true, false]).where([1, 2], [10, 20]).toArray(); // [1, 20]
 */
export const where: TensorFunction<[condition: TensorLike, a: TensorLike, b: TensorLike]> = elementwise({
  name: 'where',
  inputs: ['condition', 'a', 'b'],
  formula: 'where(condition, a, b)',
  element: (condition, a, b) => (condition !== 0 ? a : b),
  dtype: ([, a = 'float64', b = 'float64']) => widest([a, b]),
  derivatives: {
    a: { formula: 'condition != 0', local: ({ condition }) => condition.notEqual(0) },
    b: { formula: 'condition == 0', local: ({ condition }) => condition.equal(0) },
  },
});
