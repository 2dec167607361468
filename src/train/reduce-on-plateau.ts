// A learning rate that falls when training no longer gets better.

import { ValueError } from '../errors.js';
import type { Optimizer } from '../optim/index.js';
import type { Callback } from './callback.js';

/** Options of `reduceOnPlateau`. */
export interface PlateauOptions {
  /** The entry of an epoch's logs that is watched. Default `loss`. */
  readonly monitor?: string;
  /** Whether it should fall (`min`) or rise (`max`). Default `min`. */
  readonly mode?: 'min' | 'max';
  /** What the rate is multiplied by. Default 0.1. */
  readonly factor?: number;
  /** Epochs without an improvement that are let pass. Default 10. */
  readonly patience?: number;
  /** How much better than the best so far counts as better. Default 1e-4. */
  readonly threshold?: number;
  /** Whether the threshold is a share of the best so far (`rel`) or a distance from it (`abs`). Default `rel`. */
  readonly thresholdMode?: 'rel' | 'abs';
  /** Epochs after a fall in which nothing counts. Default 0. */
  readonly cooldown?: number;
  /** The rate never falls below this. Default 0. */
  readonly least?: number;
  /** A fall by no more than this is not made. Default 1e-8. */
  readonly epsilon?: number;
}

/** What `reduceOnPlateau` remembers from epoch to epoch, for a checkpoint. */
export interface PlateauState {
  /** Null before the first epoch. */
  readonly best: number | null;
  readonly badEpochs: number;
  readonly cooldownLeft: number;
}

/** A callback of `fit`, with a memory that can be saved and restored. */
export interface PlateauCallback extends Callback {
  onEpochEnd: NonNullable<Callback['onEpochEnd']>;
  state(): PlateauState;
  loadState(state: PlateauState): void;
}

/**
 * A callback of `fit` that lowers the learning rate of an optimizer when the loss (or what else is watched) has not become
 * better for more than `patience` epochs. Equals `torch.optim.lr_scheduler.ReduceLROnPlateau`. Throws a `ValueError` for
 * options outside their range and, in training, if the logs lack what it watches.
 *
 * @example
 * const optimizer = optim.sgd({ learningRate: 0.1 });
 * const plateau = reduceOnPlateau(optimizer, { patience: 1, factor: 0.5 });
 * [1, 2, 2].forEach((loss, i) => plateau.onEpochEnd({ epoch: i + 1, epochs: 3, logs: { loss } }));
 * optimizer.learningRate; // 0.05
 */
export function reduceOnPlateau(optimizer: Optimizer, options: PlateauOptions = {}): PlateauCallback {
  const { monitor = 'loss', mode = 'min', thresholdMode = 'rel', factor = 0.1 } = options;
  const { patience = 10, threshold = 1e-4, cooldown = 0, least = 0, epsilon = 1e-8 } = options;
  if (!(factor > 0 && factor < 1)) fail(`factor must be a number between 0 and 1, got ${factor}`);
  if (mode !== 'min' && mode !== 'max') fail(`mode must be min or max, got ${String(mode)}`);
  if (thresholdMode !== 'rel' && thresholdMode !== 'abs') {
    fail(`thresholdMode must be rel or abs, got ${String(thresholdMode)}`);
  }
  for (const [name, value] of Object.entries({ patience, cooldown })) {
    if (!Number.isInteger(value) || value < 0)
      fail(`${name} must be a whole number of at least 0, got ${value}`);
  }
  for (const [name, value] of Object.entries({ threshold, least, epsilon })) {
    if (!(Number.isFinite(value) && value >= 0)) fail(`${name} must be a number of at least 0, got ${value}`);
  }

  const sign = mode === 'min' ? 1 : -1;
  /** What has to be fallen below (or, for `max`, risen above) to count as better. */
  const goal = (best: number): number =>
    thresholdMode === 'rel' ? best * (1 - sign * threshold) : best - sign * threshold;
  let state: PlateauState = { best: null, badEpochs: 0, cooldownLeft: 0 };

  return {
    onEpochEnd({ logs }) {
      const value = logs[monitor];
      if (value === undefined) {
        fail(`there is no ${monitor} to watch; there are ${Object.keys(logs).join(', ')}`);
      }
      let { best, badEpochs, cooldownLeft } = state;
      const better = Number.isFinite(value) && (best === null || sign * value < sign * goal(best));
      if (better) best = value;
      badEpochs = better ? 0 : badEpochs + 1;
      if (cooldownLeft > 0) [badEpochs, cooldownLeft] = [0, cooldownLeft - 1];
      if (badEpochs > patience) {
        [badEpochs, cooldownLeft] = [0, cooldown];
        const rate = Math.max(optimizer.learningRate * factor, least);
        if (optimizer.learningRate - rate > epsilon) optimizer.learningRate = rate;
      }
      state = { best, badEpochs, cooldownLeft };
    },
    state: () => state,
    loadState(saved) {
      state = saved;
    },
  };
}

function fail(message: string): never {
  throw new ValueError(`reduceOnPlateau: ${message}`);
}
