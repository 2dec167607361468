import { describe, expect, test } from 'vitest';
import { compile } from '../../src/engines/wasm/compile.js';
import { functions, RandomState, type Tensor } from '../../src/index.js';

// Below, at and above the sizes of tiles and vectors, on every side.
const SIZES = [1, 2, 3, 4, 5, 7, 8, 9, 12, 17];

describe.each([
  ['float64', 1e-13],
  ['float32', 1e-5],
] as const)('in %s', (precision, tolerance) => {
  test.each([
    ['a @ b', (a: Tensor, b: Tensor) => a.matmul(b), false, false],
    ['aᵀ @ b', (a: Tensor, b: Tensor) => a.transpose().matmul(b), true, false],
    ['a @ bᵀ', (a: Tensor, b: Tensor) => a.matmul(b.transpose()), false, true],
    ['aᵀ @ bᵀ', (a: Tensor, b: Tensor) => a.transpose().matmul(b.transpose()), true, true],
  ] as const)('%s of every shape is the interpreter’s', (_, product, isTurnedA, isTurnedB) => {
    const random = new RandomState(0);
    const compiled = compile(product, { precision });
    for (let i = 0; i < 120; i++) {
      const [m, k, n] = [0, 1, 2].map(() => SIZES[random.randint(SIZES.length)]!) as [number, number, number];
      const a = random.standardNormal(isTurnedA ? [k, m] : [m, k]);
      const b = random.standardNormal(isTurnedB ? [n, k] : [k, n]);
      const [actual, expected] = [compiled(a, b), product(a, b)];
      const difference = actual.sub(expected).abs().max().item();
      expect(difference, `${m}, ${k}, ${n}`).toBeLessThan(tolerance * Math.sqrt(k));
    }
  });
});

test('batches, broadcast to each other', () => {
  const random = new RandomState(1);
  const [a, b] = [random.standardNormal([3, 1, 5, 6]), random.standardNormal([2, 6, 9])];
  const compiled = compile((x: Tensor, y: Tensor) => functions.matmul(x, y), { precision: 'float64' });
  expect(compiled(a, b).sub(functions.matmul(a, b)).abs().max().item()).toBeLessThan(1e-13);
});
