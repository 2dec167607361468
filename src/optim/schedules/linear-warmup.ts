// A rate that rises at the start, and then does what another schedule says.

import { tensor } from '../../tensor/index.js';
import { checkCount, checkOption } from '../options.js';
import { toSchedule, type Schedule } from './schedule.js';

/** Options of `linearWarmup`. */
export interface LinearWarmupOptions {
  /** Steps until the full rate. */
  readonly steps: number;
  /** The share of the full rate at the first step. Default 1/3, as in PyTorch. */
  readonly startFactor?: number;
}

/**
 * Rises in a line to the first rate of a schedule (or to a number), and then begins that schedule at its start. Equals
 * `torch.optim.lr_scheduler.LinearLR`, followed at milestone `steps` of a `SequentialLR` by the other. Throws a `ValueError`
 * for options outside their range.
 *
 * @example
 * const schedule = optim.schedules.linearWarmup(optim.schedules.cosine(0.4, { steps: 10 }), { steps: 4, startFactor: 0.5 });
 * [0, 2, 4, 9].map((step) => Number(schedule(tensor(step)).item().toFixed(12))); // [0.2, 0.3, 0.4, 0.2]
 */
export function linearWarmup(
  then: number | Schedule,
  { steps, startFactor = 1 / 3 }: LinearWarmupOptions,
): Schedule {
  const schedule = toSchedule('linearWarmup', then);
  checkCount('linearWarmup', 'steps', steps);
  checkOption('linearWarmup', 'startFactor', startFactor);
  return (step) => {
    const share = step.minimum(steps).div(steps); // of the warm-up that is done
    const factor = share.mul(1 - startFactor).add(startFactor);
    const rate = schedule(step.sub(steps).maximum(tensor(0)));
    return share.less(1).where(rate.mul(factor), rate);
  };
}
