// Reading a backward pass: which of what it returned, stored or updated is the derivative by what.

import { sameShape, type Tensor } from '../../tensor/index.js';
import { numericFields, type NumericField } from '../state.js';
import { readValue } from '../value.js';
import { fieldsRoot } from './parts.js';
import { isDerivativeBy, isLearningRate, isSameName } from './signature.js';
import type { Gradients } from './specimen.js';
import { storedGradients } from './stored.js';

/** What is known about the call whose result is read. */
export interface BackwardCall {
  readonly owner: object;
  readonly inputs: readonly Tensor[];
  readonly inputNames: readonly string[];
  readonly parameters: readonly NumericField[];
  /** The parameters' values before the call. */
  readonly before: readonly Tensor[];
  /** The learning rate that was passed, if one was. */
  readonly learningRate: number | null;
  /** Slots to which results without a name belong, in order. Default: the inputs, then the parameters. */
  readonly order: readonly string[] | null;
}

/** Gradients from all the places where people put them: the return value, fields such as `dw`, and updates in place. */
export function readGradients(returned: unknown, call: BackwardCall): Gradients {
  const bySlot = new Map<string, Tensor>();
  const unread: string[] = [];
  readUpdates(call, bySlot, unread);
  for (const [path, gradient] of storedGradients(call.owner, call.parameters)) {
    if (!bySlot.has(path)) bySlot.set(path, gradient);
  }
  const unnamed = readReturned(returned, call, bySlot, unread);
  return { bySlot, unread, unnamed };
}

/** Parameters that the pass moved: the gradient is the way they went, over the learning rate. */
function readUpdates(call: BackwardCall, bySlot: Map<string, Tensor>, unread: string[]): void {
  const rate = call.learningRate ?? ownLearningRate(call.owner);
  call.parameters.forEach((parameter, i) => {
    const moved = call.before[i]!.sub(parameter.read());
    if (moved.data.every((change) => change === 0)) return;
    if (rate) bySlot.set(parameter.path, moved.div(rate));
    else unread.push(`${parameter.path} was changed, but by which learning rate could not be made out`);
  });
}

function ownLearningRate(owner: object): number | null {
  const field = numericFields(fieldsRoot(owner)).find(({ path }) => isLearningRate(lastOf(path)));
  return field ? (field.read().data[0] ?? null) : null;
}

/** Reads what a pass returned, and gives those results that have no name. */
function readReturned(
  returned: unknown,
  call: BackwardCall,
  bySlot: Map<string, Tensor>,
  unread: string[],
): Tensor[] {
  const names = call.order ?? [...call.inputNames, ...call.parameters.map(({ path }) => path)];
  if (returned === undefined || returned === null) return [];
  const one = readValue(returned);
  if (one && isUpdatedParameter(one, call)) return [];
  const isList = Array.isArray(returned) && isListOfGradients(returned, call.inputs, call.parameters.length);
  if (one && !isList) {
    bySlot.set(names[0]!, one);
    return [one];
  }
  if (Array.isArray(returned)) {
    returned.forEach((item, i) => {
      const value = readValue(item);
      const name = names[i];
      if (value && isUpdatedParameter(value, call)) return;
      if (value && name !== undefined && (!bySlot.has(name) || call.inputNames.includes(name)))
        bySlot.set(name, value);
      else if (!value && item !== undefined && item !== null)
        unread.push(`entry ${i} of what backward returned is not numeric`);
    });
    const values = returned.map(readValue);
    return values.every((value) => value !== null && !isUpdatedParameter(value, call))
      ? (values as Tensor[])
      : [];
  }
  if (typeof returned === 'object') readNamed(returned as Record<string, unknown>, call, bySlot, unread);
  else unread.push(`backward returned a ${typeof returned}`);
  return [];
}

/** An object such as `{ dx, dw }`. Parameters that were moved may be among it, with their new values. */
function readNamed(
  returned: Record<string, unknown>,
  call: BackwardCall,
  bySlot: Map<string, Tensor>,
  unread: string[],
): void {
  const { inputNames, parameters } = call;
  for (const [key, item] of Object.entries(returned)) {
    const value = readValue(item);
    if (value && isUpdatedParameter(value, call)) continue;
    const isBy = (name: string): boolean => isSameName(key, name) || isDerivativeBy(key, name);
    const name = inputNames.find(isBy) ?? parameters.find(({ path }) => isBy(lastOf(path)))?.path;
    if (value && name !== undefined) bySlot.set(name, value);
    else unread.push(`what backward returned as ${key} belongs to no input or parameter`);
  }
}

/** Whether a list that is numeric as a whole holds one gradient after the other, rather than being one. */
export function isListOfGradients(
  returned: readonly unknown[],
  inputs: readonly Tensor[],
  parameterCount: number,
): boolean {
  const { shape } = inputs[0]!;
  const entries = returned.map(readValue);
  const fits = inputs.every((input, i) => entries[i] && sameShape(entries[i].shape, input.shape));
  if (inputs.length > 1 && returned.length === inputs.length && fits) return true;
  const whole = readValue(returned);
  if (whole && sameShape(whole.shape, shape)) return false;
  if (returned.length < 2 || !entries.every((entry) => entry !== null)) return false;
  // More entries may follow for the parameters; one in the wrong shape is still an entry.
  const isLongEnough = returned.length >= inputs.length && returned.length <= inputs.length + parameterCount;
  if (isLongEnough) return sameShape(entries[0]!.shape, shape);
  // Labels may go without: what is left are the others, in order.
  if (whole && inputs.some((input) => sameShape(whole.shape, input.shape))) return false;
  let next = 0;
  for (const input of inputs) {
    if (next < entries.length && sameShape(entries[next]!.shape, input.shape)) next++;
  }
  return next === entries.length;
}

/** The notes' `Model.backward` returns the parameters after their update: those are no gradients. */
function isUpdatedParameter(value: Tensor, { parameters, before }: BackwardCall): boolean {
  return parameters.some((parameter, i) => {
    const now = parameter.read();
    const changed = now.data.some((element, k) => element !== before[i]!.data[k]);
    return (
      changed &&
      sameShape(now.shape, value.shape) &&
      now.data.every((element, k) => element === value.data[k])
    );
  });
}

function split(path: string): [place: string, name: string] {
  const dot = path.lastIndexOf('.');
  return [path.slice(0, Math.max(dot, 0)), path.slice(dot + 1)];
}

function lastOf(path: string): string {
  return split(path)[1];
}
