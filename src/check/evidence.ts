// What a diagnosis is made from: the derivative expected and the one found, at several probes, with all that went in.

import type { Tensor } from '../tensor/index.js';
import { numericGradient, type Probe } from './gradient.js';
import { withParameter, type Slot, type Specimen } from './specimen/specimen.js';

/** One probe of one slot. */
export interface Observation extends Probe {
  readonly output: Tensor;
  /** What the slot holds. */
  readonly value: Tensor;
  /** The right derivative, in the slot's shape. */
  readonly expected: Tensor;
  /** The derivative that the code gave, in whatever shape it gave. */
  readonly found: Tensor;
  /** Parameters by path, as they were. */
  readonly parameters: ReadonlyMap<string, Tensor>;
}

/** Everything known about a wrong derivative. */
export interface Evidence {
  readonly specimen: Specimen;
  readonly slot: Slot;
  /** Several probes, the given one first; there is always at least one. */
  readonly observations: readonly Observation[];
  /** The right derivative by this slot at another probe, and with other parameters where they are given. */
  expectedAt(probe: Probe, parameters?: ReadonlyMap<string, Tensor>): Tensor;
  /** The derivative that the code gives at another probe, or null if it gives none. */
  foundAt(probe: Probe): Tensor | null;
}

/** A mistake that explains the numbers. */
export interface Diagnosis {
  /** An identifier, such as `sign-flipped`. */
  readonly cause: string;
  /** For people: what was done, in one or two sentences. */
  readonly message: string;
  /** The corrected formula, or what to do; null where the message says it all. */
  readonly correction: string | null;
}

/** One mistake that people make: looks at the evidence and says whether this is it. */
export type Hypothesis = (evidence: Evidence) => Diagnosis | null;

/** The evidence for a slot. */
export function gather(specimen: Specimen, slot: Slot, observations: readonly Observation[]): Evidence {
  return {
    specimen,
    slot,
    observations,
    expectedAt: (probe, parameters = new Map()) =>
      withParameters(specimen, parameters, () => numericGradient(specimen, slot, probe).value),
    foundAt: ({ inputs, upstream }) =>
      specimen.within((session) => {
        session.forward(inputs);
        return session.backward(upstream).bySlot.get(slot.name) ?? null;
      }),
  };
}

function withParameters<T>(specimen: Specimen, values: ReadonlyMap<string, Tensor>, run: () => T): T {
  const [first, ...rest] = [...values];
  if (!first) return run();
  const field = specimen.parameters.find(({ path }) => path === first[0]);
  const inner = (): T => withParameters(specimen, new Map(rest), run);
  return field ? withParameter(field, first[1], inner) : inner();
}
