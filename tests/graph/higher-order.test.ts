// Derivatives of derivatives, against closed forms.

import { describe, expect, test } from 'vitest';
import { functions } from '../../src/functions/index.js';
import { grad } from '../../src/graph/index.js';
import { tensor, type Tensor } from '../../src/tensor/index.js';
import { expectClose } from '../functions/reference.js';

/** The function and its first three derivatives, at x. */
function derivatives(f: (x: Tensor) => Tensor, at: number): number[] {
  const x = tensor(at, { requiresGrad: true });
  const found = [f(x)];
  for (let order = 1; order <= 3; order++) found.push(grad(found.at(-1)!, [x], { createGraph: true })[0]);
  return found.map((y) => y.item());
}

const s = 1 / (1 + Math.exp(-0.3));
const t = Math.tanh(0.3);
const Phi = 0.6179114221889526; // Φ(0.3), Python's math.erfc(-0.3 / sqrt(2)) / 2
const phi = Math.exp(-(0.3 ** 2) / 2) / Math.sqrt(2 * Math.PI);

describe('value and three derivatives', () => {
  test.each<[string, (x: Tensor) => Tensor, number, number[]]>([
    ['x⁴', (x) => x.pow(4), 2, [16, 32, 48, 48]],
    ['1/x', (x) => x.reciprocal(), 2, [1 / 2, -1 / 4, 1 / 4, -3 / 8]],
    ['2/x, as a quotient', (x) => tensor(2).div(x), 2, [1, -1 / 2, 1 / 2, -3 / 4]],
    ['2ˣ', (x) => tensor(2).pow(x), 3, [8, 8 * Math.LN2, 8 * Math.LN2 ** 2, 8 * Math.LN2 ** 3]],
    ['exp(2x)', (x) => x.mul(2).exp(), 0, [1, 2, 4, 8]],
    ['expm1', (x) => x.expm1(), 0, [0, 1, 1, 1]],
    ['log', (x) => x.log(), 2, [Math.LN2, 1 / 2, -1 / 4, 1 / 4]],
    ['log1p', (x) => x.log1p(), 1, [Math.LN2, 1 / 2, -1 / 4, 1 / 4]],
    ['sqrt', (x) => x.sqrt(), 4, [2, 1 / 4, -1 / 32, 3 / 256]],
    ['sin', (x) => x.sin(), 0.3, [Math.sin(0.3), Math.cos(0.3), -Math.sin(0.3), -Math.cos(0.3)]],
    [
      'sigmoid',
      (x) => x.sigmoid(),
      0.3,
      [s, s * (1 - s), s * (1 - s) * (1 - 2 * s), s * (1 - s) * (1 - 6 * s * (1 - s))],
    ],
    ['tanh', (x) => x.tanh(), 0.3, [t, 1 - t * t, -2 * t * (1 - t * t), (1 - t * t) * (6 * t * t - 2)]],
    [
      'softplus',
      (x) => x.softplus(),
      0.3,
      [Math.log1p(Math.exp(0.3)), s, s * (1 - s), s * (1 - s) * (1 - 2 * s)],
    ],
    [
      'gelu',
      (x) => x.gelu(),
      0.3,
      [0.3 * Phi, Phi + 0.3 * phi, phi * (2 - 0.3 ** 2), phi * (0.3 ** 3 - 4 * 0.3)],
    ],
    ['relu(x)²', (x) => x.relu().pow(2), 3, [9, 6, 2, 0]],
    ['relu(x)², shut', (x) => x.relu().pow(2), -3, [0, 0, 0, 0]],
  ])('%s', (_, f, at, expected) => {
    derivatives(f, at).forEach((number, order) => {
      expect(number, `order ${order}`).toBeCloseTo(expected[order]!, 13);
    });
  });
});

/** The matrix of second derivatives of a function of a vector, a row at a time. */
function hessian(f: (x: Tensor) => Tensor, at: number[]): number[][] {
  const x = tensor(at, { requiresGrad: true });
  const [dx] = grad(f(x), [x], { createGraph: true });
  return at.map((_, i) => grad(dx.slice(i), [x])[0].toArray() as number[]);
}

test('the Hessian of the Rosenbrock function', () => {
  const rosenbrock = (x: Tensor): Tensor =>
    functions
      .sub(1, x.slice(0))
      .pow(2)
      .add(x.slice(1).sub(x.slice(0).pow(2)).pow(2).mul(100));
  const [x, y] = [-1.2, 1];
  expectClose(
    tensor(hessian(rosenbrock, [x, y])),
    tensor([
      [1200 * x * x - 400 * y + 2, -400 * x],
      [-400 * x, 200],
    ]),
    'Hessian',
    { relative: 1e-14 },
  );
});

test('the Hessian of logsumexp is diag(p) - p pᵀ', () => {
  const p = tensor([0.5, -1, 2]).softmax();
  const expected = p.data.reduce<number[][]>(
    (rows, pi, i) => [...rows, Array.from(p.data, (pj, j) => (i === j ? pi : 0) - pi * pj)],
    [],
  );
  const negativeLogSoftmax = (x: Tensor): Tensor => x.logSoftmax().slice(0).neg();
  expectClose(tensor(hessian(negativeLogSoftmax, [0.5, -1, 2])), tensor(expected), 'Hessian', {
    relative: 1e-13,
  });
});

test('a gradient penalty trains: the derivative of |dy/dx|² by the weight', () => {
  const [x, w] = [tensor([[1, 2]], { requiresGrad: true }), tensor([[3], [4]], { requiresGrad: true })];
  const [dx] = grad(x.matmul(w).sum(), [x], { createGraph: true });
  dx.pow(2).sum().backward();
  expect([w.grad?.toArray(), x.grad]).toEqual([[[6], [8]], null]);
});

test('backward with createGraph leaves gradients that can be differentiated', () => {
  const x = tensor(3, { requiresGrad: true });
  x.pow(3).backward(undefined, { createGraph: true });
  expect(grad(x.grad!, [x])[0].item()).toBe(18);
});
