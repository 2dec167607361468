// What a request asks predictions for: records as objects, or arrays of the shape that the model takes. Every value is looked at
// before anything is computed, and what is wrong is named by its place: `rows[2].size`.

import { tensor, type Tensor } from '../../index.js';
import type { CategoryColumn, Columns, CsvTable, NumberColumn } from '../../files/index.js';
import type { Predictor } from '../prediction/predictor.js';
import { inputsOf } from '../prediction/table.js';
import type { Translate } from '../texts/index.js';

/** A request that cannot be answered, and why, for the one who sent it. */
export class BadRequest extends Error {
  override readonly name = 'BadRequest';
}

/** The inputs of a request. */
export interface Inputs {
  /** `[inputs, …]` */
  readonly X: Tensor;
  /** How many predictions are asked for. */
  readonly count: number;
  /** For each input which of these it is for; records in which something is missing may be left out. */
  readonly places: readonly number[];
}

/**
 * Reads `{ "rows": [{ column: value, … }, …] }` for a model of tables, `{ "instances": [array, …] }` for any other. Throws a
 * `BadRequest` for anything else.
 */
export function readInputs(body: unknown, { columns, usage }: Predictor, text: Translate): Inputs {
  const name = columns ? 'rows' : 'instances';
  const list = isRecord(body) ? body[name] : undefined;
  if (!Array.isArray(list) || list.length === 0) throw new BadRequest(text('serve.bad.list', { name }));
  return columns ? rowInputs(list, columns, text) : instanceInputs(list, usage.inputShape, text);
}

/** The columns that a model looks at. */
export function inputColumnsOf({ columns, target }: Columns): readonly (NumberColumn | CategoryColumn)[] {
  return columns.filter((column) => column.kind !== 'ignored').filter(({ name }) => name !== target);
}

function rowInputs(rows: readonly unknown[], columns: Columns, text: Translate): Inputs {
  const inputs = inputColumnsOf(columns);
  const records = rows.map((row, i) => {
    if (!isRecord(row)) throw new BadRequest(text('serve.bad.row', { place: `rows[${i}]` }));
    const fields = inputs.map((column) => fieldOf(row, column, columns, `rows[${i}]`, text));
    return { line: i + 1, fields };
  });
  const table: CsvTable = {
    names: inputs.map(({ name }) => name),
    ...{ records, delimiter: ',', header: true },
  };
  const { X, places } = inputsOf({ ...columns, header: true }, table);
  return { X, count: rows.length, places };
}

/** A value as a table would have it. */
function fieldOf(
  row: Readonly<Record<string, unknown>>,
  column: NumberColumn | CategoryColumn,
  { missing }: Columns,
  at: string,
  text: Translate,
): string {
  const place = /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(column.name)
    ? `${at}.${column.name}`
    : `${at}[${JSON.stringify(column.name)}]`;
  const value = Object.hasOwn(row, column.name) ? row[column.name] : undefined;
  const shown = JSON.stringify(value ?? null).slice(0, 100);
  if (value === undefined) throw new BadRequest(text('serve.bad.noColumn', { place }));
  if (value === null) {
    if (missing === 'error') throw new BadRequest(text('serve.bad.missing', { place }));
    return '';
  }
  if (column.kind === 'number') {
    if (typeof value === 'number' && Number.isFinite(value)) return String(value);
    throw new BadRequest(text('serve.bad.number', { place, value: shown }));
  }
  const field = ['string', 'number', 'boolean'].includes(typeof value) ? String(value).trim() : null;
  if (field !== null && column.categories.includes(field)) return field;
  const categories = column.categories
    .slice(0, 20)
    .map((name) => JSON.stringify(name))
    .join(', ');
  const more = column.categories.length > 20 ? ', …' : '';
  throw new BadRequest(text('serve.bad.category', { place, categories: categories + more, value: shown }));
}

function instanceInputs(
  instances: readonly unknown[],
  shape: readonly number[] | null,
  text: Translate,
): Inputs {
  const expected = shape ?? shapeOf(instances[0]);
  const data: number[] = [];
  instances.forEach((instance, i) => gather(instance, expected, `instances[${i}]`, data, text));
  const X = tensor(Float64Array.from(data)).reshape([instances.length, ...expected]);
  return { X, count: instances.length, places: instances.map((_, i) => i) };
}

/** Adds the numbers of nested arrays of this shape. */
function gather(
  value: unknown,
  [length, ...inner]: readonly number[],
  place: string,
  data: number[],
  text: Translate,
): void {
  if (length === undefined) {
    if (typeof value === 'number' && Number.isFinite(value)) data.push(value);
    else throw new BadRequest(text('serve.bad.number', { place, value: shownValue(value) }));
  } else if (Array.isArray(value) && value.length === length) {
    value.forEach((entry, i) => gather(entry, inner, `${place}[${i}]`, data, text));
  } else {
    const found = Array.isArray(value) ? value.length : shownValue(value);
    throw new BadRequest(text('serve.bad.array', { place, count: length, found }));
  }
}

/** The lengths of nested arrays along their first entries. */
function shapeOf(value: unknown): number[] {
  return Array.isArray(value) ? [value.length, ...shapeOf(value[0])] : [];
}

function shownValue(value: unknown): string {
  return (JSON.stringify(value) ?? '').slice(0, 100);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
