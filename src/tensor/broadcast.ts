// Broadcasting as in NumPy: axes line up from the back, and an axis of length 1 is repeated.

import { ShapeError } from '../errors.js';
import { formatShape, sameShape, stridesOf, type Shape } from './shape.js';

/** The shape that several shapes broadcast to. Throws a `ShapeError` that names the function and all shapes. */
export function broadcastShapes(shapes: readonly Shape[], where: string): Shape {
  const [first = []] = shapes;
  if (shapes.every((shape) => sameShape(shape, first))) return first;
  const ndim = Math.max(0, ...shapes.map((shape) => shape.length));
  return Array.from({ length: ndim }, (_, axis) => {
    const lengths = shapes.map((shape) => shape[axis - ndim + shape.length] ?? 1);
    const length = lengths.find((candidate) => candidate !== 1) ?? 1;
    if (lengths.some((other) => other !== 1 && other !== length)) {
      throw new ShapeError(
        `${where}: shapes ${shapes.map(formatShape).join(' and ')} do not broadcast: ` +
          `axis ${axis - ndim} has lengths ${lengths.join(' and ')}`,
      );
    }
    return length;
  });
}

/** Strides that walk `shape` as if it were the larger shape `target`: 0 along each repeated axis. */
export function broadcastStrides(shape: Shape, target: Shape): number[] {
  const strides = stridesOf(shape);
  const missing = target.length - shape.length;
  return target.map((_, axis) =>
    axis < missing || shape[axis - missing] === 1 ? 0 : strides[axis - missing]!,
  );
}
