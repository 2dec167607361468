// Asking Python: one line there, one line back, and the check waits. What needs no answer is kept and goes with the next question.

import { readSync } from 'node:fs';
import { Tensor } from '../../../index.js';
import { fail, writeAll } from '../child/send.js';
import { placeOfFrame, type Frame } from '../javascript/frames.js';
import { PYTHON_FD, type Problem } from '../task.js';

/** An operation of the host and its arguments. */
export type Operation = readonly [name: string, ...args: unknown[]];

/** What the host says that a Python exception was. */
interface Described {
  readonly name: string;
  readonly message: string;
  readonly frames: readonly Frame[];
}

interface Answer {
  readonly value?: unknown;
  readonly error?: Described;
  readonly problem?: HostProblem;
}

/** A problem as the host tells it. */
export type HostProblem = { readonly kind: Problem['kind'] } & Partial<Described> & {
    readonly frame?: Frame | null;
    readonly code?: number;
    readonly version?: string;
  };

/** A Python exception. Its stack reads like one of V8's, so that whoever looks for places in it need not know the difference. */
export class PythonError extends Error {
  override readonly name: string;

  constructor({ name, message, frames }: Described) {
    super(message);
    this.name = name;
    const lines = frames.map(
      ({ file, line, column, within }) => `    at ${within ?? '<module>'} (${file}:${line}:${column})`,
    );
    this.stack = [`${name}: ${message}`, ...lines].join('\n');
  }
}

const waiting: Operation[] = [];
let isGreeted = false;

/** Has something done that gives nothing back. */
export function tell(...operation: Operation): void {
  waiting.push(operation);
}

/** Has something done and gives its result. Throws a `PythonError` for an exception in it. */
export function ask(...operation: Operation): unknown {
  const line = JSON.stringify([...waiting.splice(0), operation]);
  const answer = exchange(`${line}\n`);
  if (answer.problem) return fail(problemOf(answer.problem));
  if (answer.error) throw new PythonError(answer.error);
  return answer.value;
}

function exchange(line: string): Answer {
  try {
    writeAll(PYTHON_FD, Buffer.from(line));
  } catch {
    // Python is gone; what it said last is still to be read.
  }
  const answer = readLine();
  if (answer === null) {
    return fail(isGreeted ? { kind: 'ended', how: 'Python' } : { kind: 'python-missing', command: '' });
  }
  isGreeted = true;
  return JSON.parse(answer) as Answer;
}

const buffer = Buffer.alloc(1 << 20);

function readLine(): string | null {
  const chunks: Buffer[] = [];
  for (;;) {
    const length = readSome();
    if (length === 0) return null;
    chunks.push(Buffer.from(buffer.subarray(0, length)));
    if (buffer[length - 1] === 0x0a) return Buffer.concat(chunks).toString('utf8');
  }
}

function readSome(): number {
  try {
    return readSync(PYTHON_FD, buffer);
  } catch {
    return 0; // the other end is closed
  }
}

/** The host's problem with the learner's line in it. */
export function problemOf({ kind, name, message, frames, frame, code, version }: HostProblem): Problem {
  const [first] = frames ?? [];
  const place = frame ? placeOfFrame(frame) : first ? placeOfFrame(first) : null;
  const error = `${name ?? ''}: ${message ?? ''}`;
  switch (kind) {
    case 'exit':
      return { kind, code: code ?? 0, place };
    case 'threw':
      return name === 'RecursionError' ? { kind: 'recursion', place } : { kind, error, place, partly: false };
    case 'syntax':
      return { kind, error, place };
    case 'python-old':
      return { kind, command: '', version: version ?? '' };
    case 'numpy-missing':
      return { kind, command: '' };
    default:
      return { kind: kind as 'time' | 'memory', place };
  }
}

// Values

/** What a result was in Python, by what stands for it here: it may have to go back unchanged. */
const handles = new WeakMap<object, number>();

/** Numbers as they are, arrays as tensors, tuples and lists as arrays, dictionaries as objects. */
export function decode(value: unknown, inTuple = false): unknown {
  if (typeof value === 'number') return inTuple ? new Tensor(Float64Array.of(value), []) : value;
  if (typeof value !== 'object' || value === null) return value ?? undefined;
  const coded = value as {
    readonly f?: string;
    readonly a?: string;
    readonly s?: readonly number[];
    readonly t?: readonly unknown[];
    readonly l?: readonly unknown[];
    readonly d?: readonly (readonly [string, unknown])[];
    readonly h?: number;
  };
  if (coded.f !== undefined) return decode(Number(coded.f.replace('inf', 'Infinity')), inTuple);
  const decoded = decodeObject(coded);
  if (coded.h !== undefined) handles.set(decoded, coded.h);
  return decoded;
}

function decodeObject({
  a,
  s,
  t,
  l,
  d,
}: {
  readonly a?: string;
  readonly s?: readonly number[];
  readonly t?: readonly unknown[];
  readonly l?: readonly unknown[];
  readonly d?: readonly (readonly [string, unknown])[];
}): object {
  if (a !== undefined) {
    const bytes = Buffer.from(a, 'base64');
    const copy = new Uint8Array(bytes); // at an offset that a Float64Array may start at
    return new Tensor(new Float64Array(copy.buffer), [...(s ?? [])]);
  }
  if (t) return t.map((item) => decode(item, true));
  if (l) return l.map((item) => decode(item));
  if (d) return Object.fromEntries(d.map(([key, item]) => [key, decode(item)]));
  return {};
}

/** An argument of a call: numbers as floats, arrays as float64, or whole ones as integers where `asIntegers` says so. */
export function encode(value: unknown, asIntegers = false): unknown {
  if (typeof value === 'object' && value !== null && handles.has(value)) return { h: handles.get(value) };
  const array = arrayOf(value);
  if (!array && isPlain(value))
    return { d: Object.entries(value).map(([key, item]) => [key, encode(item, asIntegers)]) };
  if (!array) return value ?? null;
  const isWhole = asIntegers && array.data.every(Number.isInteger);
  if (array.shape.length === 0) return encodeNumber(array.data[0]!, isWhole);
  const a = Buffer.from(array.data.buffer, array.data.byteOffset, array.data.byteLength).toString('base64');
  return { a, s: array.shape, ...(isWhole && { int: true }) };
}

/** An argument of a constructor: whole numbers are sizes. */
export function encodeArgument(value: unknown): unknown {
  if (typeof value === 'number') return encodeNumber(value, Number.isInteger(value));
  if (isPlain(value)) return { d: Object.entries(value).map(([key, item]) => [key, encodeArgument(item)]) };
  return encode(value);
}

function isPlain(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function encodeNumber(value: number, isWhole: boolean): unknown {
  if (isWhole) return { i: value };
  return { f: Number.isFinite(value) ? String(value) : String(value).replace('Infinity', 'inf') };
}

interface Numbers {
  readonly data: Float64Array;
  readonly shape: readonly number[];
}

/** The numbers in a value and their shape, or null if it is anything else. */
function arrayOf(value: unknown): Numbers | null {
  if (value instanceof Tensor) return { data: value.data, shape: value.shape };
  if (typeof value === 'number') return { data: Float64Array.of(value), shape: [] };
  if (value instanceof Float64Array || value instanceof Float32Array || value instanceof Int32Array) {
    return { data: Float64Array.from(value), shape: [value.length] };
  }
  if (!Array.isArray(value)) return null;
  const shape: number[] = [];
  for (let level: unknown = value; Array.isArray(level); level = level[0]) shape.push(level.length);
  const flat = value.flat(Infinity) as unknown[];
  const isRegular = flat.length === shape.reduce((a, b) => a * b, 1);
  if (!isRegular || !flat.every((item) => typeof item === 'number')) return null;
  return { data: Float64Array.from(flat), shape };
}
