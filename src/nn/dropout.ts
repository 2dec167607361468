// Dropout: in training each number is left out by chance, so that no unit relies on another one. Srivastava et al., 2014.
//
// A compiled step must do the same every time, so chance is a computation: a state of three whole numbers moves with every
// step (Wichmann and Hill's generator, 1982, algorithm AS 183), and what it gives is spread over the places of the input.

import { checkRandomState, RandomState, type RandomStateLike } from '../random/index.js';
import { noGrad, tensor, toTensor, type Tensor, type TensorLike } from '../tensor/index.js';
import { Module } from './module.js';
import { checkProbability } from './parameter.js';
import { current } from './state.js';

/** Options of `dropout`. */
export interface DropoutOptions {
  /** Seed or stream of the random numbers. Default: another one each time. */
  readonly randomState?: RandomStateLike;
}

/** In training, 0 with probability p and else `x / (1 - p)`; in evaluation, x. Goes with `torch.nn.Dropout`. */
export class Dropout extends Module {
  readonly p: number;
  /** The state of the random numbers: three whole numbers, which every step in training moves. */
  readonly randomState: Tensor;
  readonly #places = new Map<number, readonly [Tensor, Tensor]>();

  constructor(p = 0.5, options: DropoutOptions = {}) {
    super();
    checkProbability('Dropout', 'p', p);
    this.p = p;
    const random = checkRandomState(options.randomState);
    const state = tensor(MODULI.map((modulus) => random.randint(1, modulus) as number));
    this.randomState = this.buffer(state, { persistent: false });
  }

  forward(input: TensorLike): Tensor {
    const x = toTensor(input);
    if (!this.training || this.p === 0) return x;
    return x.mul(noGrad(() => this.#mask(x))).div(1 - this.p);
  }

  /** 0 where x is left out, else 1. */
  #mask(x: Tensor): Tensor {
    const state = modulo(current(this.randomState).mul(MULTIPLIERS), MODULI, 8);
    this.randomState.assign(state);
    const [a, b, c] = [0, 1, 2].map((i) => state.slice(i)) as [Tensor, Tensor, Tensor];
    const [first, second] = this.#placesFor(x.size);
    // Uniform among the whole numbers below PRIME, for each place by itself.
    const uniform = modulo(first.mul(modulo(a, PRIME, 4)).add(second.mul(modulo(b, PRIME, 4))), PRIME, 13);
    // p * PRIME is not whole; it is rounded up as often as its fraction says, which makes p exact on average.
    const least = Math.floor(this.p * PRIME);
    const more = c.less(Math.ceil((this.p * PRIME - least) * MODULI[2]!));
    return uniform.greaterEqual(more.add(least)).reshape(x.shape);
  }

  /** Two random numbers for each place, always the same ones: the state is what makes steps and layers differ. */
  #placesFor(size: number): readonly [Tensor, Tensor] {
    const random = new RandomState(0);
    const draw = (): Tensor => tensor(random.randint(0, PRIME, [size]).data);
    const places = this.#places.get(size) ?? [draw(), draw()];
    this.#places.set(size, places);
    return places;
  }

  override toString(): string {
    return `Dropout(${this.p})`;
  }
}

// Small enough for float32: all products that are taken stay below 2²⁴, where whole numbers are exact.
const PRIME = 2039;
const MODULI = [30269, 30307, 30323];
const MULTIPLIERS = [171, 172, 170];

/**
 * x modulo m, exactly, for whole x below m · 2^bits; several m for the elements of a vector. There is no function that rounds;
 * comparing and subtracting will do.
 */
function modulo(x: Tensor, m: number | readonly number[], bits: number): Tensor {
  let rest = x;
  for (let factor = 2 ** (bits - 1); factor >= 1; factor /= 2) {
    const multiple = tensor(typeof m === 'number' ? m * factor : m.map((each) => each * factor));
    rest = rest.sub(rest.greaterEqual(multiple).mul(multiple));
  }
  return rest;
}

/**
 * Leaves out each number with probability `p` (default 0.5) in training, and scales the others so that the sum stays the
 * same on average. The random numbers are computed (see `randomState`), so it compiles, and every engine drops the same.
 * Throws a `ValueError` for a p outside 0 to below 1.
 *
 * @example
 * nn.dropout(0.5).eval().forward([1, 2]).toArray(); // [1, 2]
 */
export function dropout(p?: number, options?: DropoutOptions): Dropout {
  return new Dropout(p, options);
}
