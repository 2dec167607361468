// Modules one after the other.

import type { Tensor, TensorLike } from '../tensor/index.js';
import { ValueError } from '../errors.js';
import { Module } from './module.js';

/** Modules in a row: each takes the result of the one before. Goes with `torch.nn.Sequential`. */
export class Sequential extends Module {
  readonly layers: readonly Module[];

  constructor(layers: readonly Module[]) {
    super();
    if (layers.length === 0) throw new ValueError('sequential: expected at least one module, got none');
    this.layers = layers;
  }

  forward(x: TensorLike): Tensor {
    const [first, ...rest] = this.layers;
    return rest.reduce((value, layer) => layer.forward(value), first!.forward(x));
  }

  /** Parameters are called by the place of their layer, `0.weight`, as in PyTorch. */
  override namedParameters(): [name: string, parameter: Tensor][] {
    return super.namedParameters().map(([name, parameter]) => [name.replace(/^layers\./, ''), parameter]);
  }

  override toString(): string {
    return `Sequential(${this.layers.join(', ')})`;
  }
}

/**
 * Modules in a row: each takes the result of the one before.
 * Throws a `ValueError` for an empty list.
 *
 * @example
 * nn.sequential(nn.linear(2, 1), nn.sigmoid()).forward([[0, 0]]).shape; // [1, 1]
 */
export function sequential(...layers: readonly Module[]): Sequential {
  return new Sequential(layers);
}
