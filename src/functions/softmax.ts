// Scores to probabilities: positive, and 1 in sum.

import { composite, type Unary } from './define.js';
import { alongAxis, axisAttributes, type AxisArguments } from './reduce.js';

/**
 * `exp(x) / sum(exp(x))` along an axis (default: the last), without overflow. Equals `torch.softmax`.
 *
 * @example
 * tensor([1000, 1000]).softmax().toArray(); // [0.5, 0.5]
 */
export const softmax: Unary<AxisArguments> = composite({
  name: 'softmax',
  inputs: ['x'],
  attributes: axisAttributes,
  formula: ({ axis }) => `exp(x) / sum(exp(x), axis=${axis})`,
  shape: alongAxis('softmax'),
  // Subtracting the largest score changes nothing in the quotient and keeps exp within bounds.
  stages: ({ x }, { axis }) => {
    const powers = x.sub(x.max(axis, { keepDims: true })).exp();
    return powers.div(powers.sum(axis, { keepDims: true }));
  },
  derivatives: {
    x: {
      formula: ({ axis }) => `y * (dy - sum(dy * y, axis=${axis}))`,
      pullback: (dy, { y }, { axis }) => y.mul(dy.sub(dy.mul(y).sum(axis, { keepDims: true }))),
    },
  },
});
