// The playground's training: fit's numbers, saved and gone on with, and what can be seen of it.

import { describe, expect, test } from 'vitest';
import { fit, nn, optim, RandomState, tensor } from '../../../src/index.js';
import { pointsOf } from '../../../lab/playground/datasets.js';
import { observerOf, PLANE, TILE } from '../../../lab/playground/look.js';
import { placesOf } from '../../../lab/playground/network.js';
import { DEFAULTS, type Settings } from '../../../lab/playground/settings.js';
import { trainerOf } from '../../../lab/playground/trainer.js';

function settingsWith(training: Partial<Settings['training']>, more: Partial<Settings> = {}): Settings {
  return { ...DEFAULTS, ...more, training: { ...DEFAULTS.training, ...training } };
}

/** The same network in the library's own words, trained by `fit`. */
async function fitted(epochs: number, settings: Settings): Promise<number[]> {
  const { X, y, training } = pointsOf(settings.data);
  const randomState = new RandomState(0);
  const model = nn.sequential(
    ...[nn.linear(2, 4, { randomState }), nn.tanh()],
    ...[nn.linear(4, 3, { randomState }), nn.tanh()],
    ...[nn.linear(3, 1, { randomState }), nn.sigmoid()],
  );
  await fit(model, tensor(X.slice(0, 2 * training), { shape: [training, 2] }), y.slice(0, training), {
    ...{ loss: nn.bceLoss(), optimizer: optim.adam({ learningRate: 0.05 }) },
    ...{ epochs, batchSize: 16, randomState: 0 },
  });
  return model.parameters().flatMap(({ data }) => [...data]);
}

const adam = settingsWith({ optimizer: 'adam', learningRate: 0.05, batchSize: 16 });

test('an epoch of the playground is an epoch of fit, to the last bit', async () => {
  const trainer = trainerOf(adam);
  trainer.advance(3 * trainer.batches);
  expect(trainer.epoch).toBe(3);
  expect([...trainer.network.values()]).toEqual(await fitted(3, adam));
});

test('a training that was saved goes on as if it had not been', () => {
  const [whole, first] = [trainerOf(adam), trainerOf(adam)];
  whole.advance(50);
  first.advance(23);
  const rest = trainerOf(adam, JSON.parse(JSON.stringify(first.save())));
  rest.advance(27);
  expect(rest.steps).toBe(50);
  expect(rest.network.values()).toEqual(whole.network.values());
});

test('weights that belong to another network are left aside', () => {
  const saved = { ...trainerOf(adam).save(), weights: [1, 2, 3], steps: 9 };
  const trainer = trainerOf(adam, saved);
  expect(trainer.steps).toBe(0);
  expect(trainer.network.values()).toEqual(trainerOf(adam).network.values());
});

test('another learning rate keeps weights and momentum, another optimizer keeps the weights', () => {
  const trainer = trainerOf(adam);
  trainer.advance(5);
  const before = trainer.save();
  trainer.retrain({ ...adam.training, learningRate: 0.01 });
  expect(trainer.save().optimizer['0.weight.m']).toEqual(before.optimizer['0.weight.m']);
  expect(trainer.save().optimizer['learningRate']).toEqual([0.01]);
  trainer.retrain({ ...adam.training, optimizer: 'sgd' });
  expect(trainer.save().weights).toEqual(before.weights);
  trainer.advance(1);
  expect(trainer.steps).toBe(6);
});

test('one sample alone moves the weights by its own gradient', () => {
  const settings = settingsWith({ optimizer: 'sgd', learningRate: 0.1 });
  const trainer = trainerOf(settings);
  const [before, { X, y }] = [trainer.network.values(), trainer.points];
  const loss = nn.bceLoss().forward(trainer.network.model.forward([[X[14]!, X[15]!]]), [[y[7]!]]);
  loss.backward();
  const gradients = trainer.network.parameters.flatMap(({ grad }) => [...grad!.data]);
  trainer.learn(7);
  trainer.network
    .values()
    .forEach((value, i) => expect(value).toBeCloseTo(before[i]! - 0.1 * gradients[i]!, 12));
  expect([trainer.steps, trainer.epoch, trainer.batch]).toEqual([1, 0, 0]);
});

test('a loss that runs away stops the training before the step in which it does, and says where it began', () => {
  const wild = settingsWith({
    loss: 'mse',
    optimizer: 'sgd',
    learningRate: 100,
    penalty: 'l2',
    strength: 10,
  });
  const layers = [{ units: 4, activation: 'relu' as const, dropout: 0 }];
  const trainer = trainerOf({ ...wild, network: { seed: 0, layers } });
  trainer.advance(2000);
  expect(trainer.breakdown?.cause).toMatch(/NaN|infinity|inf/i);
  expect(trainer.network.values().every(Number.isFinite)).toBe(true);
  const { steps } = trainer;
  expect(trainer.advance(10)).toBe(0);
  expect(trainer.steps).toBe(steps);
});

describe('a look', () => {
  const settings = settingsWith({ penalty: 'l2', strength: 0.01 });
  const trainer = trainerOf(settings);
  trainer.advance(40);
  const observer = observerOf(trainer);

  test('has the gradient of the objective by every weight', () => {
    const { gradients, weights, train } = observer.look('forward');
    const { X, y, training } = trainer.points;
    const inputs = tensor(X.slice(0, 2 * training), { shape: [training, 2] });
    const loss = nn
      .bceLoss()
      .forward(trainer.network.model.forward(inputs), tensor(y.slice(0, training), { shape: [training, 1] }));
    expect(train.loss).toBeCloseTo(loss.item(), 12);
    for (const parameter of trainer.network.parameters) parameter.grad = null;
    loss.backward();
    const places = placesOf([2, 4, 3, 1]);
    const data = trainer.network.parameters.flatMap(({ grad }) => [...grad!.data]);
    const isWeight = (i: number): boolean => places.some(({ weight, bias }) => i >= weight && i < bias);
    gradients.forEach((gradient, i) =>
      expect(gradient).toBeCloseTo(data[i]! + (isWeight(i) ? 0.01 * weights[i]! : 0), 12),
    );
  });

  test('has a picture of every neuron, inputs and output included', () => {
    const { tiles, scales, plane } = observer.look('forward');
    expect(scales.length).toBe(2 + 4 + 3 + 1);
    expect(tiles.length).toBe(scales.length * TILE * TILE);
    const [from, to] = trainer.points.domain;
    const last = tiles.subarray(9 * TILE * TILE);
    const corner = trainer.network.model.predict([[from, from]]).item();
    expect(last[0]).toBe(Math.round(128 + (127 * (corner - 0.5)) / scales[9]!));
    expect(plane[0]).toBeCloseTo(corner, 6);
    expect(plane.at(-1)).toBeCloseTo(trainer.network.model.predict([[to, to]]).item(), 6);
    expect(plane.length).toBe(PLANE * PLANE);
    // x1 grows to the right, x2 upwards
    expect([tiles[0], tiles[TILE - 1]! > 128, tiles[TILE * TILE]]).toEqual([
      tiles[(TILE - 1) * TILE],
      true,
      tiles[TILE * TILE + TILE - 1],
    ]);
  });

  test('backward, has the derivative of the output by every neuron', () => {
    const { tiles, scales } = observer.look('backward');
    const [from] = trainer.points.domain;
    const { network } = trainer;
    const h = 1e-5;
    const at = (x: number): number => network.model.predict([[x, from]]).item();
    const slope = (at(from + h) - at(from - h)) / (2 * h);
    expect(Math.abs(tiles[0]! - (128 + (127 * slope) / scales[0]!))).toBeLessThan(1);
    // the output by itself is 1 everywhere
    expect(new Set(tiles.subarray(9 * TILE * TILE))).toEqual(new Set([255]));
  });

  test('leaves nothing out that dropout would', () => {
    const layers = [{ units: 6, activation: 'tanh' as const, dropout: 0.5 }];
    const dropping = trainerOf({ ...settings, network: { seed: 0, layers } });
    dropping.advance(3);
    const looking = observerOf(dropping);
    expect(looking.look('forward').train.loss).toBe(looking.look('forward').train.loss);
    dropping.advance(3);
    expect(dropping.network.model.training).toBe(true);
  });
});
