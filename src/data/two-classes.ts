// Two curves in the plane, one a class: what moons, circles and spirals have in common.

import { ValueError } from '../errors.js';
import { checkRandomState, type RandomStateLike } from '../random/index.js';
import { Tensor } from '../tensor/index.js';
import { checkCount, shuffleTogether, type Dataset } from './dataset.js';

/** Options of the sets that lie on two curves. */
export interface TwoClassOptions {
  /** Samples in all (class 1 has one more where odd), or as a pair those of class 0 and of class 1. Default 100. */
  readonly nSamples?: number | readonly [number, number] | undefined;
  /** Whether the samples come in random order instead of class by class. Default true. */
  readonly shuffle?: boolean | undefined;
  /** Standard deviation of the normal noise added to each coordinate; none by default. */
  readonly noise?: number | undefined;
  /** Seed, or a stream to draw on; random by default. */
  readonly randomState?: RandomStateLike;
}

/** So many points `[x, y]`, in order along a curve. */
export type Curve = (count: number) => readonly (readonly [x: number, y: number])[];

/** @internal The set of two curves: points, then shuffling, then noise, in scikit-learn's order of draws. */
export function makeTwoClasses(
  where: string,
  options: TwoClassOptions,
  curves: readonly [Curve, Curve],
): Dataset {
  const { nSamples = 100, shuffle = true, noise, randomState } = options;
  const counts = countsOf(nSamples, where);
  if (noise !== undefined && !(noise >= 0)) {
    throw new ValueError(
      `${where}: noise is a standard deviation, at least 0, got ${noise}; leave it out for none`,
    );
  }
  const random = checkRandomState(randomState);
  const points = curves.map((curve, label) => curve(counts[label]!));
  const labels = points.flatMap((ofClass, label) => ofClass.map(() => label));
  const inOrder: Dataset = {
    X: new Tensor(Float64Array.from(points.flat(2)), [labels.length, 2]),
    y: new Tensor(Float64Array.from(labels), [labels.length], { dtype: 'int64' }),
  };
  const { X, y } = shuffle ? shuffleTogether(inOrder, random) : inOrder;
  if (noise === undefined) return { X, y };
  const deviations = random.normal(0, noise, X.shape).data;
  const noisy = X.data.map((coordinate, i) => coordinate + deviations[i]!);
  return { X: new Tensor(noisy, X.shape), y };
}

function countsOf(nSamples: number | readonly number[], where: string): readonly number[] {
  if (!Array.isArray(nSamples)) {
    checkCount(nSamples, 'nSamples', where);
    const half = Math.floor((nSamples as number) / 2);
    return [half, (nSamples as number) - half];
  }
  if (nSamples.length !== 2) {
    throw new ValueError(
      `${where}: nSamples is a number or a pair, one count for each of two classes, got ${JSON.stringify(nSamples)}`,
    );
  }
  nSamples.forEach((count) => checkCount(count, 'each of nSamples', where));
  return nSamples;
}
