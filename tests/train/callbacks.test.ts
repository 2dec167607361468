import { describe, expect, test } from 'vitest';
import {
  data,
  earlyStopping,
  findLearningRate,
  fit,
  keepBest,
  nn,
  optim,
  tensor,
  ValueError,
  type Callback,
  type Run,
  type Tensor,
} from '../../src/index.js';
import { csvBatches, csvDataset, fitCsvStream } from '../../src/files/index.js';

const { X, y } = data.makeMoons({ nSamples: 100, noise: 0.2, randomState: 0 });
const held = data.makeMoons({ nSamples: 50, noise: 0.2, randomState: 1 });
const network = () => nn.mlp([2, 8, 1], { randomState: 0 });
const options = () => ({
  ...{ loss: nn.bceWithLogitsLoss(), optimizer: optim.adam({ learningRate: 0.05 }), randomState: 0 },
  epochs: 4,
});

describe('validation', () => {
  test.each([true, false])(
    'is measured after each epoch, in evaluation mode (compiled: %s)',
    async (compiled) => {
      const model = nn.sequential(
        ...[nn.linear(2, 8, { randomState: 0 }), nn.batchNorm1d(8), nn.relu()],
        ...[nn.dropout(0.5, { randomState: 0 }), nn.linear(8, 1, { randomState: 1 })],
      );
      const expected: number[] = [];
      const onEpochEnd: Callback['onEpochEnd'] = ({ logs }) => {
        const loss = nn.bceWithLogitsLoss().forward(model.predict(held.X), held.y.reshape([50, 1]));
        expect(logs['val_loss']).toBeCloseTo(loss.item(), 12);
        expected.push(logs['val_loss']!);
      };
      const history = await fit(model, X, y, {
        ...options(),
        compiled,
        validation: held,
        callbacks: [{ onEpochEnd }],
      });
      expect(history['val_loss']).toEqual(expected);
      expect(history['val_accuracy']).toHaveLength(4);
      expect(model.training).toBe(true);
    },
  );

  test('does not change what is learned', async () => {
    const [plain, watched] = [network(), network()];
    await fit(plain, X, y, options());
    await fit(watched, X, y, { ...options(), validation: held });
    expect(watched.parameters().map((p) => p.toArray())).toEqual(plain.parameters().map((p) => p.toArray()));
  });

  test('a fraction is taken out of the training data, the same one for a seed', async () => {
    const rows = tensor(Array.from({ length: 20 }, (_, i) => [i]));
    const run = async (randomState?: number) => {
      const seen: Record<string, Set<number>> = { train: new Set(), held: new Set() };
      const model = nn.linear(1, 1, { randomState: 0 });
      const note = (_: Tensor, target: Tensor): number => {
        for (const value of target.data) seen[model.training ? 'train' : 'held']!.add(value);
        return 0;
      };
      await fit(model, rows, rows, {
        ...{ loss: nn.mseLoss(), optimizer: optim.sgd({ learningRate: 1e-9 }), epochs: 2, metrics: { note } },
        validation: { fraction: 0.25, ...(randomState !== undefined && { randomState }) },
      });
      return seen as { train: Set<number>; held: Set<number> };
    };
    const { train, held } = await run();
    expect([train.size, held.size, new Set([...train, ...held]).size]).toEqual([15, 5, 20]);
    expect((await run()).held).toEqual(held);
    expect((await run(1)).held).not.toEqual(held);
  });

  test.each([0, 1, 0.001, NaN])('a fraction of %d is refused', async (fraction) => {
    await expect(fit(network(), X, y, { ...options(), validation: { fraction } })).rejects.toThrow(
      ValueError,
    );
  });
});

test('a model in evaluation mode is trained in training mode and is then in evaluation mode again', async () => {
  const model = nn.sequential(nn.dropout(0.5, { randomState: 0 }), nn.linear(2, 1), nn.batchNorm1d(1)).eval();
  const modes: boolean[] = [];
  await fit(model, X, y, {
    ...options(),
    callbacks: [{ onEpochEnd: () => void modes.push(model.training) }],
  });
  expect([modes[0], model.training]).toEqual([true, false]);
});

describe('early stopping and keeping the best', () => {
  /** Logs come from a list; the weight counts the epochs. */
  const scripted = async (values: readonly number[], callbacks: readonly Callback[], name = 'val_loss') => {
    const model = nn.linear(1, 1, { bias: false, initializer: nn.init.zeros });
    const heard: number[] = [];
    const script: Callback = {
      onEpochEnd({ epoch, epochs }) {
        model.parameters()[0]!.assign(tensor([[epoch]]));
        heard.push(epoch);
        for (const callback of callbacks) {
          void callback.onEpochEnd?.({ epoch, epochs, logs: { loss: 0, [name]: values[epoch - 1]! } });
        }
      },
    };
    const rest = callbacks.map(({ onEpochEnd: _, ...others }) => others);
    await fit(model, [[1]], [[0]], {
      ...{ loss: nn.mseLoss(), optimizer: optim.sgd({ learningRate: 1e-300 }), epochs: values.length },
      callbacks: [script, ...rest],
    });
    return { epochs: heard.length, weight: model.parameters()[0]!.item() };
  };

  test.each([
    [[3, 2, 2.5, 2, 4, 1], { patience: 3 }, 5],
    [[3, 2, 2.5, 1, 4, 1], { patience: 3 }, 6],
    [[3, 2.9, 2.8, 2.7], { patience: 2, minDelta: 0.15 }, 4],
    [[3, 2.9, 2.9, 2.9], { patience: 2, minDelta: 0.15 }, 3],
    [[NaN, NaN, NaN], { patience: 2 }, 2],
    [[0.1, 0.2, 0.3, 0.2, 0.2], { patience: 2, mode: 'max' as const }, 5],
    [[0.1, 0.2, 0.3], { patience: 2 }, 3],
  ])('%j with %o ends after %i', async (values, given, epochs) => {
    expect((await scripted(values, [earlyStopping(given)])).epochs).toBe(epochs);
  });

  test('the best weights come back, of loss the least and of accuracy the most', async () => {
    expect((await scripted([3, 1, 2], [keepBest()])).weight).toBe(2);
    const watch = { monitor: 'val_accuracy' };
    expect((await scripted([0.3, 0.1, 0.2], [keepBest(watch)], 'val_accuracy')).weight).toBe(1);
    expect((await scripted([3, 1, 2, 2, 2], [earlyStopping({ patience: 1 }), keepBest()])).weight).toBe(2);
  });

  test('what is not in the logs is an error that says what is', async () => {
    for (const callback of [earlyStopping({ monitor: 'f1' }), keepBest({ monitor: 'f1' })]) {
      await expect(fit(network(), X, y, { ...options(), callbacks: [callback] })).rejects.toThrow(
        /no f1 to watch; there are loss, accuracy/,
      );
    }
  });

  test.each([{ patience: 0 }, { minDelta: -1 }, { mode: 'up' as 'max' }])('%o is refused', (wrong) => {
    expect(() => earlyStopping(wrong)).toThrow(ValueError);
  });
});

test('pauses come where a callback wants them, without single steps', async () => {
  const steps: number[] = [];
  await fit(network(), X, y, {
    ...{ ...options(), batchSize: 1 },
    callbacks: [
      {
        stepsUntilPause: ({ step }: Run) => 30 - (step % 30),
        onPause: ({ step }) => void steps.push(step),
      },
    ],
  });
  for (let step = 30; step < 400; step += 30) expect(steps).toContain(step);
});

describe('findLearningRate', () => {
  test('gives a curve and puts everything back', () => {
    const model = nn.sequential(
      nn.linear(2, 8, { randomState: 0 }),
      nn.batchNorm1d(8),
      nn.relu(),
      nn.linear(8, 1, { randomState: 1 }),
    );
    const optimizer = optim.adam({ learningRate: 0.02 });
    const named = model.namedParameters();
    const now = () =>
      JSON.stringify([named, model.namedBuffers(), optimizer.state(named)].map((x) => values(x)));
    const before = now();
    const curve = findLearningRate(model, X, y, { loss: nn.bceWithLogitsLoss(), optimizer, randomState: 0 });
    expect(now()).toBe(before);
    expect(optimizer.learningRate).toBe(0.02);
    expect(curve.rates[0]).toBe(1e-7);
    expect(curve.rates.length).toBe(curve.losses.length);
    expect(curve.suggestion).toBeGreaterThan(1e-4);
    expect(curve.suggestion).toBeLessThan(1);
  });

  test.each([{ from: 0 }, { from: 1, to: 0.1 }, { steps: 11 }, { batchSize: 0 }])(
    '%o is refused',
    (wrong) => {
      const given = { loss: nn.bceWithLogitsLoss(), optimizer: optim.sgd({ learningRate: 1 }), ...wrong };
      expect(() => findLearningRate(network(), X, y, given)).toThrow(ValueError);
    },
  );
});

const values = (
  tensors: readonly (readonly [string, Tensor])[] | Readonly<Record<string, Tensor>>,
): unknown =>
  (Array.isArray(tensors) ? tensors : Object.entries(tensors)).map(([name, { data }]) => [name, [...data]]);

describe('streams', () => {
  const text = `a,b,y\n${Array.from({ length: 50 }, (_, i) => `${Math.sin(i)},${Math.cos(2 * i)},${i % 2 ? 'p' : 'q'}`).join('\n')}\n`;
  const chunks = [text.slice(0, 300), text.slice(300)];

  test.each([true, false])(
    'of a CSV file give what the file in memory gives (compiled: %s)',
    async (compiled) => {
      const columns = await fitCsvStream(chunks, { target: 'y' });
      const whole = csvDataset(text, { target: 'y' });
      const [one, other] = [network(), network()];
      const more = { ...options(), compiled, validation: held };
      const streamed = await fit(one, () => csvBatches(chunks, columns, { batchSize: 8 }), {
        ...{ ...more, optimizer: optim.adam() },
      });
      const inMemory = await fit(other, whole.X, whole.y!, {
        ...{ ...more, optimizer: optim.adam(), batchSize: 8, shuffle: false },
      });
      for (const name of ['loss', 'accuracy', 'val_loss']) {
        streamed[name]!.forEach((value, i) => expect(value).toBeCloseTo(inMemory[name]![i]!, 12));
      }
    },
  );

  test('a generator that is used up, a stream without targets and a fraction of one are refused', async () => {
    function* once() {
      yield { X: [[1, 2]], y: [1] };
    }
    await expect(fit(network(), once(), options())).rejects.toThrow(/walked only once/);
    await expect(fit(network(), [{ X: [[1, 2]], y: null }], options())).rejects.toThrow(/no targets/);
    await expect(fit(network(), [{ X: [[1, 2]], y: [1, 2] }], options())).rejects.toThrow(
      /batch 1 of the stream/,
    );
    const validation = { fraction: 0.5 } as never;
    await expect(fit(network(), [], { ...options(), validation })).rejects.toThrow(
      /a stream has no fraction/,
    );
  });

  test('a stream that is left early is closed, and its length is known from the second epoch on', async () => {
    let closed = 0;
    async function* stream() {
      try {
        for (let i = 0; i < 3; i++) yield { X: [[1, i]], y: [1] };
      } finally {
        closed++;
      }
    }
    const lengths: number[] = [];
    const controller = new AbortController();
    await fit(network(), stream, {
      ...{ ...options(), signal: controller.signal },
      callbacks: [
        {
          onBatchEnd: ({ epoch, batch, batches }) => {
            lengths.push(batches);
            if (epoch === 2 && batch === 2) controller.abort();
          },
        },
      ],
    });
    expect([closed, lengths]).toEqual([2, [0, 0, 0, 3, 3]]);
  });
});
