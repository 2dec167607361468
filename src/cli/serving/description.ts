// What a served model says of itself, and how it is asked.

import type { Predictor } from '../prediction/predictor.js';
import { inputColumnsOf } from './inputs.js';

/** The answer to `GET /`: the model, its inputs, what it predicts, and a request to try. */
export function descriptionOf(file: string, { model, columns, usage }: Predictor, url: string) {
  const { task, classes, inputShape, data } = usage;
  return {
    model: file,
    network: String(model),
    ...(data !== null && { trainedOn: data }),
    task,
    ...(columns?.target && { target: columns.target }),
    ...(classes.length > 0 && { classes }),
    inputs: columns
      ? columnsIn(columns)
      : { instances: { shape: inputShape, ...(usage.pictures && { min: 0, max: 1 }) } },
    endpoints: { 'GET /': 'this', 'GET /health': '{"status":"ok"}', 'POST /predict': 'predictions' },
    example: exampleFor(url, { columns, usage }),
  };
}

/** A request that the model answers, for a shell. */
export function exampleFor(url: string, { columns, usage }: Pick<Predictor, 'columns' | 'usage'>): string {
  const body = columns
    ? { rows: [Object.fromEntries(inputColumnsOf(columns).map((column) => [column.name, usual(column)]))] }
    : { instances: [nested(usage.inputShape ?? [1])] };
  const json = JSON.stringify(body).replaceAll("'", String.raw`'\''`);
  const shown = json.length > LONGEST ? '@request.json' : `'${json}'`;
  return `curl -H 'Content-Type: application/json' -d ${shown} ${url}predict`;
}

const LONGEST = 1000; // characters; a picture's numbers stand in a file

type Column = ReturnType<typeof inputColumnsOf>[number];

function columnsIn(columns: NonNullable<Predictor['columns']>) {
  const rows = inputColumnsOf(columns).map((column) => [
    column.name,
    column.kind === 'number'
      ? { kind: 'number', min: column.min, max: column.max }
      : { kind: 'category', categories: column.categories },
  ]);
  return { rows: Object.fromEntries(rows) as Readonly<Record<string, unknown>> };
}

/** A value that such a column often has. */
function usual(column: Column): number | string {
  if (column.kind === 'number') return Number(column.mean.toPrecision(3));
  return column.categories[column.counts.indexOf(Math.max(...column.counts))]!;
}

function nested([length, ...inner]: readonly number[]): unknown {
  return length === undefined ? 0 : Array.from({ length }, () => nested(inner));
}
