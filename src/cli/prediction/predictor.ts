// A model file made ready to predict: for `predict`, and for `serve`, which answers with the same numbers.

import { loadFile } from '../../disk/index.js';
import { FormatError, loadModel, type Columns } from '../../files/index.js';
import type { nn, Tensor } from '../../index.js';
import { UsageError } from '../errors.js';
import type { Translate } from '../texts/index.js';
import { usageOf, type Usage } from './description.js';
import { outputsBy } from './outputs.js';

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

/** Loads a model file. Throws a `UsageError` for one that is none, or is damaged, and a `DiskError` for one that cannot be read. */
export async function loadPredictor(path: string, text: Translate): Promise<Predictor> {
  const loaded = await loadFile(path).then((bytes) => {
    try {
      return loadModel(bytes);
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      throw new UsageError(
        text('error.modelFile', { path, message: error.message.replace(/^\w+: /, '') }),
        text('error.modelFile.hint'),
      );
    }
  });
  const usage = usageOf(loaded);
  if (!usage) {
    const message = text('error.modelFile.usage');
    throw new UsageError(text('error.modelFile', { path, message }), text('error.modelFile.hint'));
  }
  const { model, columns } = loaded;
  const outputs = outputsBy(model);
  return {
    ...{ model, columns, usage },
    predict: async (X, pause) => (X.shape[0] === 0 ? [] : predictionsOf(await outputs(X, pause), usage)),
  };
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
