// A model file made ready to predict: for `predict`, and for `serve`, which answers with the same numbers.

import { loadFile } from '../../disk/index.js';
import { FormatError, loadModel, readSafetensors, type Columns } from '../../files/index.js';
import type { nn, Tensor } from '../../index.js';
import { UsageError } from '../errors.js';
import type { Context } from '../context.js';
import { guessedUsage, writtenUsage, type Usage } from './description.js';
import { outputsBy } from './outputs.js';
import { inUnits } from './units.js';

/** What is predicted for one sample. */
export interface Prediction {
  /** The class's name, the number, or where the outputs mean just what they are, all of them. */
  readonly prediction: string | number | readonly number[];
  /** Of each class by its name; absent unless there are classes. */
  readonly probabilities?: Readonly<Record<string, number>>;
}

/** A model that predicts. */
export interface Predictor {
  readonly model: nn.Module;
  /** How a table becomes inputs; null if the model does not take tables. */
  readonly columns: Columns | null;
  readonly usage: Usage;
  /** A prediction for each sample of `[samples, …]`; `pause` is called in between. */
  readonly predict: (X: Tensor, pause?: () => void) => Promise<Prediction[]>;
}

/**
 * Loads a model file; `network` is the file of a network of the user's own, where the model file needs one. Throws a `UsageError` for a
 * model file that is none, or is damaged, and for a network that is not the one, and a `DiskError` for what cannot be read.
 */
export async function loadPredictor(
  path: string,
  network: string | undefined,
  context: Context,
): Promise<Predictor> {
  const { text } = context;
  const hint = text('error.modelFile.hint');
  const damaged = (message: string): UsageError =>
    new UsageError(text('error.modelFile', { path, message }), hint);
  const bytes = await loadFile(path);
  const written = writtenUsage(reading(() => readSafetensors(bytes), damaged).metadata);
  if (written === null) throw damaged(text('error.modelFile.usage'));
  const own = await ownNetwork(path, written, network, context);
  const other = (message: string): UsageError =>
    new UsageError(text('error.modelFile.other', { path, file: network ?? '', message }));
  const loaded = reading(() => loadModel(bytes, { model: own }), own ? other : damaged);
  const usage = written ?? guessedUsage(loaded);
  const units = usage.network?.units;
  const model = units ? inUnits(loaded.model, units) : loaded.model;
  const outputs = outputsBy(model);
  return {
    ...{ model, columns: loaded.columns, usage },
    predict: async (X, pause) => (X.shape[0] === 0 ? [] : predictionsOf(await outputs(X, pause), usage)),
  };
}

/** Runs, and turns what the library says of a file into a `UsageError`. */
function reading<T>(run: () => T, explain: (message: string) => UsageError): T {
  try {
    return run();
  } catch (error) {
    throw error instanceof FormatError ? explain(error.message.replace(/^\w+: /, '')) : error;
  }
}

/** The network of the user's own that a model file needs; undefined where it needs none. */
async function ownNetwork(
  path: string,
  usage: Usage | undefined,
  network: string | undefined,
  context: Context,
): Promise<nn.Module | undefined> {
  const { text } = context;
  if (!usage?.network || !usage.inputShape) {
    if (network !== undefined) throw new UsageError(text('error.modelFile.described', { path }));
    return undefined;
  }
  const { inputShape, classes } = usage;
  if (network === undefined) {
    throw new UsageError(text('error.modelFile.own', { path, file: usage.network.file }));
  }
  const { networkFrom } = await import('../training/networks/from-file.js');
  return networkFrom(network, { inputShape, classes: Math.max(1, classes.length), seed: 0 }, context);
}

/** What outputs mean. */
function predictionsOf(outputs: Tensor, usage: Usage): Prediction[] {
  const rows = outputs.reshape([outputs.shape[0]!, -1]).toArray() as number[][];
  const { task, classes } = usage;
  if (task !== 'classification') {
    return rows.map((row) => ({ prediction: row.length === 1 ? row[0]! : row }));
  }
  const probabilities = probabilitiesOf(outputs, usage).toArray() as number[][];
  return probabilities.map((row) => {
    const each = row.length === 1 ? [1 - row[0]!, row[0]!] : row;
    // As accuracy counts it: of two classes with one output the first where both are equal, of many the first of the largest.
    const best = each.reduce((place, p, label) => (p > each[place]! ? label : place), 0);
    return {
      prediction: classes[best]!,
      probabilities: Object.fromEntries(classes.map((name, label) => [name, each[label]!])),
    };
  });
}

function probabilitiesOf(outputs: Tensor, { outputs: kind }: Usage): Tensor {
  if (kind === 'probabilities') return outputs;
  return outputs.shape.at(-1) === 1 ? outputs.sigmoid() : outputs.softmax();
}
