// A derivation as data: what was computed, and how each derivative came about. Plain values, as JSON holds them.

import type { NestedArray } from '../tensor/index.js';

/** A value on the way and the derivative of the output by it. */
export interface Quantity {
  /** The name it was given, or one made up: v1, v2, … */
  readonly name: string;
  readonly value: NestedArray;
  /** Derivative of the output by this; null where none is carried (data, constants). */
  readonly gradient: NestedArray | null;
  /** What each use of this passed back; the gradient is their sum. The output has none. */
  readonly contributions: readonly { readonly step: string; readonly product: NestedArray }[];
}

/** One input of a step, and what the chain rule does with it. */
export interface StepInput {
  readonly name: string;
  readonly value: NestedArray;
  /** The derivative of the step by this input; null for an input that carries none. */
  readonly derivative: {
    /** In the names of this derivation, such as `v3 * (1 - v3)`; null for a learner's own class. */
    readonly formula: string | null;
    /** With the numbers put in, where they are single numbers: `0.5 * (1 - 0.5)`. */
    readonly numbers: string | null;
    /** The value, where one number belongs to each element; null for a matrix product and its like. */
    readonly value: NestedArray | null;
    /** Upstream times local derivative, carried to the input's shape. */
    readonly product: NestedArray;
  } | null;
}

/** One call of a function: its formula and value, and the way back through it. */
export interface Step extends Quantity {
  /** The function: `exp`, or the name of a learner's class. */
  readonly operation: string;
  /** In the names of this derivation, such as `exp(v1)`. */
  readonly formula: string;
  readonly inputs: readonly StepInput[];
  /** The steps that a composite function is built of, with the same upstream. */
  readonly stages: readonly Step[];
}

/** The whole derivation of an output. */
export interface Derivation {
  /** Name of the output. */
  readonly output: string;
  readonly value: NestedArray;
  /** The derivative of what comes after the output: 1 for a number. */
  readonly upstream: NestedArray;
  /** What the output was computed from. */
  readonly leaves: readonly Quantity[];
  /** In forward order. */
  readonly steps: readonly Step[];
  /** Derivative of the output by each leaf that carries one. */
  readonly gradients: Readonly<Record<string, NestedArray>>;
}
