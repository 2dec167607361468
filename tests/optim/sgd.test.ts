import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { functions, optim, tensor, ValueError, type NestedArray, type Tensor } from '../../src/index.js';

interface Trajectory {
  readonly optimizer: string;
  readonly initial: Record<'W1' | 'b1' | 'W2' | 'b2', NestedArray>;
  readonly X: NestedArray;
  readonly labels: NestedArray;
  readonly losses: readonly number[];
  readonly final: Record<'W1' | 'b1' | 'W2' | 'b2', NestedArray>;
}

const { trajectories } = JSON.parse(
  readFileSync(new URL('../fixtures/torch-trajectories.json', import.meta.url), 'utf8'),
) as { trajectories: readonly Trajectory[] };

/** `sgd lr=0.1 momentum=0.9 nesterov` as options. */
function optionsOf(name: string): optim.SGDOptions {
  const read = (key: string): number => Number(new RegExp(`${key}=([\\d.]+)`).exec(name)?.[1] ?? 0);
  return {
    learningRate: read('lr'),
    momentum: read('momentum'),
    nesterov: name.includes('nesterov'),
    weightDecay: read('weightDecay'),
  };
}

describe('twenty steps of SGD are PyTorch’s', () => {
  test.each(trajectories.map((trajectory) => [trajectory.optimizer, trajectory] as const))(
    '%s',
    (name, expected) => {
      const parameters = Object.values(expected.initial).map((value) =>
        tensor(value, { requiresGrad: true }),
      );
      const [W1, b1, W2, b2] = parameters as [Tensor, Tensor, Tensor, Tensor];
      const optimizer = optim.sgd(optionsOf(name));
      const losses = expected.losses.map(() => {
        const z = tensor(expected.X).matmul(W1).add(b1).tanh().matmul(W2).add(b2);
        const loss = functions.crossEntropy(z, expected.labels);
        optimizer.zeroGrad(parameters);
        loss.backward();
        optimizer.step(parameters);
        return loss.item();
      });
      losses.forEach((loss, i) => expect(loss / expected.losses[i]!).toBeCloseTo(1, 9));
      parameters.forEach((parameter, i) => {
        const final = tensor(Object.values(expected.final)[i]!);
        expect(parameter.sub(final).abs().max().item()).toBeLessThan(1e-12);
      });
    },
  );
});

describe('options out of range are refused', () => {
  test.each([
    [{ learningRate: 0 }, /learningRate must be a number above 0, got 0/],
    [{ learningRate: NaN }, /learningRate must be a number above 0, got NaN/],
    [{ learningRate: 'fast' }, /learningRate must be a number above 0, got fast/],
    [{ learningRate: 0.1, momentum: -1 }, /momentum must be a number of at least 0, got -1/],
    [{ learningRate: 0.1, nesterov: true }, /nesterov needs a momentum above 0/],
  ])('%o', (options, message) => {
    expect(() => optim.sgd(options as optim.SGDOptions)).toThrow(ValueError);
    expect(() => optim.sgd(options as optim.SGDOptions)).toThrow(message);
  });
});

test('a parameter without a gradient stays where it is', () => {
  const w = tensor([1, 2], { requiresGrad: true });
  optim.sgd({ learningRate: 0.1 }).step([w]);
  expect(w.toArray()).toEqual([1, 2]);
});
