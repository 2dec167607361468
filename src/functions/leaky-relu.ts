// relu with a small slope below 0, so that no unit goes silent for good.

import { composite, type Unary } from './define.js';
import { where } from './where.js';

/** Options of `leakyRelu`. */
export interface LeakyReluOptions {
  /** Slope below 0. Default 0.01. */
  readonly negativeSlope?: number;
}

/**
 * `x` above 0, `negativeSlope * x` below. Equals `torch.nn.functional.leaky_relu`.
 *
 * @example
 * tensor([-1, 2]).leakyRelu({ negativeSlope: 0.1 }).toArray(); // [-0.1, 2]
 */
export const leakyRelu: Unary<[options?: LeakyReluOptions]> = composite({
  name: 'leakyRelu',
  inputs: ['x'],
  attributes: ({ negativeSlope = 0.01 }: LeakyReluOptions = {}) => ({ negativeSlope }),
  formula: ({ negativeSlope }) => `where(x > 0, x, ${negativeSlope} * x)`,
  stages: ({ x }, { negativeSlope }) => where(x.greater(0), x, x.mul(negativeSlope)),
  derivatives: {
    x: {
      formula: ({ negativeSlope }) => `where(x > 0, 1, ${negativeSlope})`,
      local: ({ x }, { negativeSlope }) => where(x.greater(0), 1, negativeSlope),
    },
  },
});
