// The artificial neuron: an affine function and, on top of it, sigmoid.

import { AffineFunction, type Parameters } from './affine-function.js';
import { Sigmoid } from './sigmoid.js';

/** p = sigmoid(x·w + b) */
export class Model {
  readonly affine: AffineFunction;
  readonly sigmoid = new Sigmoid();

  constructor(affine = new AffineFunction()) {
    this.affine = affine;
  }

  forward(x: readonly number[]): number {
    const z = this.affine.forward(x);
    return this.sigmoid.forward(z);
  }

  /** The chain rule, last to first: through sigmoid, then through the affine function, which takes the step. */
  backward(dJ_dp: number, lr: number): Parameters {
    const dJ_dz = this.sigmoid.backward(dJ_dp);
    return this.affine.backward(dJ_dz, lr);
  }
}
