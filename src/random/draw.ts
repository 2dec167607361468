// How many values a draw gives, in which shape, and with which parameters for each.

import { ShapeError } from '../errors.js';
import {
  broadcastShapes,
  broadcastStrides,
  checkShape,
  formatShape,
  sameShape,
  sizeOf,
  Tensor,
  toTensor,
  type DType,
  type Shape,
  type TensorLike,
} from '../tensor/index.js';

/** How many values to draw, or the shape to draw them in. Without a size a draw gives one plain number. */
export type Size = number | Shape;

/** @internal A size as a shape; a `ValueError` names `where`. */
export function shapeOfSize(size: Size, where: string): Shape {
  const shape = typeof size === 'number' ? [size] : size;
  checkShape(shape, where);
  return shape;
}

/** @internal One draw, or a tensor of them, row-major. */
export function drawMany(
  size: Size | undefined,
  where: string,
  draw: () => number,
  dtype: DType = 'float64',
): number | Tensor {
  if (size === undefined) return draw();
  const shape = shapeOfSize(size, where);
  const data = new Float64Array(sizeOf(shape));
  for (let i = 0; i < data.length; i++) data[i] = draw();
  return new Tensor(data, shape, { dtype });
}

/**
 * @internal Draws with two parameters, which broadcast to `size` as in NumPy; without a size, to each other.
 * Throws a `ShapeError` if they do not.
 */
export function drawEach(
  [first, second]: readonly [TensorLike, TensorLike],
  size: Size | undefined,
  where: string,
  draw: (first: number, second: number) => number,
): number | Tensor {
  if (typeof first === 'number' && typeof second === 'number') {
    return drawMany(size, where, () => draw(first, second));
  }
  const parameters = [toTensor(first), toTensor(second)] as const;
  const common = broadcastShapes(
    parameters.map(({ shape }) => shape),
    where,
  );
  const shape = size === undefined ? common : shapeOfSize(size, where);
  if (!sameShape(broadcastShapes([shape, common], where), shape)) {
    throw new ShapeError(
      `${where}: parameters of shape ${formatShape(common)} do not fit into size ${formatShape(shape)}`,
    );
  }
  const [a, b] = [expand(parameters[0], shape), expand(parameters[1], shape)];
  return new Tensor(
    a.map((value, i) => draw(value, b[i]!)),
    shape,
  );
}

/** The values of a tensor, repeated to fill a larger shape. */
function expand(t: Tensor, shape: Shape): Float64Array {
  const strides = broadcastStrides(t.shape, shape);
  const data = new Float64Array(sizeOf(shape));
  let position = 0;
  const walk = (axis: number, offset: number): void => {
    if (axis === shape.length) data[position++] = t.data[offset]!;
    else for (let i = 0; i < shape[axis]!; i++) walk(axis + 1, offset + i * strides[axis]!);
  };
  walk(0, 0);
  return data;
}
