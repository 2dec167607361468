// The logarithm of softmax, which stays finite where softmax itself is 0.

import { composite, type Unary } from './define.js';
import { alongAxis, axisAttributes, type AxisArguments } from './reduce.js';

/**
 * `x - log(sum(exp(x)))` along an axis (default: the last), without overflow. Equals `torch.log_softmax`.
 *
 * @example
 * tensor([1000, 0]).logSoftmax().toArray(); // [0, -1000]
 */
export const logSoftmax: Unary<AxisArguments> = composite({
  name: 'logSoftmax',
  inputs: ['x'],
  attributes: axisAttributes,
  formula: ({ axis }) => `x - log(sum(exp(x), axis=${axis}))`,
  shape: alongAxis('logSoftmax'),
  stages: ({ x }, { axis }) => {
    const shifted = x.sub(x.max(axis, { keepDims: true }));
    return shifted.sub(shifted.exp().sum(axis, { keepDims: true }).log());
  },
  derivatives: {
    x: {
      formula: ({ axis }) => `dy - exp(y) * sum(dy, axis=${axis})`,
      pullback: (dy, { y }, { axis }) => dy.sub(y.exp().mul(dy.sum(axis, { keepDims: true }))),
    },
  },
});
