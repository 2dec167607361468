// How a table's columns become numbers: found in one pass, shown, kept as JSON in a model file, and used again.

import { formatNumber } from '../../tensor/index.js';
import { FormatError } from '../format-error.js';
import { isObject } from '../json.js';

/** A column of numbers. */
export interface NumberColumn {
  readonly name: string;
  readonly kind: 'number';
  /** Records in which it was missing. */
  readonly missing: number;
  readonly mean: number;
  /** Standard deviation, of the population as scikit-learn's StandardScaler has it. */
  readonly std: number;
  readonly min: number;
  readonly max: number;
}

/** A column of categories (`category`), or of whole numbers that name classes (`label`). */
export interface CategoryColumn {
  readonly name: string;
  readonly kind: 'category' | 'label';
  readonly missing: number;
  /** The different values in order; as a label each is its place in this list. */
  readonly categories: readonly string[];
  /** How often each came. */
  readonly counts: readonly number[];
}

/** A column that is left out. */
export interface IgnoredColumn {
  readonly name: string;
  readonly kind: 'ignored';
}

/** What was found of a column. */
export type Column = NumberColumn | CategoryColumn | IgnoredColumn;

/** What kind of column; `ignored` leaves it out. */
export type ColumnKind = Column['kind'];

/**
 * What is done about values that are missing: `error` throws at the first; `drop` leaves the record out; `mean` takes the column's
 * mean, or its most frequent category, and leaves out only records whose target is missing.
 */
export type MissingRule = 'error' | 'drop' | 'mean';

/** Categories as inputs: one input for each category (`oneHot`), or their place in the list (`label`). */
export type CategoryRule = 'oneHot' | 'label';

/** How a table becomes inputs and targets: plain data, that JSON can hold. `fitColumns` makes it. */
export interface Columns {
  readonly version: 1;
  readonly delimiter: string;
  readonly header: boolean;
  /** Records that it was made from, without those that were dropped. */
  readonly records: number;
  /** Records that were left out because something was missing. */
  readonly dropped: number;
  /** Every column, in the file's order. */
  readonly columns: readonly Column[];
  /** The column to predict; null for none. */
  readonly target: string | null;
  readonly missing: MissingRule;
  readonly categories: CategoryRule;
  /** Whether inputs that are numbers are standardised: mean 0, standard deviation 1. */
  readonly standardize: boolean;
}

/** Columns that are inputs. */
export function inputColumns({ columns, target }: Columns): readonly (NumberColumn | CategoryColumn)[] {
  return columns.filter((column) => column.kind !== 'ignored').filter(({ name }) => name !== target);
}

/** The column to predict; null for none. */
export function targetColumn({ columns, target }: Columns): NumberColumn | CategoryColumn | null {
  const column = columns.find(({ name }) => name === target);
  return !column || column.kind === 'ignored' ? null : column;
}

/**
 * The name of each input, `[features]`: the column's, or for one-hot categories `column=category`.
 *
 * @example
 * featureNames(fitColumns(readCsv('size,colour,y\n1,red,0\n2,blue,1\n'))); // ['size', 'colour=blue', 'colour=red']
 */
export function featureNames(columns: Columns): string[] {
  return inputColumns(columns).flatMap((column) =>
    column.kind === 'number' || columns.categories === 'label'
      ? [column.name]
      : column.categories.map((category) => `${column.name}=${category}`),
  );
}

/** The names of the target's classes, in the order of the labels 0, 1, …; null where the target is a number or there is none. */
export function classNames(columns: Columns): readonly string[] | null {
  const target = targetColumn(columns);
  return target && target.kind !== 'number' ? target.categories : null;
}

/**
 * What was found of each column, as a table of text to look at.
 *
 * @example
 * console.log(describeColumns(fitColumns(readCsv('size,colour\n1,red\n2,blue\n'))));
 * // column  type              missing  values
 * // size    number            0        1 to 2, mean 1.5, std 0.5
 * // colour  category, target  0        blue, red
 */
export function describeColumns(columns: Columns): string {
  const rows = columns.columns.map((column) => [
    column.name,
    column.kind + (column.name === columns.target ? ', target' : ''),
    column.kind === 'ignored' ? '' : String(column.missing),
    valuesOf(column),
  ]);
  const table = [['column', 'type', 'missing', 'values'], ...rows];
  const widths = [0, 1, 2].map((i) => Math.max(...table.map((row) => row[i]!.length)));
  return table
    .map((row) =>
      row
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function valuesOf(column: Column): string {
  switch (column.kind) {
    case 'number': {
      const [min, max, mean, std] = [column.min, column.max, column.mean, column.std].map((x) =>
        formatNumber(x, 4),
      );
      return `${min} to ${max}, mean ${mean}, std ${std}`;
    }
    case 'category':
    case 'label': {
      const [most, { categories }] = [8, column];
      const more = categories.length > most ? `, and ${categories.length - most} more` : '';
      return categories.slice(0, most).join(', ') + more;
    }
    case 'ignored':
      return '';
  }
}

/** @internal What a file says of columns, held to what `fitColumns` makes. Throws a `FormatError` for anything else. */
export function checkColumns(value: unknown, where: string): Columns {
  const bad = (what: string): never => {
    throw new FormatError(`${where}: the description of the columns is damaged (${what})`);
  };
  if (!isObject(value)) return bad('not an object');
  if (value['version'] !== 1) return bad(`version ${JSON.stringify(value['version'])}, expected 1`);
  if (typeof value['delimiter'] !== 'string' || value['delimiter'].length !== 1) return bad('delimiter');
  for (const name of ['header', 'standardize']) if (typeof value[name] !== 'boolean') return bad(name);
  for (const name of ['records', 'dropped']) if (!isCount(value[name])) return bad(name);
  if (!['error', 'drop', 'mean'].includes(value['missing'] as string)) return bad('missing');
  if (!['oneHot', 'label'].includes(value['categories'] as string)) return bad('categories');
  const { columns, target } = value;
  if (!Array.isArray(columns) || !columns.every(isColumn)) return bad('columns');
  const names = columns.map(({ name }) => name);
  if (new Set(names).size < names.length) return bad('two columns of one name');
  if (target !== null && !names.includes(target as string)) return bad('target');
  return value as unknown as Columns;
}

function isColumn(value: unknown): value is Column {
  if (!isObject(value) || typeof value['name'] !== 'string') return false;
  switch (value['kind']) {
    case 'ignored':
      return true;
    case 'number':
      return (
        isCount(value['missing']) &&
        ['mean', 'std', 'min', 'max'].every((name) => Number.isFinite(value[name]))
      );
    case 'category':
    case 'label': {
      const { categories, counts } = value;
      if (!Array.isArray(categories) || !Array.isArray(counts)) return false;
      const whole = categories.every((name) => typeof name === 'string') && counts.every(isCount);
      const fits = categories.length > 0 && categories.length === counts.length;
      return isCount(value['missing']) && whole && fits && new Set(categories).size === categories.length;
    }
    default:
      return false;
  }
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
