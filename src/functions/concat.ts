// Tensors end to end along an axis.

import { ShapeError, ValueError } from '../errors.js';
import {
  formatShape,
  normalizeAxis,
  sizeOf,
  toTensor,
  type Tensor,
  type TensorLike,
} from '../tensor/index.js';
import { primitive, widest, type Binary } from './define.js';

/** Two tensors end to end along an axis (default 0); all other lengths must agree. */
export const concatPair: Binary<[axis?: number]> = primitive({
  name: 'concat',
  inputs: ['a', 'b'],
  attributes: (axis = 0) => ({ axis }),
  formula: ({ axis }) => `concat(a, b, axis=${axis})`,
  shape: ([a = [], b = []], { axis }) => {
    const along = normalizeAxis(axis, a, 'concat');
    if (a.length !== b.length || a.some((length, i) => i !== along && length !== b[i])) {
      throw new ShapeError(
        `concat: shapes ${formatShape(a)} and ${formatShape(b)} may differ only along axis ${axis}`,
      );
    }
    return a.map((length, i) => (i === along ? length + b[i]! : length));
  },
  dtype: widest,
  value: ([a, b], shape, { axis }) => {
    const result = new Float64Array(sizeOf(shape));
    const rows = sizeOf(shape.slice(0, normalizeAxis(axis, shape, 'concat')));
    const [lengthA, lengthB] = [a!.size / rows, b!.size / rows];
    for (let row = 0; row < rows; row++) {
      const start = row * (lengthA + lengthB);
      result.set(a!.data.subarray(row * lengthA, (row + 1) * lengthA), start);
      result.set(b!.data.subarray(row * lengthB, (row + 1) * lengthB), start + lengthA);
    }
    return result;
  },
  derivatives: {
    a: {
      formula: ({ axis }) => `slice(dy, of=a, axis=${axis})`,
      pullback: (dy, { a }, { axis }) => part(dy, axis, 0, a),
    },
    b: {
      formula: ({ axis }) => `slice(dy, of=b, axis=${axis})`,
      pullback: (dy, { a, b }, { axis }) => part(dy, axis, lengthAlong(a, axis), b),
    },
  },
});

/**
 * Tensors end to end along an axis (default 0); all other lengths must agree. Equals `numpy.concatenate`.
 * Throws a `ShapeError` that names the shapes, and a `ValueError` for an empty list.
 *
 * @example
 * concat([[1, 2], [3]]).toArray(); // [1, 2, 3]
 */
export function concat(tensors: readonly TensorLike[], axis = 0): Tensor {
  const [first, second] = tensors;
  if (first === undefined) throw new ValueError('concat: expected at least one tensor, got an empty list');
  if (second === undefined) return toTensor(first);
  // Halves, so that no element is copied more often than the list's logarithm.
  const middle = tensors.length >> 1;
  return concatPair(concat(tensors.slice(0, middle), axis), concat(tensors.slice(middle), axis), axis);
}

/** The part of the result that came from one input, which begins `start` places along the axis. */
function part(dy: Tensor, axis: number, start: number, input: Tensor): Tensor {
  const along = normalizeAxis(axis, input.shape, 'concat');
  const end = start + lengthAlong(input, axis);
  return dy.slice(...input.shape.map((_, i) => (i === along ? ([start, end] as const) : null)));
}

function lengthAlong(input: Tensor, axis: number): number {
  return input.shape.at(axis)!;
}
