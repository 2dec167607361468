// Adagrad: each parameter's step is divided by the size of all its gradients so far. Duchi, Hazan and Singer, 2011.

import { full, zeros } from '../tensor/index.js';
import type { Optimizer } from './optimizer.js';
import { byRule, decayed } from './rule.js';
import { checkOption } from './options.js';
import type { Schedule } from './schedules/schedule.js';

/** Options of `adagrad`. */
export interface AdagradOptions {
  /** Size of a step, above 0, or a schedule of it. Default 0.01. */
  readonly learningRate?: number | Schedule;
  /** The rate of step t, counted from 0, is `learningRate / (1 + t * learningRateDecay)`. Default 0. */
  readonly learningRateDecay?: number;
  /** How strongly parameters are pulled to 0. Default 0. */
  readonly weightDecay?: number;
  /** What the sum of squares begins with. Default 0. */
  readonly initialAccumulatorValue?: number;
  /** Added to the divisor. Default 1e-10. */
  readonly epsilon?: number;
}

/**
 * Adagrad, `w -= learningRate * dw / (sqrt(sum of dw²) + epsilon)`. Equals `torch.optim.Adagrad`, in its order and with its
 * defaults. Throws a `ValueError` for options outside their range.
 *
 * @example
 * const w = tensor(3, { requiresGrad: true });
 * w.mul(w).backward();
 * optim.adagrad({ learningRate: 0.1 }).step([w]);
 * w.item().toFixed(4); // '2.9000'
 */
export function adagrad(options: AdagradOptions = {}): Optimizer {
  const { learningRate = 0.01, learningRateDecay = 0, weightDecay = 0 } = options;
  const { initialAccumulatorValue = 0, epsilon = 1e-10 } = options;
  checkOption('adagrad', 'learningRateDecay', learningRateDecay);
  checkOption('adagrad', 'weightDecay', weightDecay);
  checkOption('adagrad', 'initialAccumulatorValue', initialAccumulatorValue);
  checkOption('adagrad', 'epsilon', epsilon);

  return byRule('Adagrad', learningRate, {
    begin: ({ shape }) => ({ step: zeros([]), sum: full(shape, initialAccumulatorValue) }),
    update: (parameter, gradient, state, rate) => {
      const g = decayed(gradient, parameter, weightDecay);
      const sum = state.sum.add(g.mul(g));
      const lowered = learningRateDecay === 0 ? rate : rate.div(state.step.mul(learningRateDecay).add(1));
      return {
        parameter: parameter.sub(g.div(sum.sqrt().add(epsilon)).mul(lowered)),
        step: state.step.add(1),
        sum,
      };
    },
  });
}
