// A rate that falls in steps.

import { tensor } from '../../tensor/index.js';
import { checkCount, checkOption } from '../options.js';
import { toSchedule, wholePeriods, type Schedule } from './schedule.js';

/** Options of `stepDecay`. */
export interface StepDecayOptions {
  /** Steps from one fall to the next. */
  readonly every: number;
  /** What the rate is multiplied by at each fall. Default 0.1. */
  readonly factor?: number;
}

/**
 * The rate, multiplied by `factor` after every so many steps: `rate * factor ** floor(step / every)`. Equals
 * `torch.optim.lr_scheduler.StepLR`; for periods in epochs see `perEpoch`. Throws a `ValueError` for options outside their
 * range.
 *
 * @example
 * const schedule = optim.schedules.stepDecay(0.8, { every: 10, factor: 0.5 });
 * [0, 9, 10, 25].map((step) => schedule(tensor(step)).item()); // [0.8, 0.8, 0.4, 0.2]
 */
export function stepDecay(rate: number, { every, factor = 0.1 }: StepDecayOptions): Schedule {
  const first = toSchedule('stepDecay', rate);
  checkCount('stepDecay', 'every', every);
  checkOption('stepDecay', 'factor', factor, true);
  return (step) => first(step).mul(tensor(factor).pow(wholePeriods(step, every)));
}
