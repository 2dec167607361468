// Callbacks: what `fit` calls as it goes, and the run that they can look at, stop and save.

import type { Module } from '../nn/index.js';
import type { Optimizer } from '../optim/index.js';
import type { RandomStateSnapshot } from '../random/index.js';
import type { Tensor } from '../tensor/index.js';
import type { History } from './history.js';

/** What a callback hears after an epoch. */
export interface EpochReport {
  /** Counted from 1. */
  readonly epoch: number;
  readonly epochs: number;
  /** The loss and each metric of this epoch; those of the validation data begin with `val_`. */
  readonly logs: Readonly<Record<string, number>>;
}

/** What a callback hears after a batch. */
export interface BatchReport {
  /** Counted from 1. */
  readonly epoch: number;
  /** Counted from 1 within the epoch. */
  readonly batch: number;
  /** Batches in an epoch; 0 in the first epoch of a stream, whose length is not known yet. */
  readonly batches: number;
  readonly loss: number;
}

/** What a callback remembers from epoch to epoch, by name: tensors, and what JSON can hold. */
export type CallbackState = Readonly<Record<string, unknown>>;

/** Code that `fit` calls as it goes; it waits for what returns a promise. */
export interface Callback {
  /** Before the first step, with the run, which stays up to date. */
  onBegin?(run: Run): void | Promise<void>;
  /** After every batch. That batches then run one at a time costs speed; `onPause` does not. */
  onBatchEnd?(report: BatchReport): void | Promise<void>;
  onEpochEnd?(report: EpochReport): void | Promise<void>;
  /**
   * Between two stretches of steps (of about 20 ms, if a step is shorter), after each epoch when all callbacks have heard of
   * it, and when a signal has ended the run. Here `run.snapshot()` gives all that the rest of the run depends on.
   */
  onPause?(run: Run): void | Promise<void>;
  /** After the last step, unless an error ended the run; callbacks that change the weights for good do it here. */
  onEnd?(run: Run): void | Promise<void>;
  /** How many steps there may be until the next `onPause`, asked before each stretch; at least 1. Default: any number. */
  stepsUntilPause?(run: Run): number;
  /** What a checkpoint must hold of this callback. */
  state?(): object;
  /** Goes on from such a state, as JSON and safetensors give it back. */
  loadState?(state: never): void;
}

/** A run of `fit`, as callbacks see it. */
export interface Run {
  readonly model: Module;
  readonly optimizer: Optimizer;
  /** Steps made so far, over all epochs. */
  readonly step: number;
  /** The epoch under way, from 1; one more than `epochs` when all are done. */
  readonly epoch: number;
  readonly epochs: number;
  /** Batches done in this epoch. */
  readonly batch: number;
  /** Batches in an epoch; 0 in the first epoch of a stream. */
  readonly batches: number;
  /** The loss of the last batch; NaN before the first. */
  readonly loss: number;
  /** Mean of the losses of this epoch so far; NaN before its first batch. */
  readonly meanLoss: number;
  readonly history: History;
  /** Whether this was the last pause: all epochs are done, or the run was ended early. */
  readonly isEnding: boolean;
  /** Ends the run after this epoch. */
  stop(): void;
  /** All that the rest of the run depends on, as it is now. */
  snapshot(): RunState;
  /** To be called in `onBegin`: the run goes on from such a state instead of from the beginning. */
  resumeFrom(state: RunState): void;
}

/** A run between two steps: with the same data and options, what follows is the same to the last bit. */
export interface RunState {
  readonly step: number;
  readonly epoch: number;
  readonly batch: number;
  /** Ended by a callback. */
  readonly isStopped: boolean;
  readonly optimizerName: string;
  /** Of the data that it runs on. */
  readonly samples: number | null;
  readonly batchSize: number | null;
  /** Batches in an epoch, 0 if not known. */
  readonly batches: number;
  /** Samples seen in this epoch. */
  readonly seen: number;
  /** The loss of the very first batch, against which an exploding loss is measured. */
  readonly firstLoss: number | null;
  /** Where the stream of random numbers stands that gives each epoch its order; null without shuffling. */
  readonly random: RandomStateSnapshot | null;
  /** The order of this epoch's samples; null between epochs and without shuffling. */
  readonly order: Tensor | null;
  /** Sums over this epoch, of the loss and each metric. */
  readonly totals: Tensor;
  readonly history: Readonly<Record<string, Tensor>>;
  /** Parameters and buffers by name. */
  readonly model: Readonly<Record<string, Tensor>>;
  readonly optimizer: Readonly<Record<string, Tensor>>;
  /** Of those callbacks that have a state, in order. */
  readonly callbacks: readonly CallbackState[];
}
