// Code that runs without recording, and code that is watched for NaN and infinity.

import { describe, expect, test } from 'vitest';
import { AnomalyError } from '../../src/errors.js';
import { functions } from '../../src/functions/index.js';
import { grad } from '../../src/graph/index.js';
import {
  detectAnomaly,
  isRecording,
  isWatching,
  noGrad,
  tensor,
  type Tensor,
} from '../../src/tensor/index.js';

const { bce, matmul, mse } = functions;
const leaf = (values: number | number[] | number[][], name = 'x'): Tensor =>
  tensor(values, { name, requiresGrad: true });

test('noGrad: results have no history, and recording goes on afterwards, also after an error', () => {
  const x = leaf([1, 2]);
  const y = noGrad(() => x.exp());
  expect([y.requiresGrad, y.origin, y.toArray()]).toEqual([false, null, [Math.E, Math.exp(2)]]);
  expect(() =>
    noGrad(() => {
      throw new Error('inside');
    }),
  ).toThrow('inside');
  expect([isRecording(), isWatching()]).toEqual([true, false]);
  expect(x.exp().requiresGrad).toBe(true);
});

describe('detectAnomaly names function, element and inputs', () => {
  test.each<[string, () => unknown]>([
    ['log(x): the result is -inf at [1], where x = 0', () => tensor([1, 0]).log()],
    ['log(x): the result is nan at [1, 0], where scores = -2', () => leaf([[1], [-2]], 'scores').log()],
    [
      'div(a, b): the result is inf at [0, 1], where a has shape [2], b = 0',
      () => tensor([1, 1]).div([[1, 0]]),
    ],
    ['div(a, b): the result is nan, where a = 0, b = 0', () => tensor(0).div(0)],
    ['exp(x): the result is inf at [0], where x = 1000', () => leaf([1000]).exp()],
    [
      'matmul(a, b): the result is inf at [0, 0], where a has shape [1, 2]',
      () => matmul([[1e200, 1]], [[1e200], [1]]),
    ],
    ['sum(x): the result is inf, where x has shape [2]', () => tensor([1e308, 1e308]).sum()],
    ['silu(x): the result is nan, where x = nan', () => tensor(NaN).silu()],
    ['mse(p, target): the result is inf at [0], where p = 1e200, target = 0', () => mse([1e200], [0])],
    ['sqrt(x): the derivative by x is inf at [1], where x = 0', () => leaf([1, 0]).sqrt().sum().backward()],
    ['pow(a, b): the derivative by w is inf, where w = 0, b = 0.5', () => leaf(0, 'w').pow(0.5).backward()],
    [
      'div(a, b): the derivative by b is -inf, where a = 1, b = 1e-200',
      () => tensor(1).div(leaf(1e-200, 'b')).backward(),
    ],
    ['mul(a, b): the derivative by x is inf', () => leaf(1e-10).mul(1e308).mul(1e3).backward()],
  ])('%s', (message, body) => {
    expect(() => detectAnomaly(body)).toThrow(AnomalyError);
    expect(() => detectAnomaly(body)).toThrow(message);
    expect(body).not.toThrow();
  });

  test('but not a step on the way to a finite result', () => {
    const finite = (): void => {
      const x = leaf([-1000, 1000, 0]);
      grad(x.sigmoid().add(x.gelu()).add(x.relu().pow(2)).sum(), [x], { createGraph: true });
      grad(bce(leaf([0, 1]), [0, 1]), []);
    };
    expect(() => detectAnomaly(finite)).not.toThrow();
  });
});
