// Pictures moved by chance.

import { checkCount } from '../dataset.js';
import { randomTransform, type ImageTransform } from './transform.js';

/** An option of what moves pictures. */
export interface FillOptions {
  /** The value of what comes in from outside. Default 0. */
  readonly fill?: number | undefined;
}

/**
 * In training, moves each picture by whole pixels, from `-pixels` to `pixels` along each axis; what comes in is `fill` (default 0).
 * Goes with `torchvision.transforms.RandomCrop(size, padding=pixels)`. Throws a `ValueError` for pixels that are not whole or
 * below 0.
 *
 * @example
 * const { data: pixels } = randomShift(1).train(tensor([[[[5]]]]), new RandomState(2)); // out of the picture
 * [...pixels]; // [0]
 */
export function randomShift(pixels: number, { fill = 0 }: FillOptions = {}): ImageTransform {
  checkCount(pixels, 'pixels', 'randomShift');
  return randomTransform(
    'randomShift',
    (random) => ({
      down: random.randint(-pixels, pixels + 1),
      right: random.randint(-pixels, pixels + 1),
    }),
    (from, to, { height, width }, { down, right }) => {
      to.fill(fill);
      if (Math.abs(right) >= width) return;
      for (let row = Math.max(0, down); row < Math.min(height, height + down); row++) {
        const start = (row - down) * width;
        const kept = from.subarray(start + Math.max(0, -right), start + width - Math.max(0, right));
        to.set(kept, row * width + Math.max(0, right));
      }
    },
  );
}
