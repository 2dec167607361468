// Tables: a CSV file, and Iris, which is treated as one.

import { data, type Tensor } from '../../../index.js';
import { loadFile } from '../../../disk/index.js';
import {
  applyColumns,
  classNames,
  fitColumns,
  readCsv,
  type Column,
  type Columns,
  type CsvTable,
} from '../../../files/index.js';
import { explainFile, type Hint } from '../../about-file.js';
import { UsageError } from '../../errors.js';
import type { Translate } from '../../texts/index.js';
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

/** The command's options, where the library would advise its own. */
function hintBy(text: Translate): Hint {
  return (message) =>
    /pass (missing|types|header): |raise maxCategories/.test(message) ? text('error.table.hint') : undefined;
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
  const found = explain(path, () => fitColumns(table, optionsOf(table, request)));
  const { y, lines } = explain(path, () => applyColumns(found, table));
  const names = classNames(found);
  const task = names ? 'classification' : 'regression';
  if (names?.length === 1) throw new UsageError(text('error.oneClass', { path, name: names[0]! }));
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
  const target = columns.columns.find(({ name }) => name === columns.target);
  const units = target?.kind === 'number' ? { mean: target.mean, std: target.std || 1 } : null;
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
    ...{ task, classes: names ?? [], inputShape: train.X.shape.slice(1), columns, pictures: null, units },
  };
}

function optionsOf({ names }: CsvTable, { data }: Request) {
  const target = data.target ?? names.at(-1)!;
  const kinds = { classification: 'category', regression: 'number' } as const;
  const types = { ...data.column, ...(data.task && { [target]: kinds[data.task] }) };
  return { target, types, missing: data.missing };
}

function kindsOf({ columns }: Columns) {
  return Object.fromEntries(columns.map(({ name, kind }) => [name, kind]));
}

/** The columns that were found, with the means, deviations and counts of others. */
function withStatistics(found: Columns, training: Columns): Columns {
  const columns = found.columns.map((column, i): Column => {
    const own = training.columns[i]!;
    if (column.kind === 'number' && own.kind === 'number') {
      return { ...column, mean: own.mean, std: own.std };
    }
    if ('counts' in column && 'counts' in own) {
      const counts = column.categories.map((name) => own.counts[own.categories.indexOf(name)] ?? 0);
      return { ...column, counts };
    }
    return column;
  });
  return { ...found, records: training.records, columns };
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
  return { X, y: units ? y.sub(units.mean).div(units.std) : y };
}
