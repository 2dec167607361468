// Which source a name on the command line stands for.

import { statSync } from 'node:fs';
import { UsageError } from '../../errors.js';
import { lookAt } from '../../look-at.js';
import type { Translate } from '../../texts/index.js';
import { DATASETS, type DatasetName } from '../datasets.js';
import { generatedSource } from './generated.js';
import type { Source, TrainingDefaults } from './source.js';

const TABLE: TrainingDefaults = {
  ...{ layers: [16], activation: 'relu', optimizer: 'adam', learningRate: 0.1, adaptiveRate: 0.01 },
  ...{ epochs: 100, batchSize: 16, test: 0.2, precision: 'float64' },
};
const STREAM: TrainingDefaults = { ...TABLE, epochs: 5, batchSize: 64 };
const PICTURES: TrainingDefaults = {
  ...{ layers: [128], activation: 'relu', optimizer: 'adam', learningRate: 0.1, adaptiveRate: 0.001 },
  ...{ epochs: 10, batchSize: 32, test: 0.2, precision: 'float32' },
};

/** The sources that have a name of their own. */
export const NAMED: readonly string[] = [...Object.keys(DATASETS), 'iris', 'mnist'];

/** A file of more bytes is read row by row, unless it is said otherwise. */
export const STREAMED = 100_000_000;

/**
 * The source of a name; else of a file, a table, or of a folder, pictures. `stream` says whether a table is read row by row. Throws a
 * `UsageError` where there is none.
 */
export function sourceOf(name: string, stream: boolean | undefined, text: Translate): Source {
  if (Object.hasOwn(DATASETS, name)) return generatedSource(name as DatasetName);
  if (name === 'iris') return irisSource();
  if (name === 'mnist') return mnistSource();
  const found = lookAt(name);
  if (found === 'folder') return pictureSource(name);
  if (found) return (stream ?? statSync(name).size > STREAMED) ? streamSource(name) : tableSource(name);
  const isPath = /[/\\.]/.test(name);
  throw new UsageError(
    isPath
      ? text('error.noData', { path: name })
      : text('error.unknownDataset', { name, names: NAMED.join(', ') }),
  );
}

/** Every source there can be, for help and for messages. */
export function everySource(): readonly Source[] {
  const generated = (Object.keys(DATASETS) as DatasetName[]).map(generatedSource);
  return [
    ...[...generated, irisSource(), mnistSource(), tableSource('data.csv'), streamSource('large.csv')],
    pictureSource('pictures/'),
  ];
}

// What reads files is loaded when there is a file to read: help and other commands do without.

const TABLE_OPTIONS = ['target', 'task', 'column', 'missing', 'header', 'delimiter', 'stream'] as const;

function tableSource(path: string): Source {
  return {
    ...{ name: path, kind: 'table', takesFiles: true, defaults: TABLE },
    options: TABLE_OPTIONS,
    load: async (request, { text }) => (await import('./table.js')).loadTable(path, request, text),
  };
}

function streamSource(path: string): Source {
  return {
    ...{ name: path, kind: 'table', takesFiles: true, defaults: STREAM, options: TABLE_OPTIONS },
    load: async (request, context) => (await import('./stream.js')).loadStream(path, request, context),
  };
}

function irisSource(): Source {
  return {
    ...{ name: 'iris', kind: 'iris', options: [], takesFiles: false, defaults: TABLE },
    load: async (request, { text }) => (await import('./table.js')).loadIris(request, text),
  };
}

function pictureSource(path: string): Source {
  return {
    ...{
      name: path,
      kind: 'pictures',
      options: ['size', 'channels', 'augment'],
      takesFiles: true,
      defaults: PICTURES,
    },
    load: async (request, { text }) => (await import('./pictures.js')).loadFolder(path, request, text),
  };
}

function mnistSource(): Source {
  return {
    ...{
      name: 'mnist',
      kind: 'mnist',
      options: ['samples', 'augment'],
      takesFiles: false,
      defaults: PICTURES,
    },
    load: async (request, { text }) => (await import('./pictures.js')).loadDigits(request, text),
  };
}
