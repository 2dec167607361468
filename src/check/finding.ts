// What a check says: findings, and the report that holds them.

import type { NestedArray } from '../tensor/index.js';

/** `right`, `wrong`, or `cannot tell` where neither could be established. */
export type Verdict = 'right' | 'wrong' | 'cannot tell';

/** One thing that a check found. */
export interface Finding {
  /** An identifier, such as `sign-flipped`; `unexplained` where no known mistake explains the numbers. */
  readonly cause: string;
  /** `error` makes the verdict wrong; `doubt` makes it cannot tell; `warning` and `note` leave it as it is. */
  readonly severity: 'error' | 'doubt' | 'warning' | 'note';
  /** For people, in whole sentences. */
  readonly message: string;
  /** The corrected formula, or what to do. */
  readonly correction: string | null;
  /** The part of a chain or model whose own derivative is wrong; null where there are no parts. */
  readonly stage: string | null;
  /** The input or parameter that the derivative is by. */
  readonly slot: string | null;
  /** The element that differs most. */
  readonly index: readonly number[] | null;
  readonly expected: number | null;
  readonly found: number | null;
  /** Where the code threw, as the error's `stack` tells it; null where it did not. */
  readonly stack: string | null;
  /** Everything that went in: inputs by name, parameters by path, the upstream. */
  readonly inputs: Readonly<Record<string, NestedArray>>;
}

/** A finding with the parts that do not apply left out. */
export function finding(parts: Pick<Finding, 'cause' | 'severity' | 'message'> & Partial<Finding>): Finding {
  return {
    correction: null,
    stage: null,
    slot: null,
    index: null,
    expected: null,
    found: null,
    stack: null,
    inputs: {},
    ...parts,
  };
}

/** What an error tells about where it was thrown. */
export function stackOf(error: unknown): string | null {
  return error instanceof Error ? (error.stack ?? null) : null;
}

/** How the derivative by one input or parameter came out. */
export interface SlotResult {
  readonly name: string;
  readonly kind: 'input' | 'parameter';
  readonly outcome: 'agrees' | 'differs' | 'unknown' | 'not given';
  /** Largest relative difference seen. */
  readonly relativeError: number;
  /** Largest estimated error of the numeric derivative, relative to the largest derivative. */
  readonly numericError: number;
}

/** The finding where a numeric derivative is not known well enough to compare with. */
export function tooRough({ name }: { readonly name: string }): Finding {
  return finding({
    cause: 'too-rough',
    severity: 'doubt',
    slot: name,
    message: `The numeric derivative by ${name} is too uncertain to compare with: the function is too rough there, or loses too many digits.`,
    correction: 'Check at other inputs, of size 1 or so, and in float64.',
  });
}
