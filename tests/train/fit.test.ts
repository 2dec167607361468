import { describe, expect, test } from 'vitest';
import {
  accuracy,
  data,
  DivergenceError,
  fit,
  nn,
  optim,
  RandomState,
  ShapeError,
  tensor,
  ValueError,
  type EpochReport,
  type FitOptions,
  type Tensor,
} from '../../src/index.js';

const { X, y } = data.makeBlobs({ nSamples: 100, centers: 2, nFeatures: 2, clusterStd: 0.5, randomState: 0 });
const neuron = () =>
  nn.sequential(nn.linear(2, 1, { initializer: nn.init.standardNormal, randomState: 0 }), nn.sigmoid());
const options = {
  loss: nn.bceLoss(),
  optimizer: optim.sgd({ learningRate: 0.001 }),
  epochs: 30,
  batchSize: 1,
  shuffle: false,
};

test('lesson 4 gives NumPy’s numbers', async () => {
  const model = neuron();
  const history = await fit(model, X, y, options);
  expect(history.loss).toHaveLength(30);
  // The same loop in NumPy 1.24, with dJ_dz = p - y.
  expect(history.loss[0]).toBeCloseTo(1.9788839183735483, 12);
  expect(history.loss[29]).toBeCloseTo(0.0930451244804769, 12);
  expect([history.accuracy![0], history.accuracy![29]]).toEqual([0.5, 1]);
  const [weight, bias] = model.parameters();
  expect(weight!.toArray()).toEqual([[expect.closeTo(1.4893021, 7), expect.closeTo(-1.18297767, 7)]]);
  expect(bias!.toArray()).toEqual([expect.closeTo(0.6799260965935671, 12)]);
});

describe('batches', () => {
  test('the loss of an epoch is the mean over samples, though the last batch is smaller', async () => {
    const model = nn.linear(1, 1, { initializer: nn.init.zeros, bias: false });
    const frozen = optim.sgd({ learningRate: 1e-300 });
    const history = await fit(model, [[1], [1], [1]], [[1], [2], [3]], {
      loss: nn.mseLoss(),
      optimizer: frozen,
      batchSize: 2,
      shuffle: false,
    });
    expect(history.loss[0]).toBeCloseTo((1 + 4 + 9) / 3, 14);
  });

  test('a seed gives the same shuffled run, another seed another', async () => {
    const run = async (randomState: number) => {
      const optimizer = optim.sgd({ learningRate: 0.01 });
      return (await fit(neuron(), X, y, { ...options, optimizer, epochs: 2, shuffle: true, randomState }))
        .loss;
    };
    expect(await run(1)).toEqual(await run(1));
    expect(await run(1)).not.toEqual(await run(2));
  });

  test('every sample is seen once an epoch', async () => {
    const seen: number[] = [];
    const model = nn.linear(1, 1);
    const rows = Array.from({ length: 7 }, (_, i) => [i]);
    await fit(model, rows, rows, {
      loss: nn.mseLoss(),
      optimizer: optim.sgd({ learningRate: 1e-6 }),
      batchSize: 3,
      compiled: false,
      metrics: { note: (_, target) => seen.push(...target.data) },
    });
    expect(seen.sort()).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });
});

describe('compiled or interpreted, the numbers are the same', () => {
  const run = async (more: Partial<FitOptions>) => {
    const model = nn.mlp([2, 5, 1], { randomState: 4 });
    const optimizer = optim.sgd({ learningRate: 0.05, momentum: 0.5 });
    const history = await fit(model, X, y, {
      ...{ loss: nn.bceWithLogitsLoss(), optimizer, epochs: 3, randomState: 1, ...more },
    });
    return [
      ...history.loss,
      ...(history.accuracy ?? []),
      ...model.parameters().flatMap(({ data }) => [...data]),
    ];
  };
  test.each([1, 7, 32, 100, 1000])('batches of %d', async (batchSize) => {
    const [compiled, interpreted] = [await run({ batchSize }), await run({ batchSize, compiled: false })];
    compiled.forEach((number, i) => expect(number).toBeCloseTo(interpreted[i]!, 12));
  });
  test('a metric that is a plain number', async () => {
    const metrics = { mean: (prediction: Tensor) => prediction.data.reduce((sum, x) => sum + x, 0) };
    expect(await run({ metrics })).toEqual(await run({ metrics, compiled: false }));
  });
  test('float32 is near', async () => {
    const [single, double] = [await run({ precision: 'float32' }), await run({})];
    single.forEach((number, i) => expect(number).toBeCloseTo(double[i]!, 5));
  });
  test('a label that is no class stops the run', async () => {
    const labels = Array.from({ length: 100 }, (_, i) => (i === 70 ? 9 : 0));
    const run = fit(nn.mlp([2, 3]), X, labels, { ...options, loss: nn.crossEntropyLoss() });
    await expect(run).rejects.toThrow(/lies outside its axis/);
  });
});

describe('several classes', () => {
  test('labels [n] go with scores [n, classes], and accuracy takes the largest', async () => {
    const set = data.makeBlobs({ centers: 3, clusterStd: 0.6, randomState: 3 });
    const history = await fit(nn.mlp([2, 8, 3], { randomState: 0 }), set.X, set.y, {
      loss: nn.crossEntropyLoss(),
      optimizer: optim.sgd({ learningRate: 0.1 }),
      epochs: 20,
      batchSize: 10,
      randomState: 0,
    });
    expect(history.accuracy!.at(-1)).toBeGreaterThan(0.95);
  });

  test('accuracy rounds half to even, as NumPy does: exactly 0.5 is class 0', () => {
    expect(accuracy(tensor([[0.5], [0.5]]), tensor([[0], [1]])).item()).toBe(0.5);
  });
});

describe('callbacks and signals', () => {
  test('a callback hears every epoch and every batch, and is waited for', async () => {
    const epochs: EpochReport[] = [];
    let batches = 0;
    await fit(neuron(), X, y, {
      ...options,
      epochs: 2,
      batchSize: 32,
      callbacks: [
        {
          onBatchEnd: ({ batches: of }) => {
            batches++;
            expect(of).toBe(4);
          },
          onEpochEnd: async (report) => {
            await Promise.resolve();
            epochs.push(report);
          },
        },
      ],
    });
    expect(batches).toBe(8);
    expect(epochs.map(({ epoch }) => epoch)).toEqual([1, 2]);
    expect(epochs[0]!.logs).toHaveProperty('accuracy');
  });

  test('a signal ends the run between two batches, with the whole epochs so far', async () => {
    const controller = new AbortController();
    const history = await fit(neuron(), X, y, {
      ...options,
      signal: controller.signal,
      callbacks: [
        {
          onBatchEnd: ({ epoch, batch }) => {
            if (epoch === 3 && batch === 5) controller.abort();
          },
        },
      ],
    });
    expect(history.loss).toHaveLength(2);
  });

  test('timers get their turn during a long run', async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 0);
    const history = await fit(neuron(), X, y, { ...options, epochs: 1_000_000, signal: controller.signal });
    expect(history.loss.length).toBeLessThan(1_000_000);
  });
});

describe('what does not go together is refused before anything changes', () => {
  test.each([
    [new RandomState(0).randn(5, 2), [0, 1], ShapeError, /5 samples and y has 2 targets/],
    [[], [], ShapeError, /at least one sample/],
  ])('%#', async (samples, targets, kind, message) => {
    await expect(fit(neuron(), samples, targets, options)).rejects.toThrow(kind);
    await expect(fit(neuron(), samples, targets, options)).rejects.toThrow(message);
  });

  test.each([
    [{ batchSize: 0 }, /batchSize must be a whole number of at least 1, got 0/],
    [{ epochs: 1.5 }, /epochs must be a whole number of at least 0, got 1.5/],
    [{ epochs: NaN }, /epochs/],
  ])('%o', async (wrong, message) => {
    await expect(fit(neuron(), X, y, { ...options, ...wrong })).rejects.toThrow(message);
  });

  test('a model without parameters', async () => {
    await expect(fit(nn.sigmoid(), X, y, options)).rejects.toThrow(ValueError);
  });

  test('targets [n, 2] against predictions [n, 1] are not broadcast', async () => {
    await expect(fit(neuron(), X, new RandomState(0).randn(100, 2), options)).rejects.toThrow(
      /differ in shape/,
    );
  });
});

test('a loss that runs away stops the run and says when', async () => {
  const run = fit(nn.linear(2, 1, { randomState: 0 }), X, y, {
    ...options,
    loss: nn.mseLoss(),
    optimizer: optim.sgd({ learningRate: 1e200 }),
  });
  await expect(run).rejects.toThrow(DivergenceError);
  await expect(run).rejects.toThrow(/epoch 1, batch \d+; a smaller learning rate/);
});
