// A CSV file as a table of texts: named columns, records of one length. All at once, or piece by piece.

import { FormatError } from '../format-error.js';
import { isMissing, numberIn } from './cell.js';
import { recordReader, utf8Decoder, type Chunks, type CsvOptions, type CsvRecord } from './records.js';

/** A CSV file's fields as text. */
export interface CsvTable {
  /** The columns' names, all different. */
  readonly names: readonly string[];
  /** The records with the line that each begins in; every one has a field for each name. */
  readonly records: readonly CsvRecord[];
  readonly delimiter: string;
  readonly header: boolean;
}

export type { CsvRecord };

/**
 * The fields of a CSV file (RFC 4180: quotes, line breaks in quotes; any line ends; UTF-8), white space around them removed, blank
 * lines left out. Throws a `FormatError` that names the line for quotes in the wrong place, a record of another length, and
 * names that come twice.
 *
 * @example
 * const table = readCsv('name,score\n"Ada, Countess",1\nGrace,2\n');
 * table.names; // ['name', 'score']
 * table.records[0]?.fields; // ['Ada, Countess', '1']
 */
export function readCsv(source: string | Uint8Array, options: CsvOptions = {}): CsvTable {
  const text = typeof source === 'string' ? source : utf8Decoder('readCsv')(source, true);
  const reader = recordReader(options);
  const records: CsvRecord[] = [];
  for (const record of reader.push(text)) records.push(record);
  for (const record of reader.end()) records.push(record);
  const shape = tableShape(options, 'readCsv');
  const rows = shape.rows(records);
  return { names: shape.names(), records: rows, delimiter: reader.delimiter() ?? ',', header: shape.header };
}

/** A CSV file in chunks of text or of UTF-8 bytes, or in the tables that `csvTables` makes of them. */
export type CsvSource = Chunks | AsyncIterable<CsvTable> | Iterable<CsvTable>;

/**
 * `readCsv` for a file that comes in chunks: one table after the other, each with the records that a chunk completes, in memory that
 * does not grow with the file. `fitCsvStream` and `csvBatches` take them in place of the chunks, so that records can be left out on
 * the way. Throws as `readCsv` does.
 *
 * @example
 * const names = [];
 * for await (const { records } of csvTables(['name,score\nAda,', '1\nGrace,2\n'])) {
 *   for (const { fields } of records) names.push(fields[0]);
 * }
 * names; // ['Ada', 'Grace']
 */
export function csvTables(chunks: Chunks, options: CsvOptions = {}): AsyncGenerator<CsvTable> {
  return tablesOf(chunks, options, 'csvTables');
}

/** @internal `csvTables` for a function of another name; tables come out as they are. */
export async function* tablesOf(
  source: CsvSource,
  options: CsvOptions,
  where: string,
): AsyncGenerator<CsvTable> {
  const reader = recordReader(options, where);
  const decode = utf8Decoder(where);
  const shape = tableShape(options, where);
  const tableOf = (found: readonly CsvRecord[]): CsvTable => {
    const records = shape.rows(found);
    return { names: shape.names(), records, delimiter: reader.delimiter() ?? ',', header: shape.header };
  };
  let givesTables = false;
  for await (const piece of source) {
    if (typeof piece === 'object' && 'records' in piece) {
      givesTables = true;
      yield piece;
      continue;
    }
    const found = reader.push(typeof piece === 'string' ? piece : decode(piece, false));
    if (found.length > 0) yield tableOf(found);
  }
  if (!givesTables) yield tableOf([...reader.push(decode(new Uint8Array(0), true)), ...reader.end()]);
}

/** Holds records to one length, the first of them giving the names. */
function tableShape(
  options: CsvOptions,
  where: string,
): {
  readonly header: boolean;
  /** The records that are rows of the table. */
  readonly rows: (records: readonly CsvRecord[]) => readonly CsvRecord[];
  /** The names. Throws a `FormatError` if there was no record. */
  readonly names: () => readonly string[];
} {
  const header = options.header ?? true;
  let names: readonly string[] | null = null;
  let nameLine = 1;
  return {
    header,
    rows: (records) => {
      const [first] = records;
      if (!first) return records;
      const isFirst = names === null;
      if (isFirst) nameLine = first.line;
      const expected = (names ??= header
        ? namesIn(first, where)
        : first.fields.map((_, i) => `column ${i + 1}`));
      const rows = isFirst && header ? records.slice(1) : records;
      for (const { line, fields } of rows) {
        if (fields.length === expected.length) continue;
        throw new FormatError(
          `${where}: line ${line}: ${fields.length} ${fields.length === 1 ? 'field' : 'fields'}, expected ${expected.length} as in line ${nameLine}`,
        );
      }
      return rows;
    },
    names: () => {
      if (names) return names;
      throw new FormatError(`${where}: the file is empty`);
    },
  };
}

function namesIn({ line, fields }: CsvRecord, where: string): readonly string[] {
  const present = fields.filter((field) => !isMissing(field));
  if (present.length > 0 && present.every((field) => numberIn(field) !== null)) {
    throw new FormatError(
      `${where}: line ${line}: expected the columns' names, got only numbers; where there are none, pass header: false`,
    );
  }
  // A column without a name, as pandas writes its index, is called by its place.
  const names = fields.map((field, i) => (field === '' ? `column ${i + 1}` : field));
  const places = new Map<string, number>();
  names.forEach((name, i) => {
    const before = places.get(name);
    if (before !== undefined) {
      throw new FormatError(
        `${where}: line ${line}: columns ${before + 1} and ${i + 1} are both called ${JSON.stringify(name)}`,
      );
    }
    places.set(name, i);
  });
  return names;
}
