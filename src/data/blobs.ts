// Round clouds of points, one a class: the set of lesson 4.

import { ShapeError, ValueError } from '../errors.js';
import { checkRandomState, type RandomState, type RandomStateLike } from '../random/index.js';
import { formatShape, Tensor, toTensor, type TensorLike } from '../tensor/index.js';
import { checkCount, shuffleTogether, type Dataset } from './dataset.js';

/** Options of `makeBlobs`. */
export interface BlobsOptions {
  /** Samples in all, shared out evenly (the first classes get what is left over), or a list with the number in each class. Default 100. */
  readonly nSamples?: number | readonly number[] | undefined;
  /** Coordinates of a sample, where `centers` does not say. Default 2. */
  readonly nFeatures?: number | undefined;
  /** The classes' centers, `[classes, features]`, or how many to draw at random. Default 3, or one for each of `nSamples`. */
  readonly centers?: number | TensorLike | undefined;
  /** Standard deviation of all classes, or of each. Default 1. */
  readonly clusterStd?: number | readonly number[] | undefined;
  /** Bounds of every coordinate of a random center. Default [-10, 10]. */
  readonly centerBox?: readonly [low: number, high: number] | undefined;
  /** Whether the samples come in random order instead of class by class. Default true. */
  readonly shuffle?: boolean | undefined;
  /** Seed, or a stream to draw on; random by default. */
  readonly randomState?: RandomStateLike;
  /** Whether the result holds the centers too. Default false. */
  readonly returnCenters?: boolean | undefined;
}

/**
 * Normally distributed clouds around a center for each class. Equals `sklearn.datasets.make_blobs` in every bit.
 * X is `[samples, features]`, y `[samples]`; with `returnCenters` there is `centers`, `[classes, features]`.
 * Throws a `ValueError` for counts that are not whole, lists that differ in length, or a negative deviation; a `ShapeError`
 * for centers that are not rows of coordinates.
 *
 * @example
 * const { X, y } = makeBlobs({ nSamples: 100, centers: 2, nFeatures: 2, clusterStd: 0.5, randomState: 0 });
 * y.data.slice(0, 10); // 1 1 0 0 1 0 0 1 0 1
 */
export function makeBlobs(options: BlobsOptions & { readonly returnCenters: true }): Dataset & {
  readonly centers: Tensor;
};
export function makeBlobs(options?: BlobsOptions): Dataset;
export function makeBlobs(options: BlobsOptions = {}): Dataset & { readonly centers?: Tensor } {
  const { nSamples = 100, clusterStd = 1, shuffle = true, randomState, returnCenters = false } = options;
  const random = checkRandomState(randomState);
  const centers = centersOf(options, random);
  const [classes, features] = centers.shape as [number, number];
  const counts = countsOf(nSamples, classes);
  const deviations = deviationsOf(clusterStd, classes);

  const total = counts.reduce((sum, count) => sum + count, 0);
  const X = new Float64Array(total * features);
  const y = new Float64Array(total);
  let start = 0;
  counts.forEach((count, label) => {
    const center = centers.data.slice(label * features, (label + 1) * features);
    X.set(random.normal(center, deviations[label], [count, features]).data, start * features);
    y.fill(label, start, (start += count));
  });
  const inOrder: Dataset = {
    X: new Tensor(X, [total, features]),
    y: new Tensor(y, [total], { dtype: 'int64' }),
  };
  const set = shuffle ? shuffleTogether(inOrder, random) : inOrder;
  return returnCenters ? { ...set, centers } : set;
}

/** The centers given, or as many random ones as asked for. */
function centersOf(options: BlobsOptions, random: RandomState): Tensor {
  const { nSamples = 100, nFeatures = 2, centers, centerBox = [-10, 10] } = options;
  const lists = typeof nSamples !== 'number';
  if (centers === undefined || typeof centers === 'number') {
    if (lists && centers !== undefined) {
      throw new ValueError(
        `makeBlobs: where nSamples is a list, centers are points, one for each, not a number; got ${centers}. ` +
          'Leave centers out for random ones',
      );
    }
    const classes = centers ?? (lists ? nSamples.length : 3);
    checkCount(classes, lists ? 'the length of nSamples' : 'centers', 'makeBlobs', 1);
    checkCount(nFeatures, 'nFeatures', 'makeBlobs', 1);
    return random.uniform(centerBox[0], centerBox[1], [classes, nFeatures]);
  }
  const points = toTensor(centers);
  if (points.ndim !== 2 || points.size === 0) {
    throw new ShapeError(
      `makeBlobs: centers are rows of coordinates, [classes, features], got shape ${formatShape(points.shape)}`,
    );
  }
  const bad = points.data.find((coordinate) => !Number.isFinite(coordinate));
  if (bad !== undefined) throw new ValueError(`makeBlobs: centers must be finite, got ${bad}`);
  return points;
}

function countsOf(nSamples: number | readonly number[], classes: number): readonly number[] {
  if (typeof nSamples === 'number') {
    checkCount(nSamples, 'nSamples', 'makeBlobs');
    const [each, left] = [Math.floor(nSamples / classes), nSamples % classes];
    return Array.from({ length: classes }, (_, label) => each + Number(label < left));
  }
  checkLength(nSamples, 'nSamples', classes);
  nSamples.forEach((count) => checkCount(count, 'each of nSamples', 'makeBlobs'));
  return nSamples;
}

function deviationsOf(clusterStd: number | readonly number[], classes: number): readonly number[] {
  const deviations =
    typeof clusterStd === 'number' ? new Array<number>(classes).fill(clusterStd) : clusterStd;
  checkLength(deviations, 'clusterStd', classes);
  const bad = deviations.find((deviation) => !(deviation >= 0));
  if (bad !== undefined) throw new ValueError(`makeBlobs: clusterStd must be at least 0, got ${bad}`);
  return deviations;
}

function checkLength(list: readonly number[], name: string, classes: number): void {
  if (list.length === classes) return;
  throw new ValueError(
    `makeBlobs: ${name} as a list needs one number for each of ${classes} centers, got ${list.length}`,
  );
}
