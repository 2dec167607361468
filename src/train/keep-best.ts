// Keeping the best: at the end the model has the weights of its best epoch.

import type { Tensor } from '../tensor/index.js';
import type { Callback, Run } from './callback.js';
import { loadModelState, modelState } from './capture.js';
import { improvement, type ImprovementOptions } from './improvement.js';

/**
 * A callback that notes the weights (and buffers) after each epoch that was the best so far, and puts those back when the run
 * ends, early or not. Throws a `ValueError` for options out of range and, in training, if the logs lack what it watches.
 *
 * @example
 * const { X, y } = data.makeMoons({ nSamples: 60, randomState: 0 });
 * const history = await fit(nn.mlp([2, 8, 1], { randomState: 0 }), X, y, {
 *   loss: nn.bceWithLogitsLoss(), optimizer: optim.adam(), epochs: 3, validation: { fraction: 0.2 },
 *   callbacks: [keepBest({ monitor: 'val_loss' })],
 * });
 * history.val_loss.length; // 3
 */
export function keepBest(options: ImprovementOptions = {}): Callback {
  const watched = improvement('keepBest', options);
  let run: Run | null = null;
  let weights: Readonly<Record<string, Tensor>> | null = null;
  return {
    onBegin(begun) {
      [run, watched.best, weights] = [begun, null, null];
    },
    onEpochEnd({ logs }) {
      if (watched.isBetter(logs) && run) weights = modelState(run.model);
    },
    onEnd({ model }) {
      if (weights) loadModelState('keepBest', model, weights);
    },
    state: () => ({ best: watched.best, names: weights && Object.keys(weights), ...weights }),
    loadState({ best, names, ...tensors }: { best: number | null; names: string[] | null }) {
      watched.best = best;
      weights = names && (tensors as Record<string, Tensor>);
    },
  };
}
