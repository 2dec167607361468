// The learning rate of an optimizer: a number that can be set, or a schedule that counts the steps.

import { ValueError } from '../errors.js';
import { noGrad, tensor, zeros, type Tensor } from '../tensor/index.js';
import type { Rate } from './optimizer.js';
import { checkOption } from './options.js';
import { rateAt, type Schedule } from './schedules/schedule.js';

/** A learning rate as optimizers use it. */
export interface LearningRate extends Rate {
  /** The rate of the step that is being made, which counts as made. */
  take(): Tensor;
  /** What it remembers, by name. */
  readonly tensors: Readonly<Record<string, Tensor>>;
}

/** The learning rate that an option gives. Throws a `ValueError` unless it is a number above 0 or a schedule. */
export function learningRateOf(where: string, given: number | Schedule): LearningRate {
  return typeof given === 'function' ? scheduled(where, given) : settable(where, given);
}

function settable(where: string, given: number): LearningRate {
  checkOption(where, 'learningRate', given, true);
  const learningRate = variable(given);
  return {
    take: () => learningRate,
    next: () => learningRate.item(),
    set(rate) {
      checkOption(where, 'learningRate', rate, true);
      learningRate.assign(tensor(rate));
    },
    tensors: { learningRate },
  };
}

function scheduled(where: string, schedule: Schedule): LearningRate {
  const steps = variable(0);
  const factor = variable(1); // what setting the rate has changed
  const plain = (): Tensor => rateAt(where, schedule, steps);
  checkOption(where, 'the schedule’s first rate', noGrad(plain).item());
  return {
    take() {
      const rate = plain().mul(factor);
      steps.assign(steps.add(1));
      return rate;
    },
    next: () => noGrad(() => plain().mul(factor)).item(),
    set(rate) {
      checkOption(where, 'learningRate', rate, true);
      const unscaled = noGrad(plain).item();
      if (unscaled === 0) {
        throw new ValueError(
          `${where}: the schedule gives 0 for the next step, which cannot be scaled to ${rate}`,
        );
      }
      factor.assign(tensor(rate / unscaled));
    },
    tensors: { steps, learningRateFactor: factor },
  };
}

/** A tensor of shape [] that changes between steps. That it was assigned tells `compile` that it is no constant. */
export function variable(value: number): Tensor {
  const scalar = zeros([]);
  scalar.assign(tensor(value));
  return scalar;
}
