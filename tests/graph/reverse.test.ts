// The reverse pass: the chain rule over any graph, into the leaves.

import { describe, expect, test } from 'vitest';
import { GradientError, ShapeError } from '../../src/errors.js';
import { functions } from '../../src/functions/index.js';
import { adjointsOf, contributionsOf, grad, tapeOf } from '../../src/graph/index.js';
import { arange, noGrad, ones, tensor, zeros, type Tensor } from '../../src/tensor/index.js';

const leaf = (values: number | number[] | number[][], name?: string): Tensor =>
  tensor(values, { name, requiresGrad: true });

describe('gradients', () => {
  test('sigmoid in four steps has the derivative a (1 - a)', () => {
    const z = leaf(0);
    z.neg().exp().add(1).reciprocal().backward();
    expect(z.grad?.item()).toBe(0.25);
  });

  test('a value used several times adds up what comes back', () => {
    const x = leaf(3);
    const square = x.mul(x);
    square.mul(x).add(square).add(x).backward(); // x³ + x² + x
    expect(x.grad?.item()).toBe(27 + 6 + 1);
  });

  test('a diamond of 60 doublings is walked once, not 2⁶⁰ times', () => {
    const x = leaf(1);
    let y: Tensor = x;
    for (let i = 0; i < 60; i++) y = y.add(y);
    y.backward();
    expect(x.grad?.item()).toBe(2 ** 60);
  });

  test('a chain of 20,000 steps does not overflow the stack, at first and second order', () => {
    const x = leaf(1);
    let y: Tensor = x;
    for (let i = 0; i < 20_000; i++) y = y.mul(1.0001);
    const [dy] = grad(y.mul(y), [x], { createGraph: true });
    expect(dy.item() / (2 * 1.0001 ** 40_000)).toBeCloseTo(1, 9);
    dy.backward();
    expect(x.grad!.item() / (2 * 1.0001 ** 40_000)).toBeCloseTo(1, 9);
  });

  test('backward adds to what is there; results in between keep nothing', () => {
    const x = leaf([1, 2]);
    const y = x.pow(2);
    const total = y.sum();
    total.backward();
    total.backward();
    expect([x.grad?.toArray(), y.grad]).toEqual([[4, 8], null]);
  });

  test('grad gives zeros for what does not count, and stores nothing', () => {
    const [x, unused] = [leaf([1, 2]), leaf([[1], [2]])];
    const [dx, none] = grad(x.sum(), [x, unused]);
    expect([dx.toArray(), none.toArray(), x.grad, unused.grad]).toEqual([[1, 1], [[0], [0]], null, null]);
  });

  test('grad reaches results in between, and the output itself', () => {
    const x = leaf(2);
    const y = x.pow(2);
    const z = y.mul(3);
    expect(grad(z, [x, y, z]).map((g) => g.item())).toEqual([12, 3, 1]);
  });

  test('an upstream weighs the outputs', () => {
    const x = leaf([1, 2, 3]);
    x.mul(x).backward([1, 0, -1]);
    expect(x.grad?.toArray()).toEqual([2, 0, -6]);
    expect(grad(x.mul(2), [x], { upstream: arange(3) })[0]).toEqual(tensor([0, 2, 4]));
    expect(grad(x.reshape([3]), [x], { upstream: arange(3) })[0].dtype).toBe('float64');
  });

  test('one element of any shape needs no upstream', () => {
    const x = leaf([[2]]);
    x.pow(2).backward();
    expect(x.grad?.toArray()).toEqual([[4]]);
  });

  test('a leaf is its own derivative', () => {
    const x = leaf(5);
    x.backward();
    expect(x.grad?.item()).toBe(1);
  });

  test('what passes through whole numbers, conditions or detach does not come back', () => {
    const x = leaf([1, 3, 2]);
    expect([x.greater(0), x.argmax(), x.detach()].map((y) => y.requiresGrad)).toEqual([false, false, false]);
    x.mul(x.greater(1)).add(x.detach()).sum().backward();
    expect(x.grad?.toArray()).toEqual([0, 1, 1]);
  });

  test('labels have no derivative, also if they ask for one', () => {
    const [z, labels] = [leaf([[1, 1]]), leaf([0])];
    functions.crossEntropy(z, labels).backward();
    expect([z.grad?.toArray(), labels.grad]).toEqual([[[-0.5, 0.5]], null]);
  });
});

describe('under noGrad', () => {
  test('nothing is recorded, and backward has no history of its own without createGraph', () => {
    const x = leaf(2);
    expect(noGrad(() => x.pow(2)).requiresGrad).toBe(false);
    expect(grad(x.pow(2), [x])[0].requiresGrad).toBe(false);
    expect(grad(x.pow(2), [x], { createGraph: true })[0].requiresGrad).toBe(true);
    x.pow(2).backward();
    expect([x.grad?.requiresGrad, x.grad?.origin]).toEqual([false, null]);
  });

  test('a recorded graph can be walked back', () => {
    const x = leaf(2);
    const y = x.pow(2);
    noGrad(() => y.backward());
    expect(x.grad?.item()).toBe(4);
  });
});

describe('is refused, with a reason', () => {
  test.each<[string, () => unknown, string]>([
    ['an output of constants', () => tensor(1).exp().backward(), 'requires a gradient'],
    ['an output under noGrad', () => noGrad(() => leaf(1).exp()).backward(), 'noGrad'],
    ['many outputs without upstream', () => leaf([1, 2]).exp().backward(), 'shape [2]'],
    ['no outputs without upstream', () => zeros([0], { requiresGrad: true }).backward(), 'shape [0]'],
    ['an input without gradient', () => grad(leaf(1).exp(), [tensor(1, { name: 'w' })]), 'input w'],
    ['an unnamed input without gradient', () => grad(leaf(1).exp(), [leaf(1), tensor(1)]), 'input 1'],
  ])('%s', (_, call, part) => {
    expect(call).toThrow(GradientError);
    expect(call).toThrow(part);
  });

  test('an upstream of another shape', () => {
    expect(() =>
      leaf([1, 2])
        .exp()
        .backward([[1, 1]]),
    ).toThrow(ShapeError);
    expect(() =>
      leaf([1, 2])
        .exp()
        .backward([[1, 1]]),
    ).toThrow('[1, 2] for an output of shape [2]');
  });

  test('an input that was changed between forward and backward', () => {
    const w = leaf([1, 2], 'w');
    const y = w.exp().sum();
    w.assign(zeros([2]));
    expect(() => y.backward()).toThrow(GradientError);
    expect(() => y.backward()).toThrow('exp: its input w was changed in place');
    expect(() => w.exp().sum().backward()).not.toThrow();
  });

  test('and an input that does not require a gradient, likewise', () => {
    const [w, data] = [leaf(2), tensor(3)];
    const y = w.mul(data);
    data.assign(tensor(4));
    expect(() => y.backward()).toThrow('mul: its input b was changed in place');
  });
});

test('a change in place does not reach what was computed before, through a view either', () => {
  const [w, data] = [leaf([2, 2]), tensor([[1, 3]])];
  const y = data.reshape([2]).mul(w).sum();
  data.assign(zeros([1, 2]));
  y.backward();
  expect(w.grad?.toArray()).toEqual([1, 3]);
});

test('the tape holds what carries a gradient, inputs before results', () => {
  const [x, w] = [tensor([1, 2]), leaf([3, 4])];
  const product = x.mul(w);
  const y = product.sum();
  expect(tapeOf(y)).toEqual([w, product, y]);
  expect([...adjointsOf(y).keys()]).toEqual([y, product, w]);
});

test('contributionsOf: upstream times local derivative, for each input that carries a gradient', () => {
  const [x, w] = [tensor([1, 2]), leaf(3)];
  const y = x.mul(w);
  const [contribution, ...others] = contributionsOf(y, ones([2]));
  expect(others).toEqual([]);
  expect(contribution).toMatchObject({ result: y, index: 1, input: w, local: x });
  expect(contribution!.product.toArray()).toBe(3); // 1 + 2: the number was used twice
  expect(contributionsOf(w, ones([]))).toEqual([]);
});
