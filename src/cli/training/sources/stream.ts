// A table that is read row by row in every epoch, so that it may be larger than memory. Only what is kept for testing and validating is
// held in memory, and that has its limit.

import { statSync } from 'node:fs';
import { concat, RandomState, type Tensor } from '../../../index.js';
import { fileChunks } from '../../../disk/index.js';
import {
  applyColumns,
  csvBatches,
  csvTables,
  featureNames,
  fitCsvStream,
  type Columns,
  type CsvTable,
} from '../../../files/index.js';
import { aboutFile } from '../../about-file.js';
import type { Context } from '../../context.js';
import { UsageError } from '../../errors.js';
import { progressBar } from '../../output/progress.js';
import type { Translate } from '../../texts/index.js';
import { hintBy, kindsOf, learned, optionsOf, taskOf, unitsOf, withStatistics } from './columns.js';
import { countsOf, dealer, type PartName } from './parts.js';
import type { Material, Request, Samples, Stream, Units } from './source.js';

/** Rows that are held in memory while a stream is mixed. */
export const BUFFER = 10_000;

/** Numbers that are held in memory for a test, 8 bytes each: with ten inputs, those of 838,860 rows. */
const MOST_HELD = 2 ** 23;

/**
 * The samples of a CSV file of whatever size. It is read once for its columns, once for the means of the part for training, once for
 * each part that is kept, and then once an epoch. Throws a `UsageError` that names file, line and column for what is not right.
 */
export async function loadStream(path: string, request: Request, context: Context): Promise<Material> {
  const { text } = context;
  const { data, seed } = request;
  if (!statSync(path).isFile()) throw new UsageError(text('error.stream.file', { path }));
  const tablesIn = (file: string): AsyncIterable<CsvTable> => csvTables(shownChunks(file, context), data);
  const names = await about(path, text, namesIn(tablesIn(path)));
  const found = await about(path, text, fitCsvStream(tablesIn(path), optionsOf(names, request)));
  const { task, classes } = taskOf(found, path, text);
  const width = featureNames(found).length;
  if (width === 0) throw new UsageError(text('error.table.noInputs', { path }));
  const most = Math.floor(MOST_HELD / width);
  const counts = countsOf(found.records + found.dropped, request, most, text);
  const rowsOf = (part: PartName, tables = tablesIn(path)): AsyncIterable<CsvTable> =>
    partOf(part, tables, dealer(counts, seed), text('error.stream.changed', { path }));

  const again = { ...found, types: kindsOf(found) };
  const columns = withStatistics(found, await about(path, text, fitCsvStream(rowsOf('train'), again)));
  const units = unitsOf(columns);
  const heldOf = async (name: 'validation' | 'test'): Promise<Samples | null> => {
    const part = request[name];
    if (!part) return null;
    const [file, rows] = 'file' in part ? [part.file, tablesIn(part.file)] : [path, rowsOf(name)];
    return about(file, text, held(file, rows, columns, units, most, text));
  };
  const batches: Stream['batches'] = ({ batchSize, shuffle }) =>
    async function* (epoch) {
      const order = { shuffleBuffer: shuffle ? BUFFER : 0, randomState: new RandomState([seed, epoch]) };
      const rows = rowsOf('train', csvTables(fileChunks(path), data));
      for await (const { X, y } of csvBatches(rows, columns, { batchSize, ...order })) {
        yield { X, y: learned(y!, units) };
      }
    };
  return {
    train: { size: columns.records, batches },
    validation: await heldOf('validation'),
    test: await heldOf('test'),
    ...{ task, classes, inputShape: [width], columns, pictures: null, units },
  };
}

/** A file's bytes, with a bar that shows how far they have been read. */
async function* shownChunks(path: string, context: Context): AsyncGenerator<Uint8Array> {
  const megabyte = 1e6;
  const title = context.text('train.reading', { path });
  const bar = await progressBar(context, title, Math.ceil(statSync(path).size / megabyte));
  let bytes = 0;
  try {
    for await (const chunk of fileChunks(path)) {
      context.checkpoint();
      bar.update(Math.floor((bytes += chunk.length) / megabyte), 'MB');
      yield chunk;
    }
  } finally {
    bar.stop();
  }
}

async function namesIn(tables: AsyncIterable<CsvTable>): Promise<readonly string[]> {
  for await (const { names } of tables) return names;
  return [];
}

/** The tables without the rows of other parts. */
async function* partOf(
  part: PartName,
  tables: AsyncIterable<CsvTable>,
  deal: () => PartName | null,
  changed: string,
): AsyncGenerator<CsvTable> {
  for await (const table of tables) {
    const records = table.records.filter(() => {
      const dealt = deal();
      if (dealt === null) throw new UsageError(changed);
      return dealt === part;
    });
    yield { ...table, records };
  }
}

/** The samples of rows, all of them in memory. Throws a `UsageError` if there are none, or more than `most`. */
async function held(
  path: string,
  rows: AsyncIterable<CsvTable>,
  columns: Columns,
  units: Units | null,
  most: number,
  text: Translate,
): Promise<Samples> {
  const [inputs, targets]: [Tensor[], Tensor[]] = [[], []];
  let count = 0;
  for await (const table of rows) {
    const { X, y } = applyColumns(columns, table);
    if (!y) break;
    count += y.size;
    if (count > most) throw new UsageError(text('error.stream.most', { path, most }));
    inputs.push(X);
    targets.push(y);
  }
  if (count === 0) {
    throw new UsageError(text('error.table.noTarget', { path, target: columns.target ?? '' }));
  }
  return { X: concat(inputs), y: learned(concat(targets), units) };
}

/** Waits, and says of the file what is wrong with its content. */
function about<T>(path: string, text: Translate, run: Promise<T>): Promise<T> {
  return run.catch((error: unknown) => {
    throw aboutFile(path, error, hintBy(text));
  });
}
