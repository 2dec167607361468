// The work: networks, from one neuron to half a million weights, and how they are trained.

import { optim } from '../src/index.js';

/** A multilayer perceptron and its training, the same for all contenders. */
export interface Work {
  readonly name: string;
  /** Widths, `[inputs, …hidden, outputs]`. */
  readonly layers: readonly number[];
  /** Samples a step. */
  readonly batch: number;
  /** Steps an epoch; each has its own samples, and every epoch the same order. */
  readonly batches: number;
  /** Between the layers. */
  readonly activation: 'tanh' | 'relu' | 'sigmoid';
  /** `bce` of a sigmoid, `crossEntropy` of a softmax, or `squared`: half the squared error of a sigmoid, summed. */
  readonly loss: 'bce' | 'crossEntropy' | 'squared';
  readonly optimizer: 'sgd' | 'adam';
  readonly learningRate: number;
  readonly precision: 'float32' | 'float64';
}

/** The class notes' neuron: two inputs, a sigmoid, a step after every point. */
const neuron: Work = {
  name: 'neuron',
  layers: [2, 1],
  batch: 1,
  batches: 10_000,
  activation: 'sigmoid',
  loss: 'bce',
  optimizer: 'sgd',
  learningRate: 0.001,
  precision: 'float64',
};

/** A classifier with hidden layers. */
export function classifier(
  layers: readonly number[],
  batch: number,
  batches: number,
  more: Partial<Work> = {},
): Work {
  return {
    name: layers.join('-'),
    ...{ layers, batch, batches, activation: 'relu', loss: 'crossEntropy', optimizer: 'sgd' },
    ...{ learningRate: 0.02, precision: 'float32', ...more },
  };
}

const digits = classifier([784, 128, 10], 64, 32);

/** What is measured, smallest first. */
export const works: readonly Work[] = [
  neuron,
  { ...neuron, name: 'neuron-100', batches: 100 }, // the notes' own number of points: here the start of an epoch counts
  classifier([2, 16, 16, 2], 32, 32, { activation: 'tanh' }),
  digits,
  ...('adam' in optim
    ? [{ ...digits, name: '784-128-10-adam', optimizer: 'adam', learningRate: 0.001 } as const]
    : []),
  classifier([784, 512, 512, 10], 128, 8),
];

/** Multiplications and additions of a step's matrix products: forward, and backward for weights and, but for the first layer, inputs. */
export function operations({ layers, batch }: Work): number {
  const products = layers.slice(1).map((width, i) => width * layers[i]! * (i === 0 ? 2 : 3));
  return 2 * batch * products.reduce((sum, each) => sum + each, 0);
}

/** The numbers that a network learns. */
export function parameterCount({ layers }: Work): number {
  return layers.slice(1).reduce((sum, width, i) => sum + width * (layers[i]! + 1), 0);
}

/**
 * Bytes of a step: moved at least (parameters read forward, backward and for the update, and written; values between the
 * layers written, read twice, and their derivatives; inputs read twice), and held at a time.
 */
export function trafficOf(work: Work): { readonly moved: number; readonly held: number } {
  const { layers, batch } = work;
  const parameters = parameterCount(work);
  const [inputs, between] = [
    batch * layers[0]!,
    batch * layers.slice(1).reduce((sum, width) => sum + width, 0),
  ];
  const bytes = work.precision === 'float64' ? 8 : 4;
  return {
    moved: bytes * (4 * parameters + 2 * inputs + 4 * between),
    held: bytes * (parameters + inputs + 2 * between),
  };
}
