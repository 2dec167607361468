// Lesson 4. A random data set: two clouds of points, thirty times through, loss and accuracy of each epoch.

import { data, RandomState } from '../src/index.js'; // make_blobs and np.random, as the notes use them
import { AffineFunction, type Parameters } from './affine-function.js';
import { BCELoss } from './bce-loss.js';
import { Model } from './model.js';

/** The set, as scikit-learn's `make_blobs` takes it, and how it is trained. */
export const BLOBS = {
  set: { nSamples: 100, centers: 2, nFeatures: 2, clusterStd: 0.5, randomState: 0 },
  seed: 0,
  lr: 0.001,
  epochs: 30,
} as const;

/** For each epoch the mean loss and the accuracy, both before the updates, and where the parameters end. */
export interface BlobsRun extends Parameters {
  readonly loss: readonly number[];
  readonly accuracy: readonly number[];
}

/**
 * Trains on the set, sample by sample in its own order, with the derivative of the loss that is given.
 *
 * @example
 * blobs(new PublishedBCELoss()).accuracy.at(-1); // 0.5
 * blobs(new BCELoss()).accuracy.at(-1); // 1
 */
export function blobs(bce = new BCELoss()): BlobsRun {
  const { set, seed, lr, epochs } = BLOBS;
  const { X, y } = data.makeBlobs(set);
  const samples = X.toArray() as number[][];
  const targets = y.toArray() as number[];
  const model = new Model(new AffineFunction(new RandomState(seed)));

  const [loss, accuracy]: [number[], number[]] = [[], []];
  for (let epoch = 0; epoch < epochs; epoch++) {
    let [losses, hits] = [0, 0];
    samples.forEach((x, i) => {
      const y = targets[i]!;
      const p = model.forward(x);
      const { J, dJ_dp } = bce.forward(p, y);
      model.backward(dJ_dp, lr);
      losses += J;
      hits += Number(Math.round(p) === y);
    });
    loss.push(losses / samples.length);
    accuracy.push(hits / samples.length);
  }
  const { w, b } = model.affine;
  return { loss, accuracy, w, b };
}
