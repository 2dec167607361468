// A run of `predict`: data in whatever form, predictions out.

import { dirname } from 'node:path';
import { addAbortSignal } from 'node:stream';
import { fileChunks, loadFile } from '../../disk/index.js';
import { readNpy, type Columns } from '../../files/index.js';
import type { Tensor } from '../../index.js';
import { explainFile } from '../about-file.js';
import type { Context } from '../context.js';
import { UsageError } from '../errors.js';
import { printPieces } from '../output/print-pieces.js';
import { checkFolder, writeOneFile } from '../output/write-files.js';
import { predictionsCsv, predictionsJson, type Predicted } from './documents.js';
import { arePictures, pictureBatches, pictureFiles } from './pictures.js';
import { loadPredictor, type Predictor } from './predictor.js';
import { tableInputs } from './table.js';

/** The options as they stand on the command line. */
export interface PredictOptions {
  /** The file of a network of the user's own. */
  readonly model?: string;
  readonly out?: string;
}

/** Predicts for all that was named, and writes what came out. */
export async function predict(
  path: string,
  data: readonly string[],
  { model, out }: PredictOptions,
  context: Context,
): Promise<void> {
  const { text, json, stderr, quiet } = context;
  const predictor = await loadPredictor(path, model, context);
  if (out !== undefined) await checkFolder(dirname(out), context);
  let dropped = 0;
  const predicted = heard(predictAll(predictor, data, context), (some) => {
    dropped += some.filter(({ result }) => !result).length;
  });
  const document = json ? predictionsJson(predicted, path) : predictionsCsv(predicted, predictor.usage);
  if (out === undefined) await printPieces(document, context);
  else await writeOneFile(out, document, context);
  if (dropped > 0 && !quiet) stderr.write(`${text('predict.dropped', { dropped })}\n`);
}

async function* heard<T>(items: AsyncIterable<T>, hear: (item: T) => void): AsyncGenerator<T> {
  for await (const item of items) {
    hear(item);
    yield item;
  }
}

/** What is predicted for everything that was named, some at a time. */
async function* predictAll(
  predictor: Predictor,
  data: readonly string[],
  context: Context,
): AsyncGenerator<readonly Predicted[]> {
  const { text, checkpoint } = context;
  const { columns, usage } = predictor;
  if (columns) {
    for (const path of data) yield* predictTable(predictor, columns, path, context);
    return;
  }
  if (data.every((path) => path.endsWith('.npy'))) {
    for (const path of data) {
      const X = arrayInputs(await loadFile(path), path, usage.inputShape, context);
      yield (await predictor.predict(X, checkpoint)).map((result) => ({ result }));
    }
    return;
  }
  if (!usage.pictures || !(await arePictures(data))) {
    throw new UsageError(text(usage.pictures ? 'error.predict.pictures' : 'error.predict.arrays'));
  }
  const files = await pictureFiles(data);
  if (files.length === 0) throw new UsageError(text('error.predict.noPictures', { path: data.join(', ') }));
  for await (const batch of pictureBatches(files, usage.pictures)) {
    const results = await predictor.predict(batch.X, checkpoint);
    yield results.map((result, i) => ({ file: batch.files[i]!, result }));
  }
}

async function* predictTable(
  { predict }: Predictor,
  columns: Columns,
  path: string,
  context: Context,
): AsyncGenerator<readonly Predicted[]> {
  const { text, checkpoint } = context;
  const [chunks, shown] =
    path === '-' ? [stdinChunks(context), text('predict.stdin')] : [fileChunks(path), path];
  for await (const { X, records, places } of tableInputs(columns, chunks, shown, text)) {
    const results = await predict(X, checkpoint);
    const predicted = Array.from({ length: records }, (): Predicted => ({ result: null }));
    places.forEach((place, i) => (predicted[place] = { result: results[i]! }));
    yield predicted;
  }
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

async function* stdinChunks({ stdin, signal, checkpoint }: Context): AsyncGenerator<Uint8Array> {
  if (!stdin) return;
  try {
    for await (const chunk of addAbortSignal(signal, stdin())) yield chunk as Uint8Array;
  } catch (error) {
    checkpoint();
    throw error;
  }
}
