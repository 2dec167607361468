// One training run: data, network, fit.

import { fit, nn, optim, type Callback, type data, type History } from '../../index.js';
import { DATASETS } from './datasets.js';
import { OPTIMIZERS, SCHEDULES } from './optimizers.js';
import type { TrainSettings } from './settings.js';

/** A network and what it learns from, before or after training. */
export interface Setup {
  readonly settings: TrainSettings;
  readonly set: data.Dataset;
  readonly classes: number;
  readonly model: nn.Sequential;
  readonly loss: nn.Loss;
  readonly optimizer: optim.Optimizer;
}

/** Data and network as the seed gives them: one score for two classes, one for each of more. */
export function setUp(settings: TrainSettings): Setup {
  const { dataset, data, layers, activation, seed } = settings;
  const set = DATASETS[dataset].make(data, seed);
  const classes = data.centers ?? 2;
  const outputs = classes === 2 ? 1 : classes;
  return {
    settings,
    set,
    classes,
    model: nn.mlp([2, ...layers, outputs], { activation, randomState: seed }),
    loss: classes === 2 ? nn.bceWithLogitsLoss() : nn.crossEntropyLoss(),
    optimizer: optimizerOf(settings, set.y.size),
  };
}

function optimizerOf(settings: TrainSettings, samples: number): optim.Optimizer {
  const { optimizer, schedule, learningRate, epochs, batchSize, steps, clipNorm } = settings;
  const whole = Math.max(1, epochs * Math.ceil(samples / batchSize));
  const plain = OPTIMIZERS[optimizer].make(SCHEDULES[schedule](learningRate, whole), steps);
  return clipNorm === null ? plain : optim.clip(plain, { norm: clipNorm });
}

/** Trains the network. Throws a `DivergenceError` where the loss runs away. */
export async function train(setup: Setup, callback: Callback, signal: AbortSignal): Promise<History> {
  const { settings, set, model, loss, optimizer } = setup;
  const { epochs, batchSize, shuffle, seed } = settings;
  return fit(model, set.X, set.y, {
    ...{ loss, optimizer, epochs, batchSize, shuffle, signal },
    randomState: seed,
    callbacks: [callback],
  });
}
