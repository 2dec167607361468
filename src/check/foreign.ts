// Objects that live elsewhere, in a Python process say, and are only stood in for here. What `check` reads off an object's fields
// and a function's text, their stand-ins tell under the key `foreign`.

import type { NumericField } from './state.js';
import type { Value } from './value.js';

/**
 * The key of what a stand-in tells. It must be an own, enumerable property: a copy of the stand-in's fields is still one.
 *
 * @example
 * const forward = Object.assign((x: number) => call('forward', x), { [foreign]: { parameters: ['x'] } });
 */
export const foreign: unique symbol = Symbol.for('chainrule.foreign');

/** What a stand-in for an object tells. */
export interface ForeignObject {
  /** Copies all that the object holds, and gives the function that puts it back. */
  save(): () => void;
  /** The numbers and numeric arrays in the object, its parts and their parts. */
  fields(): readonly NumericField[];
  /** The objects with both passes that it is made of. */
  parts(): readonly { readonly name: string; readonly part: object }[];
  /** Calls back with what each forward pass of the object is given, until the function that it gives is called. */
  listen(onForward: (args: readonly Value[]) => void): () => void;
}

/** What a stand-in for a function or a method tells. */
export interface ForeignFunction {
  /** The names of its parameters, in order. */
  readonly parameters: readonly string[];
  /** Its text, or null where there is none; Python's. */
  source?(): string | null;
  /** A stand-in for the function with another text, among the same names. Good until the next one is made. */
  with?(text: string): (...args: unknown[]) => unknown;
  /** From `true` on, what the last such text hands to `chainrule_hold` is remembered; from `false` on it gets that back. */
  hold?(remembers: boolean): void;
}

/** What an object tells if it is a stand-in, else null. */
export function foreignObject(value: object): ForeignObject | null {
  const told = (value as { readonly [foreign]?: object })[foreign];
  return told && 'save' in told ? (told as ForeignObject) : null;
}

/** What a function tells if it is a stand-in, else null. */
export function foreignFunction(f: (...args: never[]) => unknown): ForeignFunction | null {
  const told = (f as { readonly [foreign]?: object })[foreign];
  return told && 'parameters' in told ? (told as ForeignFunction) : null;
}
