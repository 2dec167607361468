// Lesson 3. The AND gate: a neuron that learns a truth table, row after row.

import type { Parameters } from './affine-function.js';
import { BCELoss } from './bce-loss.js';
import { Model } from './model.js';

/** The rows of the gate, its answers, and how it is trained. */
export const AND_GATE = {
  X: [
    [0, 0],
    [0, 1],
    [1, 0],
    [1, 1],
  ],
  y: [0, 0, 0, 1],
  lr: 0.1,
  steps: 2000,
  /** A line of log each so many steps. */
  logEvery: 201,
} as const;

/** Training moves (w1, w2, b) towards a multiple of this. */
export const AND_DIRECTION = [0.5, 0.5, -0.7] as const;

/** A line of the log: parameters after the step's update; the prediction and its loss before it. */
export interface LogLine extends Parameters {
  readonly step: number;
  readonly x: readonly [number, number];
  readonly y: number;
  readonly p: number;
  readonly J: number;
  /** The parameters before the update. The notes do not print those of step 0. */
  readonly before: Parameters | null;
}

/**
 * Step 0 as the notes print it; its random start they do not print. Training goes on from the state after it, with the digits of
 * the bias (printed as -1.3686) with which the whole log comes out as printed.
 */
const STEP_0: LogLine = {
  step: 0,
  ...{ x: [0, 0], y: 0, p: 0.2055, J: 0.23 },
  ...{ before: null, w: [-0.67118365, 0.33768056], b: -1.36860852 },
};

/** Where steps 1, 2, … begin. */
export const AND_START: Parameters = { w: STEP_0.w, b: STEP_0.b };

/** The log, and where the parameters end. */
export interface AndGateRun extends Parameters {
  readonly log: readonly LogLine[];
}

/**
 * Trains the gate with the derivative of the loss that is given.
 *
 * @example
 * andGate(new PublishedBCELoss()).log.at(-1)?.b.toFixed(4); // '-5.5222'
 */
export function andGate(loss = new BCELoss()): AndGateRun {
  const { X, y: targets, lr, steps, logEvery } = AND_GATE;
  const model = new Model();
  Object.assign(model.affine, AND_START);

  const log = [STEP_0];
  for (let step = 1; step < steps; step++) {
    const [x, y] = [X[step % 4]!, targets[step % 4]!];
    const before = { w: model.affine.w, b: model.affine.b };
    const p = model.forward(x);
    const { J, dJ_dp } = loss.forward(p, y);
    const { w, b } = model.backward(dJ_dp, lr);
    if (step % logEvery === 0) log.push({ step, x, y, p, J, before, w, b });
  }
  const { w, b } = model.affine;
  return { log, w, b };
}

/**
 * The cosine of the angle between (w1, w2, b) and `AND_DIRECTION`: 1 where they point the same way.
 *
 * @example
 * andAlignment({ w: [5, 5], b: -7 }); // 1
 */
export function andAlignment({ w, b }: Parameters): number {
  const dot = (u: readonly number[], v: readonly number[]): number =>
    u.reduce((sum, value, i) => sum + value * v[i]!, 0);
  const parameters = [...w, b];
  return dot(parameters, AND_DIRECTION) / Math.hypot(...parameters) / Math.hypot(...AND_DIRECTION);
}
