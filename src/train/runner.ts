// Running batches: compiled and in one go where that can be, else one by one, with the same numbers.

import { compile, optionsOf, type CompileOptions } from '../engines/wasm/compile.js';
import { Machine, type Keeper } from '../engines/wasm/machine.js';
import { TraceError } from '../errors.js';
import type { Loss, Module } from '../nn/index.js';
import type { Optimizer } from '../optim/index.js';
import { takeRows, Tensor, tensor, tracedAssignments } from '../tensor/index.js';
import type { Metric } from './metrics.js';

/** What is trained and how. */
export interface Task {
  readonly model: Module;
  readonly loss: Loss;
  readonly optimizer: Optimizer;
  readonly metrics: readonly Metric[];
  readonly batchSize: number;
  readonly compiled: boolean;
  readonly precision: 'float64' | 'float32';
  readonly deterministic: boolean;
  readonly threads: number | undefined;
}

/** Samples and targets, in memory. */
export interface Samples {
  readonly samples: Tensor;
  readonly targets: Tensor;
}

/** Code on a batch that gives the loss and the metrics. */
export type BatchStep = (X: Tensor, y: Tensor) => readonly Tensor[];

/** The loss, and then each metric: its values, batch by batch. */
export type Measured = readonly ArrayLike<number>[];

/** Runs the batches of an epoch, of which all but the last have the same size. */
export interface Runner {
  /** Begins an epoch in which the samples come in this order. */
  begin(order: Int32Array): void;
  /** Runs batches `first` and following; gives the loss and the metrics: for each its values, batch by batch. */
  run(first: number, count: number): Measured;
  /** What keeps the values that batches move. Without one they are in the tensors themselves. */
  readonly keeper?: Keeper;
  /** Lets go of what runs were made with. */
  close(): void;
}

/** The runner for a task whose batches have at most as many samples as there are. Code that cannot be compiled is interpreted. */
export function runnerOf(task: Task & Samples): Runner {
  if (!task.compiled) return oneByOne(task, stepOf(task));
  try {
    return inOneGo(task);
  } catch (error) {
    if (error instanceof TraceError) return oneByOne(task, stepOf(task));
    throw error;
  }
}

/** One step on a batch: forward, backward, update. Gives the loss and the metrics. */
export function stepOf(task: Task): BatchStep {
  const { model, optimizer } = task;
  const parameters = model.parameters();
  return (X, y) =>
    measureOf(task, (loss) => {
      optimizer.zeroGrad(parameters);
      loss.backward();
      optimizer.step(parameters);
    })(X, y);
}

/** The loss and the metrics of a batch; `learn` has its turn between the two. */
export function measureOf(
  { model, loss, metrics }: Task,
  learn: (loss: Tensor) => void = () => {},
): BatchStep {
  return (X, y) => {
    const prediction = model.forward(X);
    const target = asColumn(y, prediction);
    const value = loss.forward(prediction, target);
    learn(value);
    return [value, ...metrics.map((metric) => asTensor(metric(prediction, target)))];
  };
}

/** A step, compiled for each shape that comes if the task wants it and the code allows it. */
export function compiledOr(task: Task, step: BatchStep): BatchStep & { dispose(): void } {
  const compiled = compile(step, compileOptions(task));
  let runs: BatchStep = task.compiled ? compiled : step;
  const run: BatchStep = (X, y) => {
    try {
      return runs(X, y);
    } catch (error) {
      if (!(error instanceof TraceError)) throw error;
      runs = step; // nothing has been run yet: tracing comes first
      return step(X, y);
    }
  };
  return Object.assign(run, { dispose: () => compiled.dispose() });
}

function compileOptions({ precision, deterministic, threads }: Task): CompileOptions {
  return { precision, deterministic, ...(threads === undefined ? {} : { threads }) };
}

function oneByOne({ samples, targets, batchSize }: Task & Samples, step: BatchStep): Runner {
  let rows: Int32Array = new Int32Array(0);
  return {
    begin(order) {
      rows = order;
    },
    run(first, count) {
      const measured = Array.from({ length: count }, (_, i) => {
        const batch = rows.subarray((first + i) * batchSize, (first + i + 1) * batchSize);
        return step(takeRows(samples, batch), takeRows(targets, batch)).map((value) => value.item());
      });
      return (measured[0] ?? []).map((_, k) => measured.map((values) => values[k]!));
    },
    close() {},
  };
}

/** Whole batches by a machine that holds the data set; a smaller last one by itself. */
function inOneGo(task: Task & Samples): Runner {
  const { samples, targets, batchSize } = task;
  const count = samples.shape[0]!;
  const steps = Math.floor(count / batchSize);
  const step = stepOf(task);
  const machineOptions = optionsOf('fit', compileOptions(task));
  const small = compile(step, compileOptions(task));
  const rest = oneByOne(task, small);
  const firstBatch = Int32Array.from({ length: batchSize }, (_, i) => i);
  const examples = [takeRows(samples, firstBatch), takeRows(targets, firstBatch)];
  const machine = new Machine(step as (...inputs: Tensor[]) => readonly Tensor[], examples, machineOptions, {
    ...{ inputs: [samples, targets], batchSize, steps },
  });
  return {
    begin(order) {
      machine.setOrder(order.subarray(0, steps * batchSize));
      rest.begin(order);
    },
    run(first, many) {
      const inside = Math.max(0, Math.min(many, steps - first));
      const whole = inside > 0 ? machine.run(first, inside) : [];
      if (inside === many) return whole;
      const last = rest.run(first + inside, many - inside);
      return last.map((values, k) => [...(whole[k] ?? []), ...Array.from(values)]);
    },
    keeper: machine,
    close() {
      machine.dispose();
      small.dispose();
    },
  };
}

/** Targets `[n]` as `[n, 1]` where the predictions are: the one reshaping that is never a mistake. */
function asColumn(y: Tensor, prediction: Tensor): Tensor {
  const isColumn = prediction.ndim === y.ndim + 1 && prediction.shape.at(-1) === 1;
  return isColumn ? y.reshape([...y.shape, 1]) : y;
}

/** A metric that is a plain number was read off values: compiled, it would stay what it was. */
function asTensor(value: Tensor | number): Tensor {
  if (value instanceof Tensor) return value;
  if (tracedAssignments()) throw new TraceError('fit: a metric gives a plain number');
  return tensor(value);
}
