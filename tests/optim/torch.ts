// The network of the PyTorch trajectories (make_torch_optim.py), and how near to them a run must come.

import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { compile, functions, tensor, type NestedArray, type optim, type Tensor } from '../../src/index.js';

/** What PyTorch said, by file. */
export function readFixture<T>(file: string): T {
  return JSON.parse(readFileSync(new URL(`../fixtures/${file}`, import.meta.url), 'utf8')) as T;
}

type Weights<T> = Readonly<Record<'W1' | 'b1' | 'W2' | 'b2', T>>;

/** Where training begins, and on what. */
export interface Start {
  readonly initial: Weights<NestedArray>;
  readonly X: NestedArray;
  readonly labels: NestedArray;
}

/** Where it leads. */
export interface Course {
  readonly losses: readonly number[];
  readonly final: Weights<NestedArray>;
}

/** The parameters at the start. */
export function begin({ initial }: Start): Weights<Tensor> {
  const parameter = (key: keyof Start['initial']): Tensor =>
    tensor(initial[key], { requiresGrad: true, name: key });
  return { W1: parameter('W1'), b1: parameter('b1'), W2: parameter('W2'), b2: parameter('b2') };
}

/** One step on a batch: gives the loss before it. */
export function stepOf(
  { W1, b1, W2, b2 }: Weights<Tensor>,
  optimizer: optim.Optimizer,
): (X: Tensor, labels: Tensor) => Tensor {
  const all = [W1, b1, W2, b2];
  return (X, labels) => {
    const z = X.matmul(W1).add(b1).tanh().matmul(W2).add(b2);
    const loss = functions.crossEntropy(z, labels);
    optimizer.zeroGrad(all);
    loss.backward();
    optimizer.step(all);
    return loss;
  };
}

/** Trains as PyTorch did; `batches` says which rows each step sees (default: all). */
export function train(
  start: Start,
  make: (parameters: Weights<Tensor>) => optim.Optimizer,
  { steps, compiled = false, rows = () => [] }: TrainOptions,
): { losses: number[]; parameters: Weights<Tensor> } {
  const parameters = begin(start);
  const step = stepOf(parameters, make(parameters));
  const run = compiled ? compile(step, { precision: 'float64' }) : step;
  const [X, labels] = [tensor(start.X), tensor(start.labels)];
  const losses = Array.from({ length: steps }, (_, i) => {
    const range = rows(i);
    return run(X.slice(...range).detach(), labels.slice(...range).detach()).item();
  });
  return { losses, parameters };
}

interface TrainOptions {
  readonly steps: number;
  readonly compiled?: boolean;
  readonly rows?: (step: number) => readonly [] | readonly [readonly [number, number]];
}

/** Holds a run to PyTorch's: 1e-9 of each loss and of the largest parameter. */
export function expectCourse(
  { losses, parameters }: { losses: readonly number[]; parameters: Weights<Tensor> },
  expected: Course,
): void {
  expected.losses.forEach((loss, i) =>
    expect(Math.abs(losses[i]! - loss) / loss, `loss ${i}`).toBeLessThan(1e-9),
  );
  for (const key of ['W1', 'b1', 'W2', 'b2'] as const) {
    const final = tensor(expected.final[key]);
    const error = parameters[key].detach().sub(final).abs().max().item();
    expect(error / final.abs().max().item(), key).toBeLessThan(1e-9);
  }
}
