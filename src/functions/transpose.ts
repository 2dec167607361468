// The same elements with the axes in another order.

import { ShapeError } from '../errors.js';
import { formatShape, normalizeAxis, stridesOf, type Shape } from '../tensor/index.js';
import { primitive, widest, type Unary } from './define.js';
import { pick, stridedPositions } from './elements.js';

/**
 * Axes in the given order; by default the last two are swapped, so that a batch of matrices becomes a batch
 * of transposed ones. Equals `numpy.transpose` with `axes`, and `torch.Tensor.mT` without.
 *
 * @example
 * tensor([[1, 2], [3, 4]]).transpose().toArray(); // [[1, 3], [2, 4]]
 */
export const transpose: Unary<[axes?: readonly number[]]> = primitive({
  name: 'transpose',
  inputs: ['x'],
  attributes: (axes?: readonly number[]) => ({ axes }),
  formula: ({ axes }) => (axes ? `transpose(x, ${formatShape(axes)})` : 'transpose(x)'),
  shape: ([shape = []], { axes }) => orderOf(axes, shape).map((axis) => shape[axis]!),
  dtype: widest,
  value: ([x], shape, { axes }) => {
    const strides = stridesOf(x!.shape);
    const order = orderOf(axes, x!.shape).map((axis) => strides[axis]!);
    return pick(x!.data, stridedPositions(shape, order, 0));
  },
  derivatives: {
    x: {
      formula: 'transpose(dy)',
      pullback: (dy, { x }, { axes }) => {
        const order = orderOf(axes, x.shape);
        return dy.transpose(order.map((_, axis) => order.indexOf(axis)));
      },
    },
  },
});

function orderOf(axes: readonly number[] | undefined, shape: Shape): number[] {
  const order = shape.map((_, axis) => axis);
  if (axes === undefined) return [...order.slice(0, -2), ...order.slice(-2).reverse()];
  const named = axes.map((axis) => normalizeAxis(axis, shape, 'transpose'));
  if (named.length !== shape.length || new Set(named).size !== named.length) {
    throw new ShapeError(
      `transpose: expected each of the ${shape.length} axes of shape ${formatShape(shape)} once, got ${formatShape(axes)}`,
    );
  }
  return named;
}
