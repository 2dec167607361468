// Modules one after the other.

import { ShapeError, ValueError } from '../errors.js';
import type { Tensor, TensorLike } from '../tensor/index.js';
import { Module } from './module.js';

/** Modules in a row: each takes the result of the one before. Goes with `torch.nn.Sequential`. */
export class Sequential extends Module {
  readonly layers: readonly Module[];

  constructor(layers: readonly Module[]) {
    super();
    if (layers.length === 0) throw new ValueError('sequential: expected at least one module, got none');
    this.layers = layers;
  }

  /** Throws the `ShapeError` of a layer with the layer's place before it, counted from 0 as in the names of parameters. */
  forward(x: TensorLike): Tensor {
    return this.layers.reduce<TensorLike>((value, layer, place) => {
      try {
        return layer.forward(value);
      } catch (error) {
        throw error instanceof ShapeError ? located(error, layer, place) : error;
      }
    }, x) as Tensor;
  }

  /** Parameters are called by the place of their layer, `0.weight`, as in PyTorch. */
  override parts(): [name: string, part: Module][] {
    return this.layers.map((layer, place) => [String(place), layer]);
  }

  override toString(): string {
    return `Sequential(${this.layers.join(', ')})`;
  }
}

/** `Sequential: layer 2, Linear(4, 3): input has …`; layers inside layers are named one after the other. */
function located(error: ShapeError, layer: Module, place: number): ShapeError {
  const inner = error.message.replace(/^Sequential: layer/, 'layer');
  const isNamed = inner !== error.message || inner.startsWith(`${layer}: `);
  return new ShapeError(`Sequential: layer ${place}, ${isNamed ? '' : `${layer}: `}${inner}`, {
    cause: error,
  });
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
