// Pictures mirrored by chance.

import { ValueError } from '../../errors.js';
import { randomTransform, type ImageTransform } from './transform.js';

/**
 * In training, mirrors each picture left to right with probability `p` (default 0.5). Goes with
 * `torchvision.transforms.RandomHorizontalFlip`. Throws a `ValueError` for a p outside 0 to 1.
 *
 * @example
 * const images = tensor([[[[1, 2, 3]]]]);
 * randomHorizontalFlip(1).train(images, new RandomState(0)).toArray(); // [[[[3, 2, 1]]]]
 */
export function randomHorizontalFlip(p = 0.5): ImageTransform {
  if (!(p >= 0 && p <= 1)) {
    throw new ValueError(`randomHorizontalFlip: p is a probability from 0 to 1, got ${String(p)}`);
  }
  return randomTransform(
    'randomHorizontalFlip',
    (random) => random.uniform() < p,
    (from, to, { height, width }, isFlipped) => {
      to.set(from);
      if (!isFlipped) return;
      for (let row = 0; row < height; row++) to.subarray(row * width, (row + 1) * width).reverse();
    },
  );
}
