// What `train` is asked to do: its options, read and checked, with the defaults of the data set for what is not said.

import { nn } from '../../index.js';
import { UsageError } from '../errors.js';
import { readChoice, readNumber, readNumbers, type NumberRange } from '../options.js';
import type { Translate } from '../texts/index.js';
import { OPTIMIZER_NAMES, OPTIMIZERS, SCHEDULE_NAMES } from './optimizers.js';
import type { OptimizerName, ScheduleName, StepOptions } from './optimizers.js';
import { DATASETS, type DatasetName, type DatasetOptions, type TrainingDefaults } from './datasets.js';

/** The options as they stand on the command line. */
export interface TrainOptions {
  readonly samples?: string;
  readonly noise?: string;
  readonly clusterStd?: string;
  readonly centers?: string;
  readonly factor?: string;
  readonly layers?: string;
  readonly activation?: string;
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
  readonly out?: string;
}

/** Everything that a run depends on. */
export interface TrainSettings extends TrainingDefaults {
  readonly dataset: DatasetName;
  readonly data: DatasetOptions;
  readonly optimizer: OptimizerName;
  readonly schedule: ScheduleName;
  readonly steps: StepOptions;
  /** The largest norm of the gradients; null: as they are. */
  readonly clipNorm: number | null;
  readonly shuffle: boolean;
  readonly seed: number;
}

const MOST_SAMPLES = 1_000_000;
const MOST_EPOCHS = 1_000_000;
const WIDEST_LAYER = 1024;
const MOST_CENTERS = 100;
const LAST_SEED = 2 ** 32 - 1;

/** Reads the options. Throws a `UsageError` for a data set or a value that makes no sense. */
export function readSettings(name: string, options: TrainOptions, text: Translate): TrainSettings {
  const dataset = readDataset(name, text);
  const { defaults } = DATASETS[dataset];
  const number = (option: string, value: string | undefined, range: NumberRange): number | undefined =>
    value === undefined ? undefined : readNumber(text, option, value, range);
  const { learningRate, epochs, batchSize, seed, activation, schedule, clipNorm } = options;
  const optimizer =
    options.optimizer === undefined
      ? 'sgd'
      : readChoice(text, '--optimizer', options.optimizer, OPTIMIZER_NAMES);
  const usualRate = OPTIMIZERS[optimizer].learningRate ?? defaults.learningRate;
  return {
    dataset,
    data: readData(dataset, options, text, number),
    layers: options.layers === undefined ? defaults.layers : readLayers(options.layers, text),
    activation:
      activation === undefined
        ? defaults.activation
        : readChoice(text, '--activation', activation, ACTIVATION_NAMES),
    optimizer,
    learningRate: number('--learning-rate', learningRate, { least: 0, above: true }) ?? usualRate,
    schedule: schedule === undefined ? 'constant' : readChoice(text, '--schedule', schedule, SCHEDULE_NAMES),
    steps: readSteps(optimizer, options, text, number),
    clipNorm: number('--clip-norm', clipNorm, { least: 0, above: true }) ?? null,
    epochs: number('--epochs', epochs, { whole: true, least: 0, most: MOST_EPOCHS }) ?? defaults.epochs,
    batchSize: number('--batch-size', batchSize, { whole: true, least: 1 }) ?? defaults.batchSize,
    shuffle: options.shuffle,
    seed: number('--seed', seed, { whole: true, least: 0, most: LAST_SEED }) ?? 0,
  };
}

/** The activations by name. */
export const ACTIVATION_NAMES = Object.keys(nn.activations) as nn.ActivationName[];

function readDataset(name: string, text: Translate): DatasetName {
  if (Object.hasOwn(DATASETS, name)) return name as DatasetName;
  throw new UsageError(text('error.unknownDataset', { name, names: Object.keys(DATASETS).join(', ') }));
}

function readLayers(layers: string, text: Translate): number[] {
  if (layers === 'none') return [];
  const range = { whole: true, least: 1, most: WIDEST_LAYER, example: '16,16' };
  return readNumbers(text, '--layers', layers, range);
}

function readSteps(
  optimizer: OptimizerName,
  options: TrainOptions,
  text: Translate,
  number: (option: string, value: string | undefined, range: NumberRange) => number | undefined,
): StepOptions {
  if (options.momentum !== undefined && !OPTIMIZERS[optimizer].takesMomentum) {
    const optimizers = OPTIMIZER_NAMES.filter((name) => OPTIMIZERS[name].takesMomentum).join(', ');
    throw new UsageError(text('error.notForOptimizer', { option: '--momentum', optimizer, optimizers }));
  }
  const momentum = number('--momentum', options.momentum, { least: 0, most: 1, below: true });
  const weightDecay = number('--weight-decay', options.weightDecay, { least: 0 });
  return { ...(momentum !== undefined && { momentum }), ...(weightDecay !== undefined && { weightDecay }) };
}

function readData(
  dataset: DatasetName,
  options: TrainOptions,
  text: Translate,
  number: (option: string, value: string | undefined, range: NumberRange) => number | undefined,
): DatasetOptions {
  checkThatTheyApply(dataset, options, text);
  const { samples, noise, centers, factor, clusterStd } = options;
  const read = {
    samples: number('--samples', samples, { whole: true, least: 2, most: MOST_SAMPLES }),
    noise: number('--noise', noise, { least: 0 }),
    centers: number('--centers', centers, { whole: true, least: 2, most: MOST_CENTERS }),
    factor: number('--factor', factor, { least: 0, most: 1, below: true }),
    clusterStd:
      clusterStd === undefined
        ? undefined
        : readNumbers(text, '--cluster-std', clusterStd, { least: 0, example: '0.5,1' }),
  };
  const clouds = read.centers ?? 2;
  if (read.clusterStd && read.clusterStd.length !== 1 && read.clusterStd.length !== clouds) {
    throw new UsageError(text('error.clusterStds', { centers: clouds, count: read.clusterStd.length }));
  }
  return read;
}

/** An option of another data set would be ignored silently; say so instead. */
function checkThatTheyApply(dataset: DatasetName, options: TrainOptions, text: Translate): void {
  for (const [name, option] of Object.entries(OPTION_OF)) {
    const takers = Object.entries(DATASETS).filter(([, entry]) => (entry.options as string[]).includes(name));
    const applies = takers.some(([taker]) => taker === dataset);
    if (options[name as keyof DatasetOptions] === undefined || applies) continue;
    const datasets = takers.map(([taker]) => taker).join(', ');
    throw new UsageError(text('error.notForDataset', { option, dataset, datasets }));
  }
}

const OPTION_OF: Readonly<Record<keyof DatasetOptions, string>> = {
  samples: '--samples',
  noise: '--noise',
  clusterStd: '--cluster-std',
  centers: '--centers',
  factor: '--factor',
};
