// Lesson 1. The chain rule: sigmoid taken apart into four functions, each with a forward and a backward of its own.

/** z1 = -z */
export class Function1 {
  forward(z: number): number {
    return -z;
  }

  /** dz1/dz = -1 */
  backward(da_dz1: number): number {
    return da_dz1 * -1;
  }
}

/** z2 = exp(z1) */
export class Function2 {
  #z2 = NaN;

  forward(z1: number): number {
    this.#z2 = Math.exp(z1);
    return this.#z2;
  }

  /** dz2/dz1 = exp(z1) = z2 */
  backward(da_dz2: number): number {
    return da_dz2 * this.#z2;
  }
}

/** z3 = 1 + z2 */
export class Function3 {
  forward(z2: number): number {
    return 1 + z2;
  }

  /** dz3/dz2 = 1 */
  backward(da_dz3: number): number {
    return da_dz3 * 1;
  }
}

/** a = 1 / z3 */
export class Function4 {
  #z3 = NaN;

  forward(z3: number): number {
    this.#z3 = z3;
    return 1 / z3;
  }

  /** da/dz3 = -1 / z3² */
  backward(dJ_da: number): number {
    return (dJ_da * -1) / this.#z3 ** 2;
  }
}

/** Every number of one pass forward and one pass backward. */
export interface ChainRule {
  readonly z: number;
  readonly z1: number;
  readonly z2: number;
  readonly z3: number;
  readonly a: number;
  readonly da_dz3: number;
  readonly da_dz2: number;
  readonly da_dz1: number;
  readonly da_dz: number;
  /** What each function contributes: the derivative of its output by its own input. */
  readonly local: {
    readonly da_dz3: number;
    readonly dz3_dz2: number;
    readonly dz2_dz1: number;
    readonly dz1_dz: number;
  };
}

/**
 * Forward, first to last; then backward, last to first, each function handing on what reached it times its own derivative.
 *
 * @example
 * chainRule(0).da_dz; // 0.25
 */
export function chainRule(z: number): ChainRule {
  const [f1, f2, f3, f4] = [new Function1(), new Function2(), new Function3(), new Function4()];

  const z1 = f1.forward(z);
  const z2 = f2.forward(z1);
  const z3 = f3.forward(z2);
  const a = f4.forward(z3);

  const da_dz3 = f4.backward(1);
  const da_dz2 = f3.backward(da_dz3);
  const da_dz1 = f2.backward(da_dz2);
  const da_dz = f1.backward(da_dz1);

  const local = {
    da_dz3: f4.backward(1),
    dz3_dz2: f3.backward(1),
    dz2_dz1: f2.backward(1),
    dz1_dz: f1.backward(1),
  };
  return { z, z1, z2, z3, a, da_dz3, da_dz2, da_dz1, da_dz, local };
}
