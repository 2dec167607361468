// Sigmoid in one piece: the four functions of lesson 1 multiplied out.

/** a = 1 / (1 + exp(-z)) */
export class Sigmoid {
  #a = NaN;

  forward(z: number): number {
    this.#a = 1 / (1 + Math.exp(-z));
    return this.#a;
  }

  /** da/dz = a (1 - a) */
  backward(dJ_da: number): number {
    return this.#a * (1 - this.#a) * dJ_da;
  }
}
