// The kinds of numbers that files hold, and the way from their bytes to float64 and back.

import { Tensor, type DType, type Shape } from '../tensor/index.js';
import { FormatError } from './format-error.js';
import { fromBFloat16, fromFloat16, toBFloat16, toFloat16 } from './half.js';

/** How numbers are stored in a file, by NumPy's names (and `bfloat16`, which NumPy lacks). */
export type NumberType =
  | 'bool'
  | 'int8'
  | 'uint8'
  | 'int16'
  | 'uint16'
  | 'int32'
  | 'uint32'
  | 'int64'
  | 'uint64'
  | 'float16'
  | 'bfloat16'
  | 'float32'
  | 'float64';

/** @internal Bytes of a number. */
export const BYTES: Readonly<Record<NumberType, number>> = {
  bool: 1,
  int8: 1,
  uint8: 1,
  int16: 2,
  uint16: 2,
  int32: 4,
  uint32: 4,
  int64: 8,
  uint64: 8,
  float16: 2,
  bfloat16: 2,
  float32: 4,
  float64: 8,
};

const RANGE: Readonly<Partial<Record<NumberType, readonly [low: number, high: number]>>> = {
  bool: [0, 1],
  int8: [-(2 ** 7), 2 ** 7 - 1],
  uint8: [0, 2 ** 8 - 1],
  int16: [-(2 ** 15), 2 ** 15 - 1],
  uint16: [0, 2 ** 16 - 1],
  int32: [-(2 ** 31), 2 ** 31 - 1],
  uint32: [0, 2 ** 32 - 1],
  int64: [-(2 ** 53), 2 ** 53],
  uint64: [0, 2 ** 53],
};

/** @internal What a tensor of such numbers says of them: `float64`, `int64` or `bool`. */
export function dtypeOf(type: NumberType): DType {
  if (type === 'bool') return 'bool';
  return type.includes('float') ? 'float64' : 'int64';
}

/** @internal A tensor of the numbers in bytes. Throws a `FormatError` for a whole number beyond ±2⁵³, or a bool other than 0 and 1. */
export function decodeTensor(
  bytes: Uint8Array,
  type: NumberType,
  shape: Shape,
  where: string,
  littleEndian = true,
): Tensor {
  const data = decodeNumbers(bytes, type, where, littleEndian);
  return new Tensor(data, [...shape], { dtype: dtypeOf(type) });
}

function decodeNumbers(
  bytes: Uint8Array,
  type: NumberType,
  where: string,
  littleEndian: boolean,
): Float64Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const size = BYTES[type];
  const read = readerOf(type, view, where, littleEndian);
  const numbers = new Float64Array(bytes.byteLength / size);
  for (let i = 0; i < numbers.length; i++) numbers[i] = read(i * size);
  return numbers;
}

function readerOf(type: NumberType, view: DataView, where: string, little: boolean): (at: number) => number {
  switch (type) {
    case 'bool':
      return (at) => {
        const value = view.getUint8(at);
        if (value > 1) throw new FormatError(`${where}: a bool is 0 or 1, got ${value} (element ${at})`);
        return value;
      };
    case 'int8':
      return (at) => view.getInt8(at);
    case 'uint8':
      return (at) => view.getUint8(at);
    case 'int16':
      return (at) => view.getInt16(at, little);
    case 'uint16':
      return (at) => view.getUint16(at, little);
    case 'int32':
      return (at) => view.getInt32(at, little);
    case 'uint32':
      return (at) => view.getUint32(at, little);
    case 'int64':
    case 'uint64':
      return (at) => {
        const upper = at + (little ? 4 : 0);
        const high = type === 'int64' ? view.getInt32(upper, little) : view.getUint32(upper, little);
        const value = high * 2 ** 32 + view.getUint32(at + (little ? 0 : 4), little);
        if (Number.isSafeInteger(value)) return value;
        const exact = type === 'int64' ? view.getBigInt64(at, little) : view.getBigUint64(at, little);
        if (Math.abs(value) === 2 ** 53 && exact === BigInt(value)) return value;
        throw new FormatError(
          `${where}: ${type} beyond ±2⁵³ cannot be held exactly, got ${exact} (element ${at / 8}); ` +
            'store it as float64, or as smaller numbers',
        );
      };
    case 'float16':
      return (at) => fromFloat16(view.getUint16(at, little));
    case 'bfloat16':
      return (at) => fromBFloat16(view.getUint16(at, little));
    case 'float32':
      return (at) => view.getFloat32(at, little);
    case 'float64':
      return (at) => view.getFloat64(at, little);
  }
}

/** @internal The bytes of numbers, little-endian. Throws a `FormatError` for one that does not fit a whole-number type. */
export function encodeNumbers(numbers: Float64Array, type: NumberType, where: string): Uint8Array {
  checkFits(numbers, type, where);
  const size = BYTES[type];
  const bytes = new Uint8Array(numbers.length * size);
  const write = writerOf(type, new DataView(bytes.buffer));
  for (let i = 0; i < numbers.length; i++) write(i * size, numbers[i]!);
  return bytes;
}

function checkFits(numbers: Float64Array, type: NumberType, where: string): void {
  const range = RANGE[type];
  if (!range) return;
  const [low, high] = range;
  const bad = numbers.findIndex((value) => !(Number.isInteger(value) && value >= low && value <= high));
  if (bad >= 0) {
    throw new FormatError(
      `${where}: ${type} holds whole numbers from ${low} to ${high}, got ${numbers[bad]} (element ${bad})`,
    );
  }
}

function writerOf(type: NumberType, view: DataView): (at: number, value: number) => void {
  switch (type) {
    case 'bool':
    case 'uint8':
      return (at, value) => view.setUint8(at, value);
    case 'int8':
      return (at, value) => view.setInt8(at, value);
    case 'int16':
      return (at, value) => view.setInt16(at, value, true);
    case 'uint16':
      return (at, value) => view.setUint16(at, value, true);
    case 'int32':
      return (at, value) => view.setInt32(at, value, true);
    case 'uint32':
      return (at, value) => view.setUint32(at, value, true);
    case 'int64':
    case 'uint64':
      return (at, value) => view.setBigInt64(at, BigInt(value), true);
    case 'float16':
      return (at, value) => view.setUint16(at, toFloat16(value), true);
    case 'bfloat16':
      return (at, value) => view.setUint16(at, toBFloat16(value), true);
    case 'float32':
      return (at, value) => view.setFloat32(at, value, true);
    case 'float64':
      return (at, value) => view.setFloat64(at, value, true);
  }
}

/** @internal The narrowest of float32 and float64 that loses nothing of the given numbers. */
export function narrowestFloat(lists: Iterable<Float64Array>): 'float32' | 'float64' {
  for (const numbers of lists) {
    for (const value of numbers) if (!Object.is(Math.fround(value), value)) return 'float64';
  }
  return 'float32';
}
