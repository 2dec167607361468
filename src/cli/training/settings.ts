// What `train` is asked to do: its options, read and checked, with the defaults of the data set for what is not said.

import { nn } from '../../index.js';
import { UsageError } from '../errors.js';
import { readChoice, readNumber, readNumbers, type NumberRange } from '../options.js';
import type { Translate } from '../texts/index.js';
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
  readonly learningRate?: string;
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
  const { learningRate, epochs, batchSize, seed, activation } = options;
  return {
    dataset,
    data: readData(dataset, options, text, number),
    layers: options.layers === undefined ? defaults.layers : readLayers(options.layers, text),
    activation:
      activation === undefined
        ? defaults.activation
        : readChoice(text, '--activation', activation, ACTIVATION_NAMES),
    learningRate: number('--learning-rate', learningRate, { least: 0, above: true }) ?? defaults.learningRate,
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
