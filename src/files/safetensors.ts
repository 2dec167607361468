// safetensors, the files of weights that PyTorch's and Hugging Face's tools exchange:
// 8 bytes with the header's length, the header as JSON, then the tensors' bytes without a gap.
// Source: github.com/huggingface/safetensors, README and safetensors/src/tensor.rs.

import { formatShape, toTensor, type Tensor, type TensorLike } from '../tensor/index.js';
import { FormatError } from './format-error.js';
import { isObject, readJson } from './json.js';
import { countOf } from './limits.js';
import { BYTES, decodeTensor, encodeNumbers, type NumberType } from './number-type.js';
import type { ArrayWriteOptions } from './npy.js';

/** What a safetensors file holds. */
export interface Safetensors {
  /** Tensors by name, in the order of their bytes. */
  readonly tensors: ReadonlyMap<string, Tensor>;
  /** How each was stored. */
  readonly types: ReadonlyMap<string, NumberType>;
  /** Texts by name: the file's `__metadata__`. */
  readonly metadata: ReadonlyMap<string, string>;
}

/** Options of `writeSafetensors`. */
export interface SafetensorsWriteOptions extends ArrayWriteOptions {
  /** Texts by name, the file's `__metadata__`. */
  readonly metadata?: Readonly<Record<string, string>> | undefined;
}

/** The cap of the reference implementation. */
const MAX_HEADER = 100_000_000;

const TYPES: Readonly<Record<string, NumberType>> = {
  BOOL: 'bool',
  U8: 'uint8',
  I8: 'int8',
  U16: 'uint16',
  I16: 'int16',
  F16: 'float16',
  BF16: 'bfloat16',
  U32: 'uint32',
  I32: 'int32',
  F32: 'float32',
  U64: 'uint64',
  I64: 'int64',
  F64: 'float64',
};
const NAMES = new Map(Object.entries(TYPES).map(([name, type]) => [type, name]));

/**
 * The tensors and the metadata of a safetensors file. Floats become `float64`, whole numbers `int64`, BOOL `bool`. Throws a
 * `FormatError` that names the tensor wherever the file breaks a rule of the format: a header that is too long, no JSON or names
 * a key twice, offsets that overlap, leave a hole or lie outside, a shape that does not fit its bytes; and for 4-, 6- and 8-bit floats,
 * complex numbers, and whole numbers beyond ±2⁵³.
 *
 * @example
 * const file = writeSafetensors({ weight: [[1, 2]] }, { type: 'float32', metadata: { format: 'pt' } });
 * readSafetensors(file).tensors.get('weight')?.toArray(); // [[1, 2]]
 */
export function readSafetensors(bytes: Uint8Array): Safetensors {
  const { entries, metadata, buffer } = readHeader(bytes);
  const tensors = new Map<string, Tensor>();
  for (const { name, type, shape, begin, end } of entries) {
    const where = `readSafetensors: tensor ${JSON.stringify(name)}`;
    tensors.set(name, decodeTensor(buffer.subarray(begin, end), type, shape, where));
  }
  return { tensors, types: new Map(entries.map(({ name, type }) => [name, type])), metadata };
}

/**
 * Tensors by name as a safetensors file. The largest numbers come first and then the names in order, as the reference
 * implementation writes them, so that every tensor's bytes are aligned. Throws a `FormatError` for numbers that do not fit `type`
 * and for a tensor called `__metadata__`.
 */
export function writeSafetensors(
  tensors: Readonly<Record<string, TensorLike>> | ReadonlyMap<string, TensorLike>,
  options: SafetensorsWriteOptions = {},
): Uint8Array {
  const given = (tensors instanceof Map ? [...tensors] : Object.entries(tensors)) as [string, TensorLike][];
  const entries = given
    .map(([name, values]) => {
      const tensor = toTensor(values);
      return { name, tensor, type: options.type ?? tensor.dtype };
    })
    .toSorted((a, b) => BYTES[b.type] - BYTES[a.type] || (a.name < b.name ? -1 : 1));

  const header: [string, unknown][] = [];
  if (options.metadata) header.push(['__metadata__', options.metadata]);
  const parts: Uint8Array[] = [];
  let offset = 0;
  for (const { name, tensor, type } of entries) {
    if (name === '__metadata__') {
      throw new FormatError('writeSafetensors: no tensor may be called __metadata__');
    }
    const numbers = encodeNumbers(tensor.data, type, `writeSafetensors: tensor ${JSON.stringify(name)}`);
    const offsets = [offset, (offset += numbers.length)];
    header.push([name, { dtype: NAMES.get(type), shape: tensor.shape, data_offsets: offsets }]);
    parts.push(numbers);
  }
  // Object.fromEntries would reorder names that look like numbers; the header is put together entry by entry.
  const json = `{${header.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join(',')}}`;
  const text = new TextEncoder().encode(json);
  const padded = Math.ceil(text.length / 8) * 8; // the tensors begin at a multiple of 8
  const bytes = new Uint8Array(8 + padded + offset).fill(0x20, 8, 8 + padded);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(padded), true);
  bytes.set(text, 8);
  let at = 8 + padded;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** One tensor, as the header has it. */
interface Entry {
  readonly name: string;
  readonly type: NumberType;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

function readHeader(bytes: Uint8Array): {
  entries: readonly Entry[];
  metadata: Map<string, string>;
  buffer: Uint8Array;
} {
  const where = 'readSafetensors';
  if (bytes.length < 8) {
    throw new FormatError(`${where}: ${bytes.length} bytes, too few for the header's length (8 bytes)`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = Number(view.getBigUint64(0, true));
  if (length > MAX_HEADER) {
    throw new FormatError(
      `${where}: a header of ${length} bytes, expected at most ${MAX_HEADER}; is this a safetensors file?`,
    );
  }
  if (8 + length > bytes.length) {
    throw new FormatError(
      `${where}: a header of ${length} bytes, but only ${bytes.length - 8} bytes follow: the file is cut short`,
    );
  }
  const header = readJson(decodeText(bytes.subarray(8, 8 + length), where), where);
  if (!isObject(header) || bytes[8] !== 0x7b)
    throw new FormatError(`${where}: the header is not a JSON object`);
  const { __metadata__: metadata, ...tensors } = header;
  const buffer = bytes.subarray(8 + length);
  const entries = Object.entries(tensors)
    .map(([name, value]) => entryOf(name, value))
    .toSorted((a, b) => a.begin - b.begin || a.end - b.end);
  checkOffsets(entries, buffer.length, where);
  return { entries, metadata: metadataOf(metadata, where), buffer };
}

function decodeText(bytes: Uint8Array, where: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new FormatError(`${where}: the header is not UTF-8 text`, { cause: error });
  }
}

function entryOf(name: string, value: unknown): Entry {
  const where = `readSafetensors: tensor ${JSON.stringify(name)}`;
  if (!isObject(value)) throw new FormatError(`${where}: expected dtype, shape and data_offsets`);
  const { dtype, shape, data_offsets: offsets } = value;
  const surplus = Object.keys(value).find((key) => !['dtype', 'shape', 'data_offsets'].includes(key));
  if (surplus !== undefined) throw new FormatError(`${where}: an unknown field ${JSON.stringify(surplus)}`);
  const type = typeof dtype === 'string' && Object.hasOwn(TYPES, dtype) ? TYPES[dtype] : undefined;
  if (!type) {
    throw new FormatError(
      `${where}: dtype ${JSON.stringify(dtype)}, expected one of ${Object.keys(TYPES).join(', ')}`,
    );
  }
  if (!isNumbers(shape)) throw new FormatError(`${where}: its shape is not a list of whole numbers`);
  if (!isNumbers(offsets) || offsets.length !== 2) {
    throw new FormatError(`${where}: data_offsets is not a pair of whole numbers`);
  }
  const [begin, end] = offsets as [number, number];
  const expected = countOf(shape, where) * BYTES[type];
  if (end - begin !== expected) {
    throw new FormatError(
      `${where}: shape ${formatShape(shape)} of ${type} takes ${expected} bytes, its offsets ${begin} to ${end} hold ${end - begin}`,
    );
  }
  return { name, type, shape, begin, end };
}

function isNumbers(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((entry) => Number.isSafeInteger(entry) && entry >= 0);
}

/** Tensors lie one after the other, from the first byte to the last. */
function checkOffsets(entries: readonly Entry[], length: number, where: string): void {
  let at = 0;
  for (const { name, begin, end } of entries) {
    if (begin !== at) {
      throw new FormatError(
        `${where}: tensor ${JSON.stringify(name)} begins at ${begin}, expected ${at}: tensors ${begin < at ? 'overlap' : 'leave a hole'}`,
      );
    }
    at = end;
  }
  if (at !== length) {
    throw new FormatError(
      `${where}: the tensors take ${at} bytes, but ${length} follow the header: the file is ${at > length ? 'cut short' : 'too long'}`,
    );
  }
}

function metadataOf(value: unknown, where: string): Map<string, string> {
  if (value === undefined || value === null) return new Map();
  if (!isObject(value) || !Object.values(value).every((text) => typeof text === 'string')) {
    throw new FormatError(`${where}: __metadata__ holds texts by name`);
  }
  return new Map(Object.entries(value) as [string, string][]);
}
