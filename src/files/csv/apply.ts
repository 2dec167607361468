// Records to tensors, by what was found of their columns.

import { Tensor } from '../../tensor/index.js';
import { FormatError } from '../format-error.js';
import { isMissing, numberIn } from './cell.js';
import {
  featureNames,
  inputColumns,
  targetColumn,
  type CategoryColumn,
  type Columns,
  type NumberColumn,
} from './columns.js';
import type { CsvRecord } from './records.js';
import { labelOf } from './scan.js';

/** Inputs and targets made of records. */
export interface CsvData {
  /** `[records, features]`, float64; `featureNames(columns)` has the names. */
  readonly X: Tensor;
  /** `[records]`: int64 for classes, float64 for numbers; null where there is no target. */
  readonly y: Tensor | null;
  /** The line of each record in the file. */
  readonly lines: readonly number[];
  /** How many records were left out because something was missing. */
  readonly dropped: number;
}

/** A column and where its fields are in a record. */
interface Place<C> {
  readonly column: C;
  readonly place: number;
}

/** @internal What turns records of one file into tensors. */
export interface RecordEncoder {
  /** Whether a record is left out, by the rule for missing values; throws a `FormatError` where the rule is `error`. */
  readonly leavesOut: (record: CsvRecord) => boolean;
  /** Inputs and targets of records that are not left out. */
  readonly encode: (records: readonly CsvRecord[]) => Omit<CsvData, 'dropped'>;
}

/** @internal An encoder for records of a file with such names. Throws a `FormatError` if a column is missing. */
export function recordEncoder(
  columns: Columns,
  file: { readonly names: readonly string[]; readonly header: boolean },
  where: string,
): RecordEncoder {
  const { inputs, target } = placesOf(columns, file, where);
  const width = featureNames(columns).length;
  const encode = (records: readonly CsvRecord[]): Omit<CsvData, 'dropped'> => {
    const count = records.length;
    const X = new Float64Array(count * width);
    const y = new Float64Array(target ? count : 0);
    for (const [row, { line, fields }] of records.entries()) {
      if (target) y[row] = encodeTarget(target.column, fields[target.place]!, line, where);
      let at = row * width;
      for (const { column, place } of inputs) {
        at = encodeInput(columns, column, fields[place]!, line, X, at, where);
      }
    }
    const dtype = target?.column.kind === 'number' ? 'float64' : 'int64';
    return {
      X: new Tensor(X, [count, width]),
      y: target && new Tensor(y, [count], { dtype }),
      lines: records.map(({ line }) => line),
    };
  };
  return { encode, leavesOut: (record) => mustDrop(columns, record, inputs, target, where) };
}

/** Where each column is: by name, or without a header by place, the target being left out or not. */
function placesOf(
  columns: Columns,
  { names, header }: { readonly names: readonly string[]; readonly header: boolean },
  where: string,
): {
  readonly inputs: readonly Place<NumberColumn | CategoryColumn>[];
  readonly target: Place<NumberColumn | CategoryColumn> | null;
} {
  const known = columns.columns.map(({ name }) => name);
  const withoutTarget = known.filter((name) => name !== columns.target);
  const here = header ? names : names.length === withoutTarget.length ? withoutTarget : known;
  if (here.length !== names.length) {
    throw new FormatError(
      `${where}: ${names.length} columns, expected ${known.length}` +
        (columns.target === null ? '' : `, or ${withoutTarget.length} without the target`),
    );
  }
  const places = new Map(here.map((name, place) => [name, place]));
  const placeOf = ({ name }: { readonly name: string }): number => places.get(name) ?? -1;
  const inputs = inputColumns(columns).map((column) => ({ column, place: placeOf(column) }));
  const missing = inputs.find(({ place }) => place < 0);
  if (missing) {
    throw new FormatError(
      `${where}: there is no column ${JSON.stringify(missing.column.name)}; the file has ${here.map((name) => JSON.stringify(name)).join(', ')}`,
    );
  }
  const target = targetColumn(columns);
  const place = target ? placeOf(target) : -1;
  return { inputs, target: target && place >= 0 ? { column: target, place } : null };
}

/** Whether a record is left out, by the rule for missing values; throws a `FormatError` where the rule is `error`. */
function mustDrop(
  { missing }: Columns,
  { line, fields }: CsvRecord,
  inputs: readonly Place<NumberColumn | CategoryColumn>[],
  target: Place<NumberColumn | CategoryColumn> | null,
  where: string,
): boolean {
  const gap = [...inputs, ...(target ? [target] : [])].find(({ place }) => isMissing(fields[place]!));
  if (!gap) return false;
  if (missing === 'error') throw wrongField(where, line, gap.column, fields[gap.place]!);
  return missing === 'drop' || (target !== null && isMissing(fields[target.place]!));
}

function encodeTarget(
  column: NumberColumn | CategoryColumn,
  field: string,
  line: number,
  where: string,
): number {
  return column.kind === 'number'
    ? numberOf(column, field, line, where)
    : placeIn(column, field, line, where);
}

/** Writes a field's inputs from a place on, and gives the place behind them. */
function encodeInput(
  { categories, standardize }: Columns,
  column: NumberColumn | CategoryColumn,
  field: string,
  line: number,
  X: Float64Array,
  at: number,
  where: string,
): number {
  if (column.kind === 'number') {
    const value = isMissing(field) ? column.mean : numberOf(column, field, line, where);
    // A column that never varies is only centred, as scikit-learn's StandardScaler does it.
    X[at] = standardize ? (value - column.mean) / (column.std || 1) : value;
    return at + 1;
  }
  const label = isMissing(field) ? mostFrequent(column) : placeIn(column, field, line, where);
  if (categories === 'label') {
    X[at] = label;
    return at + 1;
  }
  X[at + label] = 1;
  return at + column.categories.length;
}

function numberOf(column: NumberColumn, field: string, line: number, where: string): number {
  const value = numberIn(field);
  if (value === null) throw wrongField(where, line, column, field);
  return value;
}

function placeIn(column: CategoryColumn, field: string, line: number, where: string): number {
  const place = column.categories.indexOf(column.kind === 'label' ? labelOf(field) : field);
  if (place < 0) throw wrongField(where, line, column, field);
  return place;
}

function mostFrequent({ counts }: CategoryColumn): number {
  return counts.indexOf(Math.max(...counts));
}

function wrongField(
  where: string,
  line: number,
  column: NumberColumn | CategoryColumn,
  field: string,
): FormatError {
  const expected =
    column.kind === 'number'
      ? 'a number'
      : `one of ${column.categories.slice(0, 20).join(', ')}${column.categories.length > 20 ? ', …' : ''}`;
  return new FormatError(
    `${where}: line ${line}, column ${JSON.stringify(column.name)}: expected ${expected}, got ` +
      (isMissing(field) ? `none (${JSON.stringify(field)})` : JSON.stringify(field.slice(0, 100))),
  );
}
