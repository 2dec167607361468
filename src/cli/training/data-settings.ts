// What `train` is asked about the data: options of tables, pictures and generated sets, and the parts kept for testing.

import type { ColumnKind } from '../../files/index.js';
import { UsageError } from '../errors.js';
import { readChoice, readNumber, readNumbers, type NumberRange } from '../options.js';
import type { Translate } from '../texts/index.js';
import type { TrainOptions } from './settings.js';
import { everySource } from './sources/index.js';
import type { DataOption, DataOptions, Part, Source } from './sources/source.js';

const MOST_SAMPLES = 1_000_000;
const MOST_CENTERS = 100;
const LARGEST_PICTURE = 4096;

/** Reads a number if the option was given. */
export type ReadNumber = (
  option: string,
  value: string | undefined,
  range: NumberRange,
) => number | undefined;

/** Reads one of several names if the option was given. */
export type ReadChoice = <Name extends string>(
  option: string,
  value: string | undefined,
  names: readonly Name[],
) => Name | undefined;

/** The options of the data. Throws a `UsageError` for a value that makes no sense, and for an option of other data. */
export function readData(
  source: Source,
  options: TrainOptions,
  text: Translate,
  number: ReadNumber,
  choice: ReadChoice,
): DataOptions {
  checkThatTheyApply(source, options, text);
  const { samples, noise, centers, factor, clusterStd, target, column, delimiter, channels } = options;
  const read = {
    samples: number('--samples', samples, { whole: true, least: 2, most: MOST_SAMPLES }),
    noise: number('--noise', noise, { least: 0 }),
    centers: number('--centers', centers, { whole: true, least: 2, most: MOST_CENTERS }),
    factor: number('--factor', factor, { least: 0, most: 1, below: true }),
    clusterStd:
      clusterStd === undefined
        ? undefined
        : readNumbers(text, '--cluster-std', clusterStd, { least: 0, example: '0.5,1' }),
    target,
    task: choice('--task', options.task, ['classification', 'regression']),
    column: column && readColumns(column, text),
    missing: choice('--missing', options.missing, ['error', 'drop', 'mean']),
    header: options.header,
    delimiter: delimiter === '\\t' || delimiter === 'tab' ? '\t' : delimiter,
    stream: options.stream,
    size: options.size === undefined ? undefined : readSize(options.size, text),
    channels:
      channels === undefined
        ? undefined
        : (Number(readChoice(text, '--channels', channels, ['1', '3', '4'])) as 1 | 3 | 4),
    augment: options.augment,
  };
  const clouds = read.centers ?? 2;
  if (read.clusterStd && read.clusterStd.length !== 1 && read.clusterStd.length !== clouds) {
    throw new UsageError(text('error.clusterStds', { centers: clouds, count: read.clusterStd.length }));
  }
  return read;
}

/** `zip=category`: the kind of a column, which may itself have `=` in its name. */
function readColumns(given: readonly string[], text: Translate): Record<string, ColumnKind> {
  return Object.fromEntries(
    given.map((value) => {
      const at = value.lastIndexOf('=');
      if (at < 1) throw new UsageError(text('error.column', { value }));
      const kinds = ['number', 'category', 'label', 'ignored'] as const;
      return [value.slice(0, at), readChoice(text, '--column', value.slice(at + 1), kinds)];
    }),
  );
}

/** `28`, or height by width, `28x32`. */
function readSize(size: string, text: Translate): readonly [number, number] {
  const parts = size.split('x');
  const range = { whole: true, least: 1, most: LARGEST_PICTURE };
  const [height = 1, width = height] = parts.map((part) => readNumber(text, '--size', part, range));
  if (parts.length > 2) throw new UsageError(text('error.size', { value: size }));
  return [height, width];
}

/** An option of other data would be ignored silently; say so instead. */
function checkThatTheyApply(source: Source, options: TrainOptions, text: Translate): void {
  for (const [name, option] of Object.entries(OPTION_OF) as [DataOption, string][]) {
    const value = options[name];
    const isGiven = name === 'header' ? value === false : value !== undefined;
    if (!isGiven || source.options.includes(name)) continue;
    const takers = everySource().filter((other) => other.options.includes(name));
    const datasets = takers.map((taker) => taker.name).join(', ');
    throw new UsageError(text('error.notForDataset', { option, dataset: source.name, datasets }));
  }
}

const OPTION_OF: Readonly<Record<DataOption, string>> = {
  samples: '--samples',
  noise: '--noise',
  clusterStd: '--cluster-std',
  centers: '--centers',
  factor: '--factor',
  target: '--target',
  task: '--task',
  column: '--column',
  missing: '--missing',
  header: '--no-header',
  delimiter: '--delimiter',
  stream: '--stream',
  size: '--size',
  channels: '--channels',
  augment: '--augment',
};

/** A share, 0 for none, or another file; undefined where the option was not given. */
export function readPart(
  option: string,
  value: string | undefined,
  source: Source,
  text: Translate,
): Part | null | undefined {
  if (value === undefined) return undefined;
  if (/^[-+.\d]/.test(value) && !Number.isNaN(Number(value))) {
    return shareOf(readNumber(text, option, value, { least: 0, most: 1, below: true }));
  }
  if (source.takesFiles) return { file: value };
  const expected = text('error.below', { kind: text('error.number'), least: 0, most: 1 });
  throw new UsageError(text('error.option', { option, expected, value: value === '' ? '""' : value }));
}

/** A share as a part; none for 0. */
export function shareOf(fraction: number): Part | null {
  return fraction === 0 ? null : { fraction };
}
