// What a backward pass takes: by the names of its parameters, and in the orders that are usual where they do not tell.

import { isCache, isLearningRate, isUpstream, parameterNames } from './signature.js';

/** What a backward pass takes in one place: the upstream, a learning rate, the forward pass's cache, or an input. */
export type Argument = 'upstream' | 'learning rate' | 'cache' | { readonly input: number };

/** A function whose parameters are read. */
type Code = (...args: never[]) => unknown;

/**
 * The ways in which a backward pass may want to be called, the likeliest first; more than one only where names do not tell.
 * Inputs never change places with each other: then a swapped result would pass.
 */
export function readingsOf(
  backward: Code,
  inputNames: readonly string[],
  { isPair, returnsCache }: { readonly isPair: boolean; readonly returnsCache: boolean },
): readonly (readonly Argument[])[] {
  const names = parameterNames(backward);
  const known = names.map((name): Argument | null => {
    const input = inputNames.indexOf(name);
    if (input >= 0) return { input };
    if (isLearningRate(name)) return 'learning rate';
    if (isUpstream(name)) return 'upstream';
    return returnsCache && isCache(name) ? 'cache' : null;
  });
  const isNamed = known.length > 0 && known.every((kind) => kind !== null);
  const hasUpstream = known.includes('upstream');
  const isInput = (kind: Argument | null): boolean => typeof kind === 'object' && kind !== null;
  // All inputs and the size of a step: a model's whole backward pass, from its loss on.
  const isOfLoss =
    inputNames.length > 1 && known.filter(isInput).length === inputNames.length && !hasUpstream;
  const isOfInputs = isOfLoss || known.every((kind) => kind === 'cache' || isInput(kind));
  if (isNamed && (isOfInputs || hasUpstream) && isOnce(known)) return [known];
  const usual = isPair
    ? argumentsOfDerivative(backward, inputNames)
    : argumentsOf(backward, inputNames, returnsCache);
  const filled = filledIn(known, inputNames, isPair, returnsCache);
  const others = [...filled, ...filled.flatMap(movedUpstream)].filter((reading) => isOnce(reading));
  // A name that tells is kept to.
  const isFaithful = (reading: readonly Argument[]): boolean =>
    reading.every((kind, i) => isKept(kind, known[i] ?? null));
  const faithful = others.filter(isFaithful);
  const readings = isFaithful(usual) || !hasUpstream ? [usual, ...faithful] : [...faithful, usual];
  return readings.filter((one, i) => readings.findIndex((other) => isSame(one, other)) === i);
}

/** Places without a name that tells, filled with what is left: upstream, cache, and then inputs or learning rates. */
function filledIn(
  known: readonly (Argument | null)[],
  inputNames: readonly string[],
  isPair: boolean,
  returnsCache: boolean,
): Argument[][] {
  const isTaken = (kind: Argument): boolean => known.some((other) => other !== null && sameKind(other, kind));
  const free = known.filter((kind) => kind === null).length;
  const first = (['upstream', ...(returnsCache ? ['cache'] : [])] as Argument[]).filter(
    (kind) => !isTaken(kind),
  );
  const inputs = inputNames.map((_, input): Argument => ({ input })).filter((kind) => !isTaken(kind));
  const rates = Array.from({ length: free }, (): Argument => 'learning rate');
  const fillings = [
    [...first, ...(isPair ? inputs : rates)],
    ...(free - first.length === inputs.length ? [[...first, ...inputs]] : []),
    ...(first.length === 2 ? [[...first.toReversed(), ...rates]] : []),
  ];
  return fillings
    .filter(({ length }) => length >= free)
    .map((filling) => {
      let next = 0;
      return known.map((kind) => kind ?? filling[next++]!);
    });
}

/** The same with the upstream last, and in the places between. */
function movedUpstream(reading: readonly Argument[]): Argument[][] {
  if (!reading.includes('upstream')) return [];
  const rest: readonly Argument[] = reading.filter((kind) => kind !== 'upstream');
  return Array.from({ length: reading.length }, (_, i) => rest.toSpliced(rest.length - i, 0, 'upstream'));
}

function argumentsOf(backward: Code, inputNames: readonly string[], returnsCache: boolean): Argument[] {
  const names = parameterNames(backward);
  const count = Math.max(backward.length, names.length);
  const repeated = names.map((name) => inputNames.indexOf(name));
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
  const named = parameterNames(derivative).findIndex((name) => isUpstream(name));
  return inputs.toSpliced(Math.max(named, 0), 0, 'upstream');
}

/** Whether nothing but learning rates comes more than once. */
function isOnce(reading: readonly (Argument | null)[]): boolean {
  return reading.every(
    (kind, i) =>
      kind === null ||
      kind === 'learning rate' ||
      reading.findIndex((other) => other !== null && sameKind(other, kind)) === i,
  );
}

/** Whether a place is read as its name says, or has no name that tells. */
function isKept(kind: Argument, known: Argument | null): boolean {
  return known === null || sameKind(kind, known);
}

function sameKind(a: Argument, b: Argument): boolean {
  return typeof a === 'object' && typeof b === 'object' ? a.input === b.input : a === b;
}

function isSame(a: readonly Argument[], b: readonly Argument[]): boolean {
  return a.length === b.length && a.every((kind, i) => sameKind(kind, b[i]!));
}
