// A derivation as the rows of its tables: what every renderer shows, in the same order.

import type { NestedArray } from '../tensor/index.js';
import type { Derivation, Step } from './derivation.js';
import { derivativeName } from './names.js';

/** One step back: upstream times local derivative, for one input of one step. */
export interface BackwardRow {
  /** The derivative of the output by the input, or this step's part of it: `dy_dv2`. */
  readonly target: string;
  /** The derivative of the output by the step's result: `dy_dv3`. */
  readonly upstreamName: string;
  readonly upstream: NestedArray;
  /** The local derivative: `dv3_dv2`. */
  readonly localName: string;
  readonly formula: string | null;
  readonly numbers: string | null;
  readonly local: NestedArray | null;
  readonly product: NestedArray;
}

/** A value that was used more than once: its derivative is the sum of what each use passed back. */
export interface SumRow {
  readonly target: string;
  readonly terms: readonly { readonly step: string; readonly product: NestedArray }[];
  readonly sum: NestedArray;
}

/** The backward rows of steps, last to first. */
export function backwardRows(steps: readonly Step[], output: string): BackwardRow[] {
  return steps.toReversed().flatMap((step) =>
    step.inputs.flatMap(({ name, derivative }) =>
      derivative === null || step.gradient === null
        ? []
        : {
            target: derivativeName(output, name),
            upstreamName: derivativeName(output, step.name),
            upstream: step.gradient,
            localName: derivativeName(step.name, name),
            formula: derivative.formula,
            numbers: derivative.numbers,
            local: derivative.value,
            product: derivative.product,
          },
    ),
  );
}

/** The sums of a derivation, last value to first. */
export function sumRows({ output, steps, leaves }: Derivation): SumRow[] {
  return [...leaves, ...steps]
    .toReversed()
    .flatMap(({ name, gradient, contributions }) =>
      gradient === null || contributions.length < 2
        ? []
        : { target: derivativeName(output, name), terms: contributions, sum: gradient },
    );
}
