import { describe, expect, test } from 'vitest';
import { data, fit, nn, optim, type FitOptions } from '../../src/index.js';

const { X, y } = data.makeBlobs({ nSamples: 45, centers: 3, clusterStd: 1.5, randomState: 2 });
const { adagrad, adam, adamw, clip, accumulate, groups, rmsprop, sgd } = optim;
const { constant, cosine, exponentialDecay, linearWarmup, oneCycle, perEpoch, stepDecay } = optim.schedules;

const schedules: Record<string, optim.Schedule> = {
  constant: constant(0.02),
  stepDecay: stepDecay(0.1, { every: 7 }),
  exponentialDecay: exponentialDecay(0.1, { factor: 0.9 }),
  cosine: cosine(0.1, { steps: 20, least: 0.001 }),
  linearWarmup: linearWarmup(cosine(0.1, { steps: 15 }), { steps: 5 }),
  oneCycle: oneCycle(0.1, { steps: 20 }),
  perEpoch: perEpoch(exponentialDecay(0.1, { factor: 0.5 }), 5),
};

const makers: Record<string, (model: nn.Sequential) => optim.Optimizer> = {
  sgd: () => sgd({ learningRate: 0.1, momentum: 0.9, nesterov: true, weightDecay: 0.01 }),
  rmsprop: () => rmsprop({ weightDecay: 0.01, momentum: 0.5, centered: true, epsilon: 1e-4 }),
  adagrad: () => adagrad({ learningRate: 0.1, learningRateDecay: 0.1, initialAccumulatorValue: 0.1 }),
  adam: () => adam({ learningRate: 0.05, weightDecay: 0.01, amsgrad: true }),
  adamw: () => adamw({ learningRate: 0.05 }),
  clip: () => clip(sgd({ learningRate: 0.1 }), { norm: 0.5, value: 0.1 }),
  accumulate: () => accumulate(adam({ learningRate: 0.05 }), 2),
  groups: (model) =>
    groups(adamw({ learningRate: 0.05 }), {
      parameters: model.namedParameters().flatMap(([name, bias]) => (name.endsWith('bias') ? [bias] : [])),
      optimizer: sgd({ learningRate: 0.1 }),
    }),
  ...Object.fromEntries(
    Object.entries(schedules).map(([name, learningRate]) => [name, () => adam({ learningRate })]),
  ),
};

describe('trained with any optimizer and schedule, compiled and interpreted numbers are the same', () => {
  const run = async (make: (typeof makers)[string], more: Partial<FitOptions>) => {
    const model = nn.mlp([2, 5, 3], { randomState: 4 });
    const optimizer = make(model);
    // Five batches an epoch, the last of them smaller: it is compiled by itself, over the same state.
    const { loss } = await fit(model, X, y, {
      ...{ loss: nn.crossEntropyLoss(), optimizer, epochs: 4, batchSize: 10, randomState: 1, ...more },
    });
    const state = Object.values(optimizer.state(model.namedParameters()));
    return {
      learned: [...loss, ...model.parameters().flatMap(({ data }) => [...data])],
      state: state.flatMap(({ data }) => [...data]),
    };
  };
  test.each(Object.entries(makers))('%s', async (_, make) => {
    const interpreted = await run(make, { compiled: false });
    const [double, single] = [await run(make, {}), await run(make, { precision: 'float32' })];
    expect(double.learned.every(Number.isFinite)).toBe(true);
    double.learned.forEach((number, i) => expect(number).toBeCloseTo(interpreted.learned[i]!, 12));
    double.state.forEach((number, i) => expect(number).toBeCloseTo(interpreted.state[i]!, 12));
    single.learned.forEach((number, i) => expect(number).toBeCloseTo(interpreted.learned[i]!, 4));
  });
});

describe('what does not require a gradient', () => {
  test('does not move, whatever the weight decay', async () => {
    class Half extends nn.Module {
      readonly fixed = nn.linear(2, 4, { randomState: 0 }).weight.detach();
      readonly head = nn.linear(4, 3, { randomState: 1 });
      forward(x: Parameters<nn.Linear['forward']>[0]) {
        const hidden = this.fixed.matmul(nn.sequential(nn.tanh()).forward(x).transpose()).transpose();
        return this.head.forward(hidden);
      }
    }
    const model = new Half();
    const before = [[...model.fixed.data], [...model.head.weight.data]];
    const optimizer = adamw({ weightDecay: 0.5 });
    await fit(model, X, y, { loss: nn.crossEntropyLoss(), optimizer, randomState: 0 });
    expect([...model.fixed.data]).toEqual(before[0]);
    expect([...model.head.weight.data]).not.toEqual(before[1]);
  });
});
