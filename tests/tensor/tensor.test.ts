// A tensor gives its numbers out in several forms, and changes them in one way only.

import { describe, expect, test } from 'vitest';
import { ShapeError, ValueError } from '../../src/errors.js';
import '../../src/graph/index.js';
import { arange, tensor, zeros } from '../../src/tensor/index.js';

test('item is the number of a tensor that holds one, of any shape', () => {
  expect([tensor(3).item(), tensor([[3]]).item()]).toEqual([3, 3]);
  expect(() => tensor([1, 2]).item()).toThrow('got 2 (shape [2])');
  expect(() => zeros([0]).item()).toThrow(ShapeError);
});

test.each([
  [tensor(1), 1],
  [tensor(true), true],
  [tensor([[1, 2]]), [[1, 2]]],
  [tensor([true, false]), [true, false]],
  [zeros([2, 0]), [[], []]],
  [zeros([0, 2]), []],
])('%s: toArray and JSON give nested arrays', (x, nested) => {
  expect(x.toArray()).toEqual(nested);
  expect(JSON.parse(JSON.stringify({ x }))).toEqual({ x: nested });
});

test('named gives a name and the tensor back', () => {
  const x = tensor(1);
  expect([x.named('x'), x.name, x.clone().name, x.detach().name]).toEqual([x, 'x', 'x', 'x']);
});

describe('assign', () => {
  test('replaces the values of a leaf and counts it', () => {
    const x = tensor([1, 2], { requiresGrad: true });
    x.assign(tensor([3, 4]));
    expect([x.toArray(), x.version]).toEqual([[3, 4], 1]);
  });

  test('refuses other shapes, and results of functions', () => {
    const x = tensor([1, 2], { requiresGrad: true });
    expect(() => x.assign(tensor([1]))).toThrow('expected shape [2], got [1]');
    expect(() => x.exp().assign(x)).toThrow(ValueError);
    expect(() => x.exp().assign(x)).toThrow('exp');
  });

  test('changes no other tensor: not a copy, a view, a gradient or a result', () => {
    const x = tensor([1, 2], { requiresGrad: true });
    const source = tensor([3, 4]);
    const others = [x.clone(), x.detach(), x.reshape([2]), x.exp()];
    x.mul(source).sum().backward();
    others.push(x.grad!);
    const before = others.map(String);
    x.assign(source);
    source.assign(zeros([2]));
    x.detach().assign(zeros([2]));
    expect(others.map(String)).toEqual(before);
    expect(x.toArray()).toEqual([3, 4]);
  });
});

test('detach and clone have no history; detach can start a new one', () => {
  const x = tensor([1, 2], { requiresGrad: true });
  const y = x.exp();
  expect([y.detach(), y.clone()].map((t) => [t.requiresGrad, t.origin])).toEqual([
    [false, null],
    [false, null],
  ]);
  const leaf = y.detach({ requiresGrad: true });
  leaf.sum().backward();
  expect([leaf.grad?.toArray(), x.grad]).toEqual([[1, 1], null]);
  expect(arange(2).clone().dtype).toBe('int64');
});
