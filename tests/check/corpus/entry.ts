// An entry of the corpus: hand-written code as learners write it, right, and wrong in many ways.

import type { Value } from '../../../src/check/value.js';

/** The causes of which `check` should name one; several where the same numbers have more than one true description. */
export type Expected = string | readonly string[];

/** One function, written once; a planted bug is chosen by name. */
export interface Entry {
  readonly name: string;
  readonly inputs: readonly Value[];
  /** Planted bugs by name, each with the cause to be named; `unexplained` where no single mistake explains the numbers. */
  readonly bugs: Readonly<Record<string, Expected>>;
  /** Right ways to write it that are unusual; they must not be called wrong. */
  readonly variants: readonly string[];
  readonly make: (bug: string) => unknown;
}

/** Describes an entry. `make` gets the name of a bug or variant, or `right`. */
export function entry<Bug extends string, Variant extends string = never>(
  name: string,
  inputs: readonly Value[],
  { bugs, variants = [] }: { bugs: Record<Bug, Expected>; variants?: readonly Variant[] },
  make: (bug: Bug | Variant | 'right') => unknown,
): Entry {
  return { name, inputs, bugs, variants, make: make as (bug: string) => unknown };
}
