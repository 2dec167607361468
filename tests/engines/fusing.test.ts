// What is done to the sums of a product before they are stored: the update of a weight, say, without its gradient in memory.

import { describe, expect, test } from 'vitest';
import { supports } from '../../src/engines/wasm/assembler.js';
import { Machine } from '../../src/engines/wasm/machine.js';
import type { Target } from '../../src/engines/wasm/target.js';
import { describeProgram, functions, nn, optim, RandomState, type Tensor } from '../../src/index.js';

const TARGETS = (['scalar', 'simd', 'relaxed-simd'] as const satisfies readonly Target[]).filter(
  (target) => target === 'scalar' || supports(target),
);

/** A weight `[out, in]` and a step that moves it. */
function weightAnd(
  move: (w: Tensor, x: Tensor) => Tensor,
  [outputs, inputs]: readonly [number, number],
  batch: number,
) {
  const random = new RandomState(1);
  const x = random.standardNormal([batch, inputs]).named('x');
  const w = random.standardNormal([outputs, inputs]).named('w');
  const start = w.clone();
  const step = (x: Tensor): Tensor[] => {
    w.assign(move(w, x));
    return [];
  };
  return { x, w, start, step };
}

/** xᵀx has a column for each row of w. */
const squared = (x: Tensor): Tensor => x.transpose().matmul(x);

const formulas = (step: (x: Tensor) => Tensor[], x: Tensor): string[] =>
  describeProgram(step, [x]).kernels.map(({ formula }) => formula);

describe('a weight is moved where its gradient is summed', () => {
  test('in one kernel', () => {
    const { step, x } = weightAnd((w, x) => w.sub(squared(x).mul(0.1)), [24, 24], 20);
    expect(formulas(step, x)).toEqual(['w - transpose(x) @ x * 0.1']);
  });

  test('the steps of a network hold no gradient of a large weight', () => {
    const random = new RandomState(0);
    const model = nn.mlp([30, 40, 3], { randomState: random });
    const optimizer = optim.sgd({ learningRate: 0.1, weightDecay: 0.01 });
    const step = (x: Tensor, labels: Tensor): Tensor => {
      const loss = functions.crossEntropy(model.forward(x), labels);
      optimizer.zeroGrad(model.parameters());
      loss.backward();
      optimizer.step(model.parameters());
      return loss;
    };
    const { kernels } = describeProgram(step, [random.standardNormal([50, 30]), random.randint(0, 3, 50)]);
    const moved = kernels.find(({ name, shape }) => name.startsWith('weight') && shape.join() === '40,30');
    expect(moved!.formula).toContain('@');
    expect(moved!.operations).toBeGreaterThan(2 * 40 * 30 * 50);
  });
});

describe('the gradient is stored', () => {
  test('where two need it', () => {
    const { step, x } = weightAnd((w, x) => w.sub(squared(x).mul(squared(x).sum())), [24, 24], 20);
    expect(formulas(step, x)[0]).toBe('transpose(x) @ x');
  });

  test('where the product reads the weight that moves', () => {
    const { step, x, w } = weightAnd((w, x) => w.sub(squared(x).matmul(w).mul(0.01)), [24, 24], 20);
    const machine = new Machine(step, [x], { float: 'f64' });
    const expected = w.sub(squared(x).matmul(w).mul(0.01));
    machine.step([x]);
    expected.data.forEach((value, i) => expect(w.data[i]).toBeCloseTo(value, 10));
  });

  test('where its sums are too long for one go', () => {
    const { step, x } = weightAnd((w, x) => w.sub(squared(x).mul(0.1)), [24, 24], 321);
    expect(formulas(step, x)).toEqual(['transpose(x) @ x', 'w - v1 * 0.1']);
  });
});

describe.each([
  ['f64', 1e-12],
  ['f32', 1e-4],
] as const)('%s', (float, tolerance) => {
  test.each(
    TARGETS.flatMap(
      (target) =>
      ([[16, 16, 16], [19, 22, 17], [45, 33, 320]] as const).map((sizes) => [target, ...sizes] as const), // prettier-ignore
    ),
  )('%s code gives the interpreter’s numbers, [%i, %i] from sums of %i', (target, outputs, inputs, batch) => {
    const random = new RandomState(2);
    const upstream = random.standardNormal([batch, outputs]);
    const rate = random.standardNormal([]).named('rate');
    const move = (w: Tensor, x: Tensor): Tensor =>
      w.sub(upstream.transpose().matmul(x).tanh().add(w.mul(0.1)).mul(rate));
    const { step, x, w, start } = weightAnd(move, [outputs, inputs], batch);
    const machine = new Machine(step, [x], { float, target });
    machine.step([x]);
    move(start, x).data.forEach((value, i) => expect(Math.abs(w.data[i]! - value)).toBeLessThan(tolerance));
  });
});
