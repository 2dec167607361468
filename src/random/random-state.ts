// NumPy's legacy RandomState: the distributions over the Mersenne Twister. Same seed, same calls, same bits.

import { ShapeError, ValueError } from '../errors.js';
import { formatShape, takeRows, Tensor, toTensor, type TensorLike } from '../tensor/index.js';
import { nextUpTo } from './bounded.js';
import { choose } from './choice.js';
import { drawEach, drawMany, type Size } from './draw.js';
import { glibcLog } from './glibc-log.js';
import { MT19937 } from './mt19937.js';

/** A whole number from 0 to 2³² - 1, or a list of such. */
export type Seed = number | ArrayLike<number>;

/** Where a `RandomState` stands in its stream, as JSON can hold it. Equals `get_state()`, with NumPy's names in camelCase. */
export interface RandomStateSnapshot {
  readonly bitGenerator: 'MT19937';
  /** The generator's 624 words. */
  readonly key: readonly number[];
  /** How many of them are used up. */
  readonly pos: number;
  /** Whether the second normal value of a pair waits for the next call, and which. */
  readonly hasGauss: boolean;
  readonly gauss: number;
}

/**
 * Random numbers, reproducible from a seed. Equals `numpy.random.RandomState` in every bit: for the same seed and the same
 * calls in the same order, with arguments in NumPy's order and with its defaults.
 *
 * A draw without a `size` gives a plain number; with one, a tensor of that shape: `float64`, or `int64` for whole numbers.
 *
 * @example
 * const random = new RandomState(0);
 * random.randomSample(); // 0.5488135039273248
 * random.randint(0, 10, [2, 3]).toArray(); // [[5, 0, 3], [3, 7, 9]]
 */
export class RandomState {
  readonly #generator = new MT19937();
  /** The second value of the last pair of normal draws, until it is called for. */
  #gauss: number | null = null;

  /** Starts from `seed`; without one, from the platform's entropy. Throws a `ValueError` as `seed` does. */
  constructor(seed?: Seed) {
    this.seed(seed);
  }

  /**
   * Starts anew, as a new `RandomState` would. Equals `RandomState.seed`: a number and a list of that number give different
   * streams. Throws a `ValueError` unless each number is whole and from 0 to 2³² - 1.
   */
  seed(seed?: Seed): void {
    if (seed === undefined) {
      this.#generator.seedByEntropy();
    } else if (typeof seed === 'number') {
      checkSeedWord(seed);
      this.#generator.seed(seed);
    } else {
      const words = typeof seed === 'object' && seed !== null ? Array.from(seed) : [seed];
      if (words.length === 0) throw new ValueError('RandomState: a list of seeds needs at least one number');
      words.forEach(checkSeedWord);
      this.#generator.seedByArray(words);
    }
    this.#gauss = null;
  }

  /** Uniform in [0, 1), in steps of 2⁻⁵³. Equals `RandomState.random_sample`. */
  randomSample(size?: undefined): number;
  randomSample(size: Size): Tensor;
  randomSample(size?: Size): number | Tensor {
    return drawMany(size, 'randomSample', () => this.#generator.nextDouble());
  }

  /** `randomSample` with the shape as arguments. Equals `RandomState.rand`. */
  rand(): number;
  rand(...dims: number[]): Tensor;
  rand(...dims: number[]): number | Tensor {
    return drawMany(dims.length === 0 ? undefined : dims, 'rand', () => this.#generator.nextDouble());
  }

  /** `standardNormal` with the shape as arguments. Equals `RandomState.randn`. */
  randn(): number;
  randn(...dims: number[]): Tensor;
  randn(...dims: number[]): number | Tensor {
    return drawMany(dims.length === 0 ? undefined : dims, 'randn', () => this.#nextNormal());
  }

  /**
   * Uniform in [low, high). Equals `RandomState.uniform`: the bounds broadcast, and may be equal or the wrong way round.
   * Throws a `ValueError` if `high - low` is not finite.
   *
   * @example
   * new RandomState(0).uniform(-10, 10, 2).toArray(); // [0.9762700785464951, 4.30378732744839]
   */
  uniform(low?: number, high?: number, size?: undefined): number;
  uniform(low?: TensorLike, high?: TensorLike, size?: Size): Tensor;
  uniform(low: TensorLike = 0, high: TensorLike = 1, size?: Size): number | Tensor {
    return drawEach([low, high], size, 'uniform', (from, to) => {
      const range = to - from;
      if (!Number.isFinite(range)) {
        throw new ValueError(
          `uniform: low and high must be finite and their difference too, got ${from}, ${to}`,
        );
      }
      return from + range * this.#generator.nextDouble();
    });
  }

  /** Normal with mean 0 and standard deviation 1. Equals `RandomState.standard_normal`. */
  standardNormal(size?: undefined): number;
  standardNormal(size: Size): Tensor;
  standardNormal(size?: Size): number | Tensor {
    return drawMany(size, 'standardNormal', () => this.#nextNormal());
  }

  /**
   * Normal with mean `loc` and standard deviation `scale`, which broadcast. Equals `RandomState.normal`.
   * Throws a `ValueError` for a scale below 0.
   *
   * @example
   * new RandomState(0).normal([10, 20], 0.5, [3, 2]).shape; // [3, 2]: a column around 10, one around 20
   */
  normal(loc?: number, scale?: number, size?: undefined): number;
  normal(loc?: TensorLike, scale?: TensorLike, size?: Size): Tensor;
  normal(loc: TensorLike = 0, scale: TensorLike = 1, size?: Size): number | Tensor {
    const bad = toTensor(scale).data.find((value) => !(value >= 0));
    if (bad !== undefined) throw new ValueError(`normal: scale must be at least 0, got ${bad}`);
    return drawEach([loc, scale], size, 'normal', (mean, deviation) => mean + deviation * this.#nextNormal());
  }

  /**
   * Whole numbers in [low, high), or in [0, low) where `high` is left out. Equals `RandomState.randint` of 64 bits, for numbers
   * that a double holds exactly. Throws a `ValueError` if a bound is not whole, the range is empty or wider than 2⁵³.
   *
   * @example
   * new RandomState(0).randint(6, undefined, 4).toArray(); // [4, 5, 0, 3]
   */
  randint(low: number, high?: number, size?: undefined): number;
  randint(low: number, high: number | undefined, size: Size): Tensor;
  randint(low: number, high?: number, size?: Size): number | Tensor {
    const [first, end] = high === undefined ? [0, low] : [low, high];
    const max = end - 1 - first;
    const draw = (): number => {
      checkRange(first, end);
      return first + nextUpTo(this.#generator, max);
    };
    return drawMany(size, 'randint', draw, 'int64');
  }

  /**
   * The numbers 0 … x - 1, or the entries of x along its first axis, in random order; x itself stays as it is.
   * Equals `RandomState.permutation`. Throws a `ValueError` for a number that is negative or not whole.
   *
   * @example
   * new RandomState(0).permutation(5).toArray(); // [2, 0, 1, 3, 4]
   * new RandomState(0).permutation([[1, 2], [3, 4], [5, 6]]).toArray(); // [[5, 6], [3, 4], [1, 2]]
   */
  permutation(x: number | TensorLike): Tensor {
    if (typeof x === 'number') {
      if (!Number.isInteger(x) || x < 0) {
        throw new ValueError(`permutation: expected a whole number of at least 0 or an array, got ${x}`);
      }
      return new Tensor(this.#order(x), [x], { dtype: 'int64' });
    }
    const source = toTensor(x);
    return takeRows(source, this.#order(lengthOf(source, 'permutation')));
  }

  /**
   * Puts the entries of an array, or of a tensor along its first axis, in random order, in place. Equals `RandomState.shuffle`.
   * A tensor must be a leaf, as for `assign`.
   *
   * @example
   * const names = ['a', 'b', 'c', 'd', 'e'];
   * new RandomState(0).shuffle(names); // names is now ['c', 'a', 'b', 'd', 'e']
   */
  shuffle(x: unknown[] | Tensor): void {
    if (!(x instanceof Tensor)) this.#shuffle(x);
    else if (lengthOf(x, 'shuffle') > 0 && x.size > 0) x.assign(takeRows(x, this.#order(x.shape[0]!)));
  }

  /**
   * Picks from a list (one axis), or from 0 … a - 1 where `a` is a number. Equals `RandomState.choice`, probabilities `p` included.
   * Throws a `ValueError` for an empty population, for one smaller than the sample if it is drawn without replacement, and for
   * probabilities that are negative or do not sum to 1; a `ShapeError` if `a` and `p` differ in length.
   *
   * @example
   * new RandomState(0).choice(5, 3, false).toArray(); // [2, 0, 1]
   * new RandomState(0).choice([10, 20], 4, true, [0.9, 0.1]).toArray(); // [10, 10, 10, 10]
   */
  choice(a: number | TensorLike, size?: undefined, replace?: boolean, p?: TensorLike): number;
  choice(a: number | TensorLike, size: Size, replace?: boolean, p?: TensorLike): Tensor;
  choice(a: number | TensorLike, size?: Size, replace = true, p?: TensorLike): number | Tensor {
    return choose(this, a, size, replace, p);
  }

  /** Where the stream stands, for a checkpoint. Equals `RandomState.get_state`. */
  getState(): RandomStateSnapshot {
    return {
      bitGenerator: 'MT19937',
      key: Array.from(this.#generator.key),
      pos: this.#generator.position,
      hasGauss: this.#gauss !== null,
      gauss: this.#gauss ?? 0,
    };
  }

  /** Continues where another stream stood. Equals `RandomState.set_state`. Throws a `ValueError` for anything but a snapshot. */
  setState(state: RandomStateSnapshot): void {
    const { bitGenerator, key, pos, hasGauss, gauss } = state;
    const { key: words } = this.#generator;
    const valid =
      bitGenerator === 'MT19937' &&
      key.length === words.length &&
      key.every(isWord) &&
      Number.isInteger(pos) &&
      pos >= 0 &&
      pos <= words.length &&
      Number.isFinite(gauss);
    if (!valid) {
      throw new ValueError(
        `setState: expected what getState gave: MT19937 with ${words.length} 32-bit words, pos from 0 to ${words.length} ` +
          `and a finite gauss; got ${bitGenerator} with ${key.length} words, pos ${pos}, gauss ${gauss}`,
      );
    }
    words.set(key);
    this.#generator.position = pos;
    this.#gauss = hasGauss ? gauss : null;
  }

  /** Marsaglia's polar method: a point of the unit disc gives two independent values; the second waits for the next call. */
  #nextNormal(): number {
    if (this.#gauss !== null) {
      const waiting = this.#gauss;
      this.#gauss = null;
      return waiting;
    }
    let x1: number, x2: number, r2: number;
    do {
      x1 = 2 * this.#generator.nextDouble() - 1;
      x2 = 2 * this.#generator.nextDouble() - 1;
      r2 = x1 * x1 + x2 * x2;
    } while (r2 >= 1 || r2 === 0);
    const f = Math.sqrt((-2 * glibcLog(r2)) / r2);
    this.#gauss = f * x1;
    return f * x2;
  }

  /** 0 … count - 1 in random order. */
  #order(count: number): Float64Array {
    const order = Float64Array.from({ length: count }, (_, i) => i);
    this.#shuffle(order);
    return order;
  }

  /** Fisher and Yates, from the back. */
  #shuffle<T>(x: { readonly length: number; [index: number]: T }): void {
    for (let i = x.length - 1; i > 0; i--) {
      const j = nextUpTo(this.#generator, i);
      [x[i], x[j]] = [x[j]!, x[i]!];
    }
  }
}

function isWord(value: unknown): boolean {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) < 2 ** 32;
}

function checkSeedWord(word: unknown): void {
  if (isWord(word)) return;
  throw new ValueError(
    `RandomState: a seed is a whole number from 0 to ${2 ** 32 - 1} or a list of such, got ${String(word)}; ` +
      'leave it out for a random one',
  );
}

function checkRange(low: number, high: number): void {
  const [lowest, highest] = [low, high - 1];
  if (!Number.isSafeInteger(lowest) || !Number.isSafeInteger(highest)) {
    throw new ValueError(`randint: bounds must be whole numbers between ±2⁵³, got ${low} and ${high}`);
  }
  if (highest < lowest) {
    throw new ValueError(
      `randint: low must be below high, got ${low} and ${high}: there is no number to draw`,
    );
  }
  if (!Number.isSafeInteger(highest - lowest)) {
    throw new ValueError(`randint: the range from ${low} to ${high} is wider than 2⁵³`);
  }
}

function lengthOf(t: Tensor, where: string): number {
  const [length] = t.shape;
  if (length === undefined) {
    throw new ShapeError(`${where}: expected at least one axis, got shape ${formatShape(t.shape)}`);
  }
  return length;
}
