// Whether training has become better: what early stopping and keeping the best weights look at.

import { ValueError } from '../errors.js';

/** What is watched, and what counts as better. */
export interface ImprovementOptions {
  /** The entry of an epoch's logs that is watched. Default `val_loss` if there is one, else `loss`. */
  readonly monitor?: string | undefined;
  /** Whether it should fall (`min`) or rise (`max`). Default `min` for names that end in `loss`, else `max`. */
  readonly mode?: 'min' | 'max' | undefined;
  /** A change by no more than this is no improvement. Default 0. */
  readonly minDelta?: number | undefined;
}

/** Looks at the logs of an epoch. */
export interface Improvement {
  /** The best value so far; null before the first. */
  best: number | null;
  /** Whether an epoch is better than all before it. A NaN never is. */
  isBetter(logs: Readonly<Record<string, number>>): boolean;
}

/** Throws a `ValueError`, here and in training, that names `where`, for options out of range and a missing monitor. */
export function improvement(where: string, options: ImprovementOptions): Improvement {
  const { minDelta = 0, mode } = options;
  if (!(Number.isFinite(minDelta) && minDelta >= 0)) {
    throw new ValueError(`${where}: minDelta must be a number of at least 0, got ${minDelta}`);
  }
  if (mode !== undefined && mode !== 'min' && mode !== 'max') {
    throw new ValueError(`${where}: mode must be min or max, got ${String(mode)}`);
  }
  return {
    best: null,
    isBetter(logs) {
      const monitor = options.monitor ?? ('val_loss' in logs ? 'val_loss' : 'loss');
      const value = logs[monitor];
      if (value === undefined) {
        throw new ValueError(
          `${where}: there is no ${monitor} to watch; there are ${Object.keys(logs).join(', ')}`,
        );
      }
      const sign = (mode ?? (monitor.endsWith('loss') ? 'min' : 'max')) === 'min' ? 1 : -1;
      if (!Number.isFinite(value)) return false;
      if (this.best !== null && !(sign * value < sign * this.best - minDelta)) return false;
      this.best = value;
      return true;
    },
  };
}
