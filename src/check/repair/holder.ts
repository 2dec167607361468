// Holding places of a code: what they are in one run they stay in the others, whatever goes in.

import type { Tensor } from '../../tensor/index.js';
import { readValue, writeValue, type Value } from '../value.js';

/** Remembers the numbers that come by in one run, and gives them back in the same order in those that follow. */
export class Holder {
  #kept: Tensor[] = [];
  #at = 0;
  #remembers = false;

  /** Before each run. */
  start(): void {
    this.#at = 0;
  }

  /** What comes by while this runs is remembered, in the place of what was before. */
  record(run: () => void): void {
    this.#kept = [];
    this.#remembers = true;
    run();
    this.#remembers = false;
  }

  /** A number or an array that comes by; anything else passes. */
  readonly hold = (value: unknown): unknown => {
    const numbers = readValue(value);
    if (!numbers) return value;
    if (this.#remembers) this.#kept.push(numbers.clone());
    else if (this.#at < this.#kept.length) return writeValue(this.#kept[this.#at++]!, value as Value);
    return value;
  };
}
