import { describe, expect, test } from 'vitest';
import { AnomalyError, data, DivergenceError, fit, nn, optim, tensor, type Tensor } from '../../src/index.js';

const { X, y } = data.makeBlobs({ nSamples: 64, centers: 2, randomState: 0 });

describe('NaN stops the run and is traced to its source', () => {
  /** log(w * x + 3): a step that makes w * x smaller than -3 makes NaN of it. */
  class Fragile extends nn.Module {
    readonly weight = tensor([[1]], { requiresGrad: true, name: 'weight' });
    forward(x: Tensor): Tensor {
      return x.matmul(this.weight).add(3).log();
    }
  }
  const inputs = Array.from({ length: 40 }, () => [1]);
  const options = {
    ...{ loss: nn.mseLoss(), optimizer: optim.sgd({ learningRate: 1 }) },
    ...{ batchSize: 4, shuffle: false, epochs: 3 },
  };

  test.each([true, false])(
    'function and step, the model as it was before (compiled: %s)',
    async (compiled) => {
      const model = new Fragile();
      // Each step of SGD moves the weight by 2 (target - log(w + 3)) / (w + 3), down by more and more.
      const run = fit(
        model,
        inputs,
        inputs.map(() => [-4]),
        { ...options, compiled },
      );
      const error: unknown = await run.catch((error: unknown) => error);
      expect(error).toBeInstanceOf(DivergenceError);
      const { message, cause } = error as DivergenceError;
      expect(message).toMatch(
        /the loss became (NaN|-?Infinity) in epoch 1, batch 3; a smaller learning rate/,
      );
      expect(message).toMatch(
        /began in step 3 \(epoch 1, batch 3\): log\(x\): the result is nan at \[0, 0\]/,
      );
      expect(cause).toBeInstanceOf(AnomalyError);
      expect(model.weight.data.every(Number.isFinite)).toBe(true);
    },
  );

  test('an update that overflows is found, though the loss shows it a step later', async () => {
    const model = nn.linear(2, 1, { randomState: 0 });
    const optimizer = optim.sgd({ learningRate: 1e308 });
    const watch = { onBatchEnd: () => {} }; // stretches of one step: the loss of the first is fine
    for (const callbacks of [[], [watch]]) {
      const run = fit(model, X, y, { ...options, optimizer, callbacks });
      await expect(run).rejects.toThrow(/batch 2; .* began in step 1 \(epoch 1, batch 1\): \w+\(/);
      expect(model.parameters().every(({ data }) => data.every(Number.isFinite))).toBe(true);
    }
  });

  test('float32 overflows where float64 does not, and the message says so', async () => {
    const large = X.mul(1e25);
    const run = fit(nn.linear(2, 1, { randomState: 0 }), large, y, {
      ...options,
      optimizer: optim.sgd({ learningRate: 1e-60 }),
      precision: 'float32',
    });
    await expect(run).rejects.toThrow(/the loss became NaN in epoch 1, batch \d+; .*precision: 'float64'/);
  });

  test('a late overflow of float32 leaves the model as the stretch found it, whatever has been replayed', async () => {
    // p = x w, of which every step moves w: inputs of 1, then one whose p² is beyond float32.
    const model = nn.linear(1, 1, { bias: false, randomState: 0 });
    const inputs = Array.from({ length: 4000 }, (_, i) => [i === 3990 ? 1e25 : 1]);
    const run = fit(
      model,
      inputs,
      inputs.map(() => [0]),
      {
        ...{ loss: nn.mseLoss(), optimizer: optim.sgd({ learningRate: 1e-60 }) },
        ...{ batchSize: 1, shuffle: false, precision: 'float32', compiled: true },
      },
    );
    await expect(run).rejects.toThrow(/the loss became \w+ in epoch 1, batch 3991/);
    expect(model.parameters().every(({ data }) => data.every(Number.isFinite))).toBe(true);
  });
});

test('a loss that explodes stops the run before it is infinite', async () => {
  const run = fit(nn.linear(2, 1, { randomState: 0 }), X, y, {
    ...{
      loss: nn.mseLoss(),
      optimizer: optim.sgd({ learningRate: 1 }),
      batchSize: 8,
      epochs: 100,
      randomState: 0,
    },
  });
  await expect(run).rejects.toThrow(/the loss grew from [\d.]+ to \d\.\d\de\+\d+ in epoch \d+, batch \d+/);
});
