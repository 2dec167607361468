// Holding a guess against what was found, at every probe.

import { sameShape, Tensor } from '../../tensor/index.js';
import type { Evidence, Observation } from '../evidence.js';

const CLOSE = 2e-4; // relative: a guess need not carry an epsilon that the code has

/** Whether two numbers are alike, relative to the larger of both; next to the scale of their slot, dust does not count. */
export function isNear(a: number, b: number, scale: number, tolerance = CLOSE): boolean {
  return Math.abs(a - b) <= tolerance * (Math.max(Math.abs(a), Math.abs(b)) + 1e-5 * scale);
}

/** The largest absolute value; at least a number that is as good as 0. */
export function scaleOf(values: Float64Array): number {
  return values.reduce((largest, x) => Math.max(largest, Math.abs(x) || 0), 1e-12);
}

/** Whether two tensors are alike: same shape, and every element close. */
export function isClose(a: Tensor, b: Tensor, tolerance = CLOSE): boolean {
  if (!sameShape(a.shape, b.shape)) return false;
  const scale = scaleOf(a.data);
  return a.data.every((x, i) => isNear(x, b.data[i]!, scale, tolerance));
}

/** Whether two tensors hold the same numbers in a row, in whatever shapes. */
export function hasSameNumbers(a: Tensor, b: Tensor): boolean {
  return a.size === b.size && isClose(a.reshape([a.size]), b.reshape([b.size]));
}

/**
 * Whether a guess explains what was found at every probe, and is not simply what was expected. A guess that cannot be made
 * at a probe (null) leaves that one out, but at least one must speak.
 */
export function explains(evidence: Evidence, guess: (observation: Observation) => Tensor | null): boolean {
  let differs = false;
  let speaks = false;
  for (const observation of evidence.observations) {
    const guessed = attempt(() => guess(observation));
    if (!guessed) continue;
    if (!isClose(guessed, observation.found)) return false;
    speaks = true;
    differs ||= !isClose(guessed, observation.expected);
  }
  return speaks && differs;
}

/** Whether a formula gives what was expected at every probe: the function under test is the one that the formula is of. */
export function agrees(evidence: Evidence, formula: (observation: Observation) => Tensor | null): boolean {
  return evidence.observations.every((observation) => {
    const value = attempt(() => formula(observation));
    return value !== null && isClose(value, observation.expected);
  });
}

/** The result, or null where the code throws: a guess at other inputs may leave what a learner's code takes. */
export function attempt<T>(run: () => T): T | null {
  try {
    return run();
  } catch {
    return null;
  }
}
