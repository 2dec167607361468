// One rate for all steps.

import { toSchedule, type Schedule } from './schedule.js';

/**
 * The same rate for every step: what a number does too, as a part for other schedules. Throws a `ValueError` unless it is
 * above 0.
 *
 * @example
 * optim.schedules.constant(0.1)(tensor(7)).item(); // 0.1
 */
export function constant(rate: number): Schedule {
  return toSchedule('constant', rate);
}
