// A tensor prints as `str` prints the array in NumPy.

import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { formatNumber, ones, tensor, type DType } from '../../src/tensor/index.js';
import { read, readFixture, type Written } from '../functions/reference.js';

interface Print extends Written {
  readonly dtype: DType;
  readonly text: string;
}

const { prints } = readFixture<{ prints: readonly Print[] }>('torch-numpy.json');

describe('String(tensor) is str(array) of NumPy', () => {
  test.each(prints.map((print) => [print.text.split('\n')[0]!.slice(0, 40), print] as const))(
    '%s',
    (_, print) => {
      expect(String(read(print, { dtype: print.dtype }))).toBe(print.text);
    },
  );
});

test('console.log shows name and shape as well', () => {
  expect(inspect(tensor([[1, 2.5]], { name: 'x' }))).toBe('x = tensor [1, 2]\n[[1.  2.5]]');
  expect(inspect(ones([]))).toBe('tensor []\n1.0');
});

test.each([
  [0.25, 6, '0.25'],
  [-0.671184, 6, '-0.671184'],
  [1.5e-8, 6, '1.5e-8'],
  [123456789, 6, '1.23457e8'],
  [120, 6, '120'],
  [1e21, 8, '1e21'],
  [-0, 6, '0'],
  [NaN, 6, 'nan'],
  [-Infinity, 6, '-inf'],
])('formatNumber(%d, %d) is %s', (value, digits, text) => {
  expect(formatNumber(value, digits)).toBe(text);
});
