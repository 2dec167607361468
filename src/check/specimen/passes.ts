// Specimens with both passes: an object with forward and backward, or two functions, in all the ways people write them.

import { ValueError } from '../../errors.js';
import type { Tensor } from '../../tensor/index.js';
import { numericFields, readFields, snapshot, type NumericField } from '../state.js';
import { readValue, writeValue, type Value } from '../value.js';
import { readGradients } from './gradients.js';
import { fieldsRoot, partsOf } from './parts.js';
import { isLearningRate, parameterNames } from './signature.js';
import type { Gradients, Session, Specimen } from './specimen.js';

/** A function of a learner's. */
export type Code = (...args: unknown[]) => unknown;

/** Both passes, and the object whose state they share. */
export interface Passes {
  readonly name: string;
  readonly owner: object;
  readonly forward: Code;
  readonly backward: Code;
  /** Whether they are two functions without shared state: the second one then takes the inputs themselves. */
  readonly isPair?: boolean;
}

/** What a backward pass takes in one place: the upstream, a learning rate, the forward pass's cache, or an input. */
type Argument = 'upstream' | 'learning rate' | 'cache' | { readonly input: number };

const LEARNING_RATE = 1; // passed where one is asked for, so that an update is the gradient itself

/** The specimen of both passes. `inputs` show the form of what goes in: numbers, arrays, tensors. */
export function specimenOfPasses(passes: Passes, inputs: readonly Value[]): Specimen {
  const { name, owner, forward, backward } = passes;
  const inputNames = nameInputs(forward, inputs.length);
  const returnsCache = withoutTrace(owner, () =>
    isWithCache(forward.call(owner, ...inputs.map(copy)), backward),
  );
  const takes =
    passes.isPair && !returnsCache
      ? argumentsOfDerivative(backward, inputNames)
      : argumentsOf(backward, inputNames, returnsCache);
  let parameters: readonly NumericField[] = [];

  const open = (): Session => {
    let given: Value[] = [];
    let output: unknown;
    let cache: unknown;
    const argument = (kind: Argument, upstream: Tensor): unknown => {
      if (kind === 'upstream') return writeValue(upstream, output);
      if (kind === 'learning rate') return LEARNING_RATE;
      return kind === 'cache' ? cache : given[kind.input];
    };
    return {
      forward(values) {
        given = values.map((value, i) => writeValue(value, inputs[i]));
        const result = forward.call(owner, ...given);
        [output, cache] = returnsCache ? (result as [unknown, unknown]) : [result, undefined];
        return readOutput(output, name);
      },
      backward(upstream) {
        const before = parameters.map((parameter) => parameter.read());
        const returned = backward.call(owner, ...takes.map((kind) => argument(kind, upstream)));
        const read = readGradients(returned, {
          ...{ owner, inputNames, parameters, before },
          inputs: given.map((value) => readInput(value, name)),
          learningRate: takes.includes('learning rate') ? LEARNING_RATE : null,
        });
        return takes.includes('upstream') ? read : timesUpstream(read, upstream);
      },
      inputsNow: () => given.map((value) => readInput(value, name)),
      kept: () => readFields({ ...owner, ...(returnsCache && { cache }) }),
    };
  };

  const within = <T>(run: (session: Session) => T): T => withoutTrace(owner, () => run(open()));
  parameters = parametersOf(
    owner,
    within,
    inputs.map((input) => readInput(input, name)),
  );
  return {
    name,
    inputNames,
    takesUpstream: takes.includes('upstream'),
    parameters,
    parts: partsOf(owner),
    within,
  };
}

/** Runs code on an object and puts the object's state back. */
export function withoutTrace<T>(owner: object, run: () => T): T {
  const putBack = snapshot(owner);
  try {
    return run();
  } finally {
    putBack();
  }
}

/** The names of what `forward` takes, made up where its text does not tell. */
export function nameInputs(forward: Code, count: number): string[] {
  const declared = parameterNames(forward);
  return Array.from({ length: count }, (_, i) => declared[i] || (count > 1 ? `x${i + 1}` : 'x'));
}

/** Reads what a forward pass gave. Throws a `ValueError` if it is not numeric. */
export function readOutput(output: unknown, name: string): Tensor {
  const value = readValue(output);
  if (!value) {
    throw new ValueError(
      `${name}: forward returned ${describe(output)}; expected a number, an array of numbers or a tensor`,
    );
  }
  return value;
}

/** Reads what was given as an input. Throws a `ValueError` if it is not numeric. */
export function readInput(input: unknown, name: string): Tensor {
  const value = readValue(input);
  if (!value)
    throw new ValueError(
      `${name}: an input must be a number, an array of numbers or a tensor, got ${describe(input)}`,
    );
  return value;
}

/** The fields that the result depends on: those whose change it feels, and which `forward` does not write itself. */
export function parametersOf(
  owner: object,
  within: <T>(run: (session: Session) => T) => T,
  inputs: readonly Tensor[],
): NumericField[] {
  const result = (): Tensor => within((session) => session.forward(inputs));
  const usual = result();
  return numericFields(fieldsRoot(owner)).filter((field) => {
    const before = field.read();
    field.write(before.mul(1.01).add(0.01));
    try {
      return result().data.some((element, i) => element !== usual.data[i]);
    } catch {
      return false; // a size or a step that may not be fractional
    } finally {
      field.write(before);
    }
  });
}

/** A backward pass without an upstream means an upstream of 1: what it gives is multiplied with the one at hand. */
export function timesUpstream({ bySlot, unread }: Gradients, upstream: Tensor): Gradients {
  const scaled = [...bySlot].map(([slot, gradient]) => {
    const fits = upstream.size === 1 || upstream.size === gradient.size;
    return [
      slot,
      fits
        ? gradient.mul(upstream.size === 1 ? upstream.reshape([]) : upstream.reshape(gradient.shape))
        : gradient,
    ] as const;
  });
  return { bySlot: new Map(scaled), unread };
}

function argumentsOf(backward: Code, inputNames: readonly string[], returnsCache: boolean): Argument[] {
  const names = parameterNames(backward);
  const count = Math.max(backward.length, names.length);
  const repeated = names.map((name) => inputNames.indexOf(name));
  if (repeated.length > 0 && repeated.every((index) => index >= 0))
    return repeated.map((input) => ({ input }));
  return Array.from({ length: count }, (_, i): Argument => {
    const name = names[i] ?? '';
    if (isLearningRate(name)) return 'learning rate';
    if (i > 0 && repeated[i]! >= 0) return { input: repeated[i]! };
    if (returnsCache && i > 0) return 'cache';
    return i === 0 ? 'upstream' : 'learning rate';
  });
}

/** The derivative of a pair takes the inputs, and an upstream if it takes one more: first, unless another is named so. */
function argumentsOfDerivative(derivative: Code, inputNames: readonly string[]): Argument[] {
  const inputs = inputNames.map((_, input): Argument => ({ input }));
  if (derivative.length <= inputNames.length) return inputs.slice(0, derivative.length);
  const named = parameterNames(derivative).findIndex((name) => /^(d|g|grad|upstream|delta)/i.test(name));
  return inputs.toSpliced(Math.max(named, 0), 0, 'upstream');
}

/** `[result, cache]`, as the CS231n exercises return it. Two numbers are one if backward has a name for the second. */
function isWithCache(result: unknown, backward: Code): boolean {
  if (!Array.isArray(result) || result.length !== 2 || readValue(result[0]) === null) return false;
  return readValue(result) === null || /^(cache|ctx|context|saved)$/i.test(parameterNames(backward)[1] ?? '');
}

function copy(value: Value): Value {
  return writeValue(readInput(value, 'check'), value);
}

function describe(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'an array that is ragged or holds something else than numbers';
  return value === null ? 'null' : `a ${typeof value}`;
}
