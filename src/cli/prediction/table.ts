// Tables to predict for: a CSV file's records as inputs, by the columns that the model was trained with.

import { applyColumns, csvTables, type Chunks, type Columns, type CsvTable } from '../../files/index.js';
import type { Tensor } from '../../index.js';
import { aboutFile, explainFile } from '../about-file.js';
import type { Translate } from '../texts/index.js';

/** Inputs, and which of the records they are of. */
export interface TableInputs {
  /** `[inputs, features]` */
  readonly X: Tensor;
  /** How many records there are. */
  readonly records: number;
  /** For each input the place of its record; records in which something is missing may be left out. */
  readonly places: readonly number[];
}

/** Delimiters that the first line tells. */
const GUESSED = [',', ';', '\t', '|'];

/**
 * The inputs of a CSV file that comes in chunks, some records at a time. Columns are found by their names; others, and the target, are
 * not looked at. Throws a `UsageError` that names file, line and column for a column that is not there and for a field that it cannot
 * hold.
 */
export async function* tableInputs(
  columns: Columns,
  chunks: Chunks,
  path: string,
  text: Translate,
): AsyncGenerator<TableInputs> {
  const { header, delimiter } = columns;
  const options = { header, ...(!GUESSED.includes(delimiter) && { delimiter }) };
  try {
    for await (const table of csvTables(chunks, options)) {
      yield explainFile(
        path,
        () => inputsOf(columns, table),
        () => text('error.predict.table'),
      );
    }
  } catch (error) {
    throw aboutFile(path, error);
  }
}

/** The inputs of a table's records. Throws a `FormatError` as `applyColumns` does. */
export function inputsOf(columns: Columns, table: CsvTable): TableInputs {
  const { X, lines } = applyColumns(columns, withoutTarget(columns, table));
  const places = new Map(table.records.map(({ line }, place) => [line, place]));
  return { X, records: table.records.length, places: lines.map((line) => places.get(line)!) };
}

/** A value of the target may be missing, or of a class that the model does not know: nobody asks for it. */
function withoutTarget({ columns, target, header }: Columns, table: CsvTable): CsvTable {
  const place = header
    ? table.names.indexOf(target ?? '')
    : table.names.length === columns.length
      ? columns.findIndex(({ name }) => name === target)
      : -1;
  if (target === null || place < 0) return table;
  return {
    ...table,
    names: table.names.toSpliced(place, 1),
    records: table.records.map(({ line, fields }) => ({ line, fields: fields.toSpliced(place, 1) })),
  };
}
