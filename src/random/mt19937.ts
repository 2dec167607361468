// The Mersenne Twister MT19937 of Matsumoto and Nishimura (1998): the stream of bits under all of NumPy's legacy draws.

const N = 624; // words of state
const M = 397; // distance of the word that is mixed in
const MATRIX_A = 0x9908b0df; // the twist's matrix, its last row
const UPPER_BIT = 0x80000000;
const LOWER_BITS = 0x7fffffff;

/**
 * The generator alone: 32-bit words and doubles in [0, 1). Equals `numpy.random.MT19937` under legacy seeding.
 *
 * @example
 * const generator = new MT19937();
 * generator.seed(0);
 * generator.nextUint32(); // 2357136044
 */
export class MT19937 {
  /** The 624 words of state. */
  readonly key = new Uint32Array(N);
  /** How many words of `key` have been given out since the last twist. */
  position = N;

  /** Starts from one 32-bit word, by Knuth's linear recurrence (`init_genrand` of the reference code, 2002). */
  seed(word: number): void {
    const { key } = this;
    key[0] = word;
    for (let i = 1; i < N; i++) {
      const previous = key[i - 1]!;
      key[i] = Math.imul(1812433253, previous ^ (previous >>> 30)) + i;
    }
    this.position = N;
  }

  /** Starts from any number of 32-bit words (`init_by_array` of the reference code). */
  seedByArray(words: ArrayLike<number>): void {
    this.seed(19650218);
    const { key } = this;
    let i = 1;
    const mix = (multiplier: number, addend: number): void => {
      const previous = key[i - 1]!;
      key[i] = (key[i]! ^ Math.imul(previous ^ (previous >>> 30), multiplier)) + addend;
      if (++i < N) return;
      key[0] = key[N - 1]!;
      i = 1;
    };
    for (let step = 0; step < Math.max(N, words.length); step++) {
      const j = step % words.length;
      mix(1664525, words[j]! + j);
    }
    for (let step = 1; step < N; step++) mix(1566083941, -i);
    key[0] = UPPER_BIT; // whatever the words were, the state is not all zeros
  }

  /** Starts from the platform's entropy. */
  seedByEntropy(): void {
    globalThis.crypto.getRandomValues(this.key);
    this.key[0] = UPPER_BIT;
    this.position = N;
  }

  /** The next whole number in [0, 2³²). */
  nextUint32(): number {
    if (this.position === N) this.#twist();
    let y = this.key[this.position++]!;
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    y ^= y >>> 18;
    return y >>> 0;
  }

  /** The next multiple of 2⁻⁵³ in [0, 1), made of two words. */
  nextDouble(): number {
    const high = this.nextUint32() >>> 5; // 27 bits
    const low = this.nextUint32() >>> 6; // 26 bits
    return (high * 2 ** 26 + low) / 2 ** 53;
  }

  #twist(): void {
    const { key } = this;
    for (let i = 0; i < N; i++) {
      const y = (key[i]! & UPPER_BIT) | (key[(i + 1) % N]! & LOWER_BITS);
      key[i] = key[(i + M) % N]! ^ (y >>> 1) ^ (y & 1 ? MATRIX_A : 0);
    }
    this.position = 0;
  }
}
