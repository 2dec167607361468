// The learning-rate finder: raise the rate step by step and watch the loss. Smith, 2017; the form of it is fastai's.

import { ValueError } from '../errors.js';
import type { Loss, Module } from '../nn/index.js';
import type { Optimizer } from '../optim/index.js';
import { checkRandomState, type RandomStateLike } from '../random/index.js';
import { takeRows, toTensor, type TensorLike } from '../tensor/index.js';
import { capturing } from './capture.js';
import { keepModes } from './modes.js';
import { compiledOr, stepOf, type Task } from './runner.js';
import { checkSamples } from './samples.js';

/** Options of `findLearningRate`. */
export interface LearningRateOptions {
  readonly loss: Loss;
  readonly optimizer: Optimizer;
  /** The rate of the first step. Default 1e-7. */
  readonly from?: number;
  /** The rate of the last step. Default 10. */
  readonly to?: number;
  /** Default 100. */
  readonly steps?: number;
  /** Samples a step. Default 32. */
  readonly batchSize?: number;
  /** Seed or stream of the order of samples. Default: another one each time. */
  readonly randomState?: RandomStateLike;
  /** As for `fit`. Default true. */
  readonly compiled?: boolean;
  /** As for `fit`. Default `float64`. */
  readonly precision?: 'float64' | 'float32';
}

/** The loss against the learning rate. */
export interface LearningRateCurve {
  /** Rising by the same factor from step to step; fewer than asked for if the loss ran away. */
  readonly rates: readonly number[];
  /** The loss of each step. */
  readonly losses: readonly number[];
  /** Their running mean, which weighs a step 0.98 times as much as the next. */
  readonly smoothed: readonly number[];
  /** The rate at which the smoothed loss falls fastest, after the first ten steps; null if it never falls. */
  readonly suggestion: number | null;
}

/**
 * Trains for a while with a learning rate that rises from step to step, until the loss is four times its best; then the model
 * and the optimizer are put back to what they were. Throws a `ValueError` for options out of range, and what `fit` throws for
 * samples.
 *
 * @example
 * const { X, y } = data.makeBlobs({ centers: 2, randomState: 0 });
 * const model = nn.mlp([2, 8, 1], { randomState: 0 });
 * const loss = nn.bceWithLogitsLoss();
 * const { suggestion } = findLearningRate(model, X, y, { loss, optimizer: optim.sgd({ learningRate: 1 }), randomState: 0 });
 * suggestion > 1e-3 && suggestion < 10; // true
 */
export function findLearningRate(
  model: Module,
  X: TensorLike,
  y: TensorLike,
  options: LearningRateOptions,
): LearningRateCurve {
  const { loss, optimizer, from = 1e-7, to = 10, steps = 100, batchSize = 32 } = options;
  const { compiled = true, precision = 'float64' } = options;
  if (!(from > 0 && to > from && Number.isFinite(to))) {
    throw new ValueError(`findLearningRate: from must be above 0 and below to, got ${from} and ${to}`);
  }
  for (const [name, value, least] of [['steps', steps, 12] as const, ['batchSize', batchSize, 1] as const]) {
    if (Number.isInteger(value) && value >= least) continue;
    throw new ValueError(
      `findLearningRate: ${name} must be a whole number of at least ${least}, got ${value}`,
    );
  }
  const [samples, targets] = [toTensor(X), toTensor(y)];
  checkSamples(samples, targets, 'findLearningRate');
  const count = samples.shape[0]!;
  const size = Math.min(batchSize, count);
  const whole = Math.floor(count / size);
  const random = checkRandomState(options.randomState);

  const task: Task = {
    ...{ model, loss, optimizer, metrics: [], batchSize: size, compiled, precision },
    ...{ deterministic: precision === 'float64', threads: undefined },
  };
  const before = capturing(model, optimizer)();
  const restoreModes = keepModes(model);
  if (!model.training) model.train();
  const [rates, losses, smoothed]: [number[], number[], number[]] = [[], [], []];
  try {
    const step = compiledOr(task, stepOf(task));
    let order = random.permutation(count).data;
    let [mean, best] = [0, Infinity];
    for (let i = 0; i < steps; i++) {
      const batch = i % whole;
      if (batch === 0 && i > 0) order = random.permutation(count).data;
      const rate = from * (to / from) ** (i / (steps - 1));
      optimizer.learningRate = rate;
      const rows = order.subarray(batch * size, (batch + 1) * size);
      const value = step(takeRows(samples, rows), takeRows(targets, rows))[0]!.item();
      mean = KEPT * mean + (1 - KEPT) * value;
      const smooth = mean / (1 - KEPT ** (i + 1));
      if (!Number.isFinite(smooth) || smooth > 4 * best) break;
      best = Math.min(best, smooth);
      rates.push(rate);
      losses.push(value);
      smoothed.push(smooth);
    }
  } finally {
    before.putBack();
    restoreModes();
  }
  return { rates, losses, smoothed, suggestion: steepest(rates, smoothed) };
}

const KEPT = 0.98; // of the running mean

const SETTLED = 10; // steps after which the running mean says something

/** Where the curve falls fastest, by differences of two steps: the rates lie evenly on a logarithmic axis. */
function steepest(rates: readonly number[], smoothed: readonly number[]): number | null {
  let [place, slope] = [-1, 0];
  for (let i = SETTLED; i < smoothed.length - 1; i++) {
    const difference = smoothed[i + 1]! - smoothed[i - 1]!;
    if (difference < slope) [place, slope] = [i, difference];
  }
  return rates[place] ?? null;
}
