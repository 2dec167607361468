// The activations as modules: a function of the library, with a place in a Sequential.

import { functions } from '../functions/index.js';
import type { Tensor, TensorLike } from '../tensor/index.js';
import { Module } from './module.js';

/** A function without parameters as a module. */
export class Activation extends Module {
  readonly #name: string;
  readonly #apply: (x: TensorLike) => Tensor;

  constructor(name: string, apply: (x: TensorLike) => Tensor) {
    super();
    this.#name = name;
    this.#apply = apply;
  }

  forward(x: TensorLike): Tensor {
    return this.#apply(x);
  }

  override toString(): string {
    return this.#name;
  }
}

/** The activations by name, as `--activation` and `mlp` take them. */
export const activations = {
  sigmoid: () => new Activation('Sigmoid', functions.sigmoid),
  tanh: () => new Activation('Tanh', functions.tanh),
  relu: () => new Activation('ReLU', functions.relu),
  leakyRelu: (negativeSlope = 0.01) =>
    new Activation(`LeakyReLU(${negativeSlope})`, (x) => functions.leakyRelu(x, { negativeSlope })),
  elu: (alpha = 1) => new Activation(`ELU(${alpha})`, (x) => functions.elu(x, { alpha })),
  gelu: () => new Activation('GELU', functions.gelu),
  silu: () => new Activation('SiLU', functions.silu),
  softplus: () => new Activation('Softplus', functions.softplus),
};

/** The name of an activation. */
export type ActivationName = keyof typeof activations;

export const { sigmoid, tanh, relu, leakyRelu, elu, gelu, silu, softplus } = activations;

/** Scores to probabilities along an axis (default: the last). Goes with `torch.nn.Softmax`. */
export function softmax(axis = -1): Activation {
  return new Activation(`Softmax(${axis})`, (x) => functions.softmax(x, axis));
}
