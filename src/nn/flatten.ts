// Flatten: all axes from one on become one.

import { normalizeAxis, sizeOf, toTensor, type Tensor, type TensorLike } from '../tensor/index.js';
import { Module } from './module.js';

/** `[batch, …]` → `[batch, features]`. Goes with `torch.nn.Flatten`. */
export class Flatten extends Module {
  readonly startAxis: number;

  constructor(startAxis = 1) {
    super();
    this.startAxis = startAxis;
  }

  forward(input: TensorLike): Tensor {
    const x = toTensor(input);
    const outer = x.shape.slice(0, normalizeAxis(this.startAxis, x.shape, String(this)));
    return x.reshape([...outer, sizeOf(x.shape.slice(outer.length))]);
  }

  override toString(): string {
    return this.startAxis === 1 ? 'Flatten' : `Flatten(${this.startAxis})`;
  }
}

/**
 * All axes from `startAxis` (default 1) on become one.
 *
 * @example
 * nn.flatten().forward(zeros([5, 2, 3])).shape; // [5, 6]
 */
export function flatten(startAxis?: number): Flatten {
  return new Flatten(startAxis);
}
