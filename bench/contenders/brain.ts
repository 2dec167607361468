// brain.js: a step after every sample, the same activation in every layer, squared error, plain JavaScript numbers.

import brain, { type INeuralNetworkJSON } from 'brain.js';
import type { Training } from '../contender.js';
import { batchesOf, oneHot, type Problem, type Table } from '../problem.js';

/** What its types leave out. */
interface Network {
  readonly trainOpts: { momentum: number };
  fromJSON(json: Partial<INeuralNetworkJSON>): void;
  trainPattern(sample: { input: Float32Array; output: Float32Array }): void;
  runInput(input: Float32Array): ArrayLike<number>;
}

export function prepare(problem: Problem): Training {
  const { layers, activation, learningRate } = problem.work;
  const network = new brain.NeuralNetwork() as unknown as Network;
  network.fromJSON({
    sizes: [...layers],
    layers: layersOf(problem),
    activation,
    trainOpts: { learningRate },
  });
  network.trainOpts.momentum = 0; // which it accepts in no other way
  const targets = rowsOf(oneHot(problem));
  const samples = rowsOf(problem.X).map((input, i) => ({ input, output: targets[i]! }));
  return {
    steps(n) {
      for (let i = 0; i < n; i++) network.trainPattern(samples[i % samples.length]!);
    },
    loss() {
      const { input, output } = samples[0]!;
      const found = network.runInput(input);
      return output.reduce((sum, y, k) => sum + (y - found[k]!) ** 2 / 2, 0);
    },
  };
}

/** Weights as brain.js writes them: an object for each layer, in it one for each node. */
function layersOf({ work, parameters }: Problem): object[] {
  return work.layers.map((width, i) => {
    const [weight, bias] = parameters.slice(2 * (i - 1), 2 * i);
    const node = (k: number): object =>
      weight && bias ? { bias: bias.values[k], weights: { ...rowsOf(weight)[k] } } : {};
    return Object.fromEntries(Array.from({ length: width }, (_, k) => [k, node(k)]));
  });
}

function rowsOf(table: Table): Float32Array[] {
  return batchesOf(table, 1).map(({ values }) => Float32Array.from(values));
}
