// Specimens with both passes: an object with forward and backward, or two functions, in all the ways people write them.

import { ValueError } from '../../errors.js';
import type { Tensor } from '../../tensor/index.js';
import { numericFields, readFields, snapshot, type NumericField } from '../state.js';
import { attempt } from '../hypotheses/match.js';
import { isWhole, readValue, writeValue, type Value } from '../value.js';
import { agreementOf } from './agreement.js';
import { readingsOf, type Argument } from './arguments.js';
import { readGradients } from './gradients.js';
import { orderOf } from './order.js';
import { fieldsRoot, partsOf } from './parts.js';
import { withOneResult } from './outputs.js';
import { isCache, parameterNames } from './signature.js';
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

const LEARNING_RATE = 0.25; // passed where one is asked for: no 1, behind which one that is forgotten could hide

/** The specimen of both passes. `inputs` show the form of what goes in: numbers, arrays, tensors. */
export function specimenOfPasses(given: Passes, inputs: readonly Value[]): Specimen {
  const first = withoutTrace(given.owner, () => given.forward.call(given.owner, ...inputs.map(copy)));
  const passes = withOneResult(given, first);
  const { name, owner, forward, backward } = passes;
  const inputNames = nameInputs(forward, inputs.length);
  const result =
    passes === given ? first : withoutTrace(owner, () => forward.call(owner, ...inputs.map(copy)));
  const parted = partedBy(result, backward);
  const returnsCache = parted !== null;
  const isPair = passes.isPair === true && !returnsCache;
  const readings = readingsOf(backward, inputNames, { isPair, returnsCache });
  let takes = readings[0]!;
  let order: readonly string[] | null = null;
  let parameters: readonly NumericField[] = [];

  const open = (code: Code, forth: Code, rate: number): Session => {
    let given: Value[] = [];
    let output: unknown;
    let cache: unknown;
    const argument = (kind: Argument, upstream: Tensor): unknown => {
      if (kind === 'upstream') return writeValue(upstream, output);
      if (kind === 'learning rate') return rate;
      return kind === 'cache' ? cache : given[kind.input];
    };
    return {
      forward(values) {
        given = values.map((value, i) => writeValue(value, inputs[i]));
        const result = forth.call(owner, ...given);
        [output, cache] = parted ? parted(result) : [result, undefined];
        return readOutput(output, name);
      },
      backward(upstream) {
        const before = parameters.map((parameter) => parameter.read());
        const returned = code.call(owner, ...takes.map((kind) => argument(kind, upstream)));
        const read = readGradients(returned, {
          ...{ owner, inputNames, parameters, before, order },
          inputs: given.map((value) => readInput(value, name)),
          learningRate: takes.includes('learning rate') ? rate : null,
        });
        return takes.includes('upstream') ? read : timesUpstream(read, upstream);
      },
      inputsNow: () => given.map((value) => readInput(value, name)),
      kept: () => readFields({ ...owner, ...(returnsCache && { cache }) }),
    };
  };

  const of = (other: object): Specimen => {
    const [there, back] = [forward, backward].map((pass) => sameOf(other, pass)) as [Code, Code];
    return specimenOfPasses({ ...passes, owner: other, forward: there, backward: back }, inputs);
  };
  const specimenWith = (code: Code, forth = forward, rate = LEARNING_RATE): Specimen => ({
    name,
    inputNames,
    takesUpstream: takes.includes('upstream'),
    parameters,
    parts: partsOf(owner),
    source: {
      ...{ forward, code, owner, of },
      with: (other) => specimenWith(other),
      withForward: (other) => specimenWith(code, other),
      ...(takes.includes('learning rate') && { atRate: (other) => specimenWith(code, forth, other) }),
    },
    within: (run) => withoutTrace(owner, () => run(open(code, forth, rate))),
  });
  const values = inputs.map((input) => readInput(input, name));
  parameters = parametersOf(owner, specimenWith(backward).within, values);
  takes =
    readings.length > 1
      ? chosenFrom(readings, (tried) => ((takes = tried), specimenWith(backward)), values)
      : takes;
  order = orderOf(specimenWith(backward), values, (tried) => (order = tried));
  return specimenWith(backward);
}

/** The method of another object of the same kind. */
export function sameOf(other: object, { name }: Code): Code {
  return (other as Readonly<Record<string, Code>>)[name]!;
}

/** The first way to call backward that agrees with the numbers; else the first that runs. */
function chosenFrom(
  readings: readonly (readonly Argument[])[],
  specimenTaking: (reading: readonly Argument[]) => Specimen,
  inputs: readonly Tensor[],
): readonly Argument[] {
  let runs: readonly Argument[] | null = null;
  for (const reading of readings) {
    const agreement = agreementOf(specimenTaking(reading), inputs);
    if (agreement === 'agrees') return reading;
    if (agreement !== 'throws') runs ??= reading;
  }
  return runs ?? readings[0]!;
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
  const result = (at: readonly Tensor[]): Tensor => within((session) => session.forward(at));
  // Of what some parameters do, nothing shows where all inputs are positive: the slope of a leaky relu.
  const mirrored = inputs.map((input) => (isWhole(input) ? input : input.neg()));
  const usual = [inputs, mirrored].flatMap((at) => {
    const value = attempt(() => result(at));
    return value ? [{ at, value }] : [];
  });
  /** Whether the result feels it when fields are moved; of several together, it may where they do not go together. */
  const feels = (fields: readonly NumericField[], { at, value }: (typeof usual)[number]): boolean => {
    const before = fields.map((field) => field.hold());
    for (const field of fields) field.write(field.read().mul(1.01).add(0.01));
    try {
      const moved = attempt(() => result(at)); // it may be a size or a step, and not fractional
      if (!moved) return fields.length > 1;
      return moved.data.some((element, i) => !Object.is(element, value.data[i]));
    } finally {
      before.forEach((putBack) => putBack());
    }
  };
  const all = numericFields(fieldsRoot(owner));
  const found = new Set<NumericField>();
  for (const place of usual) {
    const left = all.filter((field) => !found.has(field));
    // Most of what was not felt here is not felt elsewhere either: gradients, what forward writes.
    if (place !== usual[0] && !feels(left, place)) break;
    for (const field of left) if (feels([field], place)) found.add(field);
  }
  return all.filter((field) => found.has(field));
}

/** A backward pass without an upstream means an upstream of 1: what it gives is multiplied with the one at hand. */
export function timesUpstream({ bySlot, unread, unnamed }: Gradients, upstream: Tensor): Gradients {
  const scaled = [...bySlot].map(([slot, gradient]) => {
    const fits = upstream.size === 1 || upstream.size === gradient.size;
    return [
      slot,
      fits
        ? gradient.mul(upstream.size === 1 ? upstream.reshape([]) : upstream.reshape(gradient.shape))
        : gradient,
    ] as const;
  });
  return { bySlot: new Map(scaled), unread, unnamed };
}

/** Result and cache out of what forward returned. */
type Parting = (returned: unknown) => readonly [result: unknown, cache: unknown];

/**
 * How to part what forward returns, where that is result and cache: `[result, cache]`, as the CS231n exercises have it, or
 * `{ out, cache }`. Two numbers are such a pair if backward has a name for the second.
 */
function partedBy(returned: unknown, backward: Code): Parting | null {
  if (Array.isArray(returned)) {
    const isPair = returned.length === 2 && readValue(returned[0]) !== null;
    const isOne = readValue(returned) !== null && !parameterNames(backward).some(isCache);
    return isPair && !isOne ? (pair) => pair as [unknown, unknown] : null;
  }
  if (typeof returned !== 'object' || returned === null || readValue(returned)) return null;
  const entries = Object.entries(returned);
  const cache = entries.find(([key]) => isCache(key));
  const [output, ...others] = entries.filter((entry) => entry !== cache);
  if (!cache || !output || others.length > 0 || !readValue(output[1])) return null;
  return (named) =>
    [output[0], cache[0]].map((key) => (named as Record<string, unknown>)[key]) as [unknown, unknown];
}

function copy(value: Value): Value {
  return writeValue(readInput(value, 'check'), value);
}

function describe(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'an array that is ragged or holds something else than numbers';
  return value === null ? 'null' : `a ${typeof value}`;
}
