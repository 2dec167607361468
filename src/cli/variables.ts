// Reading the values of variables, as in --at x=1,w=[0.2,-0.4].

import { evaluate, ExpressionError, parse, variablesOf, type Tensor } from '../index.js';
import { UsageError } from './errors.js';
import type { Translate } from './texts/index.js';

/** The values given for the variables, each an expression itself: `0.3`, `-1/3`, `[0.2, -0.4]`. */
export function valuesOf(source: string, given: readonly string[], text: Translate): Record<string, Tensor> {
  const variables = variablesOf(parse(source));
  const at: Record<string, Tensor> = {};
  for (const assignment of given.flatMap(splitAtCommas)) {
    const [, name = '', value = ''] = /^\s*([\p{L}_][\p{L}\p{N}_]*)\s*=(.+)$/u.exec(assignment) ?? [];
    if (name === '') throw new UsageError(text('error.at', { value: assignment }));
    if (Object.hasOwn(at, name)) throw new UsageError(text('error.atTwice', { name }));
    if (!namesIn(source).includes(name)) {
      throw new UsageError(
        variables.length === 0
          ? text('error.atNone', { name, expression: source })
          : text('error.atUnused', { name, expression: source, names: variables.join(', ') }),
      );
    }
    at[name] = valueOf(name, value, text);
  }
  const missing = variables.filter((name) => !Object.hasOwn(at, name));
  if (missing.length > 0) {
    const example = missing.map((name) => `${name}=1`).join(',');
    throw new UsageError(text('error.noValue', { names: missing.join(', '), example }));
  }
  return at;
}

/** Every name in an expression; `pi` and `e` too, which are variables where they are given a value. */
function namesIn(source: string): readonly string[] {
  return source.match(/[\p{L}_][\p{L}\p{N}_]*/gu) ?? [];
}

function valueOf(name: string, value: string, text: Translate): Tensor {
  try {
    return evaluate(parse(value), {}, value);
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    throw new UsageError(text('error.atValue', { name, message: error.message }));
  }
}

/** `x=1,w=[0.2,-0.4]` at its commas, but not at those within brackets. */
function splitAtCommas(list: string): string[] {
  const parts = [''];
  let depth = 0;
  for (const character of list) {
    if ('[('.includes(character)) depth++;
    if ('])'.includes(character)) depth--;
    if (character === ',' && depth === 0) parts.push('');
    else parts[parts.length - 1] += character;
  }
  return parts;
}
