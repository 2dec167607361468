// Names for the values of a derivation: their own where they have one, else v1, v2, …

import type { Expression } from '../expression/index.js';
import { formatNumber, type Tensor } from '../tensor/index.js';

/** How a derivation calls its tensors. */
export interface Names {
  /** The output that everything is differentiated for. */
  readonly output: string;
  /** The name of a tensor. */
  readonly of: (value: Tensor) => string;
  /** How it stands in a formula: its name, or the number itself for a constant without a name. */
  readonly inFormula: (value: Tensor) => Expression;
}

interface NameOptions {
  /** Begins the names made up for leaves. Default `x`. */
  readonly first?: string;
  /** Begins the names made up for results. Default `v`. */
  readonly between?: string;
  /** The name of the last result if it has none. Default `y`. */
  readonly last?: string;
  /** The output that is differentiated. Default: the last result. */
  readonly output?: string;
}

/** Names the tensors of a derivation, no two alike. */
export function nameAll(
  leaves: readonly Tensor[],
  results: readonly Tensor[],
  { first = 'x', between = 'v', last = 'y', output }: NameOptions = {},
): Names {
  const names = new Map<Tensor, string>();
  const taken = new Set<string>();
  const claim = (value: Tensor, wanted: string): void => {
    let name = wanted;
    for (let i = 2; taken.has(name); i++) name = `${wanted}_${i}`;
    taken.add(name);
    names.set(value, name);
  };
  for (const value of [...leaves, ...results]) if (value.name !== undefined) claim(value, value.name);

  const unnamed = leaves.filter((leaf) => leaf.name === undefined && !isConstant(leaf));
  unnamed.forEach((leaf, i) => claim(leaf, unnamed.length > 1 ? `${first}${i + 1}` : first));

  const final = results.at(-1) ?? leaves[0];
  if (final && !names.has(final)) claim(final, last);
  let number = 1;
  for (const result of results) {
    if (names.has(result)) continue;
    while (taken.has(`${between}${number}`)) number++;
    claim(result, `${between}${number}`);
  }

  const of = (value: Tensor): string => names.get(value) ?? formatNumber(value.data[0]!);
  return {
    output: output ?? (final ? of(final) : last),
    of,
    inFormula: (value) =>
      names.has(value)
        ? { kind: 'name', name: of(value), start: 0 }
        : { kind: 'number', value: value.data[0]!, start: 0 },
  };
}

/** The derivative of one name by another, as the notes write it: `dJ_dz`. */
export function derivativeName(of: string, by: string): string {
  return `d${of}_d${by}`;
}

/** A single number that nobody named and nobody wants the derivative by: it stands in formulas as itself. */
export function isConstant(value: Tensor): boolean {
  return value.name === undefined && !value.requiresGrad && value.ndim === 0;
}
