// Reading a backward pass: which of what it returned, stored or updated is the derivative by what.

import { sameShape, type Tensor } from '../../tensor/index.js';
import { numericFields, type NumericField } from '../state.js';
import { readValue } from '../value.js';
import { fieldsRoot } from './parts.js';
import { derivativeOf, isLearningRate } from './signature.js';
import type { Gradients } from './specimen.js';

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
}

/** Gradients from all the places where people put them: the return value, fields such as `dw`, and updates in place. */
export function readGradients(returned: unknown, call: BackwardCall): Gradients {
  const bySlot = new Map<string, Tensor>();
  const unread: string[] = [];
  readUpdates(call, bySlot, unread);
  readFields(call, bySlot);
  readReturned(returned, call, bySlot, unread);
  return { bySlot, unread };
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

/** Fields named after a parameter: `dw`, `grad_w`, `grads.w`; and the `grad` of parameters that are tensors. */
function readFields({ owner, parameters }: BackwardCall, bySlot: Map<string, Tensor>): void {
  const fields = numericFields(fieldsRoot(owner));
  for (const parameter of parameters) {
    if (bySlot.has(parameter.path)) continue;
    const [place, name] = split(parameter.path);
    const field = fields.find(({ path }) => {
      const [where, field] = split(path);
      const inGradients =
        /^(?:grads?|gradients?)$/i.test(lastOf(where)) && field === name && split(where)[0] === place;
      return inGradients || (where === place && derivativeOf(field) === name.toLowerCase());
    });
    const gradient = parameter.gradient?.() ?? field?.read();
    if (gradient) bySlot.set(parameter.path, gradient);
  }
}

function readReturned(
  returned: unknown,
  call: BackwardCall,
  bySlot: Map<string, Tensor>,
  unread: string[],
): void {
  const { inputNames, parameters } = call;
  if (returned === undefined || returned === null) return;
  const one = readValue(returned);
  if (one && isUpdatedParameter(one, call)) return;
  const isList = Array.isArray(returned) && isListOfGradients(returned, call);
  if (one && !isList) {
    bySlot.set(inputNames[0]!, one);
  } else if (Array.isArray(returned)) {
    const names = [...inputNames, ...parameters.map(({ path }) => path)];
    returned.forEach((item, i) => {
      const value = readValue(item);
      const name = names[i];
      if (value && isUpdatedParameter(value, call)) return;
      if (value && name !== undefined && !bySlot.has(name)) bySlot.set(name, value);
      else if (!value && item !== undefined && item !== null)
        unread.push(`entry ${i} of what backward returned is not numeric`);
    });
  } else if (typeof returned === 'object') {
    readNamed(returned as Record<string, unknown>, call, bySlot, unread);
  } else {
    unread.push(`backward returned a ${typeof returned}`);
  }
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
    const wanted = [key.toLowerCase(), derivativeOf(key)];
    const name =
      inputNames.find((input) => wanted.includes(input.toLowerCase())) ??
      parameters.find(({ path }) => wanted.includes(lastOf(path).toLowerCase()))?.path;
    if (value && name !== undefined) bySlot.set(name, value);
    else unread.push(`what backward returned as ${key} belongs to no input or parameter`);
  }
}

/** Whether a list that is numeric as a whole holds one gradient after the other, rather than being one. */
function isListOfGradients(returned: readonly unknown[], { inputs, parameters }: BackwardCall): boolean {
  const { shape } = inputs[0]!;
  const entries = returned.map(readValue);
  const fits = inputs.every((input, i) => entries[i] && sameShape(entries[i].shape, input.shape));
  if (inputs.length > 1 && returned.length === inputs.length && fits) return true;
  const whole = readValue(returned);
  if (whole && sameShape(whole.shape, shape)) return false;
  // More entries may follow for the parameters; one in the wrong shape is still an entry.
  const isLongEnough =
    returned.length >= inputs.length && returned.length <= inputs.length + parameters.length;
  return isLongEnough && returned.length > 1 && entries[0] !== null && sameShape(entries[0]!.shape, shape);
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
