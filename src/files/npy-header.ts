// The header of a .npy file (numpy.lib.format): a Python dict as text, with what the numbers are and in which shape.

import { FormatError } from './format-error.js';
import { countOf } from './limits.js';
import type { NumberType } from './number-type.js';

/** @internal What a .npy header says. */
export interface NpyHeader {
  readonly type: NumberType;
  readonly littleEndian: boolean;
  readonly fortranOrder: boolean;
  readonly shape: readonly number[];
  /** Number of elements. */
  readonly count: number;
  /** Where the numbers begin. */
  readonly start: number;
}

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59]; // \x93NUMPY

/** NumPy's own limit is 10,000 characters; an array of numbers needs about a hundred. */
const MAX_HEADER = 10_000;

/** @internal Reads the header, versions 1 to 3. Throws a `FormatError` for anything else. */
export function readNpyHeader(bytes: Uint8Array, where: string): NpyHeader {
  if (!MAGIC.every((byte, i) => bytes[i] === byte)) {
    throw new FormatError(
      `${where}: not a .npy file; expected it to begin with \\x93NUMPY, got ${shownBytes(bytes.subarray(0, 6))}`,
    );
  }
  const version = bytes[6] ?? 0;
  if (version < 1 || version > 3) {
    throw new FormatError(`${where}: .npy version ${version}, expected 1, 2 or 3`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const textStart = version === 1 ? 10 : 12;
  if (bytes.length < textStart) throw new FormatError(`${where}: the file ends within its header`);
  const length = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (length > MAX_HEADER) {
    throw new FormatError(`${where}: a header of ${length} characters, expected at most ${MAX_HEADER}`);
  }
  const start = textStart + length;
  if (start > bytes.length) throw new FormatError(`${where}: the file ends within its header`);
  const text = new TextDecoder(version === 3 ? 'utf-8' : 'latin1').decode(bytes.subarray(textStart, start));
  return { ...fieldsOf(text, where), start };
}

function fieldsOf(text: string, where: string): Omit<NpyHeader, 'start'> {
  const fields = readPython(text, where);
  const expected = ['descr', 'fortran_order', 'shape'];
  if (!(fields instanceof Map) || [...fields.keys()].toSorted().join() !== expected.join()) {
    throw new FormatError(
      `${where}: expected a header with ${expected.join(', ')}, got ${JSON.stringify(text.trim())}`,
    );
  }
  const [descr, fortranOrder, shape] = expected.map((key) => fields.get(key));
  if (typeof fortranOrder !== 'boolean') {
    throw new FormatError(`${where}: fortran_order is True or False, got ${JSON.stringify(fortranOrder)}`);
  }
  if (!Array.isArray(shape) || !shape.every((length): length is number => typeof length === 'number')) {
    throw new FormatError(`${where}: shape is a tuple of whole numbers, got ${JSON.stringify(shape)}`);
  }
  return { ...dtypeOf(descr, where), fortranOrder, shape, count: countOf(shape, where) };
}

const TYPES: Readonly<Record<string, NumberType>> = {
  b1: 'bool',
  i1: 'int8',
  u1: 'uint8',
  i2: 'int16',
  u2: 'uint16',
  i4: 'int32',
  u4: 'uint32',
  i8: 'int64',
  u8: 'uint64',
  f2: 'float16',
  f4: 'float32',
  f8: 'float64',
};

/** Other kinds of NumPy, by their letter. */
const KINDS: Readonly<Record<string, string>> = {
  O: 'Python objects',
  S: 'byte strings',
  U: 'text',
  T: 'text',
  V: 'raw bytes or records',
  c: 'complex numbers',
  f: 'floats of another size',
  i: 'integers of another size',
  u: 'integers of another size',
  M: 'dates',
  m: 'time spans',
};

function dtypeOf(descr: unknown, where: string): Pick<NpyHeader, 'type' | 'littleEndian'> {
  const convert = 'in NumPy convert it with .astype("float64")';
  if (Array.isArray(descr)) {
    throw new FormatError(
      `${where}: a structured dtype (records) is not supported; save one array for each field`,
    );
  }
  const [, order, code] = /^([<>|=]?)([a-zA-Z].*)$/.exec(typeof descr === 'string' ? descr : '') ?? [];
  const type = code !== undefined && Object.hasOwn(TYPES, code) ? TYPES[code] : undefined;
  if (type) return { type, littleEndian: order !== '>' };
  const kind = code === undefined ? undefined : KINDS[code[0]!];
  throw new FormatError(
    `${where}: dtype ${JSON.stringify(descr)}${kind === undefined ? '' : ` (${kind})`} is not supported; expected bool, ` +
      `integers or floats of at most 64 bits; ${convert}`,
  );
}

/** The name of a kind of numbers in a header. */
const CODES = new Map(Object.entries(TYPES).map(([code, type]) => [type, code]));

/** @internal The header of an array in row-major order, byte for byte as NumPy writes it. */
export function writeNpyHeader(type: NumberType, shape: readonly number[], where: string): Uint8Array {
  const code = CODES.get(type);
  if (code === undefined) throw new FormatError(`${where}: NumPy has no ${type}; use float32`);
  const descr = (code.endsWith('1') ? '|' : '<') + code;
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
  const dict = `{'descr': '${descr}', 'fortran_order': False, 'shape': ${tuple}, }`;
  // NumPy leaves room for the first axis to grow to 21 digits, then pads, by 1 to 64, so that the numbers begin at a multiple of 64.
  const room = dict.length + (shape.length > 0 ? 21 - String(shape[0]).length : 0);
  const length = (Math.floor((10 + room + 1) / 64) + 1) * 64 - 10;
  const text = `${dict.padEnd(length - 1)}\n`;
  return Uint8Array.from([
    ...MAGIC,
    1,
    0,
    length & 0xff,
    length >> 8,
    ...Array.from(text, (c) => c.charCodeAt(0)),
  ]);
}

type Python = string | number | boolean | Python[] | Map<string, Python>;

/** Deeper than any dtype is nested. */
const MAX_DEPTH = 32;

/** What a Python literal of dicts, tuples, lists, strings, whole numbers and booleans says. */
function readPython(text: string, where: string): Python {
  const token = /\s*([{}()[\]:,]|'[^'\\]*'|"[^"\\]*"|-?\d+L?|True|False)\s*/y;
  const bad = (): never => {
    throw new FormatError(
      `${where}: the header is not a Python dict: ${JSON.stringify(text.trim().slice(0, 200))}`,
    );
  };
  const next = (): string => token.exec(text)?.[1] ?? bad();
  const list = (close: string, depth: number): Python[] => {
    const entries: Python[] = [];
    for (let word = next(); word !== close; word = next()) {
      entries.push(value(word, depth));
      const after = next();
      if (after === close) break;
      if (after !== ',') bad();
    }
    return entries;
  };
  const dict = (depth: number): Map<string, Python> => {
    const entries = new Map<string, Python>();
    for (let word = next(); word !== '}'; word = next()) {
      const key = value(word, depth);
      if (typeof key !== 'string' || entries.has(key) || next() !== ':') bad();
      entries.set(key as string, value(next(), depth));
      const after = next();
      if (after === '}') break;
      if (after !== ',') bad();
    }
    return entries;
  };
  const value = (word: string, depth: number): Python => {
    if (depth > MAX_DEPTH) bad();
    if (word === '{') return dict(depth + 1);
    if (word === '(') return list(')', depth + 1);
    if (word === '[') return list(']', depth + 1);
    if (word === 'True' || word === 'False') return word === 'True';
    if (/^['"]/.test(word)) return word.slice(1, -1);
    return /^-?\d/.test(word) ? Number(word.replace('L', '')) : bad();
  };
  const result = value(next(), 0);
  return token.lastIndex === text.length ? result : bad();
}

function shownBytes(bytes: Uint8Array): string {
  return bytes.length === 0
    ? 'an empty file'
    : Array.from(bytes, (byte) =>
        byte >= 32 && byte < 127 ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, '0')}`,
      ).join('');
}
