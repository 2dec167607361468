// The training of lesson 4, one sample at a time, so that a page can show it while it runs.

import { data, RandomState } from '../../../src/index.js';
import { AffineFunction, BLOBS, Model, type Parameters } from '../../../lessons/index.js';
import { lossWith, type DerivativeName } from '../../ui/derivatives.js';

/** The points and their classes. */
export interface Points {
  readonly X: readonly (readonly [number, number])[];
  readonly y: readonly number[];
}

/** What can be seen of a run. */
export interface Progress extends Parameters {
  /** Samples seen so far. */
  readonly steps: number;
  /** Of each whole epoch. */
  readonly loss: readonly number[];
  readonly accuracy: readonly number[];
}

/** A run that waits for its next steps. */
export interface Training {
  /** Takes so many steps, at most to the end, and says where it stands. */
  advance(steps: number): Progress;
}

/** The set of the lesson. */
export const POINTS: Points = (() => {
  const { X, y } = data.makeBlobs(BLOBS.set);
  return { X: X.toArray() as [number, number][], y: y.toArray() as number[] };
})();

/** How many steps the lesson takes. */
export const STEPS = BLOBS.epochs * POINTS.y.length;

/** A fresh run from the lesson's seed. */
export function training(derivative: DerivativeName): Training {
  const [model, bce] = [new Model(new AffineFunction(new RandomState(BLOBS.seed))), lossWith(derivative)];
  const [loss, accuracy]: [number[], number[]] = [[], []];
  let [steps, losses, hits] = [0, 0, 0];

  function step(): void {
    const i = steps % POINTS.y.length;
    const [x, y] = [POINTS.X[i]!, POINTS.y[i]!];
    const p = model.forward(x);
    const { J, dJ_dp } = bce.forward(p, y);
    model.backward(dJ_dp, BLOBS.lr);
    losses += J;
    hits += Number(Math.round(p) === y);
    if (++steps % POINTS.y.length === 0) {
      loss.push(losses / POINTS.y.length);
      accuracy.push(hits / POINTS.y.length);
      [losses, hits] = [0, 0];
    }
  }

  return {
    advance(count) {
      for (let i = 0; i < count && steps < STEPS; i++) step();
      const { w, b } = model.affine;
      return { steps, loss: [...loss], accuracy: [...accuracy], w, b };
    },
  };
}
