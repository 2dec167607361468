// The description of a compiled step.

import { expect, test } from 'vitest';
import { describeProgram, formatProgram, functions, tensor, type Tensor } from '../../src/index.js';

const row = (...values: number[]): Tensor => tensor([values]);

test('what is computed on the way stands in the formula of the loop that needs it', () => {
  const { kernels, leaves, outputs } = describeProgram(
    (x, y) => functions.sigmoid(x.mul(2).sub(y)).sum(1),
    [row(1, 2, 3).named('x'), row(4, 5, 6).named('y')],
  );
  expect(leaves.map(({ name }) => name)).toEqual(['x', 'y']);
  expect(kernels.map(({ kind }) => kind).at(-1)).toBe('reduce');
  expect(kernels[0]!.formula).toContain('x * 2 - y');
  expect(outputs).toEqual([kernels.at(-1)!.name]);
});

test('tensors of one name are told apart by numbers, in the order in which they are read', () => {
  const [first, second] = [tensor([[1, 2], [3, 4]]), tensor([[5, 6], [7, 8]])].map((w) => w.named('w')); // prettier-ignore
  const { kernels } = describeProgram(
    (x) => x.matmul(first!).matmul(second!.transpose()),
    [row(1, 2).named('x')],
  );
  expect(kernels.map(({ formula }) => formula)).toEqual(['x @ w1', 'v1 @ transpose(w2)']);
  expect(kernels.map(({ operations }) => operations)).toEqual([8, 8]);
});

test('a tensor that moves is named where it is written', () => {
  const w = tensor([1, 2], { requiresGrad: true, name: 'w' });
  const description = describeProgram(
    (x) => {
      w.assign(w.sub(x));
      return [];
    },
    [tensor([3, 4]).named('x')],
  );
  expect(description.kernels).toMatchObject([{ name: 'w', formula: 'w - x', operations: 2 }]);
  expect(formatProgram(description, 8)).toMatch(
    /^reads x \[2\], w \[2\]\ngives nothing\n1 kernels, 2 operations/,
  );
});
