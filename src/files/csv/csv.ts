// CSV to inputs and targets: all at once, or chunk by chunk for files larger than memory.

import { ValueError } from '../../errors.js';
import { checkRandomState, type RandomStateLike } from '../../random/index.js';
import { recordEncoder, type CsvData, type RecordEncoder } from './apply.js';
import type { Columns } from './columns.js';
import { mixer } from './mixer.js';
import type { CsvOptions, CsvRecord } from './records.js';
import { columnScan, type FitColumnsOptions } from './scan.js';
import { readCsv, tablesOf, type CsvSource, type CsvTable } from './table.js';

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
  const { records } = table;
  const { encode, leavesOut } = recordEncoder(columns, table, 'applyColumns');
  const kept = records.filter((record) => !leavesOut(record));
  return { ...encode(kept), dropped: records.length - kept.length };
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
  source: CsvSource,
  options: CsvOptions & FitColumnsOptions = {},
): Promise<Columns> {
  const where = 'fitCsvStream';
  let first: CsvTable | null = null;
  let scan: ReturnType<typeof columnScan> | null = null;
  for await (const table of tablesOf(source, options, where)) {
    first ??= table;
    scan ??= columnScan(table.names, options, where);
    for (const record of table.records) scan.add(record);
  }
  return scan!.finish(first!);
}

/** Options of `csvBatches`. */
export interface CsvBatchOptions {
  /** Records in a batch, not counting those that are left out; the last may have fewer. Default 32. */
  readonly batchSize?: number | undefined;
  /**
   * So many records are held in memory and the next is drawn from them, so that they come in another order: the more, the better
   * mixed. Default 0: the file's order.
   */
  readonly shuffleBuffer?: number | undefined;
  /** Seed or stream of that order. Default: another one each time. */
  readonly randomState?: RandomStateLike;
}

/**
 * The batches of a file that comes in chunks, by columns that `fitCsvStream` has found: a file larger than memory is read once for
 * the columns and once an epoch. `dropped` counts the records that were left out since the batch before. The buffer is that of
 * `tf.data`'s `Dataset.shuffle`.
 *
 * @example
 * const chunks = ['size,y\n1,0\n', '3,1\n5,0\n'];
 * const columns = await fitCsvStream(chunks);
 * const shapes = [];
 * for await (const { X } of csvBatches(chunks, columns, { batchSize: 2 })) shapes.push(X.shape);
 * shapes; // [[2, 1], [1, 1]]
 */
export async function* csvBatches(
  source: CsvSource,
  columns: Columns,
  options: CsvBatchOptions = {},
): AsyncGenerator<CsvData> {
  const where = 'csvBatches';
  const { batchSize = 32, shuffleBuffer = 0, randomState } = options;
  checkWhole('batchSize', batchSize, 1);
  checkWhole('shuffleBuffer', shuffleBuffer, 0);
  const mix = mixer<CsvRecord>(shuffleBuffer, checkRandomState(randomState));
  const { delimiter, header } = columns;
  let encoder: RecordEncoder | null = null;
  let batch: CsvRecord[] = [];
  let dropped = 0;
  for await (const table of tablesOf(source, { delimiter, header }, where)) {
    const { encode, leavesOut } = (encoder ??= recordEncoder(columns, table, where));
    for (const record of table.records) {
      if (leavesOut(record)) {
        dropped++;
        continue;
      }
      const next = mix.exchange(record);
      if (next) batch.push(next);
      if (batch.length < batchSize) continue;
      yield { ...encode(batch), dropped };
      [batch, dropped] = [[], 0];
    }
  }
  batch = [...batch, ...mix.rest()];
  for (let at = 0; at < batch.length; at += batchSize) {
    yield { ...encoder!.encode(batch.slice(at, at + batchSize)), dropped };
    dropped = 0;
  }
}

function checkWhole(name: string, value: number, least: number): void {
  if (Number.isInteger(value) && value >= least) return;
  throw new ValueError(`csvBatches: ${name} must be a whole number of at least ${least}, got ${value}`);
}
