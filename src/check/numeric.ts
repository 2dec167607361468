// Numeric derivatives: central differences, extrapolated to a step of zero, with an estimate of the error that is left.

/** A derivative and how far it may be off. */
export interface Estimate {
  readonly value: number;
  readonly error: number;
  /** The slopes just left and right of the point, where they differ: a kink, such as that of relu at 0. */
  readonly kink: readonly [left: number, right: number] | null;
}

/** Options of `derivativeAtZero`. */
export interface NumericOptions {
  /** Steps tried, each 1/√10 of the one before. Default 8. */
  readonly rounds?: number;
  /** The relative error at which no further step is tried. Default 1e-13. */
  readonly enough?: number;
  /** Whether to look for a kink. Default true. */
  readonly kinks?: boolean;
  /** How far a value of the function may be off by rounding. Default 0. */
  readonly noise?: number;
}

const SHRINK = Math.sqrt(10);
const SAFE = 2; // stop when the error is twice the best one: rounding has taken over

/**
 * The derivative of `f` at 0 by Ridders' method: central differences of shrinking steps from `firstStep`, extrapolated as a
 * polynomial in the step's square. Ridders, 1982; Press et al., Numerical Recipes, section 5.7.
 */
export function derivativeAtZero(
  f: (t: number) => number,
  firstStep: number,
  { rounds = 8, enough = 1e-13, kinks = true, noise = 0 }: NumericOptions = {},
): Estimate {
  const table: number[][] = [];
  let best = { value: NaN, error: Infinity };
  let step = firstStep;
  for (let i = 0; i < rounds; i++, step /= SHRINK) {
    const row = [(f(step) - f(-step)) / (2 * step)];
    const above = table.at(-1);
    let factor = SHRINK ** 2;
    for (let j = 1; above && j <= table.length; j++, factor *= SHRINK ** 2) {
      row.push((row[j - 1]! * factor - above[j - 1]!) / (factor - 1));
      const change = Math.max(Math.abs(row[j]! - row[j - 1]!), Math.abs(row[j]! - above[j - 1]!));
      // Rounded values may agree by chance: no estimate is better than what rounding leaves of a difference.
      const error = Math.max(change, noise / step);
      if (error <= best.error) best = { value: row[j]!, error };
    }
    table.push(row);
    const last = row.at(-1)!;
    const previous = above?.at(-1);
    // A step into the undefined (log of a negative number) says nothing; smaller ones will.
    if (!Number.isFinite(last)) table.length = 0;
    else if (best.error <= enough * Math.abs(best.value)) break;
    else if (previous !== undefined && Math.abs(last - previous) >= SAFE * best.error) break;
  }
  return { ...best, kink: kinks ? kinkAtZero(f, firstStep) : null };
}

/** Slopes left and right of 0, if halving the step brings them no closer. */
function kinkAtZero(f: (t: number) => number, firstStep: number): Estimate['kink'] {
  const centre = f(0);
  const gapAt = (step: number): [left: number, right: number] => [
    (centre - f(-step)) / step,
    (f(step) - centre) / step,
  ];
  // Of a smooth function the gap shrinks with the step; at a kink it stays.
  const [wide, narrow] = [gapAt(firstStep * 1e-3), gapAt(firstStep * 1e-4)];
  const gap = (slopes: readonly [number, number]): number => Math.abs(slopes[1] - slopes[0]);
  const scale = Math.max(Math.abs(narrow[0]), Math.abs(narrow[1]));
  const rounding = (1e-13 * Math.abs(centre)) / (firstStep * 1e-4);
  const stays = gap(narrow) > 0.5 * gap(wide) && gap(narrow) > 1e-3 * scale && gap(narrow) > rounding;
  return stays && Number.isFinite(scale) ? narrow : null;
}
