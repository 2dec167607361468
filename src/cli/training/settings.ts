// What `train` is asked to do: its options, read and checked, with the defaults of the data for what is not said.

import { nn } from '../../index.js';
import { UsageError } from '../errors.js';
import { readChoice, readNumber, readNumbers } from '../options.js';
import type { Translate } from '../texts/index.js';
import { readData, readPart, shareOf, type ReadChoice, type ReadNumber } from './data-settings.js';
import { LOSS_NAMES, METRIC_NAMES, type LossName, type MetricName } from './losses.js';
import { ADAPTIVE, OPTIMIZER_NAMES, OPTIMIZERS, SCHEDULE_NAMES } from './optimizers.js';
import type { OptimizerName, ScheduleName, StepOptions } from './optimizers.js';
import { sourceOf } from './sources/index.js';
import type { Request, Source } from './sources/source.js';

/** The options as they stand on the command line. */
export interface TrainOptions {
  readonly samples?: string;
  readonly noise?: string;
  readonly clusterStd?: string;
  readonly centers?: string;
  readonly factor?: string;
  readonly target?: string;
  readonly task?: string;
  readonly column?: readonly string[];
  readonly missing?: string;
  readonly header?: boolean;
  readonly delimiter?: string;
  readonly stream?: boolean;
  readonly size?: string;
  readonly channels?: string;
  readonly augment?: boolean;
  readonly test?: string;
  readonly validation?: string;
  readonly model?: string;
  readonly layers?: string;
  readonly activation?: string;
  readonly dropout?: string;
  readonly loss?: string;
  readonly metrics?: string;
  readonly optimizer?: string;
  readonly learningRate?: string;
  readonly schedule?: string;
  readonly momentum?: string;
  readonly weightDecay?: string;
  readonly clipNorm?: string;
  readonly epochs?: string;
  readonly batchSize?: string;
  readonly shuffle: boolean;
  readonly seed?: string;
  readonly precision?: string;
  readonly earlyStopping?: string | true;
  readonly save?: string;
  readonly checkpoint?: string;
  readonly checkpointEvery?: string;
  readonly resume?: boolean;
  readonly logdir?: string;
  readonly out?: string;
}

/** Everything that a run depends on. */
export interface TrainSettings extends Request {
  readonly source: Source;
  /** `mlp`, `cnn`, or a file. */
  readonly model: string;
  readonly layers: readonly number[];
  readonly activation: nn.ActivationName;
  readonly dropout: number;
  /** Null: the one that goes with the data and the network. */
  readonly loss: LossName | null;
  /** Null: accuracy for classes, nothing for numbers. */
  readonly metrics: readonly MetricName[] | null;
  readonly optimizer: OptimizerName;
  readonly learningRate: number;
  readonly schedule: ScheduleName;
  readonly steps: StepOptions;
  /** The largest norm of the gradients; null: as they are. */
  readonly clipNorm: number | null;
  readonly epochs: number;
  readonly batchSize: number;
  readonly shuffle: boolean;
  readonly precision: 'float64' | 'float32';
  /** So many epochs without an improvement end the run; null: none do. */
  readonly patience: number | null;
  readonly keeping: Keeping;
}

/** Where a run is kept. */
export interface Keeping {
  /** The model's file; null: none. */
  readonly save: string | null;
  /** The folder of checkpoints; null: none. */
  readonly checkpoint: string | null;
  readonly everySteps: number | undefined;
  readonly everySeconds: number | undefined;
  readonly resume: boolean;
  /** TensorBoard's folder; null: none. */
  readonly logdir: string | null;
}

const MOST_EPOCHS = 1_000_000;
const WIDEST_LAYER = 1024;
const LAST_SEED = 2 ** 32 - 1;

/** Epochs without an improvement that end a run, if no number is said. */
export const PATIENCE = 5;
/** How far pictures are turned and moved by `--augment`. */
export const DEGREES = 10;
export const PIXELS = 2;
/** Seconds between checkpoints, if nothing is said. */
export const CHECKPOINT_SECONDS = 5;
/** What is kept for validating where early stopping needs it and nothing is said. */
export const VALIDATION = 0.1;
/** Hidden layers of a `cnn`, if none are given. */
export const CHANNELS = [16, 32] as const;

/** Reads the options. Throws a `UsageError` for data that are not there and for a value that makes no sense. */
export function readSettings(name: string, options: TrainOptions, text: Translate): TrainSettings {
  const source = sourceOf(name, options.stream, text);
  const { defaults } = source;
  const number: ReadNumber = (option, value, range) =>
    value === undefined ? undefined : readNumber(text, option, value, range);
  const choice: ReadChoice = (option, value, names) =>
    value === undefined ? undefined : readChoice(text, option, value, names);

  const optimizer = choice('--optimizer', options.optimizer, OPTIMIZER_NAMES) ?? defaults.optimizer;
  const model = readModel(options, source, text);
  const usualLayers = model === 'cnn' ? CHANNELS : defaults.layers;
  const patience =
    options.earlyStopping === true
      ? PATIENCE
      : number('--early-stopping', options.earlyStopping, { whole: true, least: 1 });
  const test = readPart('--test', options.test, source, text);
  const validation = readPart('--validation', options.validation, source, text);
  return {
    source,
    data: readData(source, options, text, number, choice),
    test: test === undefined ? shareOf(defaults.test) : test,
    validation: validation === undefined ? shareOf(patience === undefined ? 0 : VALIDATION) : validation,
    model,
    layers: options.layers === undefined ? usualLayers : readLayers(options.layers, text),
    activation: choice('--activation', options.activation, ACTIVATION_NAMES) ?? defaults.activation,
    dropout: number('--dropout', options.dropout, { least: 0, most: 1, below: true }) ?? 0,
    loss: choice('--loss', options.loss, LOSS_NAMES) ?? null,
    metrics: options.metrics === undefined ? null : readMetrics(options.metrics, text),
    optimizer,
    learningRate:
      number('--learning-rate', options.learningRate, { least: 0, above: true }) ??
      usualRate(optimizer, source),
    schedule: choice('--schedule', options.schedule, SCHEDULE_NAMES) ?? 'constant',
    steps: readSteps(optimizer, options, text, number),
    clipNorm: number('--clip-norm', options.clipNorm, { least: 0, above: true }) ?? null,
    epochs:
      number('--epochs', options.epochs, { whole: true, least: 0, most: MOST_EPOCHS }) ?? defaults.epochs,
    batchSize: number('--batch-size', options.batchSize, { whole: true, least: 1 }) ?? defaults.batchSize,
    shuffle: options.shuffle,
    precision: choice('--precision', options.precision, ['float64', 'float32']) ?? defaults.precision,
    patience: patience ?? null,
    seed: number('--seed', options.seed, { whole: true, least: 0, most: LAST_SEED }) ?? 0,
    keeping: readKeeping(options, text, number),
  };
}

/** The activations by name. */
export const ACTIVATION_NAMES = Object.keys(nn.activations) as nn.ActivationName[];

/** The learning rate of an optimizer on such data. */
function usualRate(optimizer: OptimizerName, { defaults }: Source): number {
  const { learningRate } = OPTIMIZERS[optimizer];
  if (learningRate === null) return defaults.learningRate;
  return learningRate * (defaults.adaptiveRate / ADAPTIVE);
}

function readModel(options: TrainOptions, source: Source, text: Translate): string {
  const { model = 'mlp' } = options;
  const isFile = /\.[cm]?[jt]s$/.test(model);
  if (!isFile && model !== 'mlp' && model !== 'cnn')
    throw new UsageError(text('error.model.name', { model }));
  if (model === 'cnn' && source.kind !== 'pictures' && source.kind !== 'mnist') {
    throw new UsageError(text('error.model.cnn', { data: source.name }));
  }
  const shaping = (['layers', 'activation', 'dropout'] as const).find((name) => options[name] !== undefined);
  if (isFile && shaping) throw new UsageError(text('error.model.shaped', { option: `--${shaping}`, model }));
  return model;
}

function readLayers(layers: string, text: Translate): number[] {
  if (layers === 'none') return [];
  const range = { whole: true, least: 1, most: WIDEST_LAYER, example: '16,16' };
  return readNumbers(text, '--layers', layers, range);
}

function readMetrics(metrics: string, text: Translate): MetricName[] {
  return metrics.split(',').map((name) => readChoice(text, '--metrics', name.trim(), METRIC_NAMES));
}

function readSteps(
  optimizer: OptimizerName,
  options: TrainOptions,
  text: Translate,
  number: ReadNumber,
): StepOptions {
  if (options.momentum !== undefined && !OPTIMIZERS[optimizer].takesMomentum) {
    const optimizers = OPTIMIZER_NAMES.filter((name) => OPTIMIZERS[name].takesMomentum).join(', ');
    throw new UsageError(text('error.notForOptimizer', { option: '--momentum', optimizer, optimizers }));
  }
  const momentum = number('--momentum', options.momentum, { least: 0, most: 1, below: true });
  const weightDecay = number('--weight-decay', options.weightDecay, { least: 0 });
  return { ...(momentum !== undefined && { momentum }), ...(weightDecay !== undefined && { weightDecay }) };
}

function readKeeping(options: TrainOptions, text: Translate, number: ReadNumber): Keeping {
  const { save, checkpoint, checkpointEvery, resume = false, logdir } = options;
  for (const [option, isGiven] of [
    ['--resume', resume],
    ['--checkpoint-every', checkpointEvery !== undefined],
  ] as const) {
    if (isGiven && checkpoint === undefined) throw new UsageError(text('error.needsCheckpoint', { option }));
  }
  const seconds = /^(.*)s$/.exec(checkpointEvery ?? '')?.[1];
  const usual = checkpointEvery === undefined ? CHECKPOINT_SECONDS : undefined;
  const steps = seconds === undefined ? checkpointEvery : undefined;
  return {
    save: save ?? null,
    checkpoint: checkpoint ?? null,
    everySteps: number('--checkpoint-every', steps, { whole: true, least: 1 }),
    everySeconds: number('--checkpoint-every', seconds, { least: 0 }) ?? usual,
    resume,
    logdir: logdir ?? null,
  };
}
