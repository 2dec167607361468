// A data set of pictures as a stream for `fit`: other pictures every epoch.

import { checkRandomState, RandomState } from '../random/index.js';
import { toTensor, type Tensor, type TensorLike } from '../tensor/index.js';
import { batches, type BatchesOptions } from './batches.js';
import { checkImages, type ImageTransform } from './images/transform.js';

/**
 * Batches of pictures `[samples, channels, height, width]` and their targets for `fit`, changed anew in every epoch, in random
 * order unless `shuffle` is false. An epoch depends on the seed and its number alone, so a run that is resumed sees what one
 * that was never interrupted sees. Throws as `batches` does, and a `ShapeError` for anything but pictures.
 *
 * @example
 * const pictures = zeros([6, 1, 4, 4]);
 * const stream = augmentedBatches(pictures, [0, 1, 0, 1, 0, 1], data.randomShift(1), { batchSize: 4, randomState: 0 });
 * const model = nn.sequential(nn.flatten(), nn.linear(16, 2));
 * await fit(model, stream, { loss: nn.crossEntropyLoss(), optimizer: optim.adam({}), epochs: 2 });
 */
export function augmentedBatches(
  X: TensorLike,
  y: TensorLike,
  transform: ImageTransform,
  { shuffle = true, randomState, ...options }: BatchesOptions = {},
): (epoch: number) => Generator<{ readonly X: Tensor; readonly y: Tensor }> {
  const [images, targets] = [toTensor(X), toTensor(y)];
  checkImages(images, 'augmentedBatches');
  const seed = checkRandomState(randomState).randint(2 ** 32);
  return function* (epoch) {
    const random = new RandomState([seed, epoch]);
    for (const batch of batches(images, targets, { ...options, shuffle, randomState: random })) {
      yield { X: transform.train(batch.X, random), y: batch.y };
    }
  };
}
