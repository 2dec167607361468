// A run of `predict`: data in whatever form, predictions out.

import { dirname } from 'node:path';
import { addAbortSignal } from 'node:stream';
import { loadFile } from '../../disk/index.js';
import { readNpy } from '../../files/index.js';
import type { Tensor } from '../../index.js';
import { explainFile } from '../about-file.js';
import type { Context } from '../context.js';
import { UsageError } from '../errors.js';
import { toJSON } from '../output/history-files.js';
import { checkFolder, writeOneFile } from '../output/write-files.js';
import { predictionsCsv, predictionsData, type Predicted } from './documents.js';
import { arePictures, pictureBatches, pictureFiles } from './pictures.js';
import { loadPredictor, type Predictor } from './predictor.js';
import { tableInputs } from './table.js';

/** The options as they stand on the command line. */
export interface PredictOptions {
  readonly out?: string;
}

/** Predicts for all that was named, and writes what came out. */
export async function predict(
  path: string,
  data: readonly string[],
  { out }: PredictOptions,
  context: Context,
): Promise<void> {
  const { text, json, stderr, quiet } = context;
  const predictor = await loadPredictor(path, text);
  if (out !== undefined) await checkFolder(dirname(out), context);
  const predicted = await predictAll(predictor, data, context);
  const dropped = predicted.filter(({ result }) => !result).length;
  if (dropped > 0 && !quiet) stderr.write(`${text('predict.dropped', { dropped })}\n`);
  const document = json
    ? `${toJSON({ model: path, predictions: predictionsData(predicted) })}\n`
    : predictionsCsv(predicted, predictor.usage);
  if (out === undefined) context.stdout.write(document);
  else await writeOneFile(out, document, context);
}

/** What is predicted for everything that was named. */
async function predictAll(
  predictor: Predictor,
  data: readonly string[],
  context: Context,
): Promise<Predicted[]> {
  const { text, checkpoint } = context;
  const { columns, usage } = predictor;
  if (columns) {
    const predicted: Predicted[] = [];
    for (const path of data) predicted.push(...(await predictTable(predictor, path, context)));
    return predicted;
  }
  if (data.every((path) => path.endsWith('.npy'))) {
    const predicted: Predicted[] = [];
    for (const path of data) {
      const X = arrayInputs(await loadFile(path), path, usage.inputShape, context);
      predicted.push(...(await predictor.predict(X, checkpoint)).map((result) => ({ result })));
    }
    return predicted;
  }
  if (!usage.pictures || !(await arePictures(data))) {
    throw new UsageError(text(usage.pictures ? 'error.predict.pictures' : 'error.predict.arrays'));
  }
  const files = await pictureFiles(data);
  if (files.length === 0) throw new UsageError(text('error.predict.noPictures', { path: data.join(', ') }));
  const predicted: Predicted[] = [];
  for await (const batch of pictureBatches(files, usage.pictures)) {
    const results = await predictor.predict(batch.X, checkpoint);
    predicted.push(...results.map((result, i) => ({ file: batch.files[i]!, result })));
  }
  return predicted;
}

async function predictTable(
  { columns, predict }: Predictor,
  path: string,
  context: Context,
): Promise<Predicted[]> {
  const { text, checkpoint } = context;
  const bytes = path === '-' ? await everythingFromStdin(context) : await loadFile(path);
  const shown = path === '-' ? text('predict.stdin') : path;
  const { X, records, places } = tableInputs(columns!, bytes, shown, text);
  const results = await predict(X, checkpoint);
  const predicted = Array.from({ length: records }, (): Predicted => ({ result: null }));
  places.forEach((place, i) => (predicted[place] = { result: results[i]! }));
  return predicted;
}

/** An array as samples of the shape that the model takes. */
function arrayInputs(
  bytes: Uint8Array,
  path: string,
  inputShape: readonly number[] | null,
  { text }: Context,
): Tensor {
  const array = explainFile(path, () => readNpy(bytes));
  const [samples, ...shape] = array.shape;
  if (samples === undefined)
    throw new UsageError(text('error.predict.npy', { path, found: '[]', expected: '[n, …]' }));
  if (!inputShape) return array;
  const size = inputShape.reduce((product, length) => product * length, 1);
  // Pictures may come laid out flat, or without their one channel.
  if (shape.reduce((product, length) => product * length, 1) === size)
    return array.reshape([samples, ...inputShape]);
  const [found, expected] = [array.shape, ['n', ...inputShape]].map((each) => `[${each.join(', ')}]`);
  throw new UsageError(text('error.predict.npy', { path, found: found!, expected: expected! }));
}

async function everythingFromStdin({ stdin, signal, checkpoint }: Context): Promise<Uint8Array> {
  if (!stdin) return new Uint8Array(0);
  const chunks: Uint8Array[] = [];
  try {
    for await (const chunk of addAbortSignal(signal, stdin())) chunks.push(chunk as Uint8Array);
  } catch (error) {
    checkpoint();
    throw error;
  }
  return Buffer.concat(chunks);
}
