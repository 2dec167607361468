// The activations as modules: a function of the library, with a place in a Sequential.

import { functions } from '../functions/index.js';
import type { Tensor, TensorLike } from '../tensor/index.js';
import { Module } from './module.js';

/** A function without parameters as a module. */
export class Activation extends Module {
  /** How messages show it, without its options. */
  readonly name: string;
  /** Its numbers by name; null for a function of one's own, which name and options do not tell. */
  readonly options: Readonly<Record<string, number>> | null;
  readonly #apply: (x: TensorLike) => Tensor;

  constructor(
    name: string,
    apply: (x: TensorLike) => Tensor,
    options: Readonly<Record<string, number>> | null = null,
  ) {
    super();
    this.name = name;
    this.options = options;
    this.#apply = apply;
  }

  forward(x: TensorLike): Tensor {
    return this.#apply(x);
  }

  override toString(): string {
    const values = Object.values(this.options ?? {});
    return values.length === 0 ? this.name : `${this.name}(${values.join(', ')})`;
  }
}

/** The activations by name, as `--activation` and `mlp` take them. */
export const activations = {
  sigmoid: () => new Activation('Sigmoid', functions.sigmoid, {}),
  tanh: () => new Activation('Tanh', functions.tanh, {}),
  relu: () => new Activation('ReLU', functions.relu, {}),
  leakyRelu: (negativeSlope = 0.01) =>
    new Activation('LeakyReLU', (x) => functions.leakyRelu(x, { negativeSlope }), { negativeSlope }),
  elu: (alpha = 1) => new Activation('ELU', (x) => functions.elu(x, { alpha }), { alpha }),
  gelu: () => new Activation('GELU', functions.gelu, {}),
  silu: () => new Activation('SiLU', functions.silu, {}),
  softplus: () => new Activation('Softplus', functions.softplus, {}),
};

/** The name of an activation. */
export type ActivationName = keyof typeof activations;

export const { sigmoid, tanh, relu, leakyRelu, elu, gelu, silu, softplus } = activations;

/** Scores to probabilities along an axis (default: the last). Goes with `torch.nn.Softmax`. */
export function softmax(axis = -1): Activation {
  return new Activation('Softmax', (x) => functions.softmax(x, axis), { axis });
}
