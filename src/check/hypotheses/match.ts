// Holding a guess against what was found, at every probe.

import { sameShape, Tensor } from '../../tensor/index.js';
import type { Evidence, Observation } from '../evidence.js';

const CLOSE = 2e-4; // relative: a guess need not carry an epsilon that the code has

/** Whether two tensors are alike: same shape, and every element close, relative to the larger and to the largest of all. */
export function isClose(a: Tensor, b: Tensor, tolerance = CLOSE): boolean {
  if (!sameShape(a.shape, b.shape)) return false;
  const scale = a.data.reduce((largest, x) => Math.max(largest, Math.abs(x) || 0), 1e-12);
  return a.data.every((x, i) => {
    const y = b.data[i]!;
    return Math.abs(x - y) <= tolerance * Math.max(Math.abs(x), Math.abs(y)) + 1e-5 * tolerance * scale;
  });
}

/**
 * Whether a guess explains what was found at every probe, and is not simply what was expected. A guess that cannot be made
 * at a probe (null) leaves that one out, but at least one must speak.
 */
export function explains(evidence: Evidence, guess: (observation: Observation) => Tensor | null): boolean {
  const guesses = evidence.observations.map((observation) => [guess(observation), observation] as const);
  const spoken = guesses.filter((pair): pair is readonly [Tensor, Observation] => pair[0] !== null);
  return (
    spoken.length > 0 &&
    spoken.every(([guessed, { found }]) => isClose(guessed, found)) &&
    spoken.some(([guessed, { expected }]) => !isClose(guessed, expected))
  );
}
