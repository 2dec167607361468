// What learners' code passes around (numbers, nested arrays, typed arrays, tensors), read as tensors and written back alike.

import { Tensor, tensor, toTensor, type TensorLike } from '../tensor/index.js';

/** Anything numeric that a forward or backward pass takes or gives. */
export type Value = TensorLike;

/** The value as a tensor (copied), or null if it holds anything but numbers in a regular shape. */
export function readValue(value: unknown): Tensor | null {
  if (!isNumeric(value)) return null;
  try {
    const read = toTensor(value as TensorLike);
    return read === value || read.dtype !== 'float64' ? tensor(read, { dtype: 'float64' }) : read;
  } catch {
    return null;
  }
}

/** The numbers of `values` in the form of `like`: a number, nested arrays, the same typed array, or a tensor. */
export function writeValue(values: Tensor, like: unknown): Value {
  if (like instanceof Tensor) return tensor(values, { name: like.name, requiresGrad: like.requiresGrad });
  if (like instanceof Float64Array) return values.data.slice();
  if (like instanceof Float32Array) return Float32Array.from(values.data);
  if (like instanceof Int32Array) return Int32Array.from(values.data);
  return values.toArray();
}

/** Whether a value is a number or begins with one: what follows shows when it is read. */
function isNumeric(value: unknown): boolean {
  if (typeof value === 'number' || typeof value === 'boolean' || value instanceof Tensor) return true;
  if (value instanceof Float64Array || value instanceof Float32Array || value instanceof Int32Array)
    return true;
  return Array.isArray(value) && (value.length === 0 || isNumeric(value[0]));
}

/** Whether every number is whole: labels, one-hot rows and the like, which are not moved by fractions. */
export function isWhole(value: Tensor): boolean {
  return value.data.every(Number.isInteger);
}
