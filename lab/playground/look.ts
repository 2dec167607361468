// A look at a network in training: what every neuron makes of the plane, every weight's gradient, losses, histograms.

import { compile, grad, noGrad, tensor, zeros, type Tensor } from '../../src/index.js';
import { barOf, type Bar, type BarPlace } from './bars.js';
import type { Points } from './datasets.js';
import { evaluating, thresholdOf } from './network.js';
import { lossOf, penaltyOf, samplesTensor, targetsTensor } from './objective.js';
import type { Activation, Settings } from './settings.js';
import { gradientHistogram, histogram, type LayerStatistics } from './statistics.js';
import type { Trainer } from './trainer.js';

/** Which pass is shown: the outputs, or the derivatives of the network's output by them. */
export type View = 'forward' | 'backward';

/** Points of a neuron's picture along each axis, and of the output's. */
export const TILE = 32;
export const PLANE = 72;

/** What a page shows of one moment. The arrays are made for one look and can be transferred. */
export interface Look {
  readonly view: View;
  readonly steps: number;
  readonly epoch: number;
  readonly batch: number;
  readonly batches: number;
  readonly breakdown: Trainer['breakdown'];
  readonly train: Score;
  /** Null without test samples. */
  readonly test: Score | null;
  /** All weights and biases, and the derivative of the objective on all training samples by each. */
  readonly weights: Float64Array;
  readonly gradients: Float64Array;
  /**
   * A picture of `TILE` by `TILE` for each neuron, inputs and output included, lowest x2 first: 0 to 255, where 128 is 0 (one half for
   * sigmoid), one after the other.
   */
  readonly tiles: Uint8Array;
  /** What 255 means in each picture. */
  readonly scales: Float32Array;
  /** The output on `PLANE` by `PLANE` points, lowest x2 first. */
  readonly plane: Float32Array;
  /** Hidden layers first, the output layer last. */
  readonly layers: readonly LayerStatistics[];
}

/** How good the network is on some samples. */
export interface Score {
  readonly loss: number;
  readonly accuracy: number;
}

/** Looks at a training whenever asked; its programs are compiled when they are first needed. */
export interface Observer {
  look(view: View): Look;
  /** What is in a bar of the histograms now. */
  bar(place: BarPlace): Bar;
  dispose(): void;
}

/** An observer of a trainer. It is to be made anew when the way of learning changes. */
export function observerOf(trainer: Trainer): Observer {
  const { network, points, settings } = trainer;
  const { loss } = settings.training;
  const tileGrid = gridOf(points.domain, TILE);
  const planeGrid = gridOf(points.domain, PLANE);
  // Pictures need no more than float32; the numbers are those of the training.
  const [fine, coarse] = [
    { precision: 'float64', threads: 1 },
    { precision: 'float32', threads: 1 },
  ] as const;
  const offset = zeros([1, 2], { requiresGrad: true });

  const outputs = compile((X: Tensor) => noGrad(() => network.pass(X).a), coarse);
  const sensitivities = compile((X: Tensor) => {
    const input = X.add(offset); // so that the inputs have derivatives too
    const { a } = network.pass(input);
    return grad(a.at(-1)!.sum(), [input, ...a]);
  }, coarse);
  const output = compile((X: Tensor) => noGrad(() => network.pass(X).a.at(-1)!), coarse);
  const score = compile(
    (X: Tensor, y: Tensor) =>
      noGrad(() => {
        const p = network.pass(X).a.at(-1)!;
        return [lossOf(loss).forward(p, y), p];
      }),
    fine,
  );
  const probe = compile((X: Tensor, y: Tensor) => {
    const { z, a } = network.pass(X);
    const data = lossOf(loss).forward(a.at(-1)!, y);
    const penalty = penaltyOf(network, settings.training);
    return [data, ...a, ...grad(penalty ? data.add(penalty) : data, [...network.parameters, ...z])];
  }, fine);
  const programs = [outputs, sensitivities, output, score, probe];

  const train = [
    samplesTensor(points.X, 0, points.training),
    targetsTensor(points.y, loss, 0, points.training),
  ] as const;
  const hasTest = points.count > points.training;
  const test = hasTest && [
    samplesTensor(points.X, points.training, points.count),
    targetsTensor(points.y, loss, points.training, points.count),
  ];

  /** Loss, outputs and derivatives of the training samples; nothing where there are none. */
  const probeNow = () => {
    const [loss, ...rest]: readonly Tensor[] = points.training > 0 ? probe(...train) : [];
    const [layers, parameters] = [network.layers.length, network.parameters.length];
    const dz = rest.slice(layers + parameters);
    const numbers = rest.slice(0, layers).map((a, i): LayerNumbers => ({
      activations: a.data,
      gradients: dz[i]!.data.map((value) => value * points.training), // of one sample, not of the mean
      units: a.shape[1]!,
    }));
    return { loss, numbers, gradients: rest.slice(layers, layers + parameters) };
  };
  const statisticsAt = (numbers: LayerNumbers, layer: number): LayerStatistics =>
    statisticsOf(numbers, activationOf(settings, layer));

  const lookNow = (view: View): Look => {
    const { loss, numbers, ...probed } = probeNow();
    const gradients = new Float64Array(network.size);
    let at = 0;
    for (const gradient of probed.gradients) {
      gradients.set(gradient.data, at);
      at += gradient.size;
    }
    const tested = test ? score(test[0]!, test[1]!) : null;
    return {
      view,
      ...{ steps: trainer.steps, epoch: trainer.epoch, batch: trainer.batch, batches: trainer.batches },
      breakdown: trainer.breakdown,
      train: {
        loss: loss?.item() ?? NaN,
        accuracy: accuracyOf(numbers.at(-1)?.activations, points, 0, settings),
      },
      test: tested && {
        loss: tested[0]!.item(),
        accuracy: accuracyOf(tested[1]!.data, points, points.training, settings),
      },
      weights: network.values(),
      gradients,
      ...(view === 'forward'
        ? forwardTiles([tileGrid, ...outputs(tileGrid)], settings)
        : backwardTiles(sensitivities(tileGrid))),
      plane: Float32Array.from(output(planeGrid).data),
      layers: numbers.map(statisticsAt),
    };
  };

  return {
    look: (view) => evaluating(network, () => lookNow(view)),
    bar: (place) =>
      evaluating(network, () => {
        const numbers = probeNow().numbers[place.layer];
        if (!numbers) return { place, units: [] };
        return barOf(place, numbers[place.of], statisticsAt(numbers, place.layer));
      }),
    dispose() {
      for (const program of programs) program.dispose();
    },
  };
}

/** Points on a square, evenly spaced, row by row, from the lowest x2: `[count * count, 2]`. */
export function gridOf([from, to]: Points['domain'], count: number): Tensor {
  const at = (i: number): number => from + ((to - from) * i) / (count - 1);
  const values = Float64Array.from({ length: 2 * count * count }, (_, i) => {
    const point = i >> 1;
    return at(i % 2 === 0 ? point % count : Math.floor(point / count));
  });
  return tensor(values, { shape: [count * count, 2] });
}

type Tiles = Pick<Look, 'tiles' | 'scales'>;

/** Outputs as pictures: each around 0 (one half for sigmoid), up to 1 or as far as it goes. */
function forwardTiles(values: readonly Tensor[], settings: Settings): Tiles {
  return tilesOf(values, (layer) => {
    const activation = layer === 0 ? 'linear' : activationOf(settings, layer - 1);
    return { middle: activation === 'sigmoid' ? 0.5 : 0, least: activation === 'sigmoid' ? 0.5 : 1 };
  });
}

/** Derivatives as pictures: around 0, as far as the largest of a layer goes. */
function backwardTiles(values: readonly Tensor[]): Tiles {
  return tilesOf(values, (layer) => {
    let most = 1e-12;
    for (const value of values[layer]!.data) most = Math.max(most, Math.abs(value));
    return { middle: 0, least: most };
  });
}

function tilesOf(
  values: readonly Tensor[],
  rangeOf: (layer: number) => { readonly middle: number; readonly least: number },
): Tiles {
  const neurons = values.reduce((sum, { shape }) => sum + shape[1]!, 0);
  const size = TILE * TILE;
  const tiles = new Uint8Array(neurons * size);
  const scales = new Float32Array(neurons);
  let neuron = 0;
  values.forEach(({ data, shape }, layer) => {
    const units = shape[1]!;
    const { middle, least } = rangeOf(layer);
    for (let unit = 0; unit < units; unit++, neuron++) {
      let scale = least;
      for (let i = 0; i < size; i++) scale = Math.max(scale, Math.abs(data[i * units + unit]! - middle));
      scales[neuron] = scale;
      for (let i = 0; i < size; i++) {
        tiles[neuron * size + i] = Math.round(128 + (127 * (data[i * units + unit]! - middle)) / scale);
      }
    }
  });
  return { tiles, scales };
}

function activationOf(settings: Settings, layer: number): Activation {
  const hidden = settings.network.layers[layer];
  if (hidden) return hidden.activation;
  return thresholdOf(settings.training.loss) === 0.5 ? 'sigmoid' : 'linear';
}

function accuracyOf(
  output: Float64Array | undefined,
  points: Points,
  from: number,
  { training: { loss } }: Settings,
): number {
  if (!output || output.length === 0) return NaN;
  const threshold = thresholdOf(loss);
  let hits = 0;
  output.forEach((value, i) => (hits += Number(Number(value > threshold) === points.y[from + i])));
  return hits / output.length;
}

/** Where an activation's output says that hardly any gradient gets through. */
const SATURATES: Partial<Record<Activation, (a: number) => boolean>> = {
  tanh: (a) => Math.abs(a) > 0.98,
  sigmoid: (a) => Math.abs(a - 0.5) > 0.49,
};

/** Outputs of a layer, and the derivatives of single samples' losses by its weighted sums: each `[samples, units]`. */
interface LayerNumbers {
  readonly activations: Float64Array;
  readonly gradients: Float64Array;
  readonly units: number;
}

function statisticsOf(
  { activations: a, gradients, units }: LayerNumbers,
  activation: Activation,
): LayerStatistics {
  const samples = a.length / units;
  const range = activation === 'tanh' ? [-1, 1] : activation === 'sigmoid' ? [0, 1] : extentOf(a);
  const saturates = SATURATES[activation];
  let [square, saturated, dead] = [0, 0, 0];
  for (const value of gradients) square += value * value;
  if (saturates) for (const value of a) saturated += Number(saturates(value));
  for (let unit = 0; unit < units; unit++) {
    let isDead = activation === 'relu' && samples > 0;
    for (let i = 0; i < samples && isDead; i++) isDead = a[i * units + unit] === 0;
    dead += Number(isDead);
  }
  return {
    activations: histogram(a, range[0]!, range[1]!),
    gradients: gradientHistogram(gradients),
    gradientSize: Math.sqrt(square / Math.max(1, gradients.length)),
    saturated: saturated / Math.max(1, a.length),
    ...{ dead, units },
  };
}

/** From the least to the greatest, 0 and 1 included, to a half. */
function extentOf(values: Float64Array): readonly [number, number] {
  let [low, high] = [0, 1];
  for (const value of values) [low, high] = [Math.min(low, value), Math.max(high, value)];
  return [Math.floor(low * 2) / 2, Math.ceil(high * 2) / 2];
}
