// What a learner's class gives back, as plain numbers.

import { ValueError } from '../errors.js';
import { toTensor, type NestedArray, type TensorLike } from '../tensor/index.js';

/** Numbers, arrays, typed arrays or tensors as nested arrays. Throws a `ValueError` for anything else. */
export function numbersOf(value: unknown): NestedArray {
  return toTensor(value as TensorLike).toArray();
}

/** The derivative by each input, from what `backward` returned: one value for one input, a list for several. */
export function readGradients(returned: unknown, count: number, where: string): NestedArray[] {
  if (count === 1) return [numbersOf(returned)];
  if (!Array.isArray(returned) || returned.length !== count) {
    throw new ValueError(
      `${where}: backward must return a list with the derivative by each of its ${count} inputs, got ${JSON.stringify(returned)}`,
    );
  }
  return returned.map(numbersOf);
}
