// A specimen: whatever was handed to `check`, made uniform. Tensors in, tensors out, and gradients by name.

import type { Tensor } from '../../tensor/index.js';
import type { NumericField } from '../state.js';

/** Something that a derivative can be taken by. */
export type Slot =
  | { readonly kind: 'input'; readonly name: string; readonly index: number }
  | { readonly kind: 'parameter'; readonly name: string };

/** What a backward pass gave, sorted by what it is the derivative by. */
export interface Gradients {
  /** By the name of the slot. What is absent was not given. */
  readonly bySlot: ReadonlyMap<string, Tensor>;
  /** Whatever it gave that could not be made out, in words. */
  readonly unread: readonly string[];
  /** What it returned without names, one array or several in a row: their order alone tells what they are by. */
  readonly unnamed: readonly Tensor[];
}

/** Forward and backward passes in a row, with the state that they leave behind. */
export interface Session {
  forward(inputs: readonly Tensor[]): Tensor;
  /** Goes with the last `forward`. */
  backward(upstream: Tensor): Gradients;
  /** The inputs as the code saw them, after it ran: a pass may have changed them in place. */
  inputsNow(): readonly Tensor[];
  /** What the passes so far left behind, in fields and in the cache, by name; parameters too. */
  kept(): ReadonlyMap<string, Tensor>;
}

/** Whatever was handed to `check`, made uniform. */
export interface Specimen {
  readonly name: string;
  readonly inputNames: readonly string[];
  /** Whether `backward` takes the derivative of what comes after; a loss's own does not, and 1 is meant. */
  readonly takesUpstream: boolean;
  /** Fields that the result depends on. */
  readonly parameters: readonly NumericField[];
  /** The objects with both passes that this one is made of, by name. */
  readonly parts: readonly { readonly name: string; readonly part: object }[];
  /** Absent where the code is not a learner's. */
  readonly source?: Source;
  /** Runs passes and puts the object's state back afterwards. */
  within<T>(run: (session: Session) => T): T;
}

/** Where the derivatives come from. */
export interface Source {
  /** The forward pass that they are of. */
  readonly forward: (...args: unknown[]) => unknown;
  readonly code: (...args: unknown[]) => unknown;
  readonly owner: object;
  /** The specimen with other code in the place of this. */
  with(code: (...args: unknown[]) => unknown): Specimen;
  /** The specimen with another forward pass. */
  withForward(forward: (...args: unknown[]) => unknown): Specimen;
  /** The specimen with another learning rate, where backward takes one. */
  atRate?(learningRate: number): Specimen;
  /** The specimen of another object like the owner. */
  of(owner: object): Specimen;
}

/** Everything that a specimen's derivative can be taken by: its inputs, and then its parameters. */
export function slotsOf({ inputNames, parameters }: Specimen): Slot[] {
  return [
    ...inputNames.map((name, index): Slot => ({ kind: 'input', name, index })),
    ...parameters.map(({ path }): Slot => ({ kind: 'parameter', name: path })),
  ];
}

/** The value of a specimen at inputs; leaves no trace. */
export function evaluate(specimen: Specimen, inputs: readonly Tensor[]): Tensor {
  return specimen.within((session) => session.forward(inputs));
}

/** The gradients that a specimen's own backward pass gives; leaves no trace. */
export function differentiate(specimen: Specimen, inputs: readonly Tensor[], upstream: Tensor): Gradients {
  return specimen.within((session) => {
    session.forward(inputs);
    return session.backward(upstream);
  });
}

/** Runs with one parameter set to other values, and puts it back. */
export function withParameter<T>(parameter: NumericField, values: Tensor, run: () => T): T {
  const putBack = parameter.hold();
  parameter.write(values);
  try {
    return run();
  } finally {
    putBack();
  }
}
