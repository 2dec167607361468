// fit: the training loop.

import { compile } from '../engines/wasm/compile.js';
import { DivergenceError, TraceError, ValueError } from '../errors.js';
import type { Loss, Module } from '../nn/index.js';
import type { Optimizer } from '../optim/index.js';
import { checkRandomState, type RandomStateLike } from '../random/index.js';
import { toTensor, type Tensor, type TensorLike } from '../tensor/index.js';
import { batchesOf, checkSamples, type Batch } from './batches.js';
import { breather } from './breathe.js';
import type { History } from './history.js';
import { metricsFor, type Metric } from './metrics.js';

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
  const { loss, epochs = 1, batchSize = 32, shuffle = true, callbacks = [], signal } = options;
  const [samples, targets] = [toTensor(X), toTensor(y)];
  checkSamples(samples, targets, 'fit');
  checkWhole('epochs', epochs, 0);
  checkWhole('batchSize', batchSize, 1);
  if (model.parameters().length === 0) throw new ValueError(`fit: ${model} has no parameters to train`);

  const metrics = options.metrics ?? metricsFor(loss);
  const random = shuffle ? checkRandomState(options.randomState) : null;
  const count = samples.shape[0]!;
  const batches = Math.ceil(count / batchSize);
  const history: History = { loss: [], ...mapValues(metrics, () => []) };
  const step = stepOf(model, options);
  const breathe = breather();

  for (let epoch = 1; epoch <= epochs; epoch++) {
    const totals = mapValues(history, () => 0);
    let batch = 0;
    for (const part of batchesOf(samples, targets, batchSize, random)) {
      if (signal?.aborted) return history;
      const before = step(part);
      batch++;
      if (!Number.isFinite(before.loss)) {
        throw new DivergenceError(
          `fit: the loss became ${before.loss} in epoch ${epoch}, batch ${batch}; a smaller learning rate, or inputs ` +
            'scaled to about -1 to 1, usually helps',
        );
      }
      const size = part.X.shape[0]!;
      totals['loss']! += before.loss * size;
      for (const [name, metric] of Object.entries(metrics)) {
        totals[name]! += metric(before.prediction, before.target) * size;
      }
      for (const callback of callbacks)
        await callback.onBatchEnd?.({ epoch, batch, batches, loss: before.loss });
      await breathe();
    }
    const logs = mapValues(totals, (total) => total / count);
    for (const [name, value] of Object.entries(logs)) history[name]!.push(value);
    for (const callback of callbacks) await callback.onEpochEnd?.({ epoch, epochs, logs });
  }
  return history;
}

/** What an update was made from. */
interface Before {
  readonly loss: number;
  readonly prediction: Tensor;
  readonly target: Tensor;
}

/** One step on a batch: forward, backward, update. */
function stepOf(model: Module, options: FitOptions): (batch: Batch) => Before {
  const { loss, optimizer, compiled = true, precision = 'float64' } = options;
  const parameters = model.parameters();
  const interpreted = (X: Tensor, y: Tensor): readonly [Tensor, Tensor] => {
    const prediction = model.forward(X);
    const value = loss.forward(prediction, asColumn(y, prediction));
    optimizer.zeroGrad(parameters);
    value.backward();
    optimizer.step(parameters);
    return [value, prediction];
  };
  let run: (X: Tensor, y: Tensor) => readonly Tensor[] = compiled
    ? compile(interpreted, { precision })
    : interpreted;
  return ({ X, y }) => {
    let results: readonly Tensor[];
    try {
      results = run(X, y);
    } catch (error) {
      if (!(error instanceof TraceError)) throw error;
      run = interpreted;
      results = run(X, y);
    }
    const [value, prediction] = results as readonly [Tensor, Tensor];
    return { loss: value.item(), prediction: prediction.detach(), target: asColumn(y, prediction) };
  };
}

/** Targets `[n]` as `[n, 1]` where the predictions are: the one reshaping that is never a mistake. */
function asColumn(y: Tensor, prediction: Tensor): Tensor {
  const isColumn = prediction.ndim === y.ndim + 1 && prediction.shape.at(-1) === 1;
  return isColumn ? y.reshape([...y.shape, 1]) : y;
}

function checkWhole(name: string, value: number, least: number): void {
  if (!Number.isInteger(value) || value < least) {
    throw new ValueError(`fit: ${name} must be a whole number of at least ${least}, got ${value}`);
  }
}

function mapValues<V, R>(record: Readonly<Record<string, V>>, map: (value: V) => R): Record<string, R> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]));
}
