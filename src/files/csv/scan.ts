// One pass over a table's records, in memory that does not grow with them: what each column holds, and its statistics.

import { FormatError } from '../format-error.js';
import { isDate, isMissing, numberIn } from './cell.js';
import type { CategoryRule, Column, ColumnKind, Columns, MissingRule } from './columns.js';
import type { CsvRecord } from './records.js';

/** Options of `fitColumns`. */
export interface FitColumnsOptions {
  /** The column to predict, by name; null for none. Default: the last. */
  readonly target?: string | null | undefined;
  /** Kinds of columns where the guess is not the right one, by name. */
  readonly types?: Readonly<Record<string, ColumnKind>> | undefined;
  /** What is done about missing values (empty, NA, N/A, NaN, null, ?). Default `error`. */
  readonly missing?: MissingRule | undefined;
  /** How categories become inputs. Default `oneHot`. */
  readonly categories?: CategoryRule | undefined;
  /** Whether inputs that are numbers get mean 0 and standard deviation 1. Default true. */
  readonly standardize?: boolean | undefined;
  /** The most different values that a column of categories may have. Default 100. */
  readonly maxCategories?: number | undefined;
}

/** What has been seen of a column. */
interface Seen {
  readonly name: string;
  missing: number;
  present: number;
  numbers: number;
  whole: number;
  dates: number;
  /** Mean and sum of squared deviations, by Welford's update. */
  mean: number;
  squares: number;
  min: number;
  max: number;
  /** How often each value came; no more are kept than the limit and one. */
  readonly values: Map<string, number>;
  /** The first value that is not a number, and the first that is not a whole one. */
  firstText: { readonly line: number; readonly field: string } | null;
  firstBroken: { readonly line: number; readonly field: string } | null;
}

/** A target of whole numbers is a label if it has no more different values than this. */
const MAX_LABELS = 20;

/** A column with a larger share of numbers holds numbers, and the rest is mistakes. */
const NUMERIC_SHARE = 0.9;

/** @internal Looks at records as they come, and says in the end how the columns become numbers. */
export function columnScan(
  names: readonly string[],
  options: FitColumnsOptions,
  where: string,
): {
  readonly add: (record: CsvRecord) => void;
  readonly finish: (file: { readonly delimiter: string; readonly header: boolean }) => Columns;
} {
  const {
    types = {},
    missing = 'error',
    categories = 'oneHot',
    standardize = true,
    maxCategories = 100,
  } = options;
  const target = options.target === undefined ? (names.at(-1) ?? null) : options.target;
  checkOptions(names, target, options, where);
  const asked = new Map(Object.entries(types));
  const used = names.flatMap((name, place) =>
    asked.get(name) === 'ignored' ? [] : [{ place, seen: unseen(name) }],
  );
  let records = 0;
  let dropped = 0;

  const add = ({ line, fields }: CsvRecord): void => {
    const gaps = used.filter(({ place }) => isMissing(fields[place]!));
    for (const { seen, place } of gaps) {
      seen.missing++;
      if (missing === 'error') {
        throw new FormatError(
          `${where}: line ${line}, column ${JSON.stringify(seen.name)}: expected a value, got ` +
            `${fields[place] === '' ? 'none' : JSON.stringify(fields[place])}; for records with missing values pass ` +
            "missing: 'drop' or 'mean'",
        );
      }
    }
    if (gaps.length > 0 && (missing === 'drop' || gaps.some(({ seen }) => seen.name === target))) {
      dropped++;
      return;
    }
    records++;
    for (const { seen, place } of used) look(seen, fields[place]!, line, maxCategories);
  };

  const finish = (file: { readonly delimiter: string; readonly header: boolean }): Columns => {
    if (records === 0) {
      throw new FormatError(
        `${where}: there is no record${dropped > 0 ? ` without missing values (${dropped} were dropped)` : ''}`,
      );
    }
    const found = new Map(
      used.map(({ seen }) => [
        seen.name,
        columnOf(seen, asked.get(seen.name), seen.name === target, maxCategories, where),
      ]),
    );
    const columns = names.map((name): Column => found.get(name) ?? { name, kind: 'ignored' });
    const { delimiter, header } = file;
    return {
      version: 1,
      delimiter,
      header,
      records,
      dropped,
      columns,
      target,
      missing,
      categories,
      standardize,
    };
  };
  return { add, finish };
}

function checkOptions(
  names: readonly string[],
  target: string | null,
  { types = {}, missing = 'error', categories = 'oneHot' }: FitColumnsOptions,
  where: string,
): void {
  const there = `there are ${names.map((name) => JSON.stringify(name)).join(', ')}`;
  for (const name of [...(target === null ? [] : [target]), ...Object.keys(types)]) {
    if (!names.includes(name))
      throw new FormatError(`${where}: there is no column ${JSON.stringify(name)}; ${there}`);
  }
  if (target !== null && Object.hasOwn(types, target) && types[target] === 'ignored') {
    throw new FormatError(`${where}: the target ${JSON.stringify(target)} cannot be ignored`);
  }
  const choices = [
    ...Object.entries(types).map(([name, kind]) => [
      `types of ${name}`,
      kind,
      ['number', 'category', 'label', 'ignored'],
    ]),
    ['missing', missing, ['error', 'drop', 'mean']],
    ['categories', categories, ['oneHot', 'label']],
  ] as [string, string, string[]][];
  for (const [name, value, allowed] of choices) {
    if (allowed.includes(value)) continue;
    throw new FormatError(
      `${where}: ${name} must be one of ${allowed.join(', ')}, got ${JSON.stringify(value)}`,
    );
  }
}

function unseen(name: string): Seen {
  return {
    name,
    missing: 0,
    present: 0,
    numbers: 0,
    whole: 0,
    dates: 0,
    mean: 0,
    squares: 0,
    min: Infinity,
    max: -Infinity,
    values: new Map(),
    firstText: null,
    firstBroken: null,
  };
}

function look(seen: Seen, field: string, line: number, maxCategories: number): void {
  if (isMissing(field)) return;
  seen.present++;
  const { values } = seen;
  if (values.size <= maxCategories) values.set(field, (values.get(field) ?? 0) + 1); // beyond that nobody asks
  const value = numberIn(field);
  if (value === null) {
    seen.firstText ??= { line, field };
    seen.firstBroken ??= { line, field };
    if (isDate(field)) seen.dates++;
    return;
  }
  seen.numbers++;
  if (Number.isSafeInteger(value)) seen.whole++;
  else seen.firstBroken ??= { line, field };
  const deviation = value - seen.mean;
  seen.mean += deviation / seen.numbers;
  seen.squares += deviation * (value - seen.mean);
  seen.min = Math.min(seen.min, value);
  seen.max = Math.max(seen.max, value);
}

function columnOf(
  seen: Seen,
  asked: ColumnKind | undefined,
  isTarget: boolean,
  maxCategories: number,
  where: string,
): Column {
  const { name, missing, present, numbers, whole, firstText, firstBroken } = seen;
  const shown = JSON.stringify(name);
  const leaveOut = `to leave the column out pass types: { ${shown}: 'ignored' }`;
  if (present === 0)
    throw new FormatError(`${where}: column ${shown} holds only missing values; ${leaveOut}`);
  const kind = asked ?? guess(seen, isTarget);
  if (kind === 'date') {
    throw new FormatError(
      `${where}: line ${firstText!.line}, column ${shown}: expected a number or a category, got a date, ` +
        `${JSON.stringify(firstText!.field)}; turn dates into numbers first, or ${leaveOut}`,
    );
  }
  if (kind === 'number' && firstText) {
    throw new FormatError(
      `${where}: line ${firstText.line}, column ${shown}: expected a number${numbers > 0 ? ` as in ${numbers} other records` : ''}, ` +
        `got ${JSON.stringify(firstText.field)}; for a column of categories pass types: { ${shown}: 'category' }`,
    );
  }
  if (kind === 'label' && firstBroken) {
    throw new FormatError(
      `${where}: line ${firstBroken.line}, column ${shown}: expected a whole number as label, got ${JSON.stringify(firstBroken.field)}`,
    );
  }
  switch (kind) {
    case 'number': {
      const { mean, squares, min, max } = seen;
      const std = Math.sqrt(squares / numbers);
      if (!Number.isFinite(std) || !Number.isFinite(mean)) {
        throw new FormatError(`${where}: column ${shown}: the numbers are too large, from ${min} to ${max}`);
      }
      return { name, kind, missing, mean, std, min, max };
    }
    case 'category':
    case 'label': {
      if (seen.values.size > maxCategories) {
        throw new FormatError(
          `${where}: column ${shown}: more than ${maxCategories} different values (such as ` +
            `${JSON.stringify([...seen.values.keys()].at(-1))}); raise maxCategories, or ${leaveOut}`,
        );
      }
      const entries = sorted(merged(seen.values, kind), numbers === present);
      return {
        name,
        kind,
        missing,
        categories: entries.map(([value]) => value),
        counts: entries.map(([, n]) => n),
      };
    }
    case 'ignored':
      return { name, kind };
  }

  function guess(column: Seen, target: boolean): ColumnKind | 'date' {
    if (numbers === present) {
      const few = column.values.size <= MAX_LABELS && column.values.size * 2 <= present;
      return target && whole === present && few ? 'label' : 'number';
    }
    if (column.dates === present) return 'date';
    return numbers / present >= NUMERIC_SHARE ? 'number' : 'category';
  }
}

/** Whole numbers written in different ways (1, 01, 1.0) are one label. */
function merged(
  values: ReadonlyMap<string, number>,
  kind: 'category' | 'label',
): ReadonlyMap<string, number> {
  if (kind === 'category') return values;
  const labels = new Map<string, number>();
  for (const [field, count] of values) {
    const label = labelOf(field);
    labels.set(label, (labels.get(label) ?? 0) + count);
  }
  return labels;
}

/** @internal How a whole number is written as a label. */
export function labelOf(field: string): string {
  const value = numberIn(field);
  return value === null ? field : String(value);
}

function sorted(values: ReadonlyMap<string, number>, numeric: boolean): [string, number][] {
  return [...values].sort(([a], [b]) => (numeric && Number(a) - Number(b)) || (a < b ? -1 : a > b ? 1 : 0));
}
