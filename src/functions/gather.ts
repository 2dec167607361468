// Picking elements by index along an axis, and its reverse, which adds them back up where they came from.

import { ShapeError } from '../errors.js';
import {
  checkShape,
  formatShape,
  normalizeAxis,
  sameShape,
  sizeOf,
  stridesOf,
  type Tensor,
  toTensor,
  type Shape,
  type TensorLike,
} from '../tensor/index.js';
import { primitive, widest, type TensorFunction } from './define.js';
import { pick, stridedPositions } from './elements.js';

/** A function of a tensor and of whole numbers that pick from it. */
type Picking<Rest extends readonly unknown[]> = TensorFunction<[x: TensorLike, indices: TensorLike], Rest>;

/**
 * `y[i][j] = x[i][indices[i][j]]`, along an axis (default: the last). `indices` has as many axes as `x`, and
 * the same lengths except along that axis; negative ones count from the end. Equals `numpy.take_along_axis`
 * and `torch.gather`.
 * Throws a `ShapeError` for an index outside the axis.
 *
 * @example
 * tensor([[1, 2], [3, 4]]).gather([[1], [0]]).toArray(); // [[2], [3]]
 */
export const gather: Picking<[axis?: number]> = primitive({
  name: 'gather',
  inputs: ['x', 'indices'],
  attributes: (axis = -1) => ({ axis }),
  formula: ({ axis }) => `gather(x, indices, axis=${axis})`,
  shape: ([x = [], indices = []], { axis }) => {
    const along = normalizeAxis(axis, x, 'gather');
    if (x.length !== indices.length || indices.some((length, i) => i !== along && length !== x[i])) {
      throw new ShapeError(
        `gather: indices of shape ${formatShape(indices)} must have the shape of x, ${formatShape(x)}, except along axis ${axis}`,
      );
    }
    return indices;
  },
  dtype: ([x = 'float64']) => widest([x]),
  value: ([x, indices], _, { axis }) => pick(x!.data, positionsOf(indices!, x!.shape, axis, 'gather')),
  derivatives: {
    x: {
      formula: 'scatterAdd(dy, indices)',
      pullback: (dy, { x, indices }, { axis }) => scatterAdd(dy, indices, x.shape, axis),
    },
  },
});

/**
 * Zeros of a shape, to which every element of `x` is added at its index along the axis: the reverse of `gather`.
 * Equals `torch.scatter_add` on zeros.
 */
export const scatterAdd: Picking<[shape: Shape, axis?: number]> = primitive({
  name: 'scatterAdd',
  inputs: ['x', 'indices'],
  attributes: (shape: Shape, axis = -1) => ({ shape, axis }),
  formula: ({ axis }) => `scatterAdd(x, indices, axis=${axis})`,
  shape: ([x = [], indices = []], { shape, axis }) => {
    checkShape(shape, 'scatterAdd');
    if (!sameShape(x, indices)) {
      throw new ShapeError(
        `scatterAdd: x ${formatShape(x)} and indices ${formatShape(indices)} differ in shape`,
      );
    }
    const along = normalizeAxis(axis, shape, 'scatterAdd');
    if (x.length !== shape.length || x.some((length, i) => i !== along && length !== shape[i])) {
      throw new ShapeError(
        `scatterAdd: x of shape ${formatShape(x)} must have the shape of the result, ${formatShape(shape)}, except along axis ${axis}`,
      );
    }
    return shape;
  },
  dtype: ([x = 'float64']) => widest([x]),
  value: ([x, indices], shape, { axis }) => {
    const result = new Float64Array(sizeOf(shape));
    positionsOf(indices!, shape, axis, 'scatterAdd').forEach(
      (position, i) => (result[position]! += x!.data[i]!),
    );
    return result;
  },
  derivatives: {
    x: {
      formula: 'gather(dy, indices)',
      pullback: (dy, { indices }, { axis }) => gather(dy, indices, axis),
    },
  },
});

/**
 * Whole rows by number: `take(table, ids)` has the shape of `ids` followed by that of a row of the table.
 * Equals `numpy.take(table, ids, axis=0)` and `torch.nn.functional.embedding`.
 */
export function take(table: TensorLike, ids: TensorLike): Tensor {
  const [rows, numbers] = [toTensor(table), toTensor(ids)];
  const [, ...row] = rows.shape;
  const column = numbers.reshape([numbers.size, ...row.map(() => 1)]);
  const indices = column.broadcastTo([numbers.size, ...row]);
  return gather(rows, indices, 0).reshape([...numbers.shape, ...row]);
}

/** Where in a tensor of `shape` each index points. */
function positionsOf(indices: Tensor, shape: Shape, axis: number, where: string): Int32Array {
  const along = normalizeAxis(axis, shape, where);
  const length = shape[along]!;
  const strides = stridesOf(shape);
  const bases = stridedPositions(
    indices.shape,
    strides.map((stride, i) => (i === along ? 0 : stride)),
    0,
  );
  return bases.map((base, i) => {
    const index = indices.data[i]!;
    const fromFront = index < 0 ? index + length : index;
    if (!Number.isInteger(index) || fromFront < 0 || fromFront >= length) {
      throw new ShapeError(
        `${where}: index ${index} is outside axis ${axis} of length ${length} (shape ${formatShape(shape)})`,
      );
    }
    return base + fromFront * strides[along]!;
  });
}
