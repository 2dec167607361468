// Tables: a CSV file, and Iris, which is treated as one.

import { data, type Tensor } from '../../../index.js';
import { loadFile } from '../../../disk/index.js';
import { applyColumns, fitColumns, readCsv, type Columns, type CsvTable } from '../../../files/index.js';
import { explainFile } from '../../about-file.js';
import { UsageError } from '../../errors.js';
import type { Translate } from '../../texts/index.js';
import { hintBy, kindsOf, learned, optionsOf, taskOf, unitsOf, withStatistics } from './columns.js';
import { divide } from './parts.js';
import type { Material, Part, Request, Samples, Units } from './source.js';

/** The samples of a CSV file. Throws a `UsageError` that names file, line and column for what is not right. */
export async function loadTable(path: string, request: Request, text: Translate): Promise<Material> {
  return materialOf(path, await readTable(path, request, text), request, text);
}

/** The samples of Fisher's 150 flowers. */
export function loadIris(request: Request, text: Translate): Promise<Material> {
  return materialOf('iris', irisTable(), request, text);
}

async function readTable(path: string, { data }: Request, text: Translate): Promise<CsvTable> {
  const bytes = await loadFile(path);
  const options = { header: data.header, delimiter: data.delimiter };
  return explainFile(path, () => readCsv(bytes, options), hintBy(text));
}

function irisTable(): CsvTable {
  const { X, y, featureNames, targetNames } = data.iris();
  const rows = X.toArray() as number[][];
  return {
    names: [...featureNames, 'species'],
    records: rows.map((row, i) => ({
      line: i + 2, // as in a file with a header
      fields: [...row.map(String), targetNames[y.data[i]!]!],
    })),
    ...{ delimiter: ',', header: true },
  };
}

/**
 * The samples of a table. Kinds and categories of columns are found in all of it, so that a rare category is known wherever it
 * falls; means and standard deviations in the part for training alone.
 */
async function materialOf(
  path: string,
  table: CsvTable,
  request: Request,
  text: Translate,
): Promise<Material> {
  const explain = <T>(file: string, run: () => T): T => explainFile(file, run, hintBy(text));
  const found = explain(path, () => fitColumns(table, optionsOf(table.names, request)));
  const { y, lines } = explain(path, () => applyColumns(found, table));
  const { task, classes } = taskOf(found, path, text);
  const rows = divide(y!, task, request, text);

  const places = new Map(table.records.map((record, place) => [record.line, place]));
  const recordsAt = (part: Tensor): CsvTable => ({
    ...table,
    records: Array.from(part.data, (row) => table.records[places.get(lines[row]!)!]!),
  });
  const training = recordsAt(rows.train);
  const columns = withStatistics(
    found,
    explain(path, () => fitColumns(training, { ...found, types: kindsOf(found) })),
  );
  const units = unitsOf(columns);
  const samplesOf = (part: CsvTable, file: string): Samples =>
    explain(file, () => samplesIn(columns, part, units, file, text));
  const partOf = async (part: Part | null, drawn: Tensor | null): Promise<Samples | null> => {
    if (drawn) return samplesOf(recordsAt(drawn), path);
    if (!part || !('file' in part)) return null;
    return samplesOf(await readTable(part.file, request, text), part.file);
  };
  const train = samplesOf(training, path);
  return {
    train,
    validation: await partOf(request.validation, rows.validation),
    test: await partOf(request.test, rows.test),
    ...{ task, classes, inputShape: train.X.shape.slice(1), columns, pictures: null, units },
  };
}

function samplesIn(
  columns: Columns,
  table: CsvTable,
  units: Units | null,
  path: string,
  text: Translate,
): Samples {
  const { X, y } = applyColumns(columns, table);
  if (X.shape[1] === 0) throw new UsageError(text('error.table.noInputs', { path }));
  if (!y || y.size === 0) {
    throw new UsageError(text('error.table.noTarget', { path, target: columns.target ?? '' }));
  }
  return { X, y: learned(y, units) };
}
