// Sizes that files declare, and how far they are believed: nothing is allocated before it is known to fit.

import { formatShape, type Shape } from '../tensor/index.js';
import { FormatError } from './format-error.js';

/** How large a thing a file may unfold to. */
export interface SizeLimit {
  /** Bytes after decompression; what declares or yields more is refused. Default 2³⁰ (1 GiB). */
  readonly maxBytes?: number | undefined;
}

/** @internal Where `maxBytes` is left out. */
export const DEFAULT_MAX_BYTES = 2 ** 30;

/** @internal The most axes that an array may have, as in NumPy 2. */
const MAX_AXES = 64;

/** @internal No axis is longer: JavaScript's own arrays end there. */
const MAX_LENGTH = 2 ** 32 - 1;

/** @internal How many elements a declared shape holds, or a `FormatError`: too many axes, lengths that are not whole, or too large. */
export function countOf(shape: Shape, where: string): number {
  if (shape.length > MAX_AXES) {
    throw new FormatError(`${where}: ${shape.length} axes, expected at most ${MAX_AXES}`);
  }
  for (const length of shape) {
    if (!Number.isInteger(length) || length < 0 || length > MAX_LENGTH) {
      throw new FormatError(
        `${where}: a shape holds whole numbers from 0 to 2³² - 1, got ${String(length)} in ${formatShape(shape)}`,
      );
    }
  }
  // An empty array has no elements, however long its other axes are.
  const count = shape.includes(0) ? 0 : shape.reduce((product, length) => product * length, 1);
  if (!Number.isSafeInteger(count)) {
    throw new FormatError(`${where}: shape ${formatShape(shape)} holds more than 2⁵³ elements`);
  }
  return count;
}
