// A rate that falls by the same share with every step.

import { tensor } from '../../tensor/index.js';
import { checkCount, checkOption } from '../options.js';
import { toSchedule, type Schedule } from './schedule.js';

/** Options of `exponentialDecay`. */
export interface ExponentialDecayOptions {
  /** What the rate is multiplied by in so many steps. */
  readonly factor: number;
  /** So many steps. Default 1. */
  readonly every?: number;
}

/**
 * `rate * factor ** (step / every)`. Equals `torch.optim.lr_scheduler.ExponentialLR`, with which `every` is 1. Throws a
 * `ValueError` for options outside their range.
 *
 * @example
 * const schedule = optim.schedules.exponentialDecay(0.8, { factor: 0.5, every: 10 });
 * [0, 10, 20].map((step) => schedule(tensor(step)).item()); // [0.8, 0.4, 0.2]
 */
export function exponentialDecay(rate: number, { factor, every = 1 }: ExponentialDecayOptions): Schedule {
  const first = toSchedule('exponentialDecay', rate);
  checkOption('exponentialDecay', 'factor', factor, true);
  checkCount('exponentialDecay', 'every', every);
  return (step) => first(step).mul(tensor(factor).pow(step.div(every)));
}
