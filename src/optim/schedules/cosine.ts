// A rate that falls along half a cosine. Loshchilov and Hutter, 2017.

import type { Tensor } from '../../tensor/index.js';
import { checkCount, checkOption } from '../options.js';
import { toSchedule, type Schedule } from './schedule.js';

/** Options of `cosine`. */
export interface CosineOptions {
  /** Steps from the rate to the least; usually those of the whole run. */
  readonly steps: number;
  /** The rate after so many steps. Default 0. */
  readonly least?: number;
}

/**
 * From the rate down to `least` along half a cosine, slowly at both ends: `least + (rate - least) * (1 + cos(pi * step /
 * steps)) / 2`. Beyond `steps` it rises again, as PyTorch's does. Equals `torch.optim.lr_scheduler.CosineAnnealingLR`.
 * Throws a `ValueError` for options outside their range.
 *
 * @example
 * const schedule = optim.schedules.cosine(0.4, { steps: 100 });
 * [0, 50, 100].map((step) => Number(schedule(tensor(step)).item().toFixed(12))); // [0.4, 0.2, 0]
 */
export function cosine(rate: number, { steps, least = 0 }: CosineOptions): Schedule {
  const first = toSchedule('cosine', rate);
  checkCount('cosine', 'steps', steps);
  checkOption('cosine', 'least', least);
  return (step) => fall(first(step), least, step.div(steps));
}

/** Along half a cosine from one number to another, of which a share is done. */
export function fall(from: Tensor | number, to: number, share: Tensor): Tensor {
  const height = share.mul(Math.PI).cos().add(1).div(2); // 1 at the start, 0 at the end
  return height.mul(typeof from === 'number' ? from - to : from.sub(to)).add(to);
}
