// Where batches come from: a data set in memory, or a stream that is walked once an epoch.

import type { Keeper } from '../engines/wasm/machine.js';
import { ValueError } from '../errors.js';
import { takeRows, toTensor, type Tensor, type TensorLike } from '../tensor/index.js';
import { compiledOr, runnerOf, stepOf, type Measured, type Samples, type Task } from './runner.js';
import { checkSamples } from './samples.js';

/** A batch of a stream, as `csvBatches` gives them. */
export interface Batch {
  /** `[samples, …]` */
  readonly X: TensorLike;
  /** `[samples, …]`; null, as for a CSV file without a target, is refused. */
  readonly y: TensorLike | null;
}

/**
 * Batches, walked once an epoch; a generator, which can be walked only once, needs a function that begins it anew. The function
 * hears the epoch's number, from 1.
 */
export type Batches = Walkable | ((epoch: number) => Walkable);
type Walkable = AsyncIterable<Batch> | Iterable<Batch>;

/** Steps that have been run. */
export interface Stretch {
  readonly count: number;
  readonly measured: Measured;
  /** Samples in each batch but the last, and in all together. */
  readonly batchSize: number;
  readonly samples: number;
  /** A batch again: inputs and targets. */
  batch(batch: number): readonly [Tensor, Tensor];
}

/** Runs steps on the batches of one epoch after the other. */
export interface Feed {
  /** Null for a stream. */
  readonly samples: number | null;
  readonly batchSize: number | null;
  /** Batches in an epoch; 0 while that is not known. */
  batches: number;
  /** Begins an epoch at one of its batches, with the samples in this order. */
  begin(order: Int32Array | null, batch: number, epoch: number): void | Promise<void>;
  /** Whether the epoch is known to have no more steps. */
  readonly isOver: boolean;
  /** Runs at most so many steps; null when it turns out that the epoch has no more. */
  run(most: number): Stretch | null | Promise<Stretch | null>;
  /** What keeps the values that steps move, where the tensors themselves do not. */
  readonly keeper?: Keeper | undefined;
  /** Lets go of a stream that has not come to its end, and of what steps were made with. */
  close(): void | Promise<void>;
}

/** Batches of a data set in memory. */
export function fromMemory(task: Task & Samples): Feed {
  const { samples, targets, batchSize } = task;
  const count = samples.shape[0]!;
  const batches = Math.ceil(count / batchSize);
  const runner = runnerOf(task);
  const inOrder = Int32Array.from({ length: count }, (_, i) => i);
  let rows: Int32Array = inOrder;
  let at = 0;
  return {
    ...{ samples: count, batchSize, batches },
    get isOver() {
      return at >= batches;
    },
    begin(order, batch) {
      [rows, at] = [order ?? inOrder, batch];
      runner.begin(rows);
    },
    run(most) {
      const [first, order, many] = [at, rows, Math.min(most, batches - at)];
      const measured = runner.run(first, many);
      at += many;
      const rowsOf = (i: number): Int32Array =>
        order.subarray((first + i) * batchSize, (first + i + 1) * batchSize);
      return {
        count: many,
        measured,
        batchSize,
        samples: Math.min(many * batchSize, count - first * batchSize),
        batch: (i) => [takeRows(samples, rowsOf(i)), takeRows(targets, rowsOf(i))],
      };
    },
    keeper: runner.keeper,
    close: () => runner.close(),
  };
}

/** Batches as they come; each shape is compiled once. */
export function fromStream(task: Task, source: Batches): Feed {
  const step = compiledOr(task, stepOf(task));
  let walk: AsyncIterator<Batch> | Iterator<Batch> | null = null;
  let at = 0;
  const feed: Feed = {
    ...{ samples: null, batchSize: null, batches: 0, isOver: false },
    async begin(_, batch, epoch) {
      const walkable = typeof source === 'function' ? source(epoch) : source;
      walk =
        Symbol.asyncIterator in walkable ? walkable[Symbol.asyncIterator]() : walkable[Symbol.iterator]();
      for (at = 0; at < batch; at++) {
        if ((await walk.next()).done) break;
      }
    },
    async run() {
      const next = await walk!.next();
      if (next.done) {
        if (at === 0) {
          throw new ValueError(
            'fit: the stream has no batches; a generator can be walked only once: pass a function that begins it anew',
          );
        }
        [walk, feed.batches] = [null, at];
        return null;
      }
      const batch = pairOf(next.value, ++at);
      const measured = step(...batch).map((value) => [value.item()]);
      const size = batch[0].shape[0]!;
      return { count: 1, measured, batchSize: size, samples: size, batch: () => batch };
    },
    async close() {
      step.dispose();
      await walk?.return?.();
    },
  };
  return feed;
}

function pairOf({ X, y }: Batch, number: number): readonly [Tensor, Tensor] {
  if (y === null) {
    throw new ValueError(`fit: batch ${number} of the stream has no targets; name the target of the columns`);
  }
  const pair = [toTensor(X), toTensor(y)] as const;
  checkSamples(pair[0], pair[1], `fit: batch ${number} of the stream`);
  return pair;
}
