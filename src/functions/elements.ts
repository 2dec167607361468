// Walking over elements: which element of an input meets which element of the result.

import { broadcastStrides, sizeOf, type Shape, type Tensor } from '../tensor/index.js';

/** The elements of a result, each from one element of every input, inputs broadcasting to `shape`. */
export function mapElements(
  element: (...x: number[]) => number,
  inputs: readonly Tensor[],
  shape: Shape,
): Float64Array {
  const result = new Float64Array(sizeOf(shape));
  const [a, b] = inputs;
  if (inputs.length === 1 && a) {
    for (let i = 0; i < result.length; i++) result[i] = element(a.data[i]!);
    return result;
  }
  if (inputs.length === 2 && a && b) {
    // The three common cases of two inputs need no index arithmetic.
    const [stepA, stepB] = [flatStep(a, result.length), flatStep(b, result.length)];
    if (stepA !== null && stepB !== null) {
      for (let i = 0; i < result.length; i++) result[i] = element(a.data[i * stepA]!, b.data[i * stepB]!);
      return result;
    }
  }
  const positions = inputs.map((input) => broadcastPositions(input.shape, shape));
  for (let i = 0; i < result.length; i++) {
    result[i] = element(...inputs.map((input, k) => input.data[positions[k]![i]!]!));
  }
  return result;
}

/** 1 if the input is walked element by element, 0 if its one element is repeated, null if it broadcasts otherwise. */
function flatStep(input: Tensor, size: number): 0 | 1 | null {
  return input.size === size ? 1 : input.size === 1 ? 0 : null;
}

/** For each element of `shape`, the position in an input that broadcasts to it. */
export function broadcastPositions(input: Shape, shape: Shape): Int32Array {
  return stridedPositions(shape, broadcastStrides(input, shape), 0);
}

/** Positions `offset + i·strides[0] + j·strides[1] + …` for all indices of a shape, row-major. */
export function stridedPositions(shape: Shape, strides: readonly number[], offset: number): Int32Array {
  let positions = Int32Array.of(offset);
  shape.forEach((length, axis) => {
    const stride = strides[axis]!;
    const longer = new Int32Array(positions.length * length);
    for (let i = 0, k = 0; i < positions.length; i++) {
      for (let j = 0; j < length; j++) longer[k++] = positions[i]! + j * stride;
    }
    positions = longer;
  });
  return positions;
}
