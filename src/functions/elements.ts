// Walking over elements: which element of an input meets which element of the result.

import { broadcastStrides, sizeOf, type Shape, type Tensor } from '../tensor/index.js';

/** The elements of a result, each from one element of every input, inputs broadcasting to `shape`. */
export function mapElements(
  element: (...x: number[]) => number,
  inputs: readonly Tensor[],
  shape: Shape,
): Float64Array {
  const result = new Float64Array(sizeOf(shape));
  const columns = inputs.map((input) => spread(input, shape));
  const [a, b, c] = columns;
  const step = (column: Float64Array | undefined): 0 | 1 => (column?.length === 1 ? 0 : 1);
  const [stepA, stepB, stepC] = [step(a), step(b), step(c)];
  // Up to three inputs are spelled out, without an array of arguments for each element.
  if (columns.length === 1 && a) {
    for (let i = 0; i < result.length; i++) result[i] = element(a[i]!);
  } else if (columns.length === 2 && a && b) {
    for (let i = 0; i < result.length; i++) result[i] = element(a[i * stepA]!, b[i * stepB]!);
  } else if (columns.length === 3 && a && b && c) {
    for (let i = 0; i < result.length; i++) {
      result[i] = element(a[i * stepA]!, b[i * stepB]!, c[i * stepC]!);
    }
  } else {
    for (let i = 0; i < result.length; i++) {
      result[i] = element(...columns.map((column) => column[i * step(column)]!));
    }
  }
  return result;
}

/** The elements of an input, repeated until they fill `shape`; a single one is left to be used again and again. */
function spread(input: Tensor, shape: Shape): Float64Array {
  if (input.size === 1 || input.size === sizeOf(shape)) return input.data;
  return pick(input.data, broadcastPositions(input.shape, shape));
}

/** The elements at the given positions. */
export function pick(data: Float64Array, positions: Int32Array): Float64Array {
  const picked = new Float64Array(positions.length);
  for (let i = 0; i < picked.length; i++) picked[i] = data[positions[i]!]!;
  return picked;
}

/** For each element of `shape`, the position in an input that broadcasts to it. */
export function broadcastPositions(input: Shape, shape: Shape): Int32Array {
  return stridedPositions(shape, broadcastStrides(input, shape), 0);
}

/** Positions `offset + i·strides[0] + j·strides[1] + …` for all indices of a shape, row-major. */
export function stridedPositions(shape: Shape, strides: readonly number[], offset: number): Int32Array {
  const positions = new Int32Array(sizeOf(shape)).fill(offset);
  // From the last axis to the first: what is filled so far stands there once more for every further index of the axis.
  for (let axis = shape.length - 1, filled = 1; axis >= 0; axis--) {
    const [length, stride] = [shape[axis]!, strides[axis]!];
    for (let k = filled; k < filled * length; k++) positions[k] = positions[k - filled]! + stride;
    filled *= length;
  }
  return positions;
}
