// Finding out what was handed to `check`.

import { ValueError } from '../../errors.js';
import {
  hasMethod,
  isDifferentiable,
  nameOf,
  type TensorCode,
  type TensorModule,
} from '../../protocol/index.js';
import { noGrad, Tensor, tensor, toTensor } from '../../tensor/index.js';
import { readValue, writeValue, type Value } from '../value.js';
import { agreeingSlots } from './agreement.js';
import { isNamedInput, withNamedInputs, type NamedInput } from './held.js';
import { readBoth, specimenOfLoss } from './loss.js';
import { readInput, specimenOfPasses, withoutTrace, type Code, type Passes } from './passes.js';
import type { Specimen } from './specimen.js';
import { mostArguments, parameterNames } from './signature.js';
import { specimenOfTensorCode } from './tensor-code.js';
import { lossesOf } from './training.js';

/** Names under which people put the value and its derivative when they write a pair of functions. */
const PAIRS = [
  ['f', 'df'],
  ['fn', 'grad'],
  ['f', 'grad'],
  ['f', 'gradient'],
  ['f', 'derivative'],
  ['value', 'derivative'],
  ['value', 'gradient'],
  ['fn', 'derivative'],
] as const;

/**
 * The specimen of whatever `check` was given, with inputs that show the form of what goes in.
 * Throws a `ValueError` that says what was looked for if there is nothing to check, and whatever the code itself throws.
 */
export function recognise(subject: unknown, given: readonly (Value | NamedInput)[]): Specimen {
  const inputs = given.filter((input): input is Value => !isNamedInput(input));
  if (inputs.length < given.length) {
    const passes = pairOf(subject) ?? passesOf(subject);
    if (passes) return specimenOfPasses(withNamedInputs(passes, given), inputs);
  }
  const methods = passesOf(subject);
  if (methods) {
    const { name, owner, forward } = methods;
    const losses = lossesOf(methods);
    refuseMore(owner, losses[0] ?? forward, inputs);
    if (losses.length > 0 && inputs.length === parameterNames(losses[0]!).length)
      return specimenOfTraining(methods, losses, inputs);
    if (givesBoth(owner, forward, inputs, true)) return specimenOfLoss(name, owner, forward, inputs);
    return specimenOfPasses(methods, inputs);
  }
  const pair = pairOf(subject);
  if (pair) return specimenOfPasses(pair, inputs);

  const [owner, call] = callOf(subject);
  if (call && owner) {
    // Tensor code may want tensors and fail on plain arrays, and the other way round.
    const asGiven = attempt(() => givesBoth(owner, call, inputs));
    if (asGiven.result) return specimenOfLoss(nameOf(owner), owner, call, inputs);
    const tensors = inputs.map((input) => (input instanceof Tensor ? input : toTensor(input)));
    const onTensors = attempt(() => givesTensor(call, owner, tensors));
    if (onTensors.result) return specimenOfTensorCode(subject as TensorModule | TensorCode, tensors);
    if (asGiven.failure) throw asGiven.failure.error;
    throw new ValueError(
      `${nameOf(owner)}: there is a forward pass and nothing that gives its derivative. Expected a backward method, a ` +
        'result of value and derivative as [J, dJ_dp] or { J, dJ_dp }, or tensor code whose graph gives it',
    );
  }
  throw new ValueError(
    'check: expected an object with forward and backward, a chain, a loss called with (prediction, target), a pair of ' +
      `functions [f, df], a library function or a module, got ${subject === null ? 'null' : typeof subject}`,
  );
}

/** The specimen of a model and the loss that its backward pass agrees with: in all derivatives, or in as many as possible. */
function specimenOfTraining(passes: Passes, losses: readonly Code[], inputs: readonly Value[]): Specimen {
  const values = inputs.map((input) => readInput(input, passes.name));
  const specimens = losses.flatMap(
    (loss) => attempt(() => specimenOfPasses({ ...passes, forward: loss }, inputs)).result ?? [],
  );
  if (specimens.length === 0)
    throw new ValueError(`${passes.name}: the loss could not be computed at these inputs`);
  if (specimens.length === 1) return specimens[0]!;
  const agreeing = specimens.map((specimen) => agreeingSlots(specimen, values));
  const most = Math.max(...agreeing);
  if (most > 0) return specimens[agreeing.indexOf(most)]!;
  throw new ValueError(
    `${passes.name}: backward takes a target, which forward does not, and it is the derivative of none of the usual losses. ` +
      'Give the object a method loss(…) that takes what forward takes and the target, and returns what backward is the derivative of',
  );
}

/** Inputs that nobody would read: brackets were forgotten. */
function refuseMore(owner: object, forward: Code, inputs: readonly Value[]): void {
  const most = mostArguments(forward);
  if (inputs.length <= most) return;
  throw new ValueError(
    `${nameOf(owner)}: forward takes ${most === 1 ? 'one input' : `${most} inputs`} (${parameterNames(forward).join(', ')}), got ` +
      `${inputs.length}. The inputs are a list with an entry for each of them: a matrix is one entry, [[[1, 2], [3, 4]]]`,
  );
}

function attempt<T>(run: () => T): { readonly result?: T; readonly failure?: { readonly error: unknown } } {
  try {
    return { result: run() };
  } catch (error) {
    return { failure: { error } };
  }
}

/** An object's own two passes. */
function passesOf(subject: unknown): Passes | null {
  if (!isDifferentiable(subject)) return null;
  const [forward, backward] = [subject.forward as Code, subject.backward as Code];
  return { name: nameOf(subject), owner: subject, forward, backward };
}

/** A pair of functions, as a list or under two names. */
function pairOf(subject: unknown): Passes | null {
  const found = Array.isArray(subject)
    ? subject
    : PAIRS.map((names) => names.map((name) => (subject as Record<string, unknown> | null)?.[name])).find(
        (pair) => pair.every((part) => typeof part === 'function'),
      );
  if (found?.length !== 2 || !found.every((part) => typeof part === 'function')) return null;
  const [forward, backward] = found as [Code, Code];
  return { name: forward.name || 'the pair', owner: subject as object, forward, backward, isPair: true };
}

/** The one thing to call: a function itself, or a method called forward, call or __call__. */
function callOf(subject: unknown): [owner: object | null, call: Code | null] {
  if (typeof subject === 'function') return [subject, subject as Code];
  for (const name of ['forward', 'call', '__call__'] as const) {
    if (hasMethod(subject, name)) return [subject, subject[name]];
  }
  return [null, null];
}

/** Whether one call gives value and derivatives. With a backward pass beside it, plain numbers in a list are a vector. */
function givesBoth(owner: object, call: Code, inputs: readonly Value[], hasBackward = false): boolean {
  return withoutTrace(owner, () => {
    const copies = inputs.map((input) => writeValue(readInput(input, nameOf(owner)), input));
    const result = call.call(owner, ...copies);
    return readBoth(result) !== null && !(hasBackward && readValue(result));
  });
}

function givesTensor(call: Code, owner: object, inputs: readonly Tensor[]): boolean {
  return noGrad(() => call.call(owner, ...inputs.map((input) => tensor(input)))) instanceof Tensor;
}
