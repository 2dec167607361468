// What forward returned, read as numbers in a shape, and held against what it should have returned.

import { tensor, Tensor, type NestedArray, type TensorLike } from '../../src/index.js';
import type { Inputs } from './exercise.js';

const TOLERANCE = 1e-6; // relative: an epsilon of 1e-7 below a line is a matter of taste

/** Numbers by name. */
export type Numbers = Readonly<Record<string, NestedArray>>;

/** Calls an object's forward, the first of a pair of functions, or a function. The inputs are copied: they may be changed. */
export function callForward(subject: object, inputs: Inputs): unknown {
  const args = structuredClone(inputs) as never[];
  if ('forward' in subject) return (subject as { forward(...args: never[]): unknown }).forward(...args);
  const f = (Array.isArray(subject) ? subject[0] : subject) as (...args: never[]) => unknown;
  return f(...args);
}

/**
 * The numbers of a result, or null if there are none. Of several named ones, such as `{ J, dJ_dp }`, the one that stands first in
 * what the reference gave.
 */
export function readResult(result: unknown, reference: unknown): Tensor | null {
  if (isNamed(reference)) {
    const [first = ''] = Object.keys(reference);
    return isNamed(result) ? readNumbers(result[first]) : null;
  }
  return readNumbers(result);
}

/** The first element that differs. Shapes are the same. */
export function differenceOf(
  found: Tensor,
  expected: Tensor,
): { readonly index: readonly number[]; readonly expected: number; readonly found: number } | null {
  const scale = expected.data.reduce((largest, x) => Math.max(largest, Math.abs(x)), 0);
  const at = expected.data.findIndex((e, i) => {
    const f = found.data[i]!;
    return !Object.is(e, f) && !(Math.abs(e - f) <= TOLERANCE * Math.abs(e) + 1e-9 * scale + 1e-12);
  });
  if (at < 0) return null;
  return { index: indexOf(at, expected.shape), expected: expected.data[at]!, found: found.data[at]! };
}

/** The numbers in an object's own fields, and in those of its parts: its parameters, as the skeleton's constructor sets them. */
export function publicNumbers(owner: object): Record<string, NestedArray> {
  return Object.fromEntries(
    Object.entries(owner).flatMap(([name, value]): [string, NestedArray][] => {
      const numbers = readNumbers(value);
      if (numbers) return numbers.size > 0 ? [[name, numbers.toArray()]] : [];
      if (!isNamed(value)) return [];
      return Object.entries(publicNumbers(value)).map(([inner, number]) => [`${name}.${inner}`, number]);
    }),
  );
}

function readNumbers(value: unknown): Tensor | null {
  if (!isNumeric(value)) return null;
  try {
    return tensor(value as TensorLike, { dtype: 'float64' });
  } catch {
    return null; // rows of different lengths
  }
}

function isNumeric(value: unknown): boolean {
  if (typeof value === 'number' || value instanceof Tensor) return true;
  if (value instanceof Float64Array || value instanceof Float32Array) return true;
  return Array.isArray(value) && value.every(isNumeric);
}

function isNamed(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !isNumeric(value) && !Array.isArray(value);
}

function indexOf(position: number, shape: readonly number[]): number[] {
  return shape.map((length, axis) => {
    const stride = shape.slice(axis + 1).reduce((product, next) => product * next, 1);
    return Math.floor(position / stride) % length;
  });
}
