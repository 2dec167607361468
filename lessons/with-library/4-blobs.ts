// Lesson 4 with the library.

import { data, fit, nn, optim } from '../../src/index.js';
import { BLOBS, type BlobsRun } from '../4-blobs.js';
import { parametersOf } from './neuron.js';

/**
 * Thirty epochs on the set. The numbers are those of the lesson with the right derivative to about six digits: the notes put
 * 1e-7 below the line, `(p - y) / ((p + 1e-7) (1 - p + 1e-7))`, and so make each step a little smaller; the library's
 * derivative is exact.
 *
 * @example
 * (await blobs()).accuracy.at(-1); // 1
 */
export async function blobs(): Promise<BlobsRun> {
  const { set, seed, lr, epochs } = BLOBS;
  const { X, y } = data.makeBlobs(set);
  const affine = nn.linear(2, 1, { initializer: nn.init.standardNormal, randomState: seed });
  const model = nn.sequential(affine, nn.sigmoid());
  const history = await fit(model, X, y, {
    loss: nn.bceLoss(),
    optimizer: optim.sgd({ learningRate: lr }),
    epochs,
    batchSize: 1,
    shuffle: false,
  });
  return { loss: history.loss, accuracy: history.accuracy ?? [], ...parametersOf(model) };
}
