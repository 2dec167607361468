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
  timesUpstream,
  withoutTrace,
  type Code,
} from './passes.js';
import { derivativeOf } from './signature.js';
import type { Session, Specimen } from './specimen.js';

/** What one call gave: the value, and the derivatives in order. */
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
  const derivatives = entries.filter(([key, item]) => derivativeOf(key) !== null && readValue(item));
  const value = entries.find((entry) => !derivatives.includes(entry) && readValue(entry[1]));
  if (!value || derivatives.length === 0) return null;
  return {
    value: value[1],
    derivatives: derivatives.map(([key, item]) => ({ name: derivativeOf(key), value: item })),
  };
}

/** The specimen of a function that gives value and derivatives at once. `owner` holds its state, if any. */
export function specimenOfLoss(name: string, owner: object, call: Code, inputs: readonly Value[]): Specimen {
  const inputNames = nameInputs(call, inputs.length);
  const open = (): Session => {
    let given: Value[] = [];
    let both: Both | null = null;
    return {
      forward(values) {
        given = values.map((value, i) => writeValue(value, inputs[i]));
        both = readBoth(call.call(owner, ...given));
        return readOutput(both?.value, name);
      },
      backward(upstream) {
        if (!both) throw new ValueError(`${name}: backward before forward`);
        const bySlot = new Map<string, Tensor>();
        both.derivatives.forEach(({ name: by, value }, i) => {
          const slot = inputNames.find((input) => input.toLowerCase() === by) ?? inputNames[i];
          if (slot !== undefined) bySlot.set(slot, readInput(value, name));
        });
        return timesUpstream({ bySlot, unread: [] }, upstream);
      },
      inputsNow: () => given.map((value) => readInput(value, name)),
      kept: () => readFields(owner),
    };
  };
  const within = <T>(run: (session: Session) => T): T => withoutTrace(owner, () => run(open()));
  const parameters = parametersOf(
    owner,
    within,
    inputs.map((input) => readInput(input, name)),
  );
  return { name, inputNames, takesUpstream: false, parameters, parts: [], within };
}
