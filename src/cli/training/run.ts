// One training run: data, network, fit.

import {
  data,
  earlyStopping,
  fit,
  keepBest,
  nn,
  optim,
  zeros,
  ChainruleError,
  type Callback,
  type History,
  type Metric,
} from '../../index.js';
import type { Context } from '../context.js';
import { UsageError } from '../errors.js';
import { lastLayer } from '../prediction/description.js';
import { lossEntry, metricEntry, thresholdOf, type LossName, type MetricName } from './losses.js';
import { convolutionalNetwork, multilayerPerceptron } from './networks/built-in.js';
import { OPTIMIZERS, SCHEDULES } from './optimizers.js';
import { DEGREES, PIXELS, type TrainSettings } from './settings.js';
import { sizeOf, type Material } from './sources/source.js';

/** A network and what it learns from, before or after training. */
export interface Setup {
  readonly settings: TrainSettings;
  readonly material: Material;
  readonly model: nn.Module;
  readonly loss: nn.Loss;
  readonly metrics: Readonly<Record<string, Metric>>;
  readonly optimizer: optim.Optimizer;
}

/**
 * Data and network as the seed gives them. Two classes share one output unless the loss, or a network of the user's own, says
 * otherwise; of more classes each has its own. Throws a `UsageError` where data, network, loss and metrics do not go together.
 */
export async function setUp(settings: TrainSettings, context: Context): Promise<Setup> {
  const { text } = context;
  const { source } = settings;
  const material = await source.load(settings, context);
  const { train, task, classes } = material;
  if (settings.loss !== null && lossEntry(settings.loss).task !== task) {
    throw new UsageError(text('error.lossTask', { loss: settings.loss, task: taskIn(task, context) }));
  }
  if (settings.loss?.startsWith('bce') && classes.length > 2) {
    throw new UsageError(text('error.lossClasses', { loss: settings.loss, classes: classes.length }));
  }
  const { model, outputs } = await networkOf(settings, material, context);
  const name = settings.loss ?? usualLoss(material, model, outputs);
  const { hasWithin, oneOutput, make } = lossEntry(name);
  if (oneOutput !== (outputs === 1)) {
    throw new UsageError(text('error.lossOutputs', { loss: name, outputs }));
  }
  const last = String(lastLayer(model));
  if (hasWithin !== undefined && last.startsWith(hasWithin)) {
    throw new UsageError(text('error.lossWithin', { loss: name, layer: last }));
  }
  const loss = make();
  if (loss.predictions === 'probabilities' && !/^(Sigmoid|Softmax)/.test(last)) {
    throw new UsageError(text('error.lossProbabilities', { loss: name }));
  }
  return {
    ...{ settings, material, model, loss },
    metrics: metricsOf(settings.metrics, material, loss, outputs, context),
    optimizer: optimizerOf(settings, sizeOf(train)),
  };
}

/** Trains the network; callbacks of checkpoints and the like come after the given ones. Throws a `DivergenceError` where the loss runs away. */
export async function train(
  setup: Setup,
  callbacks: readonly Callback[],
  signal: AbortSignal,
): Promise<History> {
  const { settings, material, model, loss, optimizer } = setup;
  const { epochs, batchSize, shuffle, seed, precision, patience } = settings;
  const stopping = patience === null ? [] : [earlyStopping({ patience }), keepBest()];
  const { train } = material;
  const options = {
    ...{ loss, optimizer, epochs, signal, precision, metrics: setup.metrics },
    ...(material.validation && { validation: material.validation }),
    callbacks: [...stopping, ...callbacks],
  };
  if ('batches' in train) return fit(model, train.batches({ batchSize, shuffle }), options);
  const { X, y } = train;
  const order = { batchSize, shuffle, randomState: seed };
  return settings.data.augment
    ? fit(model, data.augmentedBatches(X, y, CHANGES, order), options)
    : fit(model, X, y, { ...options, ...order });
}

const CHANGES = data.composeTransforms(data.randomRotation(DEGREES), data.randomShift(PIXELS));

/** The task as the reader calls it. */
export function taskIn(task: Material['task'], { text }: Context): string {
  return text(task === 'classification' ? 'train.classification' : 'train.regression');
}

async function networkOf(
  settings: TrainSettings,
  material: Material,
  context: Context,
): Promise<{ readonly model: nn.Module; readonly outputs: number }> {
  const { model: name, layers, activation, dropout, seed, loss } = settings;
  const { inputShape, classes } = material;
  if (name === 'mlp' || name === 'cnn') {
    const shares = classes.length <= 2 && loss !== 'cross-entropy';
    const outputs = shares ? 1 : classes.length;
    const build = name === 'mlp' ? multilayerPerceptron : convolutionalNetwork;
    return { model: build({ inputShape, outputs, layers, activation, dropout, seed }), outputs };
  }
  const { networkFrom, runTheirs } = await import('./networks/from-file.js');
  const model = await networkFrom(name, { inputShape, classes: Math.max(1, classes.length), seed }, context);
  const outputs = await runTheirs(name, () => outputsOf(model, name, material, context), context);
  return { model, outputs };
}

/** How many numbers a network of the user's own gives for a sample. Throws a `UsageError` where they do not go with the data. */
function outputsOf(
  model: nn.Module,
  path: string,
  { inputShape, classes }: Material,
  { text }: Context,
): number {
  const expected = text(classes.length > 2 ? 'error.model.perClass' : 'error.model.one', {
    classes: classes.length,
  });
  const inputs = `[1, ${inputShape.join(', ')}]`;
  let shape: readonly number[];
  try {
    ({ shape } = model.predict(zeros([1, ...inputShape])));
  } catch (error) {
    if (!(error instanceof ChainruleError)) throw error;
    throw new UsageError(
      text('error.model.inputs', { path, inputs, message: error.message }),
      inputShape.length > 1 ? text('error.model.flatten') : undefined,
    );
  }
  const [samples, outputs, ...rest] = shape;
  const allowed = [...(classes.length > 2 ? [] : [1]), ...(classes.length > 1 ? [classes.length] : [])];
  if (samples === 1 && outputs !== undefined && rest.length === 0 && allowed.includes(outputs))
    return outputs;
  throw new UsageError(
    text('error.model.outputs', { path, inputs, found: `[${shape.join(', ')}]`, expected }),
  );
}

function usualLoss({ task }: Material, model: nn.Module, outputs: number): LossName {
  if (task === 'regression') return 'mse';
  if (outputs > 1) return 'cross-entropy';
  return String(lastLayer(model)) === 'Sigmoid' ? 'bce' : 'bce-with-logits';
}

/** What is watched beside the loss: accuracy for classes, unless other metrics are asked for. */
function metricsOf(
  asked: readonly MetricName[] | null,
  { task, units }: Material,
  loss: nn.Loss,
  outputs: number,
  context: Context,
): Readonly<Record<string, Metric>> {
  const names = asked ?? (task === 'classification' ? (['accuracy'] as const) : []);
  return Object.fromEntries(
    names.map((name) => {
      const { task: own, ofMany = false, make } = metricEntry(name);
      if (own !== task || (ofMany && outputs === 1)) {
        const { text } = context;
        throw new UsageError(text('error.metricTask', { metric: name, task: taskIn(task, context) }));
      }
      return [name, make(thresholdOf(loss), units?.std ?? 1)];
    }),
  );
}

function optimizerOf(settings: TrainSettings, samples: number): optim.Optimizer {
  const { optimizer, schedule, learningRate, epochs, batchSize, steps, clipNorm } = settings;
  const whole = Math.max(1, epochs * Math.ceil(samples / batchSize));
  const plain = OPTIMIZERS[optimizer].make(SCHEDULES[schedule](learningRate, whole), steps);
  return clipNorm === null ? plain : optim.clip(plain, { norm: clipNorm });
}
