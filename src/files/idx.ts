// IDX, the format of the original MNIST files (yann.lecun.com/exdb/mnist), gzipped or not.

import type { Tensor } from '../tensor/index.js';
import { FormatError } from './format-error.js';
import { gunzip, isGzip } from './inflate.js';
import { countOf, DEFAULT_MAX_BYTES, type SizeLimit } from './limits.js';
import { BYTES, decodeTensor, type NumberType } from './number-type.js';

const TYPES: Readonly<Record<number, NumberType>> = {
  0x08: 'uint8',
  0x09: 'int8',
  0x0b: 'int16',
  0x0c: 'int32',
  0x0d: 'float32',
  0x0e: 'float64',
};

/**
 * The array of an IDX file, such as `train-images-idx3-ubyte.gz`: `[60000, 28, 28]`, whole numbers as `int64`. Throws a
 * `FormatError` for a damaged file, and before unfolding more than `maxBytes`.
 *
 * @example
 * readIdx(Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 3, 7, 8, 9)).toArray(); // [7, 8, 9]
 */
export function readIdx(bytes: Uint8Array, options: SizeLimit = {}): Tensor {
  const where = 'readIdx';
  const file = isGzip(bytes) ? gunzip(bytes, options.maxBytes ?? DEFAULT_MAX_BYTES, where) : bytes;
  const [zero, alsoZero, code = 0, axes = 0] = file;
  const type = TYPES[code];
  if (zero !== 0 || alsoZero !== 0 || !type) {
    throw new FormatError(
      `${where}: not an IDX file; expected it to begin with 0, 0 and a type of ${Object.keys(TYPES).join(', ')}, got ` +
        `${file.length === 0 ? 'nothing' : file.subarray(0, 3).join(', ')}`,
    );
  }
  const start = 4 + 4 * axes;
  if (file.length < start) throw new FormatError(`${where}: the file ends within its header`);
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const shape = Array.from({ length: axes }, (_, axis) => view.getUint32(4 + 4 * axis));
  const expected = countOf(shape, where) * BYTES[type];
  if (file.length - start !== expected) {
    throw new FormatError(
      `${where}: shape [${shape.join(', ')}] of ${type} takes ${expected} bytes, the file has ${file.length - start}`,
    );
  }
  return decodeTensor(file.subarray(start), type, shape, where, false);
}
