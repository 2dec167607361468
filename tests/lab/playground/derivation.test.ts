// The derivation that a click opens: its numbers are those of the numeric derivative, for every loss and activation.

import { describe, expect, test } from 'vitest';
import { derive, type Target } from '../../../lab/playground/derivation.js';
import { observerOf } from '../../../lab/playground/look.js';
import { placesOf } from '../../../lab/playground/network.js';
import { lossFunction, targetOf } from '../../../lab/playground/objective.js';
import {
  ACTIVATIONS,
  DEFAULTS,
  LOSSES,
  type Activation,
  type LossName,
} from '../../../lab/playground/settings.js';
import { trainerOf, type Trainer } from '../../../lab/playground/trainer.js';

function trainerWith(loss: LossName, activation: Activation): Trainer {
  const layers = [3, 2].map((units) => ({ units, activation, dropout: 0 }));
  return trainerOf({
    ...{ data: DEFAULTS.data, network: { layers, seed: 1 } },
    training: { ...DEFAULTS.training, loss },
  });
}

/** The derivative of a sample's loss by one of the numbers of the network, from two losses. */
function numeric(trainer: Trainer, sample: number, place: number): number {
  const { network, points, settings } = trainer;
  const { loss } = settings.training;
  const values = network.values();
  const at = (value: number): number => {
    network.assign(values.map((other, i) => (i === place ? value : other)));
    const p = network.model.predict([[points.X[2 * sample]!, points.X[2 * sample + 1]!]]);
    return lossFunction(loss)(p, p.mul(0).add(targetOf(loss, points.y[sample]!))).item();
  };
  const h = 1e-6;
  const slope = (at(values[place]! + h) - at(values[place]! - h)) / (2 * h);
  network.assign(values);
  return slope;
}

const places = placesOf([2, 3, 2, 1]);

test.each([
  ...LOSSES.map((loss) => [loss, 'tanh'] as const),
  ...ACTIVATIONS.map((activation) => ['bce', activation] as const),
])('with loss %s and activation %s, ends in the numeric derivative', (loss, activation) => {
  const trainer = trainerWith(loss, activation);
  const targets: [Target, number][] = [
    [{ kind: 'weight', layer: 0, unit: 2, input: 1 }, places[0]!.weight + 2 * 2 + 1],
    [{ kind: 'bias', layer: 0, unit: 1 }, places[0]!.bias + 1],
    [{ kind: 'weight', layer: 1, unit: 1, input: 2 }, places[1]!.weight + 3 + 2],
    [{ kind: 'weight', layer: 2, unit: 0, input: 0 }, places[2]!.weight],
  ];
  for (const [target, place] of targets) {
    expect(derive(trainer, target, 4).value).toBeCloseTo(numeric(trainer, 4, place), 5);
  }
});

describe('the derivation of a weight of the first layer', () => {
  const trainer = trainerWith('bce', 'tanh');
  const target: Target = { kind: 'weight', layer: 0, unit: 0, input: 1 };
  const { backward, forward, value } = derive(trainer, target, 4);

  test('goes from the loss through every layer down to it', () => {
    expect(backward.map(({ title, layer }) => [title, layer])).toEqual([
      ...[
        ['loss', null],
        ['output', null],
        ['hidden', 2],
        ['hidden', 1],
        ['end', null],
        ['all', null],
      ],
    ]);
    expect(forward.map(({ title }) => title)).toEqual(['sample', 'hidden', 'hidden', 'output', 'loss']);
  });

  test('has all units of the layers above, and only its own of its layer', () => {
    expect(backward[2]!.lines.length).toBe(2 * 3); // two units: dJ/da, da/dz, dJ/dz
    expect(backward[3]!.lines.length).toBe(3);
  });

  test('writes each line with its formula and its number', () => {
    const [upstream, local, product] = backward[3]!.lines;
    expect(product!.value).toBeCloseTo(upstream!.value * local!.value, 14);
    expect(local!.sides[1]).toContain('<msup>'); // 1 - a²
    for (const section of [...forward, ...backward]) {
      for (const line of section.lines) expect(line.sides.at(-1)).toMatch(/^<mn>−?[\d.]+(e−\d+)?<\/mn>$/);
    }
  });

  test('ends with the mean over the training samples, which the weight is drawn with', () => {
    const { gradients } = observerOf(trainer).look('forward');
    expect(backward.at(-1)!.lines[0]!.value).toBeCloseTo(gradients[1]!, 12);
    expect(backward.at(-2)!.lines.at(-1)!.value).toBe(value);
  });

  test('adds the penalty where there is one', () => {
    const { settings } = trainer;
    const pulled = trainerOf({
      ...settings,
      training: { ...settings.training, penalty: 'l1', strength: 0.5 },
    });
    const lines = derive(pulled, target, 0).backward.at(-1)!.lines;
    const weight = pulled.network.values()[1]!;
    expect(lines[1]!.value).toBeCloseTo(lines[0]!.value + 0.5 * Math.sign(weight), 12);
    expect(lines[1]!.value).toBeCloseTo(observerOf(pulled).look('forward').gradients[1]!, 12);
  });
});

test('a neuron ends where its output is reached, an input at the very front, the loss at once', () => {
  const trainer = trainerWith('bce', 'sigmoid');
  const titles = (target: Target): string[] =>
    derive(trainer, target, 0).backward.map(({ title, layer }) => title + (layer ?? ''));
  expect(titles({ kind: 'neuron', layer: 1, unit: 1 })).toEqual(['loss', 'output', 'hidden2']);
  expect(titles({ kind: 'neuron', layer: 2, unit: 0 })).toEqual(['loss']);
  expect(titles({ kind: 'input', input: 0 })).toEqual(['loss', 'output', 'hidden2', 'hidden1', 'end']);
  expect(titles({ kind: 'loss' })).toEqual(['loss', 'all']);
});

test.each([0, 1])(
  'a weighted sum of layer %i has the derivative of its bias, and tanh of it is the output',
  (layer) => {
    const trainer = trainerWith('bce', 'tanh');
    const of = (kind: 'sum' | 'bias' | 'neuron') => derive(trainer, { kind, layer, unit: 1 }, 5);
    const { own, value, backward } = of('sum');
    expect(value).toBe(of('bias').value);
    expect(backward).toEqual(of('bias').backward.filter(({ title }) => title !== 'end' && title !== 'all'));
    expect(Math.tanh(own)).toBeCloseTo(of('neuron').own, 14);
  },
);

test('a loss ends in the mean over the samples that it is one of, as the page shows it', () => {
  const trainer = trainerWith('bce', 'tanh');
  const { train, test: tested } = observerOf(trainer).look('forward');
  const last = (sample: number): unknown => {
    const { title, lines } = derive(trainer, { kind: 'loss' }, sample).backward.at(-1)!;
    return [title, lines[0]!.value];
  };
  expect(last(4)).toEqual(['all', expect.closeTo(train.loss, 12)]);
  expect(last(trainer.points.training)).toEqual(['test', expect.closeTo(tested!.loss, 12)]);
});

test('a network without hidden layers is the neuron of the notes', () => {
  const trainer = trainerOf({ ...DEFAULTS, network: { layers: [], seed: 0 } });
  const { value, x, label } = derive(trainer, { kind: 'weight', layer: 0, unit: 0, input: 0 }, 3);
  const p = trainer.network.model.predict([[...x]]).item();
  expect(value).toBeCloseTo((p - label) * x[0], 12);
});
