// One sample on its way through the network: every number, what it is called, and the library's explanation of each function on the
// way. Layers and units count from 0 here, and from 1 in the symbols.

import { explain, grad, tensor, type Tensor } from '../../src/index.js';
import { evaluating, type Pass } from './network.js';
import * as math from './notation.js';
import { lossFunction } from './objective.js';
import type { Trainer } from './trainer.js';

/** All numbers of one sample. */
export interface Scene {
  readonly trainer: Trainer;
  readonly x: readonly number[];
  readonly target: number;
  readonly loss: Tensor;
  readonly pass: Pass;
  /** dJ/dz and dJ/da of each layer. */
  readonly dz: readonly Float64Array[];
  readonly da: readonly Float64Array[];
  readonly dx: Float64Array;
  /** The activations explained so far: forward and backward ask for the same ones. */
  readonly explained: Map<string, Explained>;
}

/** A sample and its target, run through the network forward and back, with nothing left out. */
export function sceneOf(trainer: Trainer, x: readonly number[], target: number): Scene {
  const { network, settings } = trainer;
  return evaluating(network, () => {
    const input = tensor([[...x]], { requiresGrad: true });
    const pass = network.pass(input);
    const loss = lossFunction(settings.training.loss)(pass.a.at(-1)!, tensor([[target]])).reshape([]);
    const count = pass.z.length;
    const [dx, ...rest] = grad(loss, [input, ...pass.z, ...pass.a]).map(({ data }) => data);
    return {
      trainer,
      x,
      target,
      loss,
      pass,
      dx: dx!,
      dz: rest.slice(0, count),
      da: rest.slice(count),
      explained: new Map(),
    };
  });
}

// Symbols. Layers are called from 1 in formulas.

/** The loss and the target. */
export const J = math.symbol('J');
export const y = math.symbol('y');

/** Whether a layer is the last. */
export function isOutput({ pass }: Scene, layer: number): boolean {
  return layer === pass.z.length - 1;
}
/** Whether a layer has an activation. */
export function hasActivation({ trainer }: Scene, layer: number): boolean {
  return trainer.network.layers[layer]!.activation !== null;
}
/** A weighted sum, before the activation. */
export function z(scene: Scene, layer: number, unit: number): string {
  return isOutput(scene, layer) ? math.symbol('z') : math.symbol('z', layer + 1, unit + 1);
}
/** An output: p at the end, x before the first layer. Without an activation at the end it is z itself. */
export function a(scene: Scene, layer: number, unit: number): string {
  if (layer < 0) return math.symbol('x', undefined, unit + 1);
  if (!isOutput(scene, layer)) return math.symbol('a', layer + 1, unit + 1);
  return math.symbol(hasActivation(scene, layer) ? 'p' : 'z');
}
/** The weight of an input of a unit. */
export function w(scene: Scene, layer: number, unit: number, input: number): string {
  return isOutput(scene, layer)
    ? math.symbol('w', undefined, input + 1)
    : math.symbol('w', layer + 1, unit + 1, input + 1);
}
/** The bias of a unit. */
export function b(scene: Scene, layer: number, unit: number): string {
  return isOutput(scene, layer) ? math.symbol('b') : math.symbol('b', layer + 1, unit + 1);
}

// Numbers.

/** The number of a weight. */
export function weightAt({ trainer }: Scene, layer: number, unit: number, input: number): number {
  const { weight } = trainer.network.layers[layer]!.linear;
  return weight.data[unit * weight.shape[1]! + input]!;
}
/** The number of a bias. */
export function biasAt({ trainer }: Scene, layer: number, unit: number): number {
  return trainer.network.layers[layer]!.linear.bias?.data[unit] ?? 0;
}
/** The output of a unit; of layer -1, an input. */
export function outputAt({ x, pass }: Scene, layer: number, unit: number): number {
  return layer < 0 ? x[unit]! : pass.a[layer]!.data[unit]!;
}
/** How many inputs the units of a layer have. */
export function inputsOf({ trainer }: Scene, layer: number): number {
  return trainer.network.layers[layer]!.linear.inFeatures;
}
/** How many units a layer has. */
export function unitsOf({ trainer }: Scene, layer: number): number {
  return trainer.network.layers[layer]!.linear.outFeatures;
}

// The library's explanation of one function at one number.

/** A derivative of one function at one number, as the library explains it. */
export interface Local {
  readonly formula: string;
  readonly numbers: string | null;
  readonly value: unknown;
  readonly product: unknown;
}

/** A function at one number: its formula and its derivative. */
export interface Explained {
  readonly text: string;
  readonly derivative: Local;
}

/** The loss at the output: its formula and its derivative. */
export function lossStep({ trainer, pass, target }: Scene): {
  readonly step: { readonly formula: string };
  readonly derivative: Local;
} {
  const { loss } = trainer.settings.training;
  const name = trainer.network.layers.at(-1)!.activation ? 'p' : 'z';
  const prediction = tensor(pass.a.at(-1)!.data[0]!, { name, requiresGrad: true });
  const step = explain(lossFunction(loss)(prediction, tensor(target, { name: 'y' })).named('J')).steps.at(
    -1,
  )!;
  return { step, derivative: step.inputs[0]!.derivative as Local };
}

/** The activation of a unit at its weighted sum: its formula and its derivative. */
export function activationAt(scene: Scene, layer: number, unit: number): Explained {
  const { trainer, pass, explained } = scene;
  const key = `${layer} ${unit}`;
  const known = explained.get(key);
  if (known) return known;
  const input = tensor(pass.z[layer]!.data[unit]!, { name: 'z', requiresGrad: true });
  const output = trainer.network.layers[layer]!.activation!.forward(input);
  const name = layer === pass.z.length - 1 ? 'p' : 'a';
  const step = explain(output.named(name)).steps.at(-1)!;
  const found = { text: step.formula, derivative: step.inputs[0]!.derivative as Local };
  explained.set(key, found);
  return found;
}

/** A formula with the numbers put in, as a further side of an equation; none where that says nothing new. */
export function numbersOf(numbers: string | null): string[] {
  return numbers === null ? [] : [math.formula(numbers)];
}
