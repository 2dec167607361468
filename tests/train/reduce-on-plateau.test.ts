import { describe, expect, test } from 'vitest';
import { data, fit, nn, optim, reduceOnPlateau, ValueError, type PlateauOptions } from '../../src/index.js';
import { readFixture } from '../optim/torch.js';

interface Plateau {
  readonly options: PlateauOptions;
  readonly values: readonly number[];
  readonly rates: readonly number[];
}
const { plateaus } = readFixture<{ plateaus: readonly Plateau[] }>('torch-optim.json');

describe('the rates are those of ReduceLROnPlateau', () => {
  const report = (loss: number) => ({ epoch: 1, epochs: 1, logs: { loss } });
  test.each(plateaus.map((plateau) => [JSON.stringify(plateau.options), plateau] as const))(
    '%s',
    async (_, { options, values, rates }) => {
      const optimizer = optim.sgd({ learningRate: 0.4 });
      let callback = reduceOnPlateau(optimizer, options);
      for (const [i, value] of values.entries()) {
        await callback.onEpochEnd(report(value));
        expect(optimizer.learningRate / rates[i]!).toBeCloseTo(1, 12);
        // Saved and restored in between, it goes on the same.
        const state = callback.state();
        callback = reduceOnPlateau(optimizer, options);
        callback.loadState(state);
      }
    },
  );
});

test.each([{ compiled: true }, { compiled: false }])(
  'fit goes on with the lowered rate (%o)',
  async (how) => {
    const { X, y } = data.makeBlobs({ centers: 2, randomState: 0 });
    const losses = async (callbacks: boolean): Promise<number[]> => {
      const optimizer = optim.sgd({ learningRate: 0.1 });
      const plateau = reduceOnPlateau(optimizer, { patience: 0, threshold: 10, factor: 0.5 });
      const history = await fit(nn.mlp([2, 1], { randomState: 0 }), X, y, {
        ...{ loss: nn.bceWithLogitsLoss(), optimizer, epochs: 4, shuffle: false, ...how },
        callbacks: callbacks ? [plateau] : [],
      });
      // The first epoch is always better than nothing; none after it is by this threshold.
      expect(optimizer.learningRate).toBe(callbacks ? 0.1 / 8 : 0.1);
      return history.loss;
    };
    const [lowered, plain] = [await losses(true), await losses(false)];
    expect(lowered.slice(0, 2)).toEqual(plain.slice(0, 2));
    expect(lowered[2]).toBeGreaterThan(plain[2]!);
  },
);

describe('options out of range are refused', () => {
  const optimizer = optim.sgd({ learningRate: 1 });
  test.each([
    [{ factor: 1 }, /reduceOnPlateau: factor must be a number between 0 and 1, got 1/],
    [{ patience: -1 }, /patience must be a whole number of at least 0, got -1/],
    [{ cooldown: 0.5 }, /cooldown must be a whole number/],
    [{ threshold: NaN }, /threshold must be a number of at least 0, got NaN/],
    [{ mode: 'up' }, /mode must be min or max, got up/],
    [{ thresholdMode: 'relative' }, /thresholdMode must be rel or abs, got relative/],
  ])('%o', (options, message) => {
    expect(() => reduceOnPlateau(optimizer, options as PlateauOptions)).toThrow(ValueError);
    expect(() => reduceOnPlateau(optimizer, options as PlateauOptions)).toThrow(message);
  });
  test('an entry that the logs lack', () => {
    const { onEpochEnd } = reduceOnPlateau(optimizer, { monitor: 'accuracy' });
    expect(() => onEpochEnd({ epoch: 1, epochs: 1, logs: { loss: 1 } })).toThrow(
      /there is no accuracy to watch; there are loss/,
    );
  });
});
