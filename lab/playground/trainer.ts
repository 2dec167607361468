// The training itself: steps on batches, in the order in which `fit` takes them, compiled; and what can be saved of it.

import {
  compile,
  detectAnomaly,
  RandomState,
  tensor,
  type CompiledStep,
  type optim,
  type Tensor,
} from '../../src/index.js';
import { pointsOf, type Points } from './datasets.js';
import { buildNetwork, type Network } from './network.js';
import { lossOf, optimizerOf, penaltyOf, samplesTensor, targetsTensor } from './objective.js';
import type { Settings, TrainingSettings } from './settings.js';

/** Where a training stands: with the same settings, what follows is the same. */
export interface Saved {
  readonly steps: number;
  readonly epoch: number;
  /** Batches done in this epoch. */
  readonly batch: number;
  readonly weights: readonly number[];
  /** What the optimizer remembers, by name. */
  readonly optimizer: Readonly<Record<string, readonly number[]>>;
}

/** Why a training cannot go on. */
export interface Breakdown {
  /** The loss that it came to. */
  readonly loss: number;
  /** Where the first number that is none was made, as the library says it; null where it could not be found. */
  readonly cause: string | null;
}

/** A training under way. */
export interface Trainer {
  readonly settings: Settings;
  readonly points: Points;
  readonly network: Network;
  readonly steps: number;
  readonly epoch: number;
  /** Batches done in this epoch, and in an epoch. */
  readonly batch: number;
  readonly batches: number;
  /** Set when the loss is no longer a number. */
  readonly breakdown: Breakdown | null;
  /** Takes so many steps, for at most about so many milliseconds; gives how many there were. */
  advance(steps: number, milliseconds?: number): number;
  /** One step on one sample alone. It belongs to no epoch. */
  learn(sample: number): void;
  /** Goes on with another way of learning from the same weights; the optimizer begins anew unless only its rate is another. */
  retrain(training: TrainingSettings): void;
  save(): Saved;
  /** Lets go of the compiled code. */
  dispose(): void;
}

/** Orders of so many epochs are drawn again for a saved training; beyond, the order begins anew. */
const REPLAYED = 20_000;
/** Steps between two looks at the clock. */
const STRETCH = 8;

/**
 * Begins a training, or goes on with a saved one; weights that do not fit the settings are left aside. Throws what `pointsOf` throws.
 */
export function trainerOf(given: Settings, saved: Saved | null = null): Trainer {
  let settings = given;
  const points = pointsOf(settings.data);
  const network = buildNetwork(settings.network, settings.training.loss);
  let optimizer = optimizerOf(settings.training.optimizer, settings.training.learningRate);
  let compiled = compileStep();
  const random = new RandomState(settings.data.seed);
  let order: Float64Array | null = null;
  let [steps, epoch, batch] = [0, 0, 0];
  let breakdown: Breakdown | null = null;
  if (saved) restore(saved);

  function batchesOf(): number {
    return Math.ceil(points.training / settings.training.batchSize);
  }

  /** Forward, backward, update. */
  function step(X: Tensor, y: Tensor): Tensor {
    const { model, parameters } = network;
    const data = lossOf(settings.training.loss).forward(model.forward(X), y);
    const penalty = penaltyOf(network, settings.training);
    optimizer.zeroGrad(parameters);
    (penalty ? data.add(penalty) : data).backward();
    optimizer.step(parameters);
    return data;
  }
  function compileStep(): CompiledStep<typeof step> {
    // A page's second thread costs more than such small networks gain.
    return compile(step, { precision: 'float64', threads: 1 });
  }

  function rows(from: number, to: number): readonly [Tensor, Tensor] {
    order ??= random.permutation(points.training).data;
    const picked = Array.from(order.subarray(from, to));
    const X = Float64Array.from(picked.flatMap((row) => [points.X[2 * row]!, points.X[2 * row + 1]!]));
    const y = Float64Array.from(picked, (row) => points.y[row]!);
    return [samplesTensor(X, 0, picked.length), targetsTensor(y, settings.training.loss, 0, picked.length)];
  }

  function run(X: Tensor, y: Tensor): void {
    const before = network.values();
    const loss = compiled(X, y).item();
    if (Number.isFinite(loss) && network.values().every(Number.isFinite)) {
      steps++;
      return;
    }
    network.assign(before);
    breakdown = { loss, cause: causeOf(() => void step(X, y)) };
    network.assign(before);
  }

  function restore({ weights, optimizer: memory, ...at }: Saved): void {
    if (weights.length !== network.size || !weights.every(Number.isFinite)) return;
    network.assign(weights);
    [steps, epoch, batch] = [at.steps, at.epoch, Math.min(at.batch, batchesOf() - 1)];
    loadMemory(network, optimizer, memory);
    if (epoch > REPLAYED) return;
    for (let i = 0; i < epoch; i++) random.permutation(points.training);
  }

  return {
    get settings() {
      return settings;
    },
    ...{ points, network },
    get steps() {
      return steps;
    },
    get epoch() {
      return epoch;
    },
    get batch() {
      return batch;
    },
    get batches() {
      return batchesOf();
    },
    get breakdown() {
      return breakdown;
    },
    advance(most, milliseconds = Infinity) {
      const [begun, end] = [steps, performance.now() + milliseconds];
      const { batchSize } = settings.training;
      while (steps - begun < most && !breakdown && points.training > 0) {
        if ((steps - begun) % STRETCH === 0 && performance.now() > end) break;
        run(...rows(batch * batchSize, Math.min((batch + 1) * batchSize, points.training)));
        if (breakdown) break;
        if (++batch >= batchesOf()) {
          [batch, order] = [0, null];
          epoch++;
        }
      }
      return steps - begun;
    },
    learn(sample) {
      if (breakdown || !(sample >= 0 && sample < points.count)) return;
      const { loss } = settings.training;
      run(samplesTensor(points.X, sample, sample + 1), targetsTensor(points.y, loss, sample, sample + 1));
    },
    retrain(training) {
      const old = settings.training;
      settings = { ...settings, training };
      if (JSON.stringify({ ...training, learningRate: 0 }) === JSON.stringify({ ...old, learningRate: 0 })) {
        optimizer.learningRate = training.learningRate;
      } else {
        optimizer = optimizerOf(training.optimizer, training.learningRate);
        compiled.dispose();
        compiled = compileStep();
      }
      if (training.batchSize !== old.batchSize) batch = Math.min(batch, batchesOf() - 1);
      breakdown = null;
    },
    save() {
      const memory = optimizer.state(network.model.namedParameters());
      return {
        ...{ steps, epoch, batch, weights: [...network.values()] },
        optimizer: Object.fromEntries(Object.entries(memory).map(([name, { data }]) => [name, [...data]])),
      };
    },
    dispose() {
      compiled.dispose();
    },
  };
}

/** Puts back what an optimizer remembered; where that is not what this one remembers, it begins anew. */
function loadMemory(network: Network, optimizer: optim.Optimizer, memory: Saved['optimizer']): void {
  const names = network.model.namedParameters();
  const known = optimizer.state(names);
  const fits = Object.entries(known).every(
    ([name, { size }]) => Object.hasOwn(memory, name) && memory[name]!.length === size,
  );
  if (!fits) return;
  const state = Object.entries(known).map(([name, { shape }]) => [
    name,
    tensor([...memory[name]!], { shape }),
  ]);
  const { learningRate } = optimizer;
  optimizer.loadState(names, Object.fromEntries(state));
  optimizer.learningRate = learningRate;
}

/** Makes the step again in the interpreter, which looks at every number; gives what it says of the first bad one. */
function causeOf(step: () => void): string | null {
  try {
    detectAnomaly(step);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
