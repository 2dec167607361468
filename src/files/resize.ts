// Pictures in another size.

import { ShapeError, ValueError } from '../errors.js';
import { formatShape, Tensor, toTensor, type TensorLike } from '../tensor/index.js';

/**
 * A picture `[height, width, channels]` in another size, `[size[0], size[1], channels]`. Each new pixel is the mean of the old ones around it,
 * weighted by a triangle that grows with the reduction, so that small pictures keep what large ones show: Pillow's
 * `resize(…, BILINEAR)` on floats, torchvision's `resize` with `antialias`. Throws a `ShapeError` for another shape, a `ValueError` for a
 * size that is not whole and above 0.
 *
 * @example
 * resizeImage([[[0], [1], [2], [3]]], [1, 2]).toArray(); // [[[0.7142857142857143], [2.2857142857142856]]]
 */
export function resizeImage(picture: TensorLike, size: readonly [height: number, width: number]): Tensor {
  const source = toTensor(picture);
  if (source.ndim !== 3 || source.size === 0) {
    throw new ShapeError(
      `resizeImage: expected [height, width, channels], got shape ${formatShape(source.shape)}`,
    );
  }
  if (size.length !== 2 || size.some((length) => !Number.isInteger(length) || length < 1)) {
    throw new ValueError(
      `resizeImage: a size is [height, width], whole numbers of at least 1, got [${size.join(', ')}]`,
    );
  }
  const [height, width, channels] = source.shape as [number, number, number];
  const narrowed = along(source.data, height, width, channels, size[1]);
  const data = along(narrowed, 1, height, size[1] * channels, size[0]);
  return new Tensor(data, [size[0], size[1], channels]);
}

/** Resizes the middle one of three axes. */
function along(
  data: Float64Array,
  outer: number,
  length: number,
  inner: number,
  target: number,
): Float64Array {
  const weights = triangles(length, target);
  const result = new Float64Array(outer * target * inner);
  for (let o = 0; o < outer; o++) {
    weights.forEach(({ first, shares }, t) => {
      const to = (o * target + t) * inner;
      shares.forEach((share, k) => {
        const from = (o * length + first + k) * inner;
        for (let i = 0; i < inner; i++) result[to + i]! += share * data[from + i]!;
      });
    });
  }
  return result;
}

/** For each new place the old ones that it is made of, from `first` on, and their shares, which sum to 1. */
function triangles(length: number, target: number): { first: number; shares: number[] }[] {
  const scale = length / target;
  const reach = Math.max(scale, 1);
  return Array.from({ length: target }, (_, t) => {
    const center = (t + 0.5) * scale;
    const first = Math.max(0, Math.trunc(center - reach + 0.5));
    const end = Math.min(length, Math.trunc(center + reach + 0.5));
    const raw = Array.from({ length: end - first }, (_, k) =>
      Math.max(0, 1 - Math.abs((first + k + 0.5 - center) / reach)),
    );
    const total = raw.reduce((sum, share) => sum + share, 0);
    return { first, shares: raw.map((share) => share / total) };
  });
}
