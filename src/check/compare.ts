// Whether a derivative that was found agrees with the one expected, as closely as both can be known.

import { indicesAt, sameShape, type Tensor } from '../tensor/index.js';
import type { NumericGradient } from './gradient.js';

/**
 * Differences below this share of the derivative are not called wrong: an epsilon of 1e-7 against log(0), as the class
 * notes have it, moves a derivative by 1e-5 where a probability is 0.01. Every planted mistake is far above it.
 */
export const TOLERANCE = 1e-4;
const FLOOR = 1e-6; // of the slot's largest derivative: what rounding can leave in place of a zero

/** How a derivative by one slot compares. */
export interface Comparison {
  readonly outcome: 'agrees' | 'differs' | 'unknown';
  /** The element that differs most, or null. */
  readonly worst: {
    readonly index: readonly number[];
    readonly expected: number;
    readonly found: number;
  } | null;
  /** Largest difference, relative to the larger of both; over elements that can be known. */
  readonly relativeError: number;
}

/** Compares element by element. A value between the slopes at a kink agrees; an expectation that is too vague is unknown. */
export function compare(found: Tensor, { value: expected, error, kinks }: NumericGradient): Comparison {
  if (!sameShape(found.shape, expected.shape) && found.size !== expected.size) {
    return { outcome: 'differs', worst: null, relativeError: Infinity };
  }
  const scale = expected.data.reduce((largest, element) => Math.max(largest, Math.abs(element) || 0), 0);
  let [known, relativeError, worst] = [0, 0, -1];
  for (let i = 0; i < expected.size; i++) {
    const [e, f] = [expected.data[i]!, found.data[i]!];
    const kink = kinks.get(i);
    if (kink && f >= Math.min(...kink) - FLOOR && f <= Math.max(...kink) + FLOOR) {
      known++;
      continue;
    }
    if (kink || !Number.isFinite(e)) continue;
    const size = Math.max(Math.abs(e), Math.abs(f) || 0);
    if (error.data[i]! > 1e-2 * size && error.data[i]! > FLOOR * Math.max(scale, 1e-3)) continue;
    known++;
    const off = Number.isNaN(f) ? Infinity : Math.abs(e - f);
    if (off <= TOLERANCE * size + 10 * error.data[i]! + FLOOR * scale + 1e-12) continue;
    const relative = off / (size || 1);
    if (relative > relativeError || worst < 0) [relativeError, worst] = [relative, i];
  }
  if (worst < 0)
    return {
      outcome: known > 0 || expected.size === 0 ? 'agrees' : 'unknown',
      worst: null,
      relativeError: 0,
    };
  return {
    outcome: 'differs',
    worst: {
      index: indicesAt(worst, expected.shape),
      expected: expected.data[worst]!,
      found: found.data[worst]!,
    },
    relativeError,
  };
}
