import { describe, expect, test } from 'vitest';
import { derivativeBy } from '../../src/functions/index.js';
import { grad } from '../../src/graph/index.js';
import { functions, nn, optim, RandomState, type Tensor } from '../../src/index.js';
import { describeSample, samples } from '../functions/samples.js';
import { runProgram } from './evaluate.js';

/** Alike to the last few digits: simplification may round once more or once less. */
export function expectAlike(actual: Tensor, expected: Tensor, digits = 12): void {
  expect(actual.shape).toEqual(expected.shape);
  actual.data.forEach((x, i) => {
    const y = expected.data[i]!;
    if (Number.isFinite(y))
      expect(Math.abs(x - y)).toBeLessThanOrEqual(10 ** -digits * Math.max(1, Math.abs(y)));
    else expect(x).toBe(y);
  });
}

describe.each(samples)('$name lowers to nodes that compute the same', ({ call, samples }) => {
  test.each(samples.map((sample) => [describeSample(sample), sample] as const))(
    '%s',
    (_, [given, ...rest]) => {
      const inputs = given.map((input, i) =>
        input.clone({ requiresGrad: derivativeBy(call.operation, i) !== undefined }),
      );
      const upstream = new RandomState(1).standardNormal(call(...inputs, ...rest).shape);
      const wanted = inputs.filter((input) => input.requiresGrad);
      const step = (): Tensor[] => {
        const y = call(...inputs, ...rest);
        return y.requiresGrad ? [y, ...grad(y, wanted, { upstream })] : [y];
      };
      const { outputs } = runProgram(step, []);
      step().forEach((expected, i) => expectAlike(outputs[i]!, expected));
    },
  );
});

test('a whole training step: forward, backward, and the updates', () => {
  const random = new RandomState(0);
  const model = nn.mlp([3, 5, 2], { randomState: random });
  const optimizer = optim.sgd({ learningRate: 0.1, momentum: 0.9, nesterov: true, weightDecay: 0.01 });
  const [X, y] = [random.standardNormal([6, 3]), random.randint(0, 2, 6)];
  const step = (x: Tensor, labels: Tensor): Tensor => {
    const loss = functions.crossEntropy(model.forward(x), labels);
    optimizer.zeroGrad(model.parameters());
    loss.backward();
    optimizer.step(model.parameters());
    return loss;
  };
  step(X, y); // so that there is momentum
  const before = model.parameters().map((parameter) => parameter.clone());
  const { outputs, updates } = runProgram(step, [X, y]);
  model.parameters().forEach((parameter, i) => expectAlike(parameter, before[i]!)); // tracing moves nothing
  expectAlike(outputs[0]!, step(X, y));
  expect(updates.size).toBe(8); // four parameters, four velocities
  for (const [target, moved] of updates) expectAlike(moved, target);
});
