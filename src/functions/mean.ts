// The mean over axes.

import { composite, type Unary } from './define.js';
import {
  keepAxes,
  reducedCount,
  reducedShape,
  reductionAttributes,
  reductionFormula,
  type ReductionArguments,
} from './reduce.js';

/**
 * The mean over one axis, several, or (default) all; NaN of nothing. Equals `numpy.mean`.
 *
 * @example
 * tensor([[1, 2], [3, 4]]).mean(0).toArray(); // [2, 3]
 */
export const mean: Unary<ReductionArguments> = composite({
  name: 'mean',
  inputs: ['x'],
  attributes: reductionAttributes,
  formula: reductionFormula('mean'),
  shape: reducedShape('mean'),
  stages: ({ x }, { axis, keepDims }) => x.sum(axis, { keepDims }).div(reducedCount(x.shape, axis)),
  derivatives: {
    x: {
      formula: 'broadcast(dy) / n',
      pullback: (dy, { x }, { axis }) =>
        keepAxes(dy, x.shape, axis).div(reducedCount(x.shape, axis)).broadcastTo(x.shape),
    },
  },
});
