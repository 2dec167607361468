// The same elements in another shape.

import { ShapeError } from '../errors.js';
import { checkShape, formatShape, sizeOf, type Shape } from '../tensor/index.js';
import { primitive, widest, type Unary } from './define.js';

/**
 * The same elements, in the same row-major order, in another shape; one length may be -1 and is worked out.
 * Equals `numpy.reshape`. Throws a `ShapeError` if the elements do not fill the shape.
 *
 * @example
 * tensor([1, 2, 3, 4]).reshape([2, -1]).toArray(); // [[1, 2], [3, 4]]
 */
export const reshape: Unary<[shape: number | Shape]> = primitive({
  name: 'reshape',
  inputs: ['x'],
  attributes: (shape: number | Shape) => ({ shape: typeof shape === 'number' ? [shape] : shape }),
  formula: ({ shape }) => `reshape(x, ${formatShape(shape)})`,
  shape: ([from = []], { shape }) => workOut(shape, from),
  dtype: widest,
  value: ([x]) => x!.data,
  derivatives: {
    x: {
      formula: 'reshape(dy, shape(x))',
      pullback: (dy, { x }) => dy.reshape(x.shape),
    },
  },
});

function workOut(shape: Shape, from: Shape): Shape {
  const open = shape.filter((length) => length === -1).length;
  const rest = shape.filter((length) => length !== -1);
  checkShape(rest, 'reshape');
  const missing = sizeOf(from) / sizeOf(rest);
  if (open > 1) {
    throw new ShapeError(`reshape: only one length may be -1, got ${formatShape(shape)}`);
  }
  if (open === 1 ? !Number.isInteger(missing) : missing !== 1 && sizeOf(from) !== sizeOf(rest)) {
    throw new ShapeError(
      `reshape: the ${sizeOf(from)} elements of shape ${formatShape(from)} do not fill shape ${formatShape(shape)}`,
    );
  }
  return shape.map((length) => (length === -1 ? missing : length));
}
