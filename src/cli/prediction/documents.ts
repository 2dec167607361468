// Predictions as CSV and as JSON, piece by piece, so that there may be more of them than memory holds.

import { toJSON } from '../output/history-files.js';
import type { Prediction } from './predictor.js';
import type { Usage } from './description.js';

/** A record or a picture, and what was predicted for it; null where something was missing. */
export interface Predicted {
  /** The picture's file; absent for records. */
  readonly file?: string;
  readonly result: Prediction | null;
}

/** Predictions as they come, some at a time. */
export type PredictedStream = AsyncIterable<readonly Predicted[]>;

/**
 * A line for each record: the picture's file if it is one, `prediction`, and for classes the probability of each,
 * `p(class)`. Where the outputs mean just what they are, `output 1`, `output 2`, …
 */
export async function* predictionsCsv(
  predicted: PredictedStream,
  { classes }: Usage,
): AsyncGenerator<string> {
  const usual = ['prediction', ...classes.map((name) => `p(${name})`)];
  let head: readonly string[] | null = null; // known once there is a result
  let waiting: Predicted[] = [];
  for await (const some of predicted) {
    waiting = [...waiting, ...some];
    if (head === null) {
      const first = waiting.find(({ result }) => result)?.result;
      if (!first) continue;
      const outputs = Array.isArray(first.prediction) ? first.prediction.length : 0;
      head = outputs > 0 ? Array.from({ length: outputs }, (_, i) => `output ${i + 1}`) : usual;
      yield headLine(head, waiting);
    }
    yield linesOf(waiting, head.length, classes);
    waiting = [];
  }
  if (head === null) yield headLine(usual, waiting) + linesOf(waiting, usual.length, classes);
}

/** An object with the same as plain data, under `predictions`, and the model's file. */
export async function* predictionsJson(predicted: PredictedStream, model: string): AsyncGenerator<string> {
  const head = `{\n  "model": ${JSON.stringify(model)},\n  "predictions": [`;
  let isEmpty = true;
  for await (const some of predicted) {
    const items = predictionsData(some).map((item) => toJSON(item).replaceAll(/^/gm, '    '));
    if (items.length === 0) continue;
    yield `${isEmpty ? head : ','}\n${items.join(',\n')}`;
    isEmpty = false;
  }
  yield isEmpty ? `${head}]\n}\n` : '\n  ]\n}\n';
}

/** Predictions as plain data. */
export function predictionsData(predicted: readonly Predicted[]) {
  return predicted.map(({ file, result }) => ({
    ...(file !== undefined && { file }),
    ...(result ?? { prediction: null }),
  }));
}

function headLine(head: readonly string[], [first]: readonly Predicted[]): string {
  return lineOf([...(first?.file === undefined ? [] : ['file']), ...head]);
}

function linesOf(predicted: readonly Predicted[], width: number, classes: readonly string[]): string {
  const gap = Array.from({ length: width }, () => '');
  return predicted
    .map(({ file, result }) =>
      lineOf([...(file === undefined ? [] : [file]), ...(result ? fieldsOf(result, classes) : gap)]),
    )
    .join('');
}

function fieldsOf({ prediction, probabilities }: Prediction, classes: readonly string[]): string[] {
  const values = typeof prediction === 'object' ? prediction : [prediction];
  return [...values, ...classes.map((name) => probabilities?.[name] ?? '')].map(String);
}

function lineOf(fields: readonly string[]): string {
  const quoted = fields.map((field) => (/[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field));
  return `${quoted.join(',')}\n`;
}
