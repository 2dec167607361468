// Composition: a module with a way around it, and a function as a module.

import { ShapeError } from '../errors.js';
import { formatShape, sameShape, toTensor, type Tensor, type TensorLike } from '../tensor/index.js';
import { Activation } from './activations.js';
import { Module } from './module.js';

/** `x + inner(x)`. He et al., 2016. */
export class Residual extends Module {
  readonly inner: Module;

  constructor(inner: Module) {
    super();
    this.inner = inner;
  }

  /** Throws a `ShapeError` if the module changes the shape. */
  forward(input: TensorLike): Tensor {
    const x = toTensor(input);
    const y = this.inner.forward(x);
    if (!sameShape(x.shape, y.shape)) {
      throw new ShapeError(
        `${this}: the module makes ${formatShape(x.shape)} into ${formatShape(y.shape)}, which cannot be added to it`,
      );
    }
    return x.add(y);
  }

  override toString(): string {
    return `Residual(${this.inner})`;
  }
}

/**
 * A module with a way around it: `x + inner(x)`.
 *
 * @example
 * nn.residual(nn.relu()).forward([-1, 2]).toArray(); // [-1, 4]
 */
export function residual(inner: Module): Residual {
  return new Residual(inner);
}

/**
 * A function of a tensor as a module without parameters, under a name for messages.
 *
 * @example
 * nn.sequential(nn.linear(2, 4), nn.lambda('Square', (x) => x.mul(x))).forward([[0, 1]]).shape; // [1, 4]
 */
export function lambda(name: string, call: (x: Tensor) => Tensor): Activation {
  return new Activation(name, (x) => call(toTensor(x)));
}
