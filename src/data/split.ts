// Samples for training and samples for testing.

import { ShapeError, ValueError } from '../errors.js';
import { checkRandomState, type RandomState, type RandomStateLike } from '../random/index.js';
import { formatShape, takeRows, toTensor, type Tensor, type TensorLike } from '../tensor/index.js';

/** Options of `trainTestSplit`. */
export interface SplitOptions {
  /** Samples for testing: a share between 0 and 1, or how many. Default: what `trainSize` leaves, else a quarter. */
  readonly testSize?: number | undefined;
  /** Samples for training: a share between 0 and 1, or how many. Default: what is left. */
  readonly trainSize?: number | undefined;
  /** Whether samples are drawn at random; otherwise the last are for testing. Default true. */
  readonly shuffle?: boolean | undefined;
  /** Labels, one a sample, whose shares both parts keep: usually y. Default: none. */
  readonly stratify?: TensorLike | undefined;
  /** Seed, or a stream to draw on; random by default. */
  readonly randomState?: RandomStateLike;
}

/** The two parts of a data set. */
export interface Split {
  readonly XTrain: Tensor;
  readonly XTest: Tensor;
  readonly yTrain: Tensor;
  readonly yTest: Tensor;
}

/**
 * Divides samples into a part for training and one for testing, at random. Equals
 * `sklearn.model_selection.train_test_split` in every sample, `stratify` included. Throws a `ShapeError` unless X and y have a row
 * for each sample, a `ValueError` for sizes that leave a part empty or do not fit, and for a class of one sample to stratify by.
 *
 * @example
 * const { X, y } = data.iris();
 * const { XTrain, yTest } = trainTestSplit(X, y, { testSize: 30, stratify: y, randomState: 0 });
 * XTrain.shape; // [120, 4]
 * yTest.sum().item(); // 30: ten of each class, 0, 1 and 2
 */
export function trainTestSplit(X: TensorLike, y: TensorLike, options: SplitOptions = {}): Split {
  const [samples, targets] = [toTensor(X), toTensor(y)];
  const count = checkRows(samples, 'X');
  if (checkRows(targets, 'y') !== count) {
    throw new ShapeError(
      `trainTestSplit: X has ${count} samples and y has ${targets.shape[0]} (shapes ${formatShape(samples.shape)} and ${formatShape(targets.shape)})`,
    );
  }
  const [train, test] = indicesOf(count, options);
  return {
    XTrain: takeRows(samples, train),
    XTest: takeRows(samples, test),
    yTrain: takeRows(targets, train),
    yTest: takeRows(targets, test),
  };
}

function checkRows(t: Tensor, name: string): number {
  const [count] = t.shape;
  if (count !== undefined) return count;
  throw new ShapeError(`trainTestSplit: ${name} needs a row for each sample, got shape []`);
}

function indicesOf(
  count: number,
  options: SplitOptions,
): [train: ArrayLike<number>, test: ArrayLike<number>] {
  const { shuffle = true, stratify, randomState } = options;
  const [trainCount, testCount] = countsOf(count, options);
  if (!shuffle) {
    if (stratify !== undefined) throw new ValueError('trainTestSplit: stratify needs shuffle: true');
    const all = Array.from({ length: trainCount + testCount }, (_, i) => i);
    return [all.slice(0, trainCount), all.slice(trainCount)];
  }
  const random = checkRandomState(randomState);
  if (stratify !== undefined) return stratified(toTensor(stratify), count, trainCount, testCount, random);
  const order = random.permutation(count).data;
  return [order.subarray(testCount, testCount + trainCount), order.subarray(0, testCount)];
}

/** How many samples each part has; a share of testing is rounded up, one of training down. */
function countsOf(count: number, { testSize, trainSize }: SplitOptions): [train: number, test: number] {
  for (const [name, size] of Object.entries({ testSize, trainSize })) {
    if (size === undefined) continue;
    const fits = Number.isInteger(size) ? size > 0 && size < count : size > 0 && size < 1;
    if (!fits) {
      throw new ValueError(
        `trainTestSplit: ${name} is a share between 0 and 1 or a whole number from 1 to ${count - 1}, got ${size}`,
      );
    }
  }
  const share = (size: number, round: (x: number) => number): number =>
    size < 1 ? round(size * count) : size;
  const train = trainSize === undefined ? undefined : share(trainSize, Math.floor);
  const test = share(testSize ?? (train === undefined ? 0.25 : count - train), Math.ceil);
  const left = train ?? count - test;
  if (left < 1 || test < 1 || left + test > count) {
    throw new ValueError(
      `trainTestSplit: ${count} samples do not give ${left} for training and ${test} for testing`,
    );
  }
  return [left, test];
}

/** Draws class by class, then mixes each part: `StratifiedShuffleSplit`, with its order of draws. */
function stratified(
  labels: Tensor,
  count: number,
  trainCount: number,
  testCount: number,
  random: RandomState,
): [number[], number[]] {
  if (labels.ndim !== 1 || labels.size !== count) {
    throw new ShapeError(
      `trainTestSplit: stratify needs a label for each of ${count} samples, got shape ${formatShape(labels.shape)}`,
    );
  }
  const classes = [...new Set(labels.data)].sort((a, b) => a - b);
  const members = new Map(classes.map((label) => [label, [] as number[]]));
  labels.data.forEach((label, i) => members.get(label)!.push(i));
  const sizes = classes.map((label) => members.get(label)!.length);
  const alone = classes.find((_, c) => sizes[c]! < 2);
  if (alone !== undefined) {
    throw new ValueError(`trainTestSplit: stratify needs two samples of each class, class ${alone} has one`);
  }
  if (Math.min(trainCount, testCount) < classes.length) {
    throw new ValueError(
      `trainTestSplit: ${Math.min(trainCount, testCount)} samples are too few for a part with each of ${classes.length} classes`,
    );
  }
  const forTrain = shareOut(sizes, trainCount, random);
  const forTest = shareOut(
    sizes.map((size, c) => size - forTrain[c]!),
    testCount,
    random,
  );
  const [train, test]: [number[], number[]] = [[], []];
  classes.forEach((label, c) => {
    const own = members.get(label)!;
    const order = Array.from(random.permutation(own.length).data, (i) => own[i]!);
    train.push(...order.slice(0, forTrain[c]));
    test.push(...order.slice(forTrain[c], forTrain[c]! + forTest[c]!));
  });
  return [Array.from(random.permutation(train).data), Array.from(random.permutation(test).data)];
}

/** Draws shared out over classes as their sizes are; the largest remainders get what rounding leaves, equal ones by lot. */
function shareOut(sizes: readonly number[], draws: number, random: RandomState): number[] {
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const exact = sizes.map((size) => (size / total) * draws);
  const shares = exact.map(Math.floor);
  let left = draws - shares.reduce((sum, share) => sum + share, 0);
  const remainders = exact.map((share, c) => share - shares[c]!);
  for (const value of [...new Set(remainders)].sort((a, b) => b - a)) {
    if (left <= 0) break;
    const equal = remainders.flatMap((remainder, c) => (remainder === value ? [c] : []));
    const chosen = random.choice(equal, Math.min(equal.length, left), false).data;
    for (const c of chosen) shares[c]!++;
    left -= chosen.length;
  }
  return shares;
}
