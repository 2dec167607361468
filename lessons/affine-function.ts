// The affine function of a neuron with two inputs: z = x·w + b.

import { RandomState } from '../src/index.js'; // np.random, as the notes use it

/** What a neuron learns. */
export interface Parameters {
  readonly w: readonly [number, number];
  readonly b: number;
}

/** z = x·w + b; `backward` also takes the step. */
export class AffineFunction {
  w: readonly [number, number];
  b: number;
  #x: readonly number[] = [];

  /** Begins with standard normal numbers: the weights first, then the bias. */
  constructor(random = new RandomState()) {
    this.w = [random.randn(), random.randn()];
    this.b = random.randn();
  }

  forward(x: readonly number[]): number {
    this.#x = x;
    const [x1 = 0, x2 = 0] = x;
    return x1 * this.w[0] + x2 * this.w[1] + this.b;
  }

  /** dz/dw = x and dz/db = 1, so w -= lr · x · dJ_dz and b -= lr · dJ_dz. */
  backward(dJ_dz: number, lr: number): Parameters {
    const [x1 = 0, x2 = 0] = this.#x;
    this.w = [this.w[0] - lr * x1 * dJ_dz, this.w[1] - lr * x2 * dJ_dz];
    this.b -= lr * dJ_dz;
    return { w: this.w, b: this.b }; // what Model.backward hands on, and the printed code forgot to return
  }
}
