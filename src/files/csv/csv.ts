// CSV to inputs and targets: all at once, or chunk by chunk for files larger than memory.

import { ValueError } from '../../errors.js';
import { recordEncoder, type CsvData } from './apply.js';
import type { Columns } from './columns.js';
import { recordReader, recordsOf, type Chunks, type CsvOptions, type CsvRecord } from './records.js';
import { columnScan, type FitColumnsOptions } from './scan.js';
import { readCsv, tableShape, type CsvTable } from './table.js';

/**
 * Looks at a table's columns: guesses what each holds (numbers, categories, whole numbers that name classes), counts what is
 * missing, and takes the statistics that `applyColumns` uses, on this table and on others. Throws a `FormatError` that names line and
 * column for dates, for text in a column of numbers, and for missing values unless `missing` says what to do about them.
 *
 * @example
 * const columns = fitColumns(readCsv('size,colour,price\n1,red,10.5\n3,blue,20\n'), { target: 'price' });
 * columns.columns.map(({ kind }) => kind); // ['number', 'category', 'number']
 */
export function fitColumns(table: CsvTable, options: FitColumnsOptions = {}): Columns {
  const scan = columnScan(table.names, options, 'fitColumns');
  for (const record of table.records) scan.add(record);
  return scan.finish(table);
}

/**
 * A table's records as inputs and targets, by columns that were fitted to this table or to another: the same categories, the same
 * means. Columns are found by their names, or without a header by their places; the target may be left out. Throws a
 * `FormatError` that names line and column for a field that is not what the column holds, such as a category never seen.
 *
 * @example
 * const columns = fitColumns(readCsv('size,y\n1,0\n3,1\n'));
 * applyColumns(columns, readCsv('size\n5\n')).X.toArray(); // [[3]]
 */
export function applyColumns(columns: Columns, table: CsvTable): CsvData {
  return recordEncoder(columns, table, 'applyColumns')(table.records);
}

/**
 * A CSV file as inputs and targets: `readCsv`, `fitColumns` and `applyColumns` in one.
 *
 * @example
 * const { X, y, columns } = csvDataset('size,kind\n1,cat\n3,dog\n', { target: 'kind' });
 * X.toArray(); // [[-1], [1]]
 * y?.toArray(); // [0, 1]
 * classNames(columns); // ['cat', 'dog']
 */
export function csvDataset(
  source: string | Uint8Array,
  options: CsvOptions & FitColumnsOptions = {},
): CsvData & { readonly columns: Columns } {
  const table = readCsv(source, options);
  const columns = fitColumns(table, options);
  return { ...applyColumns(columns, table), columns };
}

/**
 * `fitColumns` for a file that comes in chunks of text or of UTF-8 bytes, such as `fetch`'s body or a stream of Node's: one pass, in
 * memory that does not grow with the file.
 *
 * @example
 * const columns = await fitCsvStream(['size,y\n1,', '0\n3,1\n']);
 * columns.records; // 2
 */
export async function fitCsvStream(
  chunks: Chunks,
  options: CsvOptions & FitColumnsOptions = {},
): Promise<Columns> {
  const where = 'fitCsvStream';
  const reader = recordReader(options, where);
  const shape = tableShape(options, where);
  let scan: ReturnType<typeof columnScan> | null = null;
  for await (const records of recordsOf(chunks, reader, where)) {
    const rows = shape.rows(records);
    scan ??= columnScan(shape.names(), options, where);
    for (const record of rows) scan.add(record);
  }
  scan ??= columnScan(shape.names(), options, where);
  return scan.finish({ delimiter: reader.delimiter() ?? ',', header: shape.header });
}

/** Options of `csvBatches`. */
export interface CsvBatchOptions {
  /** Records in a batch; the last may have fewer. Default 32. */
  readonly batchSize?: number | undefined;
}

/**
 * The batches of a file that comes in chunks, in the file's order, by columns that `fitCsvStream` has found: a file larger
 * than memory is read once for the columns and once an epoch.
 *
 * @example
 * const chunks = ['size,y\n1,0\n', '3,1\n5,0\n'];
 * const columns = await fitCsvStream(chunks);
 * const shapes = [];
 * for await (const { X } of csvBatches(chunks, columns, { batchSize: 2 })) shapes.push(X.shape);
 * shapes; // [[2, 1], [1, 1]]
 */
export async function* csvBatches(
  chunks: Chunks,
  columns: Columns,
  options: CsvBatchOptions = {},
): AsyncGenerator<CsvData> {
  const where = 'csvBatches';
  const { batchSize = 32 } = options;
  if (!Number.isInteger(batchSize) || batchSize < 1) {
    throw new ValueError(`${where}: batchSize must be a whole number of at least 1, got ${batchSize}`);
  }
  const { delimiter, header } = columns;
  const reader = recordReader({ delimiter }, where);
  const shape = tableShape({ header }, where);
  let encode: ReturnType<typeof recordEncoder> | null = null;
  let waiting: CsvRecord[] = [];
  for await (const records of recordsOf(chunks, reader, where)) {
    for (const record of shape.rows(records)) waiting.push(record);
    encode ??= recordEncoder(columns, { names: shape.names(), header }, where);
    let start = 0;
    while (waiting.length - start >= batchSize) {
      yield encode(waiting.slice(start, (start += batchSize)));
    }
    waiting = waiting.slice(start);
  }
  encode ??= recordEncoder(columns, { names: shape.names(), header }, where);
  if (waiting.length > 0) yield encode(waiting);
}
