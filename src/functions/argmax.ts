// Where the largest element stands: the class that a network names.

import { ShapeError } from '../errors.js';
import { formatShape, normalizeAxis, sizeOf, stridesOf } from '../tensor/index.js';
import { primitive, type Unary } from './define.js';
import { axisAttributes, type AxisArguments } from './reduce.js';

/**
 * Index of the largest element along an axis (default: the last), the first of several equal ones. Equals
 * `numpy.argmax(x, axis)`.
 *
 * @example
 * tensor([[0.1, 0.7, 0.2]]).argmax().toArray(); // [1]
 */
export const argmax: Unary<AxisArguments> = primitive({
  name: 'argmax',
  inputs: ['x'],
  attributes: axisAttributes,
  formula: ({ axis }) => `argmax(x, axis=${axis})`,
  shape: ([shape = []], { axis }) => {
    const dropped = normalizeAxis(axis, shape, 'argmax');
    if (shape[dropped] === 0) {
      throw new ShapeError(`argmax: axis ${axis} has no elements (shape ${formatShape(shape)})`);
    }
    return shape.filter((_, i) => i !== dropped);
  },
  dtype: () => 'int64',
  value: ([x], shape, { axis }) => {
    const along = normalizeAxis(axis, x!.shape, 'argmax');
    const [length, stride] = [x!.shape[along]!, stridesOf(x!.shape)[along]!];
    const { data } = x!;
    return Float64Array.from({ length: sizeOf(shape) }, (_, row) => {
      const base = Math.floor(row / stride) * stride * length + (row % stride);
      const at = (i: number): number => data[base + i * stride]!;
      let best = 0;
      // As in NumPy, NaN counts as largest: a network that has diverged should show it.
      for (let i = 1; i < length && !Number.isNaN(at(best)); i++) {
        if (at(i) > at(best) || Number.isNaN(at(i))) best = i;
      }
      return best;
    });
  },
  derivatives: {},
});
