// Pictures with a mean near 0 and a deviation near 1.

import { ShapeError, ValueError } from '../../errors.js';
import { Tensor, toTensor, type TensorLike } from '../../tensor/index.js';
import { checkImages, type ImageTransform } from './transform.js';

/**
 * `(x - mean) / deviation`, in training and in evaluation; one number for all channels, or one for each. Goes with
 * `torchvision.transforms.Normalize`. Throws a `ValueError` for a deviation that is not above 0, a `ShapeError` for pictures of another
 * number of channels.
 *
 * @example
 * normalizeImages([1, 0], [2, 4]).evaluate([[[[5]], [[8]]]]).toArray(); // [[[[2]], [[2]]]]
 */
export function normalizeImages(
  mean: number | readonly number[],
  deviation: number | readonly number[],
): ImageTransform {
  const [means, deviations] = [mean, deviation].map((each) => (typeof each === 'number' ? [each] : each));
  const bad = deviations!.find((each) => !(each > 0));
  if (bad !== undefined) {
    throw new ValueError(`normalizeImages: a deviation must be above 0, got ${String(bad)}`);
  }
  const normalized = (images: TensorLike): Tensor => {
    const given = toTensor(images);
    const { channels, size } = checkImages(given, 'normalizeImages');
    for (const { length } of [means!, deviations!]) {
      if (length === 1 || length === channels) continue;
      throw new ShapeError(
        `normalizeImages: numbers for ${length} channels, but the pictures have ${channels}`,
      );
    }
    const pixels = size.height * size.width;
    const data = given.data.map((x, i) => {
      const channel = Math.floor(i / pixels) % channels;
      return (x - (means![channel] ?? means![0]!)) / (deviations![channel] ?? deviations![0]!);
    });
    return new Tensor(data, given.shape);
  };
  return { train: normalized, evaluate: normalized };
}
