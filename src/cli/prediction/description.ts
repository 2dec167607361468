// What a model file says about its use, beside the weights, the architecture and the columns: the inputs, what the outputs mean, and
// the classes' names. It is written by `train`, under `usage` in the file's metadata, and read by `predict` and `serve`.

import { classNames, type LoadedModel } from '../../files/index.js';
import { nn } from '../../index.js';
import type { PictureShape, TaskName } from '../training/sources/source.js';

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
}

/** The name of the metadata. */
const KEY = 'usage';

/** The metadata for `saveModel`. */
export function usageMetadata(usage: Usage): Record<string, string> {
  return { [KEY]: JSON.stringify({ version: 1, ...usage }) };
}

/** What a file says; of one that `train` did not write, what its columns and last layer tell. Null for a damaged description. */
export function usageOf({ model, columns, metadata }: LoadedModel): Usage | null {
  const written = metadata.get(KEY);
  if (written !== undefined) return checked(written);
  const classes = (columns && classNames(columns)) ?? [];
  return {
    data: null,
    task:
      classes.length > 0 ? 'classification' : (columns?.target ?? null) !== null ? 'regression' : 'values',
    ...{ inputShape: null, pictures: null, classes },
    outputs: /(Softmax|Sigmoid)[^,]*$/.test(String(lastLayer(model))) ? 'probabilities' : 'scores',
  };
}

/** The layer that gives a network's outputs. */
export function lastLayer(model: nn.Module): nn.Module {
  return model instanceof nn.Sequential ? lastLayer(model.layers.at(-1)!) : model;
}

function checked(text: string): Usage | null {
  const value = parsed(text);
  if (!isRecord(value) || value['version'] !== 1) return null;
  const { data, task, inputShape, pictures, classes, outputs } = value;
  const fits =
    (data === null || typeof data === 'string') &&
    ['classification', 'regression', 'values'].includes(task as string) &&
    ['scores', 'probabilities', 'values'].includes(outputs as string) &&
    (inputShape === null || (Array.isArray(inputShape) && inputShape.every(isLength))) &&
    (pictures === null || isPictureShape(pictures)) &&
    Array.isArray(classes) &&
    classes.every((name) => typeof name === 'string') &&
    (task === 'classification') === classes.length >= 2;
  return fits ? (value as unknown as Usage) : null;
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

function isLength(value: unknown): boolean {
  return Number.isInteger(value) && (value as number) >= 1 && (value as number) <= 2 ** 24;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
