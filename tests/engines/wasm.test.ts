import { describe, expect, test } from 'vitest';
import { compile } from '../../src/engines/wasm/compile.js';
import { derivativeBy } from '../../src/functions/index.js';
import { grad } from '../../src/graph/index.js';
import { functions, nn, optim, RandomState, type Tensor } from '../../src/index.js';
import { describeSample, samples } from '../functions/samples.js';

/** Alike as far as the precision goes: relative to the larger number, and to 1 where sums cancel. */
function expectAlike(actual: Tensor, expected: Tensor, tolerance: number): void {
  expect(actual.shape).toEqual(expected.shape);
  expect(actual.dtype).toBe(expected.dtype);
  actual.data.forEach((x, i) => {
    const y = expected.data[i]!;
    if (Number.isFinite(y)) expect(Math.abs(x - y)).toBeLessThanOrEqual(tolerance * Math.max(1, Math.abs(y)));
    else expect(x).toBe(y);
  });
}

describe.each([
  ['float64', 1e-12],
  ['float32', 1e-4],
] as const)('in %s', (precision, tolerance) => {
  describe.each(samples)(
    '$name compiles, and its derivative, to the interpreter’s numbers',
    ({ call, samples }) => {
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
          const outputs = compile(step, { precision })() as Tensor[];
          step().forEach((expected, i) => expectAlike(outputs[i]!, expected, tolerance));
        },
      );
    },
  );

  test('a training step, many times over, moves parameters as the interpreter does', () => {
    const train = (compiled: boolean) => {
      const random = new RandomState(0);
      const model = nn.mlp([3, 5, 2], { randomState: random });
      const optimizer = optim.sgd({ learningRate: 0.1, momentum: 0.9, nesterov: true, weightDecay: 0.01 });
      const [X, y] = [random.standardNormal([6, 3]), random.randint(0, 2, 6)];
      const plain = (x: Tensor, labels: Tensor): Tensor => {
        const loss = functions.crossEntropy(model.forward(x), labels);
        optimizer.zeroGrad(model.parameters());
        loss.backward();
        optimizer.step(model.parameters());
        return loss;
      };
      const step = compiled ? compile(plain, { precision }) : plain;
      const losses = Array.from({ length: 20 }, () => step(X, y).item());
      return { losses, parameters: model.parameters() };
    };
    const [ours, expected] = [train(true), train(false)];
    ours.losses.forEach((loss, i) => expect(Math.abs(loss - expected.losses[i]!)).toBeLessThan(tolerance));
    ours.parameters.forEach((parameter, i) => expectAlike(parameter, expected.parameters[i]!, tolerance));
  });
});
