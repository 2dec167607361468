// Predictions as CSV and as JSON.

import type { Prediction } from './predictor.js';
import type { Usage } from './description.js';

/** A record or a picture, and what was predicted for it; null where something was missing. */
export interface Predicted {
  /** The picture's file; absent for records. */
  readonly file?: string;
  readonly result: Prediction | null;
}

/**
 * A line for each record: the picture's file if it is one, `prediction`, and for classes the probability of each,
 * `p(class)`. Where the outputs mean just what they are, `output 1`, `output 2`, …
 */
export function predictionsCsv(predicted: readonly Predicted[], { classes }: Usage): string {
  const files = predicted.some(({ file }) => file !== undefined);
  const outputs = Math.max(0, ...predicted.map(({ result }) => lengthOf(result)));
  const head = [
    ...(files ? ['file'] : []),
    ...(outputs > 0
      ? Array.from({ length: outputs }, (_, i) => `output ${i + 1}`)
      : ['prediction', ...classes.map((name) => `p(${name})`)]),
  ];
  const rows = predicted.map(({ file, result }) => [
    ...(files ? [file ?? ''] : []),
    ...(result ? fieldsOf(result, classes) : new Array<string>(head.length - Number(files)).fill('')),
  ]);
  return [head, ...rows].map((row) => `${row.map(quoted).join(',')}\n`).join('');
}

/** The same as plain data. */
export function predictionsData(predicted: readonly Predicted[]) {
  return predicted.map(({ file, result }) => ({
    ...(file !== undefined && { file }),
    ...(result ?? { prediction: null }),
  }));
}

function lengthOf(result: Prediction | null): number {
  return result && Array.isArray(result.prediction) ? result.prediction.length : 0;
}

function fieldsOf({ prediction, probabilities }: Prediction, classes: readonly string[]): string[] {
  const values = typeof prediction === 'object' ? prediction : [prediction];
  return [...values, ...classes.map((name) => probabilities?.[name] ?? '')].map(String);
}

function quoted(field: string): string {
  return /[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}
