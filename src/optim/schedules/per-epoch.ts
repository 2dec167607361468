// A schedule that counts epochs.

import { checkCount } from '../options.js';
import { wholePeriods, type Schedule } from './schedule.js';

/**
 * A schedule of epochs as a schedule of steps: the rate changes once after every `stepsPerEpoch` steps, which are
 * `ceil(samples / batchSize)`. What a scheduler of PyTorch does that is stepped once an epoch. Throws a `ValueError` unless
 * `stepsPerEpoch` is a whole number of at least 1.
 *
 * @example
 * const schedule = optim.schedules.perEpoch(optim.schedules.exponentialDecay(0.8, { factor: 0.5 }), 100);
 * [0, 99, 100, 250].map((step) => schedule(tensor(step)).item()); // [0.8, 0.8, 0.4, 0.2]
 */
export function perEpoch(schedule: Schedule, stepsPerEpoch: number): Schedule {
  checkCount('perEpoch', 'stepsPerEpoch', stepsPerEpoch);
  return (step) => schedule(wholePeriods(step, stepsPerEpoch));
}
