// Holding a guess against what was found, at every probe.

import { sameShape, Tensor } from '../../tensor/index.js';
import type { Evidence, Observation } from '../evidence.js';

/** How close numbers must be to be alike. */
export type Closeness = readonly [relative: number, floor: number];

// Relative: a guess need not carry an epsilon that the code has. The floor is a share of the largest number of all.
const CLOSE: Closeness = [2e-4, 2e-9];
// Of code in float32 a numeric derivative has three or four digits.
const CLOSE_IN_SINGLE: Closeness = [3e-3, 3e-4];

/** How close guesses must be to what was found: less so where that is rounded to float32. */
export function closenessFor({ data }: Tensor): Closeness {
  const isRounded = data.every((x) => Math.fround(x) === x);
  const isCoarse = data.every((x) => Number.isInteger(x * 1024)); // 0, 1 and 0.5 are no sign of float32
  return isRounded && !isCoarse ? CLOSE_IN_SINGLE : CLOSE;
}

/** Whether two numbers are alike, relative to the larger of both; next to the scale of their slot, dust does not count. */
export function isNear(a: number, b: number, scale: number, [relative, floor] = CLOSE): boolean {
  const difference = Math.abs(a - b); // infinite where one of them is: near to nothing but itself
  return (
    a === b ||
    (difference < Infinity && difference <= relative * Math.max(Math.abs(a), Math.abs(b)) + floor * scale)
  );
}

/** Whether two numbers are equal but for a relative difference. */
export function isSame(a: number, b: number, relative = CLOSE[0]): boolean {
  return isNear(a, b, 0, [relative, 0]);
}

/** How many numbers there are that are not alike. */
export function distinct(values: Iterable<number>): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted.filter((x, i) => i === 0 || !isSame(x, sorted[i - 1]!)).length;
}

/** The largest absolute value; at least a number that is as good as 0. */
export function scaleOf(values: Float64Array): number {
  return values.reduce((largest, x) => Math.max(largest, Math.abs(x) || 0), 1e-12);
}

/** Whether two tensors are alike: same shape, and every element close. */
export function isClose(a: Tensor, b: Tensor, closeness = CLOSE): boolean {
  if (!sameShape(a.shape, b.shape)) return false;
  const scale = scaleOf(a.data);
  return a.data.every((x, i) => isNear(x, b.data[i]!, scale, closeness));
}

/** Whether two tensors are equal but for rounding. */
export function isEqual(a: Tensor, b: Tensor): boolean {
  return isClose(a, b, [1e-9, 1e-12]);
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
    const closeness = closenessFor(observation.found);
    if (!isClose(guessed, observation.found, closeness)) return false;
    speaks = true;
    differs ||= !isClose(guessed, observation.expected, closeness);
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
