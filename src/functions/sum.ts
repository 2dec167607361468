// The sum over axes.

import { arithmetic, primitive, type Unary } from './define.js';
import {
  fold,
  keepAxes,
  reducedShape,
  reductionAttributes,
  reductionFormula,
  type ReductionArguments,
} from './reduce.js';

/**
 * The sum over one axis, several, or (default) all: `sum(x, 1)`, `sum(x, [0, 2], { keepDims: true })`. Equals
 * `numpy.sum`.
 *
 * @example
 * tensor([[1, 2], [3, 4]]).sum(1).toArray(); // [3, 7]
 */
export const sum: Unary<ReductionArguments> = primitive({
  name: 'sum',
  inputs: ['x'],
  attributes: reductionAttributes,
  formula: reductionFormula('sum'),
  shape: reducedShape('sum'),
  dtype: arithmetic,
  value: ([x], _, { axis }) => fold(x!, axis, 0, (total, element) => total + element),
  derivatives: {
    x: {
      formula: 'broadcast(dy)',
      pullback: (dy, { x }, { axis }) => keepAxes(dy, x.shape, axis).broadcastTo(x.shape),
    },
  },
});
