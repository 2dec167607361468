// How a table's columns become samples: for tables in memory, and for those that are read row by row.

import type { Tensor } from '../../../index.js';
import { classNames, type Column, type Columns } from '../../../files/index.js';
import type { Hint } from '../../about-file.js';
import { UsageError } from '../../errors.js';
import type { Translate } from '../../texts/index.js';
import type { Request, TaskName, Units } from './source.js';

/** The command's options, where the library would advise its own. */
export function hintBy(text: Translate): Hint {
  return (message) =>
    /pass (missing|types|header): |raise maxCategories/.test(message) ? text('error.table.hint') : undefined;
}

/** How the columns are looked at: what was asked for, and for what was not, the last is the target. */
export function optionsOf(names: readonly string[], { data }: Request) {
  const target = data.target ?? names.at(-1)!;
  const kinds = { classification: 'category', regression: 'number' } as const;
  const types = { ...data.column, ...(data.task && { [target]: kinds[data.task] }) };
  return { target, types, missing: data.missing };
}

/** The kind of each column. */
export function kindsOf({ columns }: Columns) {
  return Object.fromEntries(columns.map(({ name, kind }) => [name, kind]));
}

/** The columns that were found, with the means, deviations and counts of others. */
export function withStatistics(found: Columns, training: Columns): Columns {
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

/** What the target asks for. Throws a `UsageError` where it has one class only. */
export function taskOf(
  columns: Columns,
  path: string,
  text: Translate,
): { readonly task: TaskName; readonly classes: readonly string[] } {
  const classes = classNames(columns) ?? [];
  if (classes.length === 1) throw new UsageError(text('error.oneClass', { path, name: classes[0]! }));
  return { task: classes.length > 0 ? 'classification' : 'regression', classes };
}

/** The unit of a number to predict; null for classes. */
export function unitsOf({ columns, target }: Columns): Units | null {
  const column = columns.find(({ name }) => name === target);
  return column?.kind === 'number' ? { mean: column.mean, std: column.std || 1 } : null;
}

/** Targets as a network learns them. */
export function learned(y: Tensor, units: Units | null): Tensor {
  return units ? y.sub(units.mean).div(units.std) : y;
}
