// Reading what --input and --args give.

import type { NestedArray } from '../../index.js';
import { UsageError } from '../errors.js';
import type { Translate } from '../texts/index.js';

/**
 * The inputs. The option once: a JSON list of all of them, or a number alone as the only one. Several times: one each.
 * Throws a `UsageError` for anything but numbers and lists of them.
 *
 * @example
 * readInputs(translator('en'), ['[[1,0],0]']); // [[1, 0], 0]
 * readInputs(translator('en'), ['[1,0]', '0']); // [[1, 0], 0]
 */
export function readInputs(text: Translate, given: readonly string[]): NestedArray[] {
  const values = given.map((value) => {
    const parsed = parse(value);
    if (isNumeric(parsed)) return parsed;
    throw new UsageError(text('error.check.input', { value: value === '' ? '""' : value }));
  });
  const [only, ...others] = values;
  return others.length === 0 && Array.isArray(only) ? (only as NestedArray[]) : values;
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

function isNumeric(value: unknown): value is NestedArray {
  return typeof value === 'number' || (Array.isArray(value) && value.length > 0 && value.every(isNumeric));
}
