// What a model file says about its use, beside the weights, the architecture and the columns: the inputs, what the outputs mean, and
// the classes' names. It is written by `train`, under `usage` in the file's metadata, and read by `predict` and `serve`.

import { classNames, type LoadedModel } from '../../files/index.js';
import { nn } from '../../index.js';
import type { PictureShape, TaskName, Units } from '../training/sources/source.js';

/** How a model is used. */
export interface Usage {
  /** What it was trained on, as it was named; null where the file does not say. */
  readonly data: string | null;
  /** `values`: outputs that mean just what they are. */
  readonly task: TaskName | 'values';
  /** Of one sample; null where the file does not say. */
  readonly inputShape: readonly number[] | null;
  /** Null for anything but pictures. */
  readonly pictures: PictureShape | null;
  /** The classes' names in order; none unless the task is classification. */
  readonly classes: readonly string[];
  /** Of a classifier: whether its outputs are probabilities already, or scores. */
  readonly outputs: nn.Loss['predictions'];
  /** Where a network comes from that the file does not describe; null for one that it does. */
  readonly network: OwnNetwork | null;
}

/** A network of the user's own, of a class that no file can describe. */
export interface OwnNetwork {
  /** The file that exports it, as it was named in training. */
  readonly file: string;
  /** What its outputs count in; null for classes. */
  readonly units: Units | null;
}

/** The name of the metadata. */
const KEY = 'usage';

/** The metadata for `saveModel`. */
export function usageMetadata(usage: Usage): Record<string, string> {
  return { [KEY]: JSON.stringify({ version: 1, ...usage }) };
}

/** What `train` wrote into a file's metadata; undefined for a file that it did not write, null for a damaged description. */
export function writtenUsage(metadata: ReadonlyMap<string, string>): Usage | null | undefined {
  const written = metadata.get(KEY);
  return written === undefined ? undefined : checked(written);
}

/** What the columns and the last layer of a file tell that `train` did not write. */
export function guessedUsage({ model, columns }: LoadedModel): Usage {
  const classes = (columns && classNames(columns)) ?? [];
  return {
    data: null,
    task:
      classes.length > 0 ? 'classification' : (columns?.target ?? null) !== null ? 'regression' : 'values',
    ...{ inputShape: null, pictures: null, classes },
    outputs: /(Softmax|Sigmoid)[^,]*$/.test(String(lastLayer(model))) ? 'probabilities' : 'scores',
    network: null,
  };
}

/** The layer that gives a network's outputs. */
export function lastLayer(model: nn.Module): nn.Module {
  return model instanceof nn.Sequential ? lastLayer(model.layers.at(-1)!) : model;
}

function checked(text: string): Usage | null {
  const value = parsed(text);
  if (!isRecord(value) || value['version'] !== 1) return null;
  const { data, task, inputShape, pictures, classes, outputs, network = null } = value;
  const fits =
    (data === null || typeof data === 'string') &&
    ['classification', 'regression', 'values'].includes(task as string) &&
    ['scores', 'probabilities', 'values'].includes(outputs as string) &&
    (inputShape === null || (Array.isArray(inputShape) && inputShape.every(isLength))) &&
    (pictures === null || isPictureShape(pictures)) &&
    Array.isArray(classes) &&
    classes.every((name) => typeof name === 'string') &&
    (task === 'classification') === classes.length >= 2 &&
    (network === null || (inputShape !== null && isOwnNetwork(network)));
  return fits ? ({ ...value, network } as unknown as Usage) : null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isPictureShape(value: unknown): boolean {
  return (
    isRecord(value) &&
    [value['height'], value['width']].every(isLength) &&
    [1, 3, 4].includes(value['channels'] as number)
  );
}

function isOwnNetwork(value: unknown): boolean {
  if (!isRecord(value) || typeof value['file'] !== 'string') return false;
  const { units } = value;
  return units === null || (isRecord(units) && [units['mean'], units['std']].every(Number.isFinite));
}

function isLength(value: unknown): boolean {
  return Number.isInteger(value) && (value as number) >= 1 && (value as number) <= 2 ** 24;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
