// Inputs that are objects, such as `parameters` with a matrix under each name: their numbers are parameters, to derive by name.

import { ValueError } from '../../errors.js';
import { nameOf } from '../../protocol/index.js';
import { foreign } from '../foreign.js';
import { Tensor } from '../../tensor/index.js';
import type { Value } from '../value.js';
import type { Code, Passes } from './passes.js';
import { parameterNames, textOf } from './signature.js';

/** An input by names: weights, or settings such as a stride. */
export interface NamedInput {
  readonly [name: string]: unknown;
}

/** Whether an input is an object with names, and no number, array or tensor. */
export function isNamedInput(input: Value | NamedInput): input is NamedInput {
  return (
    typeof input === 'object' &&
    !Array.isArray(input) &&
    !ArrayBuffer.isView(input) &&
    !(input instanceof Tensor)
  );
}

/**
 * The passes with the named inputs in fields of their owner, under the names that forward has for them. Throws a `ValueError` if
 * the passes are methods: those keep their parameters in their own object.
 */
export function withNamedInputs(passes: Passes, inputs: readonly (Value | NamedInput)[]): Passes {
  const { name, forward, backward, isPair } = passes;
  if (!isPair)
    throw new ValueError(
      `${name}: an object goes in as an input of functions in pairs only, not of ${nameOf(passes.owner)}`,
    );
  const names = parameterNames(forward);
  const places = inputs.map((input, i) => (isNamedInput(input) ? (names[i] ?? `input${i + 1}`) : null));
  const owner = Object.fromEntries(
    places.flatMap((place, i) => (place === null ? [] : [[place, structuredClone(inputs[i])]])),
  );
  const withOwn = (code: Code, own: readonly (string | null)[]): Code =>
    Object.assign(
      (...args: unknown[]) => {
        let next = 0;
        return code(
          ...own.map((place) => (place === null ? args[next++] : owner[place])),
          ...args.slice(next),
        );
      },
      {
        [foreign]: { parameters: parameterNames(code).filter((_, i) => !own[i]), source: () => textOf(code) },
      },
    );
  const ownOfBackward = parameterNames(backward).map((each) => (places.includes(each) ? each : null));
  return {
    ...{ name, owner, isPair: true, forward: withOwn(forward, places) },
    backward: ownOfBackward.some(Boolean) ? withOwn(backward, ownOfBackward) : backward,
  };
}
