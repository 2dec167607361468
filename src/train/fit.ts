// fit: the training loop.

import { ValueError } from '../errors.js';
import type { Loss, Module } from '../nn/index.js';
import type { Optimizer } from '../optim/index.js';
import { checkRandomState, type RandomState, type RandomStateLike } from '../random/index.js';
import { toTensor, type TensorLike } from '../tensor/index.js';
import type { Callback } from './callback.js';
import { capturing } from './capture.js';
import { diverged, EXPLOSION, type Trail } from './divergence.js';
import { evaluator, setAside, type Held, type Pairs, type Validation } from './evaluate.js';
import { fromMemory, fromStream, type Batches, type Feed, type Stretch } from './feed.js';
import type { History } from './history.js';
import { metricsFor, type Metric } from './metrics.js';
import { keepModes } from './modes.js';
import { paced } from './pace.js';
import { progressOf, type Progress } from './progress.js';
import { stepOf, type Task } from './runner.js';
import { checkSamples } from './samples.js';

/** Options of `fit` for a stream of batches, which have a size and an order of their own. */
export interface FitStreamOptions {
  readonly loss: Loss;
  readonly optimizer: Optimizer;
  /** Times through the data. Default 1. */
  readonly epochs?: number;
  /** Watched beside the loss, by name. Default: `accuracy` for losses of classes, nothing for others. */
  readonly metrics?: Readonly<Record<string, Metric>>;
  /** What to measure on after each epoch, in evaluation mode: the history's `val_loss`, `val_accuracy`. Default: nothing. */
  readonly validation?: Pairs | undefined;
  /** Called in this order. */
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

/** Options of `fit`. */
export interface FitOptions extends Omit<FitStreamOptions, 'validation'> {
  /** Samples a step. Default 32; the last batch of an epoch may be smaller. */
  readonly batchSize?: number;
  /** Whether each epoch has an order of its own. Default true. */
  readonly shuffle?: boolean;
  /** Seed or stream of the order. Default: another one each time. */
  readonly randomState?: RandomStateLike;
  /**
   * What to measure on after each epoch, in evaluation mode: the history's `val_loss`, `val_accuracy`. Either samples, or a
   * fraction of the training data, which is then taken out of it. Default: nothing.
   */
  readonly validation?: Validation | undefined;
}

/**
 * Trains a model in place and gives its history. `X` is `[samples, …]`; targets `[samples]` count as `[samples, 1]` where
 * the predictions have that shape. In their place there may be a stream of batches `{ X, y }`, walked once an epoch. Loss and
 * metrics are those of the predictions before each update. A signal ends the run early, with the history of the whole epochs
 * so far. A model in evaluation mode is in training mode meanwhile; parts that alone are in evaluation mode stay so.
 *
 * Throws a `ShapeError` for samples and targets that do not go together, a `ValueError` for options out of range and for a
 * saved run that is another one, and a `DivergenceError` if the loss becomes NaN or infinite, or grows beyond 10¹⁰ times
 * that of the first batch (if that was above 1): it names the function and the step in which it began, and leaves the model as
 * it was before.
 *
 * @example
 * const { X, y } = data.makeBlobs({ centers: 2, randomState: 0 });
 * const model = nn.sequential(nn.linear(2, 1), nn.sigmoid());
 * const history = await fit(model, X, y, { loss: nn.bceLoss(), optimizer: optim.sgd({ learningRate: 0.1 }), epochs: 5 });
 * history.loss.length; // 5
 * const batches = [{ X: [[0, 1]], y: [1] }, { X: [[1, 0]], y: [0] }];
 * await fit(model, batches, { loss: nn.bceLoss(), optimizer: optim.sgd({ learningRate: 0.1 }) });
 */
export function fit(model: Module, X: TensorLike, y: TensorLike, options: FitOptions): Promise<History>;
export function fit(model: Module, batches: Batches, options: FitStreamOptions): Promise<History>;
export async function fit(
  model: Module,
  X: TensorLike | Batches,
  y: TensorLike | FitStreamOptions,
  given?: FitOptions,
): Promise<History> {
  if (!given) {
    const options = y as FitStreamOptions;
    const task = taskOf(model, options, 32);
    const validation = setAside(null, options.validation).held;
    return train(task, () => fromStream(task, X as Batches), options, validation, null);
  }
  const { batchSize = 32, shuffle = true } = given;
  const all = [toTensor(X as TensorLike), toTensor(y as TensorLike)] as const;
  checkSamples(...all, 'fit');
  checkWhole('batchSize', batchSize, 1);
  const {
    left: [samples, targets],
    held,
  } = setAside(all, given.validation);
  const task = taskOf(model, given, Math.min(batchSize, samples.shape[0]!));
  const random = shuffle ? checkRandomState(given.randomState) : null;
  return train(task, () => fromMemory({ ...task, samples, targets }), given, held, random);
}

/** What both kinds of options have. */
type Common = Omit<FitStreamOptions, 'validation'>;

function taskOf(model: Module, options: Common, batchSize: number): Task {
  if (model.parameters().length === 0) throw new ValueError(`fit: ${model} has no parameters to train`);
  const { loss, optimizer, compiled = true, precision = 'float64', threads } = options;
  const { deterministic = precision === 'float64' } = options;
  const metrics = Object.values(options.metrics ?? metricsFor(loss));
  return { model, loss, optimizer, metrics, batchSize, compiled, precision, deterministic, threads };
}
/** The loop: stretches of steps, pauses between them, and what comes after an epoch. */
async function train(
  task: Task,
  feedOf: () => Feed,
  options: Common,
  held: Held | null,
  random: RandomState | null,
): Promise<History> {
  const { model, optimizer, loss } = task;
  const { epochs = 1, callbacks = [], signal } = options;
  checkWhole('epochs', epochs, 0);
  const watched = ['loss', ...Object.keys(options.metrics ?? metricsFor(loss))];
  const names = [...watched, ...(held ? watched.map((name) => `val_${name}`) : [])];
  const history: History = { loss: [], ...Object.fromEntries(names.map((name) => [name, []])) };

  const restoreModes = keepModes(model);
  if (!model.training) model.train();
  const feed = feedOf();
  try {
    const summed = watched.length;
    const run = progressOf({ model, optimizer, feed, epochs, callbacks, random, history, summed });
    const step = stretches(task, feed, run);
    const evaluate = held && evaluator(task, held);
    const everyBatch = callbacks.some((callback) => callback.onBatchEnd);
    const pace = paced(everyBatch);
    const pause = async (): Promise<void> => {
      for (const callback of callbacks) await callback.onPause?.(run);
    };

    for (const callback of callbacks) await callback.onBegin?.(run);
    run.resume();
    run.isEnding = run.isStopped || run.epoch > epochs;
    // An epoch of few samples takes some ten microseconds, in which every promise shows: none is waited for in vain.
    while (!run.isEnding) {
      // A run that was saved before the first batch of an epoch has its order already.
      if (random) run.order ??= orderOf(random, feed.samples!);
      await feed.begin(run.order, run.batch, run.epoch);
      for (;;) {
        if (signal?.aborted) {
          run.isEnding = true;
          await pause();
          break;
        }
        const most = callbacks.map((callback) => callback.stepsUntilPause?.(run) ?? Infinity);
        const done = await step(Math.max(1, Math.min(pace.batches, ...most)));
        if (done === 0) break;
        if (everyBatch) {
          const { epoch, batch, batches, loss } = run;
          for (const callback of callbacks) await callback.onBatchEnd?.({ epoch, batch, batches, loss });
        }
        if (callbacks.length > 0) await pause();
        const others = pace.next(done);
        if (others) await others;
      }
      if (run.isEnding) break;
      const measured = [
        ...run.totals.map((total) => total / run.seen),
        ...(evaluate ? await evaluate() : []),
      ];
      names.forEach((name, k) => history[name]!.push(measured[k]!));
      if (callbacks.length > 0) {
        const logs = Object.fromEntries(names.map((name, k) => [name, measured[k]!]));
        for (const callback of callbacks) await callback.onEpochEnd?.({ epoch: run.epoch, epochs, logs });
      }
      run.nextEpoch();
      run.isEnding = run.isStopped || run.epoch > epochs;
      if (callbacks.length > 0) await pause();
    }
    for (const callback of callbacks) await callback.onEnd?.(run);
  } finally {
    await feed.close();
    restoreModes();
  }
  return history;
}

/**
 * Runs at most so many steps and notes what came of them; gives how many there were. Throws the `DivergenceError` if one of them
 * ran away.
 */
function stretches(task: Task, feed: Feed, run: Progress): (most: number) => Promise<number> {
  const { model, optimizer } = task;
  const capture = capturing(model, optimizer, feed.keeper);
  let before: Trail | null = null;
  return async (most) => {
    if (feed.isOver) return 0;
    const start = capture();
    const stretch = await feed.run(most);
    if (!stretch) return 0;
    const losses = stretch.measured[0]!;
    run.firstLoss ??= losses[0]!;
    const { firstLoss, epoch } = run;
    const last = { capture: start, stretch, epoch, batch: run.batch + 1, step: run.step + 1 };
    const bad = firstBeyond(losses, EXPLOSION * Math.max(1, Math.abs(firstLoss)));
    if (bad >= 0) {
      const { precision } = task;
      const loss = losses[bad]!;
      const replay = { step: stepOf(task), capture: capturing(model, optimizer) };
      throw diverged({ loss, firstLoss, bad, last, before, ...replay, precision });
    }
    run.totals = run.totals.map((total, k) => totalAfter(stretch, stretch.measured[k]!, total));
    run.step += stretch.count;
    run.batch += stretch.count;
    run.seen += stretch.samples;
    run.loss = losses[stretch.count - 1]!;
    before = last;
    return stretch.count;
  };
}

/** The number of the first batch whose loss is not finite or beyond the limit, or -1. */
function firstBeyond(losses: ArrayLike<number>, limit: number): number {
  for (let batch = 0; batch < losses.length; batch++) {
    if (!(Math.abs(losses[batch]!) <= limit)) return batch;
  }
  return -1;
}

/** A total with what was measured of the batches added, each weighted by its number of samples. */
function totalAfter(stretch: Stretch, measured: ArrayLike<number>, before: number): number {
  const { count, batchSize, samples } = stretch;
  const last = count - 1;
  let total = before;
  for (let batch = 0; batch < last; batch++) total += measured[batch]! * batchSize;
  return total + measured[last]! * (samples - last * batchSize);
}

function orderOf(random: RandomState, count: number): Int32Array {
  return Int32Array.from(random.permutation(count).data);
}

function checkWhole(name: string, value: number, least: number): void {
  if (!Number.isInteger(value) || value < least) {
    throw new ValueError(`fit: ${name} must be a whole number of at least ${least}, got ${value}`);
  }
}
