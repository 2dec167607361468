// The network of the settings, built of the library's layers, with every neuron's output within reach.

import { nn, RandomState, tensor, type Tensor } from '../../src/index.js';
import type { LossName, NetworkSettings } from './settings.js';

/** One layer: the weights, then the activation, then what is left out in training. */
export interface Layer {
  readonly linear: nn.Linear;
  /** Null for none. */
  readonly activation: nn.Module | null;
  readonly dropout: nn.Module | null;
}

/** What a pass gives: of each layer, hidden ones first, the weighted sums and the outputs. */
export interface Pass {
  readonly z: readonly Tensor[]; // [samples, units]
  readonly a: readonly Tensor[]; // [samples, units]
}

/** The network and its layers. */
export interface Network {
  /** Hidden layers first, the output layer last. */
  readonly layers: readonly Layer[];
  readonly model: nn.Sequential;
  /** Weights and biases, layer by layer. */
  readonly parameters: readonly Tensor[];
  /** All numbers of the parameters, one after the other. */
  readonly size: number;
  /** Runs samples `[n, 2]` through all layers. */
  pass(X: Tensor): Pass;
  /** Puts such numbers into the parameters. */
  assign(values: ArrayLike<number>): void;
  /** The numbers of the parameters. */
  values(): Float64Array;
}

/** Builds a network; the same seed gives the same first weights as `nn.linear` with a shared stream of that seed. */
export function buildNetwork({ layers: hidden, seed }: NetworkSettings, loss: LossName): Network {
  const random = new RandomState(seed);
  const widths = [2, ...hidden.map(({ units }) => units), 1];
  const layers = widths.slice(1).map((width, i): Layer => {
    const linear = nn.linear(widths[i]!, width, { randomState: random });
    const settings = hidden[i];
    if (!settings) return { linear, activation: outputActivation(loss), dropout: null };
    const { activation, dropout } = settings;
    return {
      linear,
      activation: activation === 'linear' ? null : nn.activations[activation](),
      dropout: dropout > 0 ? nn.dropout(dropout, { randomState: seed + i }) : null,
    };
  });
  const modules = layers.flatMap(({ linear, activation, dropout }) => [
    linear,
    ...(activation ? [activation] : []),
    ...(dropout ? [dropout] : []),
  ]);
  const model = nn.sequential(...modules);
  const parameters = model.parameters();
  const size = parameters.reduce((sum, parameter) => sum + parameter.size, 0);
  return {
    ...{ layers, model, parameters, size },
    pass(X) {
      const [z, a]: [Tensor[], Tensor[]] = [[], []];
      let value = X;
      for (const { linear, activation, dropout } of layers) {
        const sum = linear.forward(value);
        const output = activation ? activation.forward(sum) : sum;
        z.push(sum);
        a.push(output);
        value = dropout ? dropout.forward(output) : output;
      }
      return { z, a };
    },
    assign(values) {
      if (values.length !== size) return;
      let at = 0;
      for (const parameter of parameters) {
        const part = Array.from({ length: parameter.size }, (_, i) => values[at + i]!);
        parameter.assign(tensor(part, { shape: parameter.shape }));
        at += parameter.size;
      }
    },
    values() {
      const all = new Float64Array(size);
      let at = 0;
      for (const parameter of parameters) {
        all.set(parameter.data, at);
        at += parameter.size;
      }
      return all;
    },
  };
}

/** Runs code on a network that leaves nothing out. */
export function evaluating<T>(network: Network, code: () => T): T {
  network.model.eval();
  try {
    return code();
  } finally {
    network.model.train();
  }
}

/** A probability for the losses of probabilities; the score itself for the others. */
export function outputActivation(loss: LossName): nn.Module | null {
  return loss === 'bce' || loss === 'mse' ? nn.sigmoid() : null;
}

/** The output from which on a sample counts as class 1. */
export function thresholdOf(loss: LossName): number {
  return outputActivation(loss) ? 0.5 : 0;
}

/** Where the numbers of a layer stand among all numbers of a network with such widths, inputs first. */
export function placesOf(widths: readonly number[]): readonly {
  /** Of the weight from input `j` to unit `i`: `weight + i * inputs + j`. */
  readonly weight: number;
  readonly bias: number;
  readonly inputs: number;
  readonly units: number;
}[] {
  let at = 0;
  return widths.slice(1).map((units, i) => {
    const inputs = widths[i]!;
    const place = { weight: at, bias: at + units * inputs, inputs, units };
    at += units * (inputs + 1);
    return place;
  });
}
