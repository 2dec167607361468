// Early stopping: a run that no longer gets better ends.

import { ValueError } from '../errors.js';
import type { Callback, Run } from './callback.js';
import { improvement, type ImprovementOptions } from './improvement.js';

/** Options of `earlyStopping`. */
export interface EarlyStoppingOptions extends ImprovementOptions {
  /** So many epochs in a row without an improvement end the run. Default 5. */
  readonly patience?: number | undefined;
}

/**
 * A callback that ends the run after `patience` epochs without an improvement of what it watches. Goes with Keras's
 * `EarlyStopping`; the weights stay the last ones, see `keepBest`. Throws a `ValueError` for options out of range and, in
 * training, if the logs lack what it watches.
 *
 * @example
 * const { X, y } = data.makeBlobs({ centers: 2, randomState: 0 });
 * const history = await fit(nn.linear(2, 1), X, y, {
 *   loss: nn.bceWithLogitsLoss(), optimizer: optim.sgd({ learningRate: 0.1 }), epochs: 100,
 *   callbacks: [earlyStopping({ monitor: 'loss', minDelta: 1000, patience: 3 })],
 * });
 * history.loss.length; // 4
 */
export function earlyStopping(options: EarlyStoppingOptions = {}): Callback {
  const { patience = 5 } = options;
  if (!Number.isInteger(patience) || patience < 1) {
    throw new ValueError(`earlyStopping: patience must be a whole number of at least 1, got ${patience}`);
  }
  const watched = improvement('earlyStopping', options);
  let run: Run | null = null;
  let badEpochs = 0;
  return {
    onBegin(begun) {
      [run, watched.best, badEpochs] = [begun, null, 0];
    },
    onEpochEnd({ logs }) {
      badEpochs = watched.isBetter(logs) ? 0 : badEpochs + 1;
      if (badEpochs >= patience) run?.stop();
    },
    state: () => ({ best: watched.best, badEpochs }),
    loadState(state: { best: number | null; badEpochs: number }) {
      [watched.best, badEpochs] = [state.best, state.badEpochs];
    },
  };
}
