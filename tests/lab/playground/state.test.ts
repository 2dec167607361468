// What the playground keeps: settings within their limits, undo, links, the line of losses, model files.

import { deflateSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { nn } from '../../../src/index.js';
import { saveModel } from '../../../src/files/index.js';
import { EMPTY, extend } from '../../../lab/playground/curve.js';
import { fromModelFile, OtherNetwork, toModelFile } from '../../../lab/playground/export/model-file.js';
import { decode, encode, type PlaygroundState } from '../../../lab/playground/link.js';
import { clean, DEFAULTS, withSet, type Settings } from '../../../lab/playground/settings.js';
import { stepsAFrame } from '../../../lab/playground/speed.js';
import { trainerOf } from '../../../lab/playground/trainer.js';
import { back, change, on, undoOf } from '../../../lab/playground/undo.js';
import { catalogue, translator } from '../../../lab/texts/playground/index.js';

const adam: Settings = {
  ...DEFAULTS,
  data: {
    ...DEFAULTS.data,
    set: 'own',
    points: [
      [0.5, -1.25, 1],
      [-0.125, 2, 0],
      [1, 1, 1],
    ],
  },
  training: { ...DEFAULTS.training, optimizer: 'adam' },
};

describe('settings', () => {
  test('that are whole stay as they are', () => {
    for (const settings of [DEFAULTS, adam])
      expect(clean(JSON.parse(JSON.stringify(settings)))).toEqual(settings);
  });

  test.each([
    null,
    7,
    'x',
    [],
    { data: 1, network: { layers: 'no' }, training: null },
    { data: { points: [1, [NaN, 0, 1]] } },
  ])('made of %j are the defaults', (given) => expect(clean(given)).toEqual(DEFAULTS));

  test('beyond the limits are brought within', () => {
    const wild = clean({
      data: { samples: 1e9, noise: -1, seed: 2.6, set: 'mars', points: [[1e9, 0, 5]] },
      network: {
        layers: Array.from({ length: 50 }, () => ({ units: 1000, activation: 'step', dropout: 1 })),
      },
      training: { learningRate: 1e9, batchSize: 0.2 },
    });
    expect(wild.data).toMatchObject({
      samples: 500,
      noise: 0,
      seed: 3,
      set: DEFAULTS.data.set,
      points: [[30, 0, 0]],
    });
    expect(wild.network.layers).toEqual(
      Array.from({ length: 6 }, () => ({ units: 8, activation: 'tanh', dropout: 0.8 })),
    );
    expect(wild.training).toMatchObject({ learningRate: 100, batchSize: 1 });
  });

  test('of a gate are its four rows, and another set gets its samples back', () => {
    const gate = withSet(DEFAULTS.data, 'xor');
    expect(gate).toMatchObject({ set: 'xor', samples: 4, noise: 0, testShare: 0 });
    expect(withSet(gate, 'moons')).toEqual(DEFAULTS.data);
    expect(withSet({ ...DEFAULTS.data, samples: 90 }, 'circles').samples).toBe(90);
  });
});

describe('undo', () => {
  test('goes back and on, and forgets what lay ahead of a change', () => {
    const three = change(change(undoOf('a'), 'b'), 'c');
    expect([back(three).now, back(back(three)).now, back(back(back(three))).now]).toEqual(['b', 'a', 'a']);
    expect(on(back(three)).now).toBe('c');
    expect(on(three).now).toBe('c');
    expect(on(change(back(three), 'd')).now).toBe('d');
  });

  test('takes what one drags as one change', () => {
    const dragged = change(change(change(undoOf(0), 1, 'noise'), 2, 'noise'), 3, 'noise');
    expect(back(dragged).now).toBe(0);
    expect(back(change(dragged, 4, 'samples')).now).toBe(3);
    expect(back(change(change(undoOf(0), 1), 2)).now).toBe(1);
  });
});

describe('a link', () => {
  const trainer = trainerOf(adam);
  trainer.advance(7);
  const state: PlaygroundState = { settings: adam, saved: trainer.save(), view: 'backward', speed: 'step' };

  test('restores data, network, weights, step and view, to the last bit', () => {
    const found = decode(encode(state));
    expect(found).toEqual(state);
    const again = trainerOf(found!.settings, found!.saved);
    again.advance(5);
    trainer.advance(5);
    expect(again.network.values()).toEqual(trainer.network.values());
    expect(again.steps).toBe(12);
  });

  test('is made of letters that an address may hold', () => {
    expect(encode(state)).toMatch(/^[\w-]+$/);
  });

  test.each([
    '',
    '!',
    'AAAA',
    encode(state).slice(0, 200),
    text({ version: 2 }),
    text([]),
    text('x'.repeat(8_000_000)),
  ])('that is none gives nothing: %.20s', (given) => expect(decode(given)).toBeNull());

  test('with numbers of another kind gives settings without a training', () => {
    const found = decode(text({ version: 1, saved: { steps: -1, weights: [], optimizer: {} }, settings: 5 }));
    expect(found).toEqual({ settings: DEFAULTS, saved: null, view: 'forward', speed: 'epoch' });
  });
});

function text(value: unknown): string {
  return Buffer.from(deflateSync(Buffer.from(JSON.stringify(value)))).toString('base64url');
}

test('the line of losses stays short, from first to last', () => {
  let curve = EMPTY;
  for (let i = 1; i <= 5000; i++) curve = extend(curve, { epoch: i, train: 1 / i, test: null });
  expect(curve.moments.length).toBeLessThanOrEqual(401);
  expect(curve.moments.length).toBeGreaterThan(150);
  expect(curve.moments[0]!.epoch).toBe(1);
  expect(curve.last!.epoch).toBe(5000);
  const epochs = curve.moments.map(({ epoch }) => epoch);
  expect(epochs).toEqual(epochs.toSorted((a, b) => a - b));
  expect(extend(curve, { epoch: 5000, train: 9, test: 1 }).last!.train).toBe(9);
});

test('a frame makes the steps of its speed', () => {
  expect((['slow', 'step', 'epoch', 'most'] as const).map((speed) => stepsAFrame(speed, 14))).toEqual([
    1,
    1,
    14,
    Infinity,
  ]);
});

describe('a model file', () => {
  const trainer = trainerOf(DEFAULTS);
  const weights = trainer.network.values();

  test('gives back weights and settings', () => {
    const { settings, saved } = fromModelFile(toModelFile(DEFAULTS, weights), adam);
    expect(settings).toEqual(DEFAULTS);
    expect(saved.weights).toEqual([...weights]);
  });

  test('of the library’s own is taken over with its layers', () => {
    const model = nn.sequential(
      nn.linear(2, 5),
      nn.leakyRelu(),
      nn.dropout(0.25),
      nn.linear(5, 2),
      nn.linear(2, 1),
    );
    const { settings, saved } = fromModelFile(saveModel(model), adam);
    expect(settings.network.layers).toEqual([
      { units: 5, activation: 'leakyRelu', dropout: 0.25 },
      { units: 2, activation: 'linear', dropout: 0 },
    ]);
    expect(settings.training).toEqual({ ...adam.training, loss: 'bceWithLogits' });
    expect(settings.data).toEqual(adam.data);
    const loaded = trainerOf(settings, saved);
    const x = [[0.5, -1]];
    expect(loaded.network.model.predict(x).item()).toBeCloseTo(model.predict(x).item(), 12);
  });

  test.each([
    nn.mlp([3, 4, 1]),
    nn.mlp([2, 9, 1]),
    nn.mlp([2, 4, 2]),
    nn.sequential(nn.conv1d(2, 1, 1)),
    nn.sequential(nn.linear(2, 1, { bias: false })),
  ])('of %s is refused by name', (model) => {
    expect(() => fromModelFile(saveModel(model), DEFAULTS)).toThrow(OtherNetwork);
  });

  test('that is damaged is refused', () => {
    expect(() => fromModelFile(toModelFile(DEFAULTS, weights).slice(0, 60), DEFAULTS)).toThrow(
      /readSafetensors/,
    );
  });
});

describe('the texts of the playground', () => {
  const names = (text: string): string[] => [...new Set(text.match(/\{\w+\}/g))].sort();

  test('say the same with the same names in every language', () => {
    expect(Object.keys(catalogue.ko).sort()).toEqual(Object.keys(catalogue.en).sort());
    for (const [key, english] of Object.entries(catalogue.en)) {
      const korean = catalogue.ko[key as keyof typeof catalogue.en];
      expect(names(korean), key).toEqual(names(english));
      expect(korean, key).not.toBe('');
    }
  });

  test('are filled in', () => {
    expect(translator('en')('layer', { layer: 2 })).toBe('Layer 2');
    expect(translator('ko')('layer', { layer: 2 })).toBe('2층');
  });
});
