// Slices take what Python's `start:stop:step` takes, for ends far outside the axis and steps in both directions.

import { expect, test } from 'vitest';
import { functions, type Range } from '../../src/functions/index.js';
import { arange } from '../../src/tensor/index.js';
import { readFixture } from './reference.js';

type Taken = readonly [length: number, range: Exclude<Range, number | null>, indices: readonly number[]];
const { slices } = readFixture<{ slices: readonly Taken[] }>('torch-numpy.json');

test(`${slices.length} random slices take the indices that NumPy takes`, () => {
  for (const [length, range, indices] of slices) {
    expect(arange(length).slice(range).toArray(), JSON.stringify([length, range])).toEqual(indices);
  }
});

test('ranges of two axes, and a single index, act independently', () => {
  slices.forEach(([columns, range, taken], i) => {
    const [rows, other, takenRows] = slices[(i + 1) % slices.length]!;
    const grid = arange(rows * columns).reshape([rows, columns]);
    const expected = takenRows.map((row) => taken.map((column) => row * columns + column));
    const part = grid.slice(other, range);
    expect(part.shape).toEqual([takenRows.length, taken.length]);
    expect(part.toArray()).toEqual(expected);
    const last = takenRows.at(-1);
    if (last !== undefined) expect(grid.slice(last - rows, range).toArray()).toEqual(expected.at(-1));
  });
});

test('placeSlice puts back what slice took, among zeros', () => {
  for (const [length, range, indices] of slices) {
    const x = arange(1, length + 1);
    const expected = Array.from({ length }, (_, i) => (indices.includes(i) ? i + 1 : 0));
    expect(functions.placeSlice(x.slice(range), [length], range).toArray()).toEqual(expected);
  }
});
