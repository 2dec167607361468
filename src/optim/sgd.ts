// Stochastic gradient descent: a step against the gradient, with momentum if wanted.

import { ValueError } from '../errors.js';
import { zeros, type Tensor } from '../tensor/index.js';
import { checkOption, optimizer, type Optimizer } from './optimizer.js';

/** Options of `sgd`. */
export interface SGDOptions {
  /** Size of a step. Above 0. */
  readonly learningRate: number;
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
  checkOption('sgd', 'learningRate', learningRate, true);
  checkOption('sgd', 'momentum', momentum);
  checkOption('sgd', 'weightDecay', weightDecay);
  if (nesterov && momentum === 0) throw new ValueError('sgd: nesterov needs a momentum above 0');

  const directionOf = (parameter: Tensor, gradient: Tensor): Tensor =>
    weightDecay === 0 ? gradient : gradient.add(parameter.mul(weightDecay));
  if (momentum === 0) {
    return optimizer<never>('SGD', {
      begin: () => ({}),
      update: (parameter, gradient) => ({
        parameter: parameter.sub(directionOf(parameter, gradient).mul(learningRate)),
      }),
    });
  }
  return optimizer('SGD', {
    begin: (parameter) => ({ velocity: zeros(parameter.shape) }),
    update: (parameter, gradient, state) => {
      const direction = directionOf(parameter, gradient);
      const velocity = state.velocity.mul(momentum).add(direction);
      const step = nesterov ? direction.add(velocity.mul(momentum)) : velocity;
      return { parameter: parameter.sub(step.mul(learningRate)), velocity };
    },
  });
}
