// Where a run stands: what callbacks see of it, and what a checkpoint holds.

import { ValueError } from '../errors.js';
import type { Module } from '../nn/index.js';
import type { Optimizer } from '../optim/index.js';
import type { RandomState } from '../random/index.js';
import { Tensor } from '../tensor/index.js';
import type { Callback, CallbackState, Run, RunState } from './callback.js';
import { loadModelState, modelState } from './capture.js';
import type { Feed } from './feed.js';
import type { History } from './history.js';

/** The parts of a run that stay the same. */
interface Parts {
  readonly model: Module;
  readonly optimizer: Optimizer;
  readonly feed: Feed;
  readonly epochs: number;
  readonly callbacks: readonly Callback[];
  readonly random: RandomState | null;
  readonly history: History;
  /** Entries of the history that are summed over the batches, the loss first. */
  readonly summed: number;
}

/** A run, with what moves as it goes. */
export interface Progress extends Run {
  step: number;
  epoch: number;
  batch: number;
  loss: number;
  isEnding: boolean;
  isStopped: boolean;
  seen: number;
  firstLoss: number | null;
  order: Int32Array | null;
  totals: number[];
  /** Goes on from the state that a callback has asked for, if one has. */
  resume(): void;
  nextEpoch(): void;
}

/** A run before its first step. */
export function progressOf(parts: Parts): Progress {
  const { model, optimizer, feed, epochs, callbacks, random, history, summed } = parts;
  const remembering = callbacks.filter(({ state }) => state);
  let wanted: RunState | null = null;
  const progress: Progress = {
    ...{ model, optimizer, epochs, history },
    ...{ step: 0, epoch: 1, batch: 0, loss: NaN, isEnding: false, isStopped: false },
    ...{ seen: 0, firstLoss: null, order: null, totals: Array.from({ length: summed }, () => 0) },
    get batches() {
      return feed.batches;
    },
    get meanLoss() {
      return progress.totals[0]! / progress.seen;
    },
    stop() {
      progress.isStopped = true;
    },
    resumeFrom(state) {
      wanted = state;
    },
    snapshot: () => ({
      ...{ step: progress.step, epoch: progress.epoch, batch: progress.batch, isStopped: progress.isStopped },
      optimizerName: optimizer.name,
      ...{ samples: feed.samples, batchSize: feed.batchSize, batches: feed.batches },
      ...{ seen: progress.seen, firstLoss: progress.firstLoss },
      random: random?.getState() ?? null,
      order:
        progress.order &&
        new Tensor(Float64Array.from(progress.order), [progress.order.length], { dtype: 'int64' }),
      totals: vector(progress.totals),
      history: Object.fromEntries(
        Object.entries(history).map(([name, values]) => [name, vector(values ?? [])]),
      ),
      model: modelState(model),
      optimizer: optimizer.state(model.namedParameters()),
      callbacks: remembering.map((callback) => callback.state!() as CallbackState),
    }),
    nextEpoch() {
      progress.epoch++;
      [progress.batch, progress.seen, progress.order] = [0, 0, null];
      progress.totals.fill(0);
    },
    resume() {
      if (!wanted) return;
      check(wanted);
      const { step, epoch, batch, isStopped, seen, firstLoss, order, totals, callbacks: states } = wanted;
      optimizer.loadState(model.namedParameters(), wanted.optimizer);
      loadModelState('fit', model, wanted.model);
      if (wanted.random) random?.setState(wanted.random);
      Object.assign(progress, { step, epoch, batch, isStopped, seen, firstLoss });
      Object.assign(progress, { order: order && Int32Array.from(order.data), totals: [...totals.data] });
      feed.batches = wanted.batches;
      for (const [name, values] of Object.entries(wanted.history)) {
        history[name]!.splice(0, Infinity, ...values.data);
      }
      remembering.forEach((callback, i) => callback.loadState?.(states[i] as never));
    },
  };

  /** What a state must have in common with the run that goes on from it. */
  function check(state: RunState): void {
    const traits: [what: string, theirs: unknown, ours: unknown][] = [
      ['the optimizer', state.optimizerName, optimizer.name],
      ['samples', state.samples, feed.samples],
      ['samples a batch', state.batchSize, feed.batchSize],
      ['shuffling', state.random !== null, random !== null],
      ['what is watched', Object.keys(state.history).join(', '), Object.keys(history).join(', ')],
      ['callbacks with a state', state.callbacks.length, remembering.length],
    ];
    for (const [what, theirs, ours] of traits) {
      if (theirs === ours) continue;
      throw new ValueError(
        `fit: the saved run is another one (${what}: ${String(theirs)}, now ${String(ours)}); go on with the same data ` +
          'and options, or begin anew in another folder',
      );
    }
  }
  return progress;
}

function vector(values: readonly number[]): Tensor {
  return new Tensor(Float64Array.from(values), [values.length]);
}
