// Changes of pictures before a network sees them: by chance in training, always the same in evaluation.

import { ShapeError } from '../../errors.js';
import type { RandomState } from '../../random/index.js';
import { formatShape, Tensor, toTensor, type TensorLike } from '../../tensor/index.js';

/** A change of pictures `[batch, channels, height, width]`. Any object of this shape is one. */
export interface ImageTransform {
  /** For training: each picture by chance, drawn from the stream in the order of the pictures. */
  readonly train: (images: Tensor, random: RandomState) => Tensor;
  /** For evaluation: without chance, the same for the same pictures. */
  readonly evaluate: (images: TensorLike) => Tensor;
}

/**
 * Changes one after the other. Goes with `torchvision.transforms.Compose`. Random ones fill with 0, the background, so
 * `normalizeImages` should come last.
 *
 * @example
 * const prepare = composeTransforms(data.randomShift(2), data.normalizeImages(0.5, 0.5));
 * prepare.evaluate([[[[0, 1]]]]).toArray(); // [[[[-1, 1]]]]
 */
export function composeTransforms(...transforms: readonly ImageTransform[]): ImageTransform {
  return {
    train: (images, random) => transforms.reduce((now, { train }) => train(now, random), images),
    evaluate: (images) => transforms.reduce((now, { evaluate }) => evaluate(now), toTensor(images)),
  };
}

/** @internal A change that only training makes, picture by picture: `plane` fills one of its channels from the old one. */
export function randomTransform<Choice>(
  where: string,
  draw: (random: RandomState) => Choice,
  plane: (from: Float64Array, to: Float64Array, size: PlaneSize, choice: Choice) => void,
): ImageTransform {
  return {
    train: (images, random) => {
      const { batch, channels, size } = checkImages(images, where);
      const pixels = size.height * size.width;
      const data = new Float64Array(images.size);
      for (let picture = 0; picture < batch; picture++) {
        const choice = draw(random);
        for (let channel = 0; channel < channels; channel++) {
          const start = (picture * channels + channel) * pixels;
          const [from, to] = [images.data, data].map((all) => all.subarray(start, start + pixels));
          plane(from!, to!, size, choice);
        }
      }
      return new Tensor(data, images.shape);
    },
    evaluate: (images) => {
      const given = toTensor(images);
      checkImages(given, where);
      return given;
    },
  };
}

/** @internal The height and width of a picture. */
export interface PlaneSize {
  readonly height: number;
  readonly width: number;
}

/** @internal Throws a `ShapeError` unless these are pictures with channels. */
export function checkImages(
  { shape }: Tensor,
  where: string,
): { readonly batch: number; readonly channels: number; readonly size: PlaneSize } {
  const [batch, channels, height, width] = shape;
  if (shape.length !== 4) {
    throw new ShapeError(
      `${where}: expected pictures [batch, channels, height, width], got shape ${formatShape(shape)}; ` +
        'rows of pixels become pictures with reshape([-1, 1, 28, 28])',
    );
  }
  return { batch: batch!, channels: channels!, size: { height: height!, width: width! } };
}
