// What a schedule is, and what schedules share.

import { ValueError } from '../../errors.js';
import { Tensor, tensor } from '../../tensor/index.js';
import { checkOption } from '../options.js';

/**
 * The learning rate of each step: from the number of steps made so far (a tensor of shape []; 0 for the first step) to the
 * rate (of shape [] too). It is written in tensor code, so that it is compiled with the step: no `if` on the number, no
 * `item()`.
 */
export type Schedule = (step: Tensor) => Tensor;

/** The schedule itself, or one that always gives the number. Throws a `ValueError` unless the number is above 0. */
export function toSchedule(where: string, rate: number | Schedule): Schedule {
  if (typeof rate === 'function') return rate;
  checkOption(where, 'the rate', rate, true);
  return () => tensor(rate);
}

/** What a schedule gives for a step. Throws a `ValueError` unless it is a tensor of shape []. */
export function rateAt(where: string, schedule: Schedule, step: Tensor): Tensor {
  const rate: unknown = schedule(step);
  if (rate instanceof Tensor && rate.ndim === 0) return rate;
  const given = rate instanceof Tensor ? `one of shape [${rate.shape.join(', ')}]` : String(rate);
  throw new ValueError(`${where}: a schedule gives a tensor of shape [] for a step, got ${given}`);
}

const MOST_STEPS = 2 ** 32;

/** `floor(step / every)` by long division in binary, which is exact in float32 too: tensors know no rounding. */
export function wholePeriods(step: Tensor, every: number): Tensor {
  let rest = step;
  let periods = tensor(0);
  const longest = Math.ceil(Math.log2(MOST_STEPS / every));
  for (let count = 2 ** longest; count >= 1; count /= 2) {
    const fits = rest.greaterEqual(every * count);
    rest = rest.sub(fits.mul(every * count));
    periods = periods.add(fits.mul(count));
  }
  return periods;
}
