// Specimens of losses that give value and derivative at once: `(p, y)` → J and dJ_dp.

import { ValueError } from '../../errors.js';
import type { Tensor } from '../../tensor/index.js';
import { readFields } from '../state.js';
import { readValue, writeValue, type Value } from '../value.js';
import {
  nameInputs,
  parametersOf,
  readInput,
  readOutput,
  sameOf,
  timesUpstream,
  withoutTrace,
  type Code,
} from './passes.js';
import { isListOfGradients } from './gradients.js';
import { orderOf } from './order.js';
import { isDerivative, isDerivativeBy } from './signature.js';
import type { Session, Specimen } from './specimen.js';

/** What one call gave: the value, and the derivatives in order, by the names that they have. */
interface Both {
  readonly value: unknown;
  readonly derivatives: readonly { readonly name: string | null; readonly value: unknown }[];
}

/** `[J, dJ_dp]` or `{ J, dJ_dp }`, or null if a result is neither. */
export function readBoth(result: unknown): Both | null {
  if (Array.isArray(result) && result.length >= 2) {
    const [value, ...rest] = result as readonly unknown[];
    if (readValue(value)?.size !== 1 || !rest.every((item) => readValue(item))) return null;
    return { value, derivatives: rest.map((item) => ({ name: null, value: item })) };
  }
  if (typeof result !== 'object' || result === null || readValue(result)) return null;
  const entries = Object.entries(result);
  const derivatives = entries.filter(([key, item]) => isDerivative(key) && readValue(item));
  const value = entries.find((entry) => !derivatives.includes(entry) && readValue(entry[1]));
  if (!value || derivatives.length === 0) return null;
  return {
    value: value[1],
    derivatives: derivatives.map(([key, item]) => ({ name: key, value: item })),
  };
}

/** The specimen of a function that gives value and derivatives at once. `owner` holds its state, if any. */
export function specimenOfLoss(name: string, owner: object, call: Code, inputs: readonly Value[]): Specimen {
  const inputNames = nameInputs(call, inputs.length);
  let order: readonly string[] = inputNames;
  const open = (code: Code): Session => {
    let given: Value[] = [];
    let both: Both | null = null;
    return {
      forward(values) {
        given = values.map((value, i) => writeValue(value, inputs[i]));
        both = readBoth(code.call(owner, ...given));
        return readOutput(both?.value, name);
      },
      backward(upstream) {
        if (!both) throw new ValueError(`${name}: backward before forward`);
        const bySlot = new Map<string, Tensor>();
        const unnamed: Tensor[] = [];
        const values = given.map((value) => readInput(value, name));
        for (const { name: key, value } of listed(both.derivatives, values)) {
          const gradient = readInput(value, name);
          const by = key === null ? undefined : inputNames.find((input) => isDerivativeBy(key, input));
          const slot = by ?? order[unnamed.length];
          if (by === undefined) unnamed.push(gradient);
          if (slot !== undefined) bySlot.set(slot, gradient);
        }
        return timesUpstream({ bySlot, unread: [], unnamed }, upstream);
      },
      inputsNow: () => given.map((value) => readInput(value, name)),
      kept: () => readFields(owner),
    };
  };
  const within =
    (code: Code): Specimen['within'] =>
    (run) =>
      withoutTrace(owner, () => run(open(code)));
  const values = inputs.map((input) => readInput(input, name));
  const parameters = parametersOf(owner, within(call), values);
  const of = (other: object): Specimen => specimenOfLoss(name, other, sameOf(other, call), inputs);
  const specimenWith = (code: Code): Specimen => ({
    ...{ name, inputNames, takesUpstream: false, parameters, parts: [] },
    source: { forward: call, code, owner, with: specimenWith, withForward: specimenWith, of },
    within: within(code),
  });
  order = orderOf(specimenWith(call), values, (tried) => (order = tried)) ?? inputNames;
  return specimenWith(call);
}

/** Derivatives one by one, also where they come in a list as the second of two results. */
function listed(derivatives: Both['derivatives'], inputs: readonly Tensor[]): Both['derivatives'] {
  const [first] = derivatives;
  const isList =
    derivatives.length === 1 && Array.isArray(first!.value) && isListOfGradients(first!.value, inputs, 0);
  return isList ? (first!.value as readonly unknown[]).map((value) => ({ name: null, value })) : derivatives;
}
