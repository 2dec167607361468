// Reading the values of options: numbers and lists, with a message that says what was expected.

import { UsageError } from './errors.js';
import type { Translate } from './texts/index.js';

/** What numbers an option takes. */
export interface NumberRange {
  readonly whole?: boolean;
  readonly least?: number;
  readonly most?: number;
  /** Whether `least` itself is out of range. */
  readonly above?: boolean;
  /** Whether `most` itself is out of range. */
  readonly below?: boolean;
}

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/**
 * A number in a range. Throws a `UsageError` that names the option for anything else.
 *
 * @example
 * readNumber(translator('en'), '--epochs', '30', { whole: true, least: 0 }); // 30
 */
export function readNumber(text: Translate, option: string, value: string, range: NumberRange): number {
  const number = NUMBER.test(value.trim()) ? Number(value) : NaN;
  if (fits(number, range)) return number;
  throw new UsageError(
    text('error.option', { option, expected: describe(text, range), value: quote(value) }),
  );
}

/** Numbers separated by commas. Throws a `UsageError` that names the option for anything else. */
export function readNumbers(
  text: Translate,
  option: string,
  value: string,
  range: NumberRange & { readonly example: string },
): number[] {
  const numbers = value.split(',').map((part) => (NUMBER.test(part.trim()) ? Number(part) : NaN));
  if (numbers.every((number) => fits(number, range))) return numbers;
  const expected = text('error.list', { kind: describe(text, range), example: range.example });
  throw new UsageError(text('error.option', { option, expected, value: quote(value) }));
}

/** One of several names. Throws a `UsageError` that names the option for any other. */
export function readChoice<Name extends string>(
  text: Translate,
  option: string,
  value: string,
  names: readonly Name[],
): Name {
  const found = names.find((name) => name === value);
  if (found !== undefined) return found;
  const expected = text('error.oneOf', { names: names.join(', ') });
  throw new UsageError(text('error.option', { option, expected, value: quote(value) }));
}

function fits(
  number: number,
  { whole = false, least = -Infinity, most = Infinity, above, below }: NumberRange,
) {
  if (!Number.isFinite(number) || (whole && !Number.isInteger(number))) return false;
  return (above ? number > least : number >= least) && (below ? number < most : number <= most);
}

function describe(text: Translate, { whole = false, least, most, above, below }: NumberRange): string {
  const kind = text(whole ? 'error.whole' : 'error.number');
  if (least === undefined) return kind;
  if (most === undefined) return text(above ? 'error.above' : 'error.atLeast', { kind, least });
  if (above) return text('error.aboveUpTo', { kind, least, most });
  return text(below ? 'error.below' : 'error.between', { kind, least, most });
}

function quote(value: string): string {
  return value === '' ? '""' : value;
}
