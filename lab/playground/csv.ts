// A CSV file of any size as points: which columns to take, and a fair sample of the records.

import { RandomState } from '../../src/index.js';
import {
  csvBatches,
  fitCsvStream,
  readCsv,
  type Column,
  type Columns,
  type ColumnKind,
} from '../../src/files/index.js';
import { rounded } from './datasets.js';
import { LIMITS, within, type Point } from './settings.js';

/** The largest file that is read, in bytes; it is read in pieces, and never held. */
export const LARGEST_FILE = 512 * 2 ** 20;
/** Characters looked at before the whole file is. */
export const GLANCE = 2 ** 16;
/** A column of texts with more different ones than this among the first records names things, and is left out. */
const MOST_CATEGORIES = 30;

/** Pieces of a file, from its beginning each time. */
export type Pieces = () => AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>;

/** Which columns become x1, x2 and the class. */
export interface Choice {
  readonly x1: string;
  readonly x2: string;
  readonly label: string;
  /** The category that is class 1; null where class 1 is what lies above the mean. */
  readonly one: string | null;
}

/** What a file gives. */
export interface CsvPoints {
  readonly points: readonly Point[];
  /** Records that could be used. */
  readonly rows: number;
  readonly choice: Choice;
  readonly columns: Columns;
}

/**
 * Reads a file twice, once for its columns and once for its records, of which at most as many as the playground holds are kept, each
 * with the same chance. Numbers get mean 0 and standard deviation 1. Throws a `FormatError` that names line and column where
 * the file is none, and a `RangeError` for one without two columns of numbers and one for the class.
 */
export async function csvPoints(pieces: Pieces, wanted: Choice | null = null): Promise<CsvPoints> {
  const columns = await columnsOf(pieces);
  const choice = wanted && isPossible(columns, wanted) ? wanted : choiceFor(columns);
  const chosen: Columns = {
    ...columns,
    target: choice.label,
    columns: columns.columns.map((column) =>
      [choice.x1, choice.x2, choice.label].includes(column.name)
        ? column
        : { name: column.name, kind: 'ignored' },
    ),
  };
  const swapped = placeOf(columns, choice.x1) > placeOf(columns, choice.x2);
  const label = columnOf(columns, choice.label);
  const isOne = (value: number): boolean => {
    if (!label || label.kind === 'ignored') return false;
    return label.kind === 'number' ? value > label.mean : label.categories[value] === choice.one;
  };
  const random = new RandomState(0);
  const points: Point[] = [];
  let rows = 0;
  const at = (value: number): number => within('coordinate', rounded(value), 0);
  for await (const { X, y } of csvBatches(pieces(), chosen, { batchSize: 1000 })) {
    for (let i = 0; i < (y?.size ?? 0); i++) {
      const [first, second] = [at(X.data[2 * i]!), at(X.data[2 * i + 1]!)];
      const one = Number(isOne(y!.data[i]!));
      const point: Point = swapped ? [second, first, one] : [first, second, one];
      // Reservoir sampling: each record stays with the same chance. Vitter, 1985.
      const place = rows < LIMITS.points[1] ? rows : Math.floor(random.rand() * (rows + 1));
      if (place < LIMITS.points[1]) points[place] = point;
      rows++;
    }
  }
  return { points, rows, choice, columns };
}

/** The columns of a file, those left out that name things or tell dates, by a glance at its first records. */
async function columnsOf(pieces: Pieces): Promise<Columns> {
  let text = '';
  const decoder = new TextDecoder();
  for await (const piece of pieces()) {
    text += typeof piece === 'string' ? piece : decoder.decode(piece, { stream: true });
    if (text.length >= GLANCE) break;
  }
  const whole = text.length < GLANCE ? text : text.slice(0, text.lastIndexOf('\n', GLANCE));
  const { header, types } = glance(whole);
  return fitCsvStream(pieces(), { header, types, missing: 'drop', target: null });
}

/** Whether there is a line of names, and the columns to leave out. */
function glance(text: string): { header: boolean; types: Record<string, ColumnKind> } {
  const [first = ''] = text.split(/\r?\n/, 1);
  const header = !first.split(/[,;\t|]/).every((field) => isNumber(field));
  const { names, records } = readCsv(text, { header });
  const types: Record<string, ColumnKind> = {};
  names.forEach((name, place) => {
    const fields = records.map(({ fields }) => fields[place]!).filter((field) => field !== '');
    const numbers = fields.filter(isNumber).length;
    const isText = numbers < fields.length * 0.9;
    if (isText && new Set(fields).size > MOST_CATEGORIES) types[name] = 'ignored';
  });
  return { header, types };
}

function isNumber(field: string): boolean {
  return field.trim() !== '' && Number.isFinite(Number(field));
}

/** Columns that can be an axis. */
export function axesOf({ columns }: Columns): readonly Column[] {
  return columns.filter(({ kind }) => kind === 'number');
}

/** Columns that can be the class. */
export function labelsOf({ columns }: Columns): readonly Column[] {
  return columns.filter(({ kind }) => kind !== 'ignored');
}

/** The first two columns of numbers and the last one that is something else: whole numbers of few values, or categories. */
function choiceFor(columns: Columns): Choice {
  const axes = axesOf(columns);
  const few = (column: Column): boolean => column.kind === 'category' || column.kind === 'label';
  const last = axes.at(-1);
  const label = columns.columns.findLast(few) ?? (axes.length > 2 ? last : undefined);
  const [x1, x2] = axes.filter((axis) => axis !== label);
  if (!label || !x1 || !x2) {
    throw new RangeError(columns.columns.map(({ name }) => name).join(', '));
  }
  return { x1: x1.name, x2: x2.name, label: label.name, one: oneOf(label) };
}

/** The category that is class 1 where nobody has said: the last, as in 0 and 1, or the mean of numbers. */
export function oneOf(label: Column): string | null {
  return label.kind === 'category' || label.kind === 'label' ? (label.categories.at(-1) ?? null) : null;
}

function isPossible(columns: Columns, { x1, x2, label, one }: Choice): boolean {
  const isAxis = (name: string): boolean => axesOf(columns).some((axis) => axis.name === name);
  const column = columnOf(columns, label);
  if (!isAxis(x1) || !isAxis(x2) || new Set([x1, x2, label]).size < 3 || !column) return false;
  return column.kind === 'number' ? one === null : oneOf(column) !== null && one !== null;
}

function columnOf({ columns }: Columns, name: string): Column | undefined {
  return columns.find((column) => column.name === name);
}

function placeOf({ columns }: Columns, name: string): number {
  return columns.findIndex((column) => column.name === name);
}
