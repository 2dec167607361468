// A rate that rises to a height and falls far below where it began. Smith and Topin, 2018.

import { ValueError } from '../../errors.js';
import { tensor, type Tensor } from '../../tensor/index.js';
import { checkCount, checkOption } from '../options.js';
import { fall } from './cosine.js';
import { toSchedule, type Schedule } from './schedule.js';

/** Options of `oneCycle`. */
export interface OneCycleOptions {
  /** Steps of the whole cycle; after them the last rate stays. */
  readonly steps: number;
  /** The share of steps that rise. Default 0.3. */
  readonly rising?: number;
  /** The line between the rates. Default `cosine`. */
  readonly shape?: 'cosine' | 'linear';
  /** How many times smaller than the highest rate the first is. Default 25. */
  readonly divisor?: number;
  /** How many times smaller than the first rate the last is. Default 10,000. */
  readonly finalDivisor?: number;
  /** Fall to the first rate in as many steps as it rose, and only then to the last. Default false. */
  readonly threePhase?: boolean;
}

/**
 * Up from `highest / divisor` to `highest`, and down to `highest / divisor / finalDivisor` at the last step. Equals
 * `torch.optim.lr_scheduler.OneCycleLR` without its cycle of the momentum. Throws a `ValueError` for options outside their
 * range.
 *
 * @example
 * const schedule = optim.schedules.oneCycle(1, { steps: 11, rising: 0.5, shape: 'linear' });
 * [0, 4.5, 10].map((step) => Number(schedule(tensor(step)).item().toFixed(12))); // [0.04, 1, 0.000004]
 */
export function oneCycle(highest: number, options: OneCycleOptions): Schedule {
  const { steps, rising = 0.3, shape = 'cosine' } = options;
  const { divisor = 25, finalDivisor = 1e4, threePhase = false } = options;
  toSchedule('oneCycle', highest);
  checkCount('oneCycle', 'steps', steps);
  checkOption('oneCycle', 'rising', rising);
  checkOption('oneCycle', 'divisor', divisor, true);
  checkOption('oneCycle', 'finalDivisor', finalDivisor, true);
  const most = threePhase ? 0.5 : 1;
  if (rising > most) throw new ValueError(`oneCycle: rising must be at most ${most}, got ${rising}`);
  if (shape !== 'cosine' && shape !== 'linear') {
    throw new ValueError(`oneCycle: shape must be cosine or linear, got ${String(shape)}`);
  }

  const [first, last] = [highest / divisor, highest / divisor / finalDivisor];
  const top = rising * steps - 1;
  const corners: readonly (readonly [step: number, rate: number])[] = [
    [0, first],
    [top, highest],
    ...(threePhase ? [[2 * top, first] as const] : []),
    [steps - 1, last],
  ];
  const between = shape === 'cosine' ? fall : line;
  return (step) => {
    const now = step.minimum(steps - 1);
    let rate = tensor(last);
    // From the last stretch to the first: where a step lies before a stretch's end, that stretch has the say.
    for (let i = corners.length - 1; i > 0; i--) {
      const [[start, from], [end, to]] = [corners[i - 1]!, corners[i]!];
      if (end <= start && i < corners.length - 1) continue;
      const share = now.sub(start).div(end > start ? end - start : 1);
      rate = now.lessEqual(end).where(between(from, to, share), rate);
    }
    return rate;
  };
}

function line(from: number, to: number, share: Tensor): Tensor {
  return share.mul(to - from).add(from);
}
