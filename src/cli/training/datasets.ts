// The data sets that `train` generates: how each is made, which options it takes, and what trains it well if nothing else is said.

import { data } from '../../index.js';
import type { DataOption, DataOptions, TrainingDefaults } from './sources/source.js';

/** Defaults of training that depend on the data set. */
type Defaults = Pick<TrainingDefaults, 'layers' | 'activation' | 'learningRate' | 'epochs' | 'batchSize'>;

interface Entry {
  readonly options: readonly DataOption[];
  readonly defaults: Defaults;
  readonly make: (options: DataOptions, seed: number) => data.Dataset;
}

/** Number of points, where it can be chosen. */
export const SAMPLES = 200;
/** Noise of the curves; spirals lie closer together. */
export const NOISE = { moons: 0.1, circles: 0.1, spirals: 0.02 } as const;

const neuron: Defaults = {
  ...{ layers: [], activation: 'tanh' },
  ...{ learningRate: 0.1, epochs: 30, batchSize: 10 },
};
const network: Defaults = {
  ...{ layers: [16, 16], activation: 'relu' },
  ...{ learningRate: 0.1, epochs: 100, batchSize: 10 },
};
const gate: Defaults = {
  ...{ layers: [], activation: 'tanh' },
  ...{ learningRate: 0.5, epochs: 300, batchSize: 1 },
};

/** The data sets by name. */
export const DATASETS = {
  blobs: {
    options: ['samples', 'clusterStd', 'centers'],
    defaults: neuron,
    make: ({ samples = SAMPLES, clusterStd = [1], centers = 2 }, seed) =>
      data.makeBlobs({
        nSamples: samples,
        clusterStd: clusterStd.length === 1 ? clusterStd[0]! : clusterStd,
        centers,
        randomState: seed,
      }),
  },
  moons: {
    options: ['samples', 'noise'],
    defaults: network,
    make: ({ samples = SAMPLES, noise = NOISE.moons }, seed) =>
      data.makeMoons({ nSamples: samples, noise, randomState: seed }),
  },
  circles: {
    options: ['samples', 'noise', 'factor'],
    defaults: network,
    make: ({ samples = SAMPLES, noise = NOISE.circles, factor = 0.5 }, seed) =>
      data.makeCircles({ nSamples: samples, noise, factor, randomState: seed }),
  },
  spirals: {
    options: ['samples', 'noise'],
    defaults: { ...network, layers: [32, 32], epochs: 300 },
    make: ({ samples = SAMPLES, noise = NOISE.spirals }, seed) =>
      data.makeSpirals({ nSamples: samples, noise, randomState: seed }),
  },
  and: { options: [], defaults: gate, make: () => data.logicGate('and') },
  or: { options: [], defaults: gate, make: () => data.logicGate('or') },
  nand: { options: [], defaults: gate, make: () => data.logicGate('nand') },
  xor: {
    options: [],
    defaults: { ...gate, layers: [8], epochs: 500, batchSize: 4 },
    make: () => data.logicGate('xor'),
  },
} satisfies Record<string, Entry>;

/** The name of a data set. */
export type DatasetName = keyof typeof DATASETS;
