// RMSprop: each parameter's step is divided by the size that its gradient had lately. Tieleman and Hinton, 2012.

import { zeros, type Tensor } from '../tensor/index.js';
import type { Optimizer } from './optimizer.js';
import { byRule, decayed } from './rule.js';
import { checkOption, checkShare } from './options.js';
import type { Schedule } from './schedules/schedule.js';

/** Options of `rmsprop`. */
export interface RMSpropOptions {
  /** Size of a step, above 0, or a schedule of it. Default 0.01. */
  readonly learningRate?: number | Schedule;
  /** How much of the average of squares is kept. Default 0.99. */
  readonly alpha?: number;
  /** Added to the divisor. Default 1e-8. */
  readonly epsilon?: number;
  /** How strongly parameters are pulled to 0. Default 0. */
  readonly weightDecay?: number;
  /** How much of the last step's direction is kept. Default 0. */
  readonly momentum?: number;
  /** Divide by the deviation from the gradient's own average, in place of its size. Default false. */
  readonly centered?: boolean;
}

/** The averages of one parameter. */
type State = { readonly square: Tensor; readonly mean?: Tensor; readonly velocity?: Tensor };

/**
 * RMSprop, `w -= learningRate * dw / (sqrt(average of dw²) + epsilon)`. Equals `torch.optim.RMSprop`, in its order and with
 * its defaults. Throws a `ValueError` for options outside their range.
 *
 * @example
 * const w = tensor(3, { requiresGrad: true });
 * w.mul(w).backward();
 * optim.rmsprop({ learningRate: 0.1 }).step([w]);
 * w.item().toFixed(4); // '2.0000'
 */
export function rmsprop(options: RMSpropOptions = {}): Optimizer {
  const { learningRate = 0.01, alpha = 0.99, epsilon = 1e-8 } = options;
  const { weightDecay = 0, momentum = 0, centered = false } = options;
  checkShare('rmsprop', 'alpha', alpha);
  checkOption('rmsprop', 'epsilon', epsilon);
  checkOption('rmsprop', 'weightDecay', weightDecay);
  checkOption('rmsprop', 'momentum', momentum);

  return byRule<State>('RMSprop', learningRate, {
    begin: ({ shape }) => ({
      square: zeros(shape),
      ...(centered && { mean: zeros(shape) }),
      ...(momentum > 0 && { velocity: zeros(shape) }),
    }),
    update: (parameter, gradient, state, rate) => {
      const g = decayed(gradient, parameter, weightDecay);
      const square = state.square.mul(alpha).add(g.mul(g).mul(1 - alpha));
      const mean = state.mean?.mul(alpha).add(g.mul(1 - alpha));
      const spread = mean ? square.sub(mean.mul(mean)) : square;
      const direction = g.div(spread.sqrt().add(epsilon));
      const velocity = state.velocity?.mul(momentum).add(direction);
      return {
        parameter: parameter.sub((velocity ?? direction).mul(rate)),
        square,
        ...(mean && { mean }),
        ...(velocity && { velocity }),
      };
    },
  });
}
