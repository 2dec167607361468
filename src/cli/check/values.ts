// Reading what --input and --args give.

import type { CheckOptions } from '../../index.js';
import { UsageError } from '../errors.js';
import type { Translate } from '../texts/index.js';

/** What goes into a forward pass. */
export type Input = NonNullable<CheckOptions['inputs']>[number];

/**
 * The inputs. The option once: a JSON list of all of them, or a number alone as the only one. Several times: one each.
 * Throws a `UsageError` for anything but numbers, lists of them, and objects that hold such under names.
 *
 * @example
 * readInputs(translator('en'), ['[[1,0],0]']); // [[1, 0], 0]
 * readInputs(translator('en'), ['[1,0]', '0']); // [[1, 0], 0]
 */
export function readInputs(text: Translate, given: readonly string[]): Input[] {
  const values = given.map((value) => {
    const parsed = parse(value);
    if (isInput(parsed)) return parsed;
    throw new UsageError(text('error.check.input', { value: value === '' ? '""' : value }));
  });
  const [only, ...others] = values;
  return others.length === 0 && Array.isArray(only) ? (only as Input[]) : values;
}

/** The arguments of constructors. Throws a `UsageError` for anything but a JSON list. */
export function readArguments(text: Translate, given: string): unknown[] {
  const parsed = parse(given);
  if (Array.isArray(parsed)) return parsed;
  throw new UsageError(text('error.check.args', { value: given === '' ? '""' : given }));
}

function parse(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}

/** Numbers, lists of them, and objects that hold such under names. */
function isInput(value: unknown): value is Input {
  if (typeof value === 'number') return true;
  if (Array.isArray(value)) return value.length > 0 && value.every(isInput);
  return typeof value === 'object' && value !== null && Object.values(value).every(isInput);
}
