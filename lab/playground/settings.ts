// What can be set in the playground: one plain object, so that it can be kept, undone, sent to the worker and put into a link.

import type { nn } from '../../src/index.js';

/** The data sets. `curve` is above and below a curve; `own` are points painted with the mouse or read from a CSV file. */
export const DATA_SETS = [
  ...(['circles', 'moons', 'spirals', 'blobs'] as const),
  ...(['and', 'or', 'nand', 'xor'] as const),
  ...(['curve', 'own'] as const),
] as const;
/** The name of a data set. */
export type DataSetName = (typeof DATA_SETS)[number];

/** The data sets that are truth tables. */
export const GATES = ['and', 'or', 'nand', 'xor'] as const;

/** A point of the plane and its class, 0 or 1. */
export type Point = readonly [x1: number, x2: number, label: number];

/** Which points there are, and which of them are held back for testing. */
export interface DataSettings {
  readonly set: DataSetName;
  readonly samples: number;
  /** Standard deviation of what is added to each coordinate. */
  readonly noise: number;
  /** Of all samples, 0 to 0.9. */
  readonly testShare: number;
  readonly seed: number;
  /** x2 as a formula in x1: class 1 lies above it. */
  readonly curve: string;
  /** The points of `own`. */
  readonly points: readonly Point[];
}

/** The activations of a hidden layer; `linear` is none. */
export const ACTIVATIONS = [
  ...(['tanh', 'sigmoid', 'relu', 'leakyRelu', 'elu', 'gelu', 'silu', 'softplus', 'linear'] as const),
] as const satisfies readonly (nn.ActivationName | 'linear')[];
/** The name of an activation. */
export type Activation = (typeof ACTIVATIONS)[number];

/** One hidden layer. */
export interface LayerSettings {
  readonly units: number;
  readonly activation: Activation;
  /** The probability with which an output is left out in training. */
  readonly dropout: number;
}

/** The hidden layers, and the seed of the first weights. The output is one unit, whose activation follows from the loss. */
export interface NetworkSettings {
  readonly layers: readonly LayerSettings[];
  readonly seed: number;
}

/** The losses. The first two are the same function, taken of a probability and of the score before it. */
export const LOSSES = ['bce', 'bceWithLogits', 'mse', 'hinge'] as const;
/** The name of a loss. */
export type LossName = (typeof LOSSES)[number];

/** The optimizers; `momentum` is `sgd` with a momentum of 0.9. */
export const OPTIMIZERS = ['sgd', 'momentum', 'rmsprop', 'adagrad', 'adam'] as const;
/** The name of an optimizer. */
export type OptimizerName = (typeof OPTIMIZERS)[number];

/** What pulls the weights to 0: their sizes (L1), half of their squares (L2). Biases are left alone. */
export const PENALTIES = ['none', 'l1', 'l2'] as const;
/** The name of a penalty. */
export type PenaltyName = (typeof PENALTIES)[number];

/** How the network learns. */
export interface TrainingSettings {
  readonly loss: LossName;
  readonly optimizer: OptimizerName;
  readonly learningRate: number;
  readonly batchSize: number;
  readonly penalty: PenaltyName;
  /** How strongly it pulls. */
  readonly strength: number;
}

/** All of it. */
export interface Settings {
  readonly data: DataSettings;
  readonly network: NetworkSettings;
  readonly training: TrainingSettings;
}

/** How far each number may go, both ends included. */
export const LIMITS = {
  ...{ samples: [4, 500], noise: [0, 0.6], testShare: [0, 0.8], seed: [0, 9999], points: [0, 1000] },
  ...{ coordinate: [-30, 30], layers: [0, 6], units: [1, 8], dropout: [0, 0.8] },
  ...{ learningRate: [1e-6, 100], batchSize: [1, 500], strength: [0, 10], curve: [1, 200] },
} as const satisfies Readonly<Record<string, readonly [number, number]>>;

/** What the playground opens with. */
export const DEFAULTS: Settings = {
  data: {
    ...{ set: 'moons', samples: 200, noise: 0.15, testShare: 0.3, seed: 0 },
    ...{ curve: 'sin(2 * x)', points: [] },
  },
  network: {
    layers: [
      { units: 4, activation: 'tanh', dropout: 0 },
      { units: 3, activation: 'tanh', dropout: 0 },
    ],
    seed: 0,
  },
  training: {
    ...{ loss: 'bce', optimizer: 'sgd', learningRate: 0.3, batchSize: 10, penalty: 'none', strength: 0.001 },
  },
};

/** Whether a data set is a truth table. */
export function isGate(set: DataSetName): set is (typeof GATES)[number] {
  return (GATES as readonly string[]).includes(set);
}

/** The data settings that go with another set: a gate has its four rows and no test, the others what they had or the default. */
export function withSet(data: DataSettings, set: DataSetName): DataSettings {
  if (isGate(set)) return { ...data, set, samples: 4, noise: 0, testShare: 0 };
  if (!isGate(data.set)) return { ...data, set };
  const { samples, noise, testShare } = DEFAULTS.data;
  return { ...data, set, samples, noise, testShare };
}

/**
 * Settings from anything, such as the JSON of a link: what is missing or of another kind is the default, and numbers beyond the
 * limits are brought within.
 *
 * @example
 * clean({ training: { learningRate: 1000 } }).training.learningRate; // 100
 */
export function clean(given: unknown): Settings {
  const [data, network, training] = ['data', 'network', 'training'].map((key) => part(given, key));
  const layers = part(network, 'layers');
  const points = part(data, 'points');
  const [d, t] = [DEFAULTS.data, DEFAULTS.training];
  return {
    data: {
      set: oneOf(DATA_SETS, part(data, 'set'), d.set),
      samples: whole('samples', part(data, 'samples'), d.samples),
      noise: within('noise', part(data, 'noise'), d.noise),
      testShare: within('testShare', part(data, 'testShare'), d.testShare),
      seed: whole('seed', part(data, 'seed'), d.seed),
      curve: String(part(data, 'curve') ?? d.curve).slice(0, LIMITS.curve[1]),
      points: (Array.isArray(points) ? points : []).flatMap(pointOf).slice(0, LIMITS.points[1]),
    },
    network: {
      layers: Array.isArray(layers)
        ? layers.slice(0, LIMITS.layers[1]).map((layer: unknown) => ({
            units: whole('units', part(layer, 'units'), 1),
            activation: oneOf(ACTIVATIONS, part(layer, 'activation'), 'tanh'),
            dropout: within('dropout', part(layer, 'dropout'), 0),
          }))
        : DEFAULTS.network.layers,
      seed: whole('seed', part(network, 'seed'), DEFAULTS.network.seed),
    },
    training: {
      loss: oneOf(LOSSES, part(training, 'loss'), t.loss),
      optimizer: oneOf(OPTIMIZERS, part(training, 'optimizer'), t.optimizer),
      learningRate: within('learningRate', part(training, 'learningRate'), t.learningRate),
      batchSize: whole('batchSize', part(training, 'batchSize'), t.batchSize),
      penalty: oneOf(PENALTIES, part(training, 'penalty'), t.penalty),
      strength: within('strength', part(training, 'strength'), t.strength),
    },
  };
}

/** A number brought within a limit; `otherwise` for anything that is no number. */
export function within(limit: keyof typeof LIMITS, value: unknown, otherwise: number): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) return otherwise;
  return Math.min(LIMITS[limit][1], Math.max(LIMITS[limit][0], value));
}

function whole(limit: keyof typeof LIMITS, value: unknown, otherwise: number): number {
  return Math.round(within(limit, value, otherwise));
}

function oneOf<Name extends string>(names: readonly Name[], value: unknown, otherwise: Name): Name {
  return names.find((name) => name === value) ?? otherwise;
}

function part(of: unknown, key: string): unknown {
  return typeof of === 'object' && of !== null && Object.hasOwn(of, key)
    ? (of as Readonly<Record<string, unknown>>)[key]
    : undefined;
}

function pointOf(given: unknown): Point[] {
  if (!Array.isArray(given)) return [];
  const [x1, x2, label] = given as readonly unknown[];
  if (![x1, x2].every((value) => typeof value === 'number' && Number.isFinite(value))) return [];
  const at = (value: unknown): number => within('coordinate', value, 0);
  return [[at(x1), at(x2), label === 1 ? 1 : 0]];
}
