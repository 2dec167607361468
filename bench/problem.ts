// A problem: the work's samples and first weights, drawn from a seed, in files that every language can read.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { data, RandomState, tensor, type Tensor } from '../src/index.js';
import type { Work } from './works.js';

/** Numbers in rows: `[rows, columns]`, or flat, `[columns]`, where `rows` is 0. */
export interface Table {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float64Array;
}

/** What a contender trains on, and from where. */
export interface Problem {
  readonly work: Work;
  /** `[samples, inputs]`, in the order of the batches. */
  readonly X: Table;
  /** `[samples]`, each the number of a class. */
  readonly labels: Table;
  /** Layer by layer the weight, `[outputs, inputs]`, and the bias, `[outputs]`. */
  readonly parameters: readonly Table[];
}

/** Draws a problem. All numbers are float32's, so that no contender starts from rounded ones. */
export function makeProblem(work: Work): Problem {
  const random = new RandomState(0);
  const { layers, batch, batches } = work;
  const [samples, inputs, outputs] = [batch * batches, layers[0]!, layers.at(-1)!];
  const table = (rows: number, columns: number, { data }: Tensor): Table => ({
    ...{ rows, columns, values: Float64Array.from(data, Math.fround) },
  });
  const parameters = layers.slice(1).flatMap((width, i) => {
    const bound = 1 / Math.sqrt(layers[i]!);
    return [
      table(width, layers[i]!, random.uniform(-bound, bound, [width, layers[i]!])),
      table(0, width, random.uniform(-bound, bound, [width])),
    ];
  });
  if (work.loss === 'bce') {
    // As in lesson 4, but the clouds overlap: the weights stay small however long the run.
    const { X, y } = data.makeBlobs({ nSamples: samples, centers: 2, clusterStd: 1.5, randomState: 0 });
    return { work, X: table(samples, inputs, X), labels: table(0, samples, y), parameters };
  }
  const X = table(samples, inputs, random.uniform(-1, 1, [samples, inputs]));
  return { work, X, labels: table(0, samples, random.randint(0, outputs, [samples])), parameters };
}

/** `[samples, outputs]`: 1 in the column of the label, or the label itself where there is one output. */
export function oneHot({ work, labels }: Problem): Table {
  const [samples, columns] = [labels.columns, work.layers.at(-1)!];
  if (columns === 1) return { rows: samples, columns, values: labels.values };
  const values = new Float64Array(samples * columns);
  labels.values.forEach((label, i) => (values[i * columns + label] = 1));
  return { rows: samples, columns, values };
}

/** A table as a tensor of ours. */
export function toTensor({ rows, columns, values }: Table): Tensor {
  const flat = tensor(values);
  return rows === 0 ? flat : flat.reshape([rows, columns]);
}

/** So many rows, or numbers of a flat table, at a time. */
export function batchesOf({ rows, columns, values }: Table, batch: number): Table[] {
  const size = rows === 0 ? batch : batch * columns;
  const shape = rows === 0 ? { rows: 0, columns: batch } : { rows: batch, columns };
  return Array.from({ length: values.length / size }, (_, i) => ({
    ...{ ...shape, values: values.subarray(i * size, (i + 1) * size) },
  }));
}

/** A table with rows for columns. */
export function transposed({ rows, columns, values }: Table): Table {
  const turned = values.map((_, i) => values[(i % rows) * columns + Math.floor(i / rows)]!);
  return { rows: columns, columns: rows, values: turned };
}

const FILES = ['X', 'labels', 'parameters'] as const;

/** Writes `problem.json`, the work, and `X.f64`, `labels.f64` and `parameters.f64`, one number after the other. */
export function writeProblem({ work, X, labels, parameters }: Problem, folder: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'problem.json'), JSON.stringify(work));
  const all = {
    X: X.values,
    labels: labels.values,
    parameters: Float64Array.from(parameters.flatMap(({ values }) => [...values])),
  };
  for (const name of FILES) writeFileSync(join(folder, `${name}.f64`), all[name]);
}

/** Reads what `writeProblem` wrote. */
export function readProblem(folder: string): Problem {
  const work = JSON.parse(readFileSync(join(folder, 'problem.json'), 'utf8')) as Work;
  const [X, labels, all] = FILES.map((name) => {
    const bytes = Uint8Array.from(readFileSync(join(folder, `${name}.f64`)));
    return new Float64Array(bytes.buffer);
  }) as [Float64Array, Float64Array, Float64Array];
  return {
    work,
    X: { rows: labels.length, columns: work.layers[0]!, values: X },
    labels: { rows: 0, columns: labels.length, values: labels },
    parameters: parametersIn(work, all),
  };
}

/** Weights and biases out of a file of them, one number after the other. */
export function parametersIn({ layers }: Work, numbers: Float64Array): Table[] {
  let end = 0;
  const next = (rows: number, columns: number): Table => {
    const values = numbers.slice(end, (end += Math.max(rows, 1) * columns));
    return { rows, columns, values };
  };
  return layers.slice(1).flatMap((width, i) => [next(width, layers[i]!), next(0, width)]);
}
