// Making tensors: what arrays are taken, what is refused, and ranges to the last bit of NumPy's.

import { describe, expect, test } from 'vitest';
import { GradientError, ShapeError, ValueError } from '../../src/errors.js';
import {
  arange,
  eye,
  full,
  linspace,
  ones,
  tensor,
  toTensor,
  zeros,
  type DType,
  type TensorLike,
} from '../../src/tensor/index.js';
import { numbers, readFixture, type Written } from '../functions/reference.js';

interface Ranges {
  readonly aranges: readonly ({ args: [number, number?, number?]; dtype: DType } & Pick<Written, 'values'>)[];
  readonly linspaces: readonly ({ args: [number, number, number]; endpoint: boolean } & Pick<
    Written,
    'values'
  >)[];
}

const { aranges, linspaces } = readFixture<Ranges>('torch-numpy.json');

test.each<[string, TensorLike, number[], DType, number[]]>([
  ['a number', 3, [], 'float64', [3]],
  ['a boolean', true, [], 'bool', [1]],
  ['an empty array', [], [0], 'float64', []],
  ['empty rows', [[], []], [2, 0], 'float64', []],
  ['an array', [1, 2], [2], 'float64', [1, 2]],
  [
    'nested arrays',
    [
      [[1], [2]],
      [[3], [4]],
    ],
    [2, 2, 1],
    'float64',
    [1, 2, 3, 4],
  ],
  ['booleans', [[true], [false]], [2, 1], 'bool', [1, 0]],
  ['booleans among numbers', [true, 2], [2], 'float64', [1, 2]],
  ['Float64Array', Float64Array.of(1, 2), [2], 'float64', [1, 2]],
  ['Float32Array', Float32Array.of(0.5), [1], 'float64', [0.5]],
  ['Int32Array', Int32Array.of(-1), [1], 'float64', [-1]],
  ['a tensor', arange(2), [2], 'int64', [0, 1]],
])('tensor of %s', (_, values, shape, dtype, data) => {
  const x = tensor(values);
  expect([x.shape, x.dtype, Array.from(x.data), x.ndim, x.size]).toEqual([
    shape,
    dtype,
    data,
    shape.length,
    data.length,
  ]);
});

test.each<[string, unknown, typeof ShapeError | typeof ValueError, string]>([
  ['a short row', [[1, 2], [3]], ShapeError, '[2, 2]'],
  ['a long row', [[1], [2, 3]], ShapeError, '2 entries at depth 1'],
  ['a row that is a number', [[1], 2], ShapeError, 'found 2 at depth 1'],
  ['a number that is a row', [1, [2]], ShapeError, 'an array at depth 1'],
  ['a row after none', [[], [1]], ShapeError, '[2, 0]'],
  ['a text', ['1'], ValueError, 'the text "1"'],
  ['null', [null], ValueError, 'null'],
  ['nothing', undefined, ValueError, 'undefined'],
  ['an object', { length: 1 }, ValueError, 'object'],
  ['a gap', [1, undefined], ValueError, 'undefined'],
])('tensor refuses %s', (_, values, kind, part) => {
  expect(() => tensor(values as TensorLike)).toThrow(kind);
  expect(() => tensor(values as TensorLike)).toThrow(part);
});

test('tensor takes a shape, and copies', () => {
  const source = Float64Array.of(1, 2, 3, 4);
  const x = tensor(source, { shape: [2, 2] });
  source[0] = 9;
  const shape = [2];
  const filled = zeros(shape);
  shape.push(2);
  expect(filled.shape).toEqual([2]);
  expect(x.toArray()).toEqual([
    [1, 2],
    [3, 4],
  ]);
  expect(toTensor(x)).toBe(x);
  expect(tensor(x, { name: 'copy' })).not.toBe(x);
  expect(() => tensor(source, { shape: [3] })).toThrow('4 values do not fill shape [3]');
  expect(() => tensor([1], { shape: [-1] })).toThrow('-1');
});

test('a dtype is kept to: int64 is whole, bool is 0 or 1, and only float64 has gradients', () => {
  expect(() => tensor([1.5], { dtype: 'int64' })).toThrow('int64 holds whole numbers, got 1.5');
  expect(() => tensor([2], { dtype: 'bool' })).toThrow('bool holds 0 and 1, got 2');
  expect(() => full([1], NaN, { dtype: 'int64' })).toThrow('got nan');
  expect(() => tensor([1], { dtype: 'int64', requiresGrad: true })).toThrow(GradientError);
  expect(() => zeros([1]).assign(tensor([1, 2]))).toThrow(ShapeError);
  expect(() => arange(1).assign(tensor([0.5]))).toThrow('assign: int64 holds whole numbers, got 0.5');
});

test('zeros, ones, full and eye', () => {
  expect(zeros(2).toArray()).toEqual([0, 0]);
  expect(ones([1, 2]).toArray()).toEqual([[1, 1]]);
  expect(full([], 7).toArray()).toBe(7);
  expect(full([2, 0], 7).toArray()).toEqual([[], []]);
  expect(eye(2).toArray()).toEqual([
    [1, 0],
    [0, 1],
  ]);
  expect(() => zeros([2, 1.5])).toThrow('1.5');
});

describe('ranges are those of NumPy, bit for bit', () => {
  test.each(aranges)('arange $args', ({ args, values, dtype }) => {
    const range = arange(...args);
    expect([range.dtype, Array.from(range.data)]).toEqual([dtype, numbers({ values })]);
  });

  test.each(linspaces)('linspace $args, endpoint $endpoint', ({ args, endpoint, values }) => {
    expect(Array.from(linspace(...args, { endpoint }).data)).toEqual(numbers({ values }));
  });

  test('a step of 0 or an endless range is refused', () => {
    expect(() => arange(0, 1, 0)).toThrow(ValueError);
    expect(() => arange(Infinity)).toThrow(ValueError);
    expect(() => linspace(0, 1, -1)).toThrow(ValueError);
  });
});
