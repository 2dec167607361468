// The reference: the losses that every contender must find, from the interpreter, in float64.

import { lossAt, modelOf, stepOf, tensorBatches } from './model.js';
import type { Problem } from './problem.js';

/** The loss of the first batch before training, and after an epoch. */
export interface Losses {
  readonly before: number;
  readonly after: number;
}

/** How far a loss may be from the interpreter's, as a share of it: the rounding of an epoch of steps. */
export const TOLERANCE = { float32: 2e-4, float64: 1e-9 } as const;

export function referenceLosses(problem: Problem): Losses {
  const model = modelOf(problem);
  const batches = tensorBatches(problem);
  const step = stepOf(model, problem.work);
  const loss = (): number => lossAt(model, problem.work, ...batches[0]!);
  const before = loss();
  for (const [X, y] of batches) step(X, y);
  return { before, after: loss() };
}

/** The larger of the two relative errors. */
export function errorOf(found: Losses, reference: Losses): number {
  const error = (key: keyof Losses): number => Math.abs(found[key] / reference[key] - 1);
  return Math.max(error('before'), error('after'));
}
