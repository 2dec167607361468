// NumPy's .npy files: one array.

import { stridesOf, Tensor, toTensor, type TensorLike } from '../tensor/index.js';
import { FormatError } from './format-error.js';
import { readNpyHeader, writeNpyHeader } from './npy-header.js';
import { BYTES, decodeTensor, encodeNumbers, type NumberType } from './number-type.js';

/** Options of writers of arrays. */
export interface ArrayWriteOptions {
  /** How the numbers are stored. Default: as the tensor's dtype says, `float64`, `int64` or `bool`. */
  readonly type?: NumberType | undefined;
}

/**
 * The array of a .npy file (versions 1 to 3; row-major or Fortran order; either byte order). Equals `numpy.load`: floats become
 * `float64`, whole numbers `int64`, bools `bool`. Throws a `FormatError` for a damaged file, objects, text, records and complex
 * numbers, and whole numbers beyond ±2⁵³. Format: numpy.lib.format.
 *
 * @example
 * readNpy(writeNpy([[1, 2], [3, 4]])).toArray(); // [[1, 2], [3, 4]]
 */
export function readNpy(bytes: Uint8Array, where = 'readNpy'): Tensor {
  const { type, littleEndian, fortranOrder, shape, count, start } = readNpyHeader(bytes, where);
  const expected = count * BYTES[type];
  if (bytes.length - start !== expected) {
    throw new FormatError(
      `${where}: shape [${shape.join(', ')}] of ${type} takes ${expected} bytes, the file has ${bytes.length - start}`,
    );
  }
  const array = decodeTensor(bytes.subarray(start), type, shape, where, littleEndian);
  return fortranOrder && shape.length > 1 ? fromFortran(array) : array;
}

/**
 * An array as a .npy file, version 1, little-endian: the bytes that `numpy.save` writes. Throws a `FormatError` for numbers that
 * do not fit `type`.
 *
 * @example
 * writeNpy([1, 2, 3], { type: 'float32' }).length; // 140: a header of 128 bytes, and 3 numbers of 4
 */
export function writeNpy(array: TensorLike, options: ArrayWriteOptions = {}): Uint8Array {
  const source = toTensor(array);
  const type = options.type ?? source.dtype;
  const header = writeNpyHeader(type, source.shape, 'writeNpy');
  const numbers = encodeNumbers(source.data, type, 'writeNpy');
  const bytes = new Uint8Array(header.length + numbers.length);
  bytes.set(header);
  bytes.set(numbers, header.length);
  return bytes;
}

/** Elements that were read in Fortran's order, first axis fastest, put into row-major order. */
function fromFortran(array: Tensor): Tensor {
  const { shape, data } = array;
  const stored = stridesOf(shape.toReversed()).toReversed();
  const result = new Float64Array(data.length);
  const index = new Array<number>(shape.length).fill(0);
  let position = 0;
  for (let i = 0; i < result.length; i++) {
    result[i] = data[position]!;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      position += stored[axis]!;
      if (++index[axis]! < shape[axis]!) break;
      position -= stored[axis]! * shape[axis]!;
      index[axis] = 0;
    }
  }
  return new Tensor(result, shape, { dtype: array.dtype });
}
