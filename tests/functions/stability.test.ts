// Far from 0 and next to it, where exp overflows and differences vanish, values and derivatives stay what they should be.

import { describe, expect, test } from 'vitest';
import { functions } from '../../src/functions/index.js';
import { grad } from '../../src/graph/index.js';
import { detectAnomaly, tensor, type Tensor, type TensorLike } from '../../src/tensor/index.js';
import { expectClose } from './reference.js';

const { bce, bceWithLogits, crossEntropy, huber, mse } = functions;

const points = [-1000, -1e-300, 1e-300, 1000];

/** Values and derivatives at -1000, -1e-300, 1e-300 and 1000; limits where the exact number is below 1e-308. */
const activations: Record<string, { value: readonly number[]; derivative: readonly number[] }> = {
  sigmoid: { value: [0, 0.5, 0.5, 1], derivative: [0, 0.25, 0.25, 0] },
  tanh: { value: [-1, -1e-300, 1e-300, 1], derivative: [0, 1, 1, 0] },
  relu: { value: [0, 0, 1e-300, 1000], derivative: [0, 0, 1, 1] },
  leakyRelu: { value: [-10, -1e-302, 1e-300, 1000], derivative: [0.01, 0.01, 1, 1] },
  elu: { value: [-1, -1e-300, 1e-300, 1000], derivative: [0, 1, 1, 1] },
  gelu: { value: [0, -5e-301, 5e-301, 1000], derivative: [0, 0.5, 0.5, 1] },
  silu: { value: [0, -5e-301, 5e-301, 1000], derivative: [0, 0.5, 0.5, 1] },
  softplus: { value: [0, Math.LN2, Math.LN2, 1000], derivative: [0, 0.5, 0.5, 1] },
  erf: {
    value: [-1, -2e-300 / Math.sqrt(Math.PI), 2e-300 / Math.sqrt(Math.PI), 1],
    derivative: [0, 2 / Math.sqrt(Math.PI), 2 / Math.sqrt(Math.PI), 0],
  },
};

describe.each(Object.entries(activations))('%s', (name, expected) => {
  const call = functions[name as 'sigmoid'];
  const exactly = { relative: 1e-14, absolute: 0 };

  test('has its exact value and derivative at ±1000 and ±1e-300', () => {
    const x = tensor(points, { requiresGrad: true });
    const y = call(x);
    expectClose(y, tensor(expected.value), 'value', exactly);
    expectClose(grad(y.sum(), [x])[0], tensor(expected.derivative), 'derivative', exactly);
  });

  test('has finite second and third derivatives there, and no step that frightens detectAnomaly', () => {
    detectAnomaly(() => {
      const x = tensor(points, { requiresGrad: true });
      let y = call(x).sum();
      for (let order = 1; order <= 3; order++) y = grad(y, [x], { createGraph: true })[0].sum().add(x.sum());
    });
  });
});

/** A prediction, a target, and the loss and its derivative by the prediction, in closed form. */
const losses: readonly [
  string,
  (z: Tensor, target: TensorLike) => Tensor,
  TensorLike,
  TensorLike,
  number,
  TensorLike,
][] = [
  ['bceWithLogits, right', bceWithLogits, [-1000, 1000], [0, 1], 0, [0, 0]],
  ['bceWithLogits, wrong', bceWithLogits, [-1000, 1000], [1, 0], 1000, [-0.5, 0.5]],
  ['bceWithLogits, undecided', bceWithLogits, [1e-300, -1e-300], [1, 0], Math.LN2, [-0.25, 0.25]],
  ['crossEntropy, right', crossEntropy, [[1000, 0, -1000]], [0], 0, [[0, 0, 0]]],
  ['crossEntropy, wrong', crossEntropy, [[1000, 0, -1000]], [2], 2000, [[1, 0, -1]]],
  ['crossEntropy, undecided', crossEntropy, [[1e-300, -1e-300]], [0], Math.LN2, [[-0.5, 0.5]]],
  ['bce, certain and right', bce, [0, 1], [0, 1], 0, [0, 0]],
  ['bce, certain and wrong', bce, [0, 1], [1, 0], 100, [-0.5 / Math.fround(1e-12), 0.5 / Math.fround(1e-12)]],
  ['mse', mse, [1000, -1000], [0, 0], 1e6, [1000, -1000]],
  ['huber', huber, [1000, -1000], [0, 0], 999.5, [0.5, -0.5]],
  ['huber, tiny', huber, [1e-100, -1e-100], [0, 0], 5e-201, [5e-101, -5e-101]],
];

test.each(losses)('%s: the loss and its derivative are finite and exact', (_, loss, z, target, value, dz) => {
  detectAnomaly(() => {
    const prediction = tensor(z, { requiresGrad: true });
    const result = loss(prediction, target);
    expectClose(result, tensor(value), 'loss', { relative: 1e-14, absolute: 0 });
    expectClose(grad(result, [prediction])[0], tensor(dz), 'derivative', { relative: 1e-14, absolute: 0 });
  });
});

test('logSoftmax keeps what softmax rounds to 0', () => {
  expect(tensor([1000, 0, -1000]).softmax().toArray()).toEqual([1, 0, 0]);
  expect(tensor([1000, 0, -1000]).logSoftmax().toArray()).toEqual([0, -1000, -2000]);
});

test('an infinite upstream does not pass a relu that is shut', () => {
  const x = tensor([-1, 4], { requiresGrad: true });
  x.relu().sqrt().sum().backward();
  expect(x.grad?.toArray()).toEqual([0, 0.25]);
});

test('the powers of 0 have all their derivatives', () => {
  const x = tensor(0, { requiresGrad: true });
  const derivatives = [x.pow(3)];
  for (let order = 1; order <= 5; order++) {
    const [next] = grad(derivatives.at(-1)!, [x], { createGraph: true });
    derivatives.push(next.requiresGrad ? next : next.add(x.mul(0)));
  }
  expect(derivatives.map((y) => y.item() + 0)).toEqual([0, 0, 0, 6, 0, 0]);
});
