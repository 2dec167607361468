import { describe, expect, test } from 'vitest';
import { compile } from '../../src/engines/wasm/compile.js';
import { supports } from '../../src/engines/wasm/assembler.js';
import { Machine } from '../../src/engines/wasm/machine.js';
import type { Target } from '../../src/engines/wasm/target.js';
import { functions, RandomState, type Tensor } from '../../src/index.js';

// Below, at and above the sizes of tiles and vectors, on every side.
const SIZES = [1, 2, 3, 4, 5, 7, 8, 9, 12, 17];

// With panels, and with one block, two and several each way: [m, k, n].
const LARGE = [
  [33, 100, 70],
  [10, 1000, 11],
  [200, 30, 41],
  [21, 20, 1210],
  [3, 90, 400],
  [250, 700, 5],
  [64, 330, 600],
] as const;

const CASES = [
  ['a @ b', false, false],
  ['aᵀ @ b', true, false],
  ['a @ bᵀ', false, true],
  ['aᵀ @ bᵀ', true, true],
] as const;

const TARGETS = (['scalar', 'simd', 'relaxed-simd'] as const satisfies readonly Target[]).filter(
  (target) => target === 'scalar' || supports(target),
);

const turned = (x: Tensor, isTurned: boolean): Tensor => (isTurned ? x.transpose() : x);

describe.each(TARGETS)('in %s code', (target) => {
  describe.each([
    ['f64', 1e-13],
    ['f32', 1e-5],
  ] as const)('%s', (float, tolerance) => {
    test.each(CASES)('%s of every shape is the interpreter’s', (_, isTurnedA, isTurnedB) => {
      const random = new RandomState(0);
      const small = Array.from({ length: 50 }, () =>
        [0, 1, 2].map(() => SIZES[random.randint(SIZES.length)]!),
      );
      for (const [m, k, n] of [...small, ...LARGE] as [number, number, number][]) {
        const a = random.standardNormal(isTurnedA ? [k, m] : [m, k]);
        const b = random.standardNormal(isTurnedB ? [n, k] : [k, n]);
        const product = (): Tensor => turned(a, isTurnedA).matmul(turned(b, isTurnedB));
        const [actual] = new Machine(product, [], { float, target }).step([]);
        const difference = actual!.sub(product()).abs().max().item();
        expect(difference, `${m}, ${k}, ${n}`).toBeLessThan(tolerance * Math.sqrt(k));
      }
    });
  });
});

test('batches, broadcast to each other', () => {
  const random = new RandomState(1);
  const [a, b] = [random.standardNormal([3, 1, 5, 6]), random.standardNormal([2, 6, 9])];
  const compiled = compile((x: Tensor, y: Tensor) => functions.matmul(x, y), { precision: 'float64' });
  expect(compiled(a, b).sub(functions.matmul(a, b)).abs().max().item()).toBeLessThan(1e-13);
});

test.each([
  ['every second row and column', 2],
  ['every third', 3],
])('matrices of which neither rows nor columns lie side by side: %s', (_, step) => {
  const random = new RandomState(2);
  const [a, b] = [
    random.standardNormal([40 * step, 50 * step]),
    random.standardNormal([50 * step, 30 * step]),
  ];
  const part = (x: Tensor): Tensor =>
    functions
      .reshape(x, [x.shape[0]! / step, step, x.shape[1]! / step, step])
      .slice(null, [0, 1], null, [0, 1])
      .reshape([x.shape[0]! / step, x.shape[1]! / step]);
  const product = (x: Tensor, y: Tensor): Tensor => part(x).matmul(part(y));
  const compiled = compile(product, { precision: 'float64' });
  expect(compiled(a, b).sub(product(a, b)).abs().max().item()).toBeLessThan(1e-12);
});
