// fit: the training loop.

import { DivergenceError, ValueError } from '../errors.js';
import type { Loss, Module } from '../nn/index.js';
import type { Optimizer } from '../optim/index.js';
import { checkRandomState, type RandomStateLike } from '../random/index.js';
import { toTensor, type TensorLike } from '../tensor/index.js';
import { checkSamples } from './samples.js';
import { paced } from './pace.js';
import type { History } from './history.js';
import { metricsFor, type Metric } from './metrics.js';
import { runnerOf } from './runner.js';

/** What a callback hears after an epoch. */
export interface EpochReport {
  /** Counted from 1. */
  readonly epoch: number;
  readonly epochs: number;
  /** The loss and each metric of this epoch. */
  readonly logs: Readonly<Record<string, number>>;
}

/** What a callback hears after a batch. */
export interface BatchReport {
  /** Counted from 1. */
  readonly epoch: number;
  /** Counted from 1 within the epoch. */
  readonly batch: number;
  /** Batches in an epoch. */
  readonly batches: number;
  readonly loss: number;
}

/** Code that `fit` calls as it goes; it waits for what returns a promise. */
export interface Callback {
  onBatchEnd?(report: BatchReport): void | Promise<void>;
  onEpochEnd?(report: EpochReport): void | Promise<void>;
}

/** Options of `fit`. */
export interface FitOptions {
  readonly loss: Loss;
  readonly optimizer: Optimizer;
  /** Times through the data. Default 1. */
  readonly epochs?: number;
  /** Samples a step. Default 32; the last batch of an epoch may be smaller. */
  readonly batchSize?: number;
  /** Whether each epoch has an order of its own. Default true. */
  readonly shuffle?: boolean;
  /** Seed or stream of the order. Default: another one each time. */
  readonly randomState?: RandomStateLike;
  /** Watched beside the loss, by name. Default: `accuracy` for losses of classes, nothing for others. */
  readonly metrics?: Readonly<Record<string, Metric>>;
  readonly callbacks?: readonly Callback[];
  /**
   * Whether a step is compiled (see `compile`). Default true; code that cannot be compiled is interpreted, which gives the
   * same numbers, more slowly.
   */
  readonly compiled?: boolean;
  /** Of compiled steps. Default `float64`, which gives the interpreter's numbers to about 1e-12; `float32` is faster. */
  readonly precision?: 'float64' | 'float32';
  /** Of compiled steps: whether every machine gives the same bits (see `compile`). Default true for `float64`. */
  readonly deterministic?: boolean;
  /** Of compiled steps: at most so many threads (see `compile`). Default: as many as the machine runs, up to 8. */
  readonly threads?: number;
  /** Ends the run between two batches. */
  readonly signal?: AbortSignal;
}

/**
 * Trains a model in place and gives its history. `X` is `[samples, …]`; targets `[samples]` count as `[samples, 1]` where
 * the predictions have that shape. Loss and metrics are those of the predictions before each update. A signal ends the run
 * early, with the history of the whole epochs so far.
 *
 * Throws a `ShapeError` for samples and targets that do not go together, a `ValueError` for options out of range, and a
 * `DivergenceError` if the loss becomes NaN or infinite.
 *
 * @example
 * const { X, y } = data.makeBlobs({ centers: 2, randomState: 0 });
 * const model = nn.sequential(nn.linear(2, 1), nn.sigmoid());
 * const history = await fit(model, X, y, { loss: nn.bceLoss(), optimizer: optim.sgd({ learningRate: 0.1 }), epochs: 5 });
 * history.loss.length; // 5
 */
export async function fit(
  model: Module,
  X: TensorLike,
  y: TensorLike,
  options: FitOptions,
): Promise<History> {
  const { loss, optimizer, epochs = 1, batchSize = 32, shuffle = true, callbacks = [], signal } = options;
  const [samples, targets] = [toTensor(X), toTensor(y)];
  checkSamples(samples, targets, 'fit');
  checkWhole('epochs', epochs, 0);
  checkWhole('batchSize', batchSize, 1);
  if (model.parameters().length === 0) throw new ValueError(`fit: ${model} has no parameters to train`);

  const count = samples.shape[0]!;
  const metrics = options.metrics ?? metricsFor(loss);
  const names = ['loss', ...Object.keys(metrics)];
  const history: History = { loss: [], ...Object.fromEntries(names.map((name) => [name, []])) };
  const {
    compiled = true,
    precision = 'float64',
    deterministic = precision === 'float64',
    threads,
  } = options;
  const runner = runnerOf({
    ...{ model, loss, optimizer, samples, targets, compiled, precision, deterministic, threads },
    batchSize: Math.min(batchSize, count),
    metrics: Object.values(metrics),
  });
  const random = shuffle ? checkRandomState(options.randomState) : null;
  const inOrder = Int32Array.from({ length: count }, (_, i) => i);
  const batches = Math.ceil(count / batchSize);
  const watchers = callbacks.filter((callback) => callback.onBatchEnd);
  const pace = paced(watchers.length > 0);

  for (let epoch = 1; epoch <= epochs; epoch++) {
    const totals = names.map(() => 0);
    runner.begin(random ? Int32Array.from(random.permutation(count).data) : inOrder);
    for (let batch = 0; batch < batches;) {
      if (signal?.aborted) return history;
      const many = Math.min(pace.batches, batches - batch);
      const measured = runner.run(batch, many);
      const lastSize = batch + many === batches ? count - (batches - 1) * batchSize : batchSize;
      const bad = addUp(measured, totals, batchSize, lastSize);
      if (bad >= 0) throw diverged(measured[bad * totals.length]!, epoch, batch + bad + 1);
      batch += many;
      for (const callback of watchers) {
        await callback.onBatchEnd?.({ epoch, batch, batches, loss: measured[0]! });
      }
      await pace.next(many);
    }
    const logs = Object.fromEntries(names.map((name, k) => [name, totals[k]! / count]));
    for (const name of names) history[name]!.push(logs[name]!);
    for (const callback of callbacks) await callback.onEpochEnd?.({ epoch, epochs, logs });
  }
  return history;
}

/**
 * Adds what was measured of batches to the totals, each weighted by its number of samples. Gives the number of the first
 * batch whose loss is not finite, or -1.
 */
function addUp(measured: ArrayLike<number>, totals: number[], size: number, lastSize: number): number {
  const width = totals.length;
  const batches = measured.length / width;
  for (let batch = 0; batch < batches; batch++) {
    if (!Number.isFinite(measured[batch * width])) return batch;
    const weight = batch === batches - 1 ? lastSize : size;
    for (let k = 0; k < width; k++) totals[k]! += measured[batch * width + k]! * weight;
  }
  return -1;
}

function diverged(loss: number, epoch: number, batch: number): DivergenceError {
  return new DivergenceError(
    `fit: the loss became ${loss} in epoch ${epoch}, batch ${batch}; a smaller learning rate, or inputs scaled to about ` +
      '-1 to 1, usually helps',
  );
}

function checkWhole(name: string, value: number, least: number): void {
  if (!Number.isInteger(value) || value < least) {
    throw new ValueError(`fit: ${name} must be a whole number of at least ${least}, got ${value}`);
  }
}
