// The options of a described layer, each held to its kind as it is asked for.

import type { PerAxis } from '../../functions/index.js';
import { FormatError } from '../format-error.js';
import type { Blueprint } from './layer.js';

/** Reads the options of one layer. Throws a `FormatError` that names the layer and the option for anything but what it asks for. */
export class Options {
  readonly #layer: string;
  readonly #values: Readonly<Record<string, unknown>>;
  readonly #partAt: (value: unknown, name: string) => Blueprint;
  readonly #asked = new Set(['type']);

  /** `layer` is how messages show the layer; `partAt` reads a layer inside this one, whose name is the one that its parameters have. */
  constructor(
    layer: string,
    values: Readonly<Record<string, unknown>>,
    partAt: (value: unknown, name: string) => Blueprint,
  ) {
    this.#layer = layer;
    this.#values = values;
    this.#partAt = partAt;
  }

  /** Whether there is such an option: for those that may be left out. */
  has(name: string): boolean {
    return this.#value(name) !== undefined;
  }

  /** Whether an option is this word: for those that may be something else. */
  is(name: string, word: string): boolean {
    return this.#value(name) === word;
  }

  /** A whole number, of at least 1 unless told otherwise. */
  count(name: string, least = 1): number {
    const value = this.#value(name);
    return isCount(value, least) ? value : this.#bad(name, `a whole number of at least ${least}`);
  }

  /** Any finite number. */
  number(name: string): number {
    const value = this.#value(name);
    return typeof value === 'number' && Number.isFinite(value) ? value : this.#bad(name, 'a number');
  }

  flag(name: string): boolean {
    const value = this.#value(name);
    return typeof value === 'boolean' ? value : this.#bad(name, 'true or false');
  }

  /** One of a few words. */
  choice<Word extends string>(name: string, words: readonly Word[]): Word {
    const value = this.#value(name);
    return words.find((word) => word === value) ?? this.#bad(name, words.join(' or '));
  }

  /** A whole number for all of so many axes, or a list with one for each. */
  perAxis(name: string, axes: number, least = 1): PerAxis {
    const value = this.#value(name);
    if (isCount(value, least)) return value;
    if (Array.isArray(value) && value.length === axes && value.every((each) => isCount(each, least))) {
      return value as number[];
    }
    return this.#bad(name, `a whole number of at least ${least} or a list of ${axes}`);
  }

  /** Lengths of axes, at least one. */
  shape(name: string): readonly number[] {
    const value = this.#value(name);
    const fits = Array.isArray(value) && value.length > 0 && value.every((length) => isCount(length, 1));
    return fits ? (value as number[]) : this.#bad(name, 'a list of whole numbers of at least 1');
  }

  /** A layer inside this one. */
  part(name: string): Blueprint {
    return this.#partAt(this.#value(name), name);
  }

  /** Layers inside this one, named by their places. */
  parts(name: string): readonly Blueprint[] {
    const value = this.#value(name);
    if (!Array.isArray(value) || value.length === 0) return this.#bad(name, 'a list of layers');
    return value.map((part: unknown, place) => this.#partAt(part, String(place)));
  }

  /** Throws unless every option has been asked for: one that is not known may change what the layer computes. */
  checkAllAsked(): void {
    const unknown = Object.keys(this.#values).find((name) => !this.#asked.has(name));
    if (unknown === undefined) return;
    throw new FormatError(`buildModule: ${this.#layer} has no option ${shown(unknown)}`);
  }

  #value(name: string): unknown {
    this.#asked.add(name);
    return Object.hasOwn(this.#values, name) ? this.#values[name] : undefined;
  }

  #bad(name: string, expected: string): never {
    throw new FormatError(
      `buildModule: ${name} of ${this.#layer} must be ${expected}, got ${shown(this.#value(name))}`,
    );
  }
}

function isCount(value: unknown, least: number): value is number {
  return Number.isSafeInteger(value) && (value as number) >= least;
}

/** A value from a file as messages show it. */
export function shown(value: unknown): string {
  return (JSON.stringify(value) ?? 'nothing').slice(0, 100);
}
