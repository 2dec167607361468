// What PyTorch and NumPy said, as tests/fixtures/make_torch_fixtures.py wrote it down, and how near to it we must come.

import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { tensor, type DType, type Shape, type Tensor } from '../../src/tensor/index.js';

/** An array in a fixture: flat, and with words for the numbers that JSON cannot hold. */
export interface Written {
  readonly shape: Shape;
  readonly values: readonly (number | boolean | 'nan' | 'inf' | '-inf')[];
}

/** The content of a file in tests/fixtures. */
export function readFixture<T>(file: string): T {
  return JSON.parse(readFileSync(new URL(`../fixtures/${file}`, import.meta.url), 'utf8')) as T;
}

/** The numbers of a written array. */
export function numbers({ values }: Pick<Written, 'values'>): number[] {
  return values.map((value) =>
    value === 'nan' ? NaN : value === 'inf' ? Infinity : value === '-inf' ? -Infinity : Number(value),
  );
}

/** A written array as a tensor. */
export function read(written: Written, options: { dtype?: DType; requiresGrad?: boolean } = {}): Tensor {
  return tensor(Float64Array.from(numbers(written)), { ...options, shape: written.shape });
}

/** Holds a tensor to a shape and numbers, within a relative error; what is not close shows in the difference. */
export function expectClose(
  actual: Pick<Tensor, 'shape' | 'data'>,
  expected: Pick<Tensor, 'shape' | 'data'>,
  what: string,
  { relative = 1e-9, absolute = 1e-15 } = {},
): void {
  expect(actual.shape, `shape of ${what}`).toEqual(expected.shape);
  const nearest = Array.from(expected.data, (number, i) => {
    const got = actual.data[i]!;
    const close = Math.abs(got - number) <= relative * Math.abs(number) + absolute;
    return close || got === number ? got : number;
  });
  expect(Array.from(actual.data), what).toEqual(nearest);
}
