// Trainings to write down as code: between them every activation, loss, optimizer and penalty.

import { pointsOf } from '../../../lab/playground/datasets.js';
import type { Recipe } from '../../../lab/playground/export/recipe.js';
import {
  DEFAULTS,
  withSet,
  type Activation,
  type DataSettings,
  type Settings,
} from '../../../lab/playground/settings.js';
import { trainerOf } from '../../../lab/playground/trainer.js';

interface Case {
  readonly data: Partial<DataSettings>;
  readonly layers: readonly (readonly [units: number, activation: Activation, dropout?: number])[];
  readonly training: Partial<Settings['training']>;
  /** How many steps it has made before it is written down; 0 for the first weights. */
  readonly steps?: number;
}

const SMALL = { samples: 40, testShare: 0.25 } as const;

/** The trainings by name. */
export const CASES: Readonly<Record<string, Case>> = {
  'moons, tanh, BCE, SGD': {
    data: { ...SMALL, set: 'moons' },
    layers: [
      [4, 'tanh'],
      [3, 'tanh'],
    ],
    training: { loss: 'bce', optimizer: 'sgd', batchSize: 10 },
  },
  'spirals, ReLU, BCE with logits, Adam, L2': {
    data: { ...SMALL, set: 'spirals' },
    layers: [[6, 'relu']],
    training: {
      loss: 'bceWithLogits',
      optimizer: 'adam',
      learningRate: 0.03,
      penalty: 'l2',
      strength: 0.01,
      batchSize: 7,
    },
  },
  'XOR, sigmoid, MSE, momentum': {
    data: { ...withSet(DEFAULTS.data, 'xor'), ...SMALL, noise: 0.1 },
    layers: [[3, 'sigmoid']],
    training: { loss: 'mse', optimizer: 'momentum', learningRate: 0.1, batchSize: 30 },
  },
  'circles, GELU and SiLU, hinge, RMSprop, L1': {
    data: { ...SMALL, set: 'circles', seed: 3 },
    layers: [
      [4, 'gelu'],
      [3, 'silu'],
    ],
    training: { loss: 'hinge', optimizer: 'rmsprop', learningRate: 0.01, penalty: 'l1', strength: 0.003 },
  },
  'a curve, ELU and softplus, Adagrad, weights as they are': {
    data: { ...SMALL, set: 'curve', curve: 'x ** 2 - 1' },
    layers: [
      [3, 'elu'],
      [2, 'softplus'],
    ],
    training: { optimizer: 'adagrad', learningRate: 0.1, batchSize: 8 },
    steps: 25,
  },
  'own points, no hidden layer': {
    data: {
      set: 'own',
      testShare: 0.25,
      points: [
        [-1, 0.5, 0],
        [1, 0, 1],
        [0.25, -1, 1],
        [-0.5, -0.125, 0],
      ],
    },
    layers: [],
    training: { batchSize: 1 },
  },
  'blobs, leaky ReLU and linear, dropout': {
    data: { ...SMALL, set: 'blobs' },
    layers: [
      [4, 'leakyRelu', 0.2],
      [3, 'linear'],
    ],
    training: { batchSize: 10 },
  },
};

/** A training of the list, five epochs long. */
export function recipeOf(name: string): Recipe {
  const { data, layers, training, steps = 0 } = CASES[name]!;
  const settings: Settings = {
    data: { ...DEFAULTS.data, ...data },
    network: {
      layers: layers.map(([units, activation, dropout = 0]) => ({ units, activation, dropout })),
      seed: 1,
    },
    training: { ...DEFAULTS.training, ...training },
  };
  const trainer = trainerOf(settings);
  trainer.advance(steps);
  const weights = steps > 0 ? trainer.network.values() : null;
  return { settings, points: pointsOf(settings.data), epochs: 5, weights };
}
