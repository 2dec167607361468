// Samples for training, for validating and for testing.

import { arange, data, RandomState, take, type Tensor } from '../../../index.js';
import { UsageError } from '../../errors.js';
import type { Translate } from '../../texts/index.js';
import type { Part, Request, Samples, TaskName } from './source.js';

/** Rows of each part; null for a part that is not taken from these samples. */
export interface Rows {
  readonly train: Tensor;
  readonly validation: Tensor | null;
  readonly test: Tensor | null;
}

/**
 * Draws the rows of each part by the seed: first those for testing, then of what is left those for validating. Classes keep their
 * shares in each part, as long as there are enough of each. Throws a `UsageError` where a share leaves a part without samples.
 */
export function divide(
  targets: Tensor,
  task: TaskName,
  { test, validation, seed }: Pick<Request, 'test' | 'validation' | 'seed'>,
  text: Translate,
): Rows {
  const all = arange(targets.size);
  const labels = task === 'classification' ? targets : null;
  const forTest = draw(all, labels, test, '--test', seed, text);
  const forValidation = draw(forTest.rest, labels, validation, '--validation', seed, text);
  return { train: forValidation.rest, validation: forValidation.drawn, test: forTest.drawn };
}

/** The samples of some rows; of all rows, the samples themselves. */
export function samplesAt({ X, y }: Samples, rows: Tensor): Samples {
  return rows.size === y.size && isInOrder(rows) ? { X, y } : { X: take(X, rows), y: take(y, rows) };
}

/** The parts of samples, by their rows. */
export function partsOf(
  samples: Samples,
  rows: Rows,
): { readonly train: Samples; readonly validation: Samples | null; readonly test: Samples | null } {
  const { train, validation, test } = rows;
  return {
    train: samplesAt(samples, train),
    validation: validation && samplesAt(samples, validation),
    test: test && samplesAt(samples, test),
  };
}

/** How many samples a part takes. Throws a `UsageError` unless some are taken and some are left. */
function countOf(
  { fraction }: { readonly fraction: number },
  samples: number,
  option: string,
  text: Translate,
): number {
  const count = Math.ceil(fraction * samples);
  if (count < 1 || count >= samples) throw new UsageError(text('error.part', { option, fraction, samples }));
  return count;
}

/** The part that a row falls into. */
export type PartName = 'train' | 'validation' | 'test';

/** How many rows there are, and how many of them are kept apart. */
export interface Counts {
  readonly rows: number;
  readonly validation: number;
  readonly test: number;
}

/**
 * How many rows of a stream each part takes, `most` at most, the rest being for training. Throws a `UsageError` as `divide` does.
 */
export function countsOf(
  rows: number,
  { test, validation }: Pick<Request, 'test' | 'validation'>,
  most: number,
  text: Translate,
): Counts {
  const take = (part: Part | null, of: number, option: string): number =>
    !part || 'file' in part ? 0 : Math.min(most, countOf(part, of, option, text));
  const forTest = take(test, rows, '--test');
  return { rows, test: forTest, validation: take(validation, rows - forTest, '--validation') };
}

/**
 * Deals the rows of a stream, one after the other, to the parts: every choice of so many rows is as likely as any other, and the same
 * seed makes the same one. Null when there should be no more.
 */
export function dealer({ rows, validation, test }: Counts, seed: number): () => PartName | null {
  const random = new RandomState(seed);
  const left = { rows, validation, test };
  return () => {
    if (left.rows === 0) return null;
    const place = random.randint(left.rows--);
    const part = place < left.test ? 'test' : place < left.test + left.validation ? 'validation' : 'train';
    if (part !== 'train') left[part]--;
    return part;
  };
}

function draw(
  rows: Tensor,
  labels: Tensor | null,
  part: Part | null,
  option: string,
  seed: number,
  text: Translate,
): { readonly rest: Tensor; readonly drawn: Tensor | null } {
  if (!part || 'file' in part) return { rest: rows, drawn: null };
  const count = countOf(part, rows.size, option, text);
  const own = labels && take(labels, rows);
  const { XTrain, XTest } = data.trainTestSplit(rows, rows, {
    testSize: count,
    randomState: seed,
    ...(own && keepsShares(own, count) && { stratify: own }),
  });
  return { rest: XTrain, drawn: XTest };
}

/** Whether each class has two samples at least, and both parts room for one of each. */
function keepsShares(labels: Tensor, count: number): boolean {
  const sizes = new Map<number, number>();
  for (const label of labels.data) sizes.set(label, (sizes.get(label) ?? 0) + 1);
  const enough = [...sizes.values()].every((size) => size >= 2);
  return enough && Math.min(count, labels.size - count) >= sizes.size;
}

function isInOrder({ data }: Tensor): boolean {
  return data.every((row, i) => row === i);
}
