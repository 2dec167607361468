// Where the largest element stands: the class that a network names.

import { ShapeError } from '../errors.js';
import { formatShape, normalizeAxis, stridesOf } from '../tensor/index.js';
import { primitive, type Unary } from './define.js';
import { axisAttributes, type AxisArguments } from './reduce.js';

/** Index of the largest element along an axis (default: the last), the first of several equal ones. Equals `numpy.argmax`. */
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
    const rows = shape.reduce((size, n) => size * n, 1);
    return Float64Array.from({ length: rows }, (_, row) => {
      const base = Math.floor(row / stride) * stride * length + (row % stride);
      let best = 0;
      for (let i = 1; i < length; i++) {
        if (x!.data[base + i * stride]! > x!.data[base + best * stride]!) best = i;
      }
      return best;
    });
  },
  derivatives: {},
});
