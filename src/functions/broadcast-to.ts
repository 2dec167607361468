// Repeating a tensor along axes, and its reverse: adding up what was repeated.

import { ShapeError } from '../errors.js';
import {
  broadcastShapes,
  checkShape,
  formatShape,
  sameShape,
  type Shape,
  type Tensor,
} from '../tensor/index.js';
import { primitive, widest, type Unary } from './define.js';
import { broadcastPositions, pick } from './elements.js';

/**
 * The tensor repeated to a larger shape, as broadcasting does it. Equals `numpy.broadcast_to`.
 *
 * @example
 * tensor([1, 2]).broadcastTo([2, 2]).toArray(); // [[1, 2], [1, 2]]
 */
export const broadcastTo: Unary<[shape: Shape]> = primitive({
  name: 'broadcastTo',
  inputs: ['x'],
  attributes: (shape: Shape) => ({ shape: [...shape] }),
  formula: ({ shape }) => `broadcast(x, ${formatShape(shape)})`,
  shape: ([from = []], { shape }) => {
    checkShape(shape, 'broadcastTo');
    if (!sameShape(broadcastShapes([from, shape], 'broadcastTo'), shape)) {
      throw new ShapeError(`broadcastTo: shape ${formatShape(from)} is larger than ${formatShape(shape)}`);
    }
    return shape;
  },
  dtype: widest,
  value: ([x], shape) => pick(x!.data, broadcastPositions(x!.shape, shape)),
  derivatives: {
    x: { formula: 'sum(dy)', pullback: (dy, { x }) => sumTo(dy, x.shape) },
  },
});

/** Adds up along the axes that broadcasting repeated: the derivative of an input that was used several times. */
export function sumTo(x: Tensor, shape: Shape): Tensor {
  if (sameShape(x.shape, shape)) return x;
  const missing = x.shape.length - shape.length;
  const repeated = x.shape
    .map((_, axis) => axis)
    .filter((axis) => axis < missing || (shape[axis - missing] === 1 && x.shape[axis] !== 1));
  return x.sum(repeated).reshape(shape);
}
