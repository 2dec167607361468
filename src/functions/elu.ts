// The exponential linear unit: relu with a smooth floor. Clevert, Unterthiner and Hochreiter, 2015.

import { composite, type Unary } from './define.js';
import { where } from './where.js';

/** Options of `elu`. */
export interface EluOptions {
  /** What `-alpha` is the floor of. Default 1. */
  readonly alpha?: number;
}

/**
 * `x` above 0, `alpha * (exp(x) - 1)` below. Equals `torch.nn.functional.elu`.
 *
 * @example
 * tensor([-1, 2]).elu().toArray(); // [-0.6321205588285577, 2]
 */
export const elu: Unary<[options?: EluOptions]> = composite({
  name: 'elu',
  inputs: ['x'],
  attributes: ({ alpha = 1 }: EluOptions = {}) => ({ alpha }),
  formula: ({ alpha }) => `where(x > 0, x, ${alpha} * (exp(x) - 1))`,
  stages: ({ x }, { alpha }) => where(x.greater(0), x, x.expm1().mul(alpha)),
  derivatives: {
    x: {
      formula: ({ alpha }) => `where(x > 0, 1, ${alpha} * exp(x))`,
      // Clipped at 0: exp of a large x is infinite, and a second derivative would multiply it by 0.
      local: ({ x }, { alpha }) => where(x.greater(0), 1, x.minimum(0).exp().mul(alpha)),
    },
  },
});
