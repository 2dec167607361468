// Stochastic gradient descent: a step against the gradient, with momentum if wanted.

import { ValueError } from '../errors.js';
import { zeros } from '../tensor/index.js';
import type { Optimizer } from './optimizer.js';
import { byRule, decayed } from './rule.js';
import { checkOption } from './options.js';
import type { Schedule } from './schedules/schedule.js';

/** Options of `sgd`. */
export interface SGDOptions {
  /** Size of a step, above 0, or a schedule of it. */
  readonly learningRate: number | Schedule;
  /** How much of the last step's direction is kept. Default 0. */
  readonly momentum?: number;
  /** Look ahead along the momentum. Default false. */
  readonly nesterov?: boolean;
  /** How strongly parameters are pulled to 0. Default 0. */
  readonly weightDecay?: number;
}

/**
 * Stochastic gradient descent, `w -= learningRate * dw`, with momentum, Nesterov's look-ahead and weight decay in PyTorch's
 * order. Equals `torch.optim.SGD`. Throws a `ValueError` for options outside their range.
 *
 * @example
 * const w = tensor(3, { requiresGrad: true });
 * w.mul(w).backward();
 * optim.sgd({ learningRate: 0.1 }).step([w]);
 * w.item(); // 2.4
 */
export function sgd(options: SGDOptions): Optimizer {
  const { learningRate, momentum = 0, nesterov = false, weightDecay = 0 } = options;
  checkOption('sgd', 'momentum', momentum);
  checkOption('sgd', 'weightDecay', weightDecay);
  if (nesterov && momentum === 0) throw new ValueError('sgd: nesterov needs a momentum above 0');

  if (momentum === 0) {
    return byRule('SGD', learningRate, {
      begin: () => ({}),
      update: (parameter, gradient, _, rate) => ({
        parameter: parameter.sub(decayed(gradient, parameter, weightDecay).mul(rate)),
      }),
    });
  }
  return byRule('SGD', learningRate, {
    begin: (parameter) => ({ velocity: zeros(parameter.shape) }),
    update: (parameter, gradient, state, rate) => {
      const direction = decayed(gradient, parameter, weightDecay);
      const velocity = state.velocity.mul(momentum).add(direction);
      const step = nesterov ? direction.add(velocity.mul(momentum)) : velocity;
      return { parameter: parameter.sub(step.mul(rate)), velocity };
    },
  });
}
