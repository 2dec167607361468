// An epsilon in a denominator that is large enough to change the result.

import type { Diagnosis } from '../evidence.js';
import { pointsOf, type Column, type FactorHypothesis, type Points, type View } from './factors.js';
import { isNear, isSame } from './match.js';

/** A denominator without its epsilon: how to find the epsilon from it, and what the right derivative must be divided by. */
interface Denominator {
  readonly text: (u: string, epsilon: string) => string;
  /** The epsilon that turns the right value into `times` it. */
  readonly epsilon: (u: number, times: number) => number;
  /** What an epsilon multiplies the right value with. */
  readonly times: (u: number, epsilon: number) => number;
}

const USUAL = 0.15; // beyond it, other mistakes are likelier
const LARGEST = 0.6; // beyond it is no epsilon

const DENOMINATORS: readonly Denominator[] = [
  {
    text: (u, e) => `${u} + ${e}`,
    epsilon: (u, times) => u / times - u,
    times: (u, e) => u / (u + e),
  },
  {
    text: (u, e) => `1 - ${u} + ${e}`,
    epsilon: (u, times) => (1 - u) / times - (1 - u),
    times: (u, e) => (1 - u) / (1 - u + e),
  },
  {
    text: (u, e) => `${u}² + ${e}`,
    epsilon: (u, times) => (u * u) / times - u * u,
    times: (u, e) => (u * u) / (u * u + e),
  },
  {
    text: (u, e) => `(${u} + ${e})²`,
    epsilon: (u, times) => u / Math.sqrt(times) - u,
    times: (u, e) => (u / (u + e)) ** 2,
  },
  {
    text: (u, e) => `|${u}| + ${e}`,
    epsilon: (u, times) => Math.abs(u) / times - Math.abs(u),
    times: (u, e) => Math.abs(u) / (Math.abs(u) + e),
  },
  {
    text: (u, e) => `√(${u} + ${e})`,
    epsilon: (u, times) => u / times ** 2 - u,
    times: (u, e) => Math.sqrt(u / (u + e)),
  },
  {
    // Both factors of p (1 - p), each with the epsilon: p (1 - p) + ε + ε².
    text: (u, e) => `(${u} + ${e}) * (1 - ${u} + ${e})`,
    epsilon: (u, times) => Math.sqrt(0.25 + (u * (1 - u)) / times - u * (1 - u)) - 0.5,
    times: (u, e) => (u * (1 - u)) / ((u + e) * (1 - u + e)),
  },
  {
    text: (u, e) => `${u} * (1 - ${u}) + ${e}`,
    epsilon: (u, times) => (u * (1 - u)) / times - u * (1 - u),
    times: (u, e) => (u * (1 - u)) / (u * (1 - u) + e),
  },
  {
    // Of binary targets, the difference p - y tells which of both terms is there.
    text: (u, e) => `1 - |${u}| + ${e}`,
    epsilon: (u, times) => (1 - Math.abs(u)) / times - (1 - Math.abs(u)),
    times: (u, e) => (1 - Math.abs(u)) / (1 - Math.abs(u) + e),
  },
];

/** One and the same epsilon explains how far every number is off. */
export const epsilonTooLarge: FactorHypothesis = (view) => epsilonUpTo(view, USUAL);

/** The same for one that is hardly small any more. */
export const epsilonEnormous: FactorHypothesis = (view) => epsilonUpTo(view, LARGEST);

function epsilonUpTo(view: View, largest: number): Diagnosis | null {
  const points = pointsOf(view);
  if (!points || points.rows.length < 3) return null;
  const columns = view.factors().flatMap(({ column, form }) => (form.cost === 1 ? [column] : []));
  for (const column of columns) {
    for (const denominator of DENOMINATORS) {
      const epsilon = epsilonOf(points, column, denominator);
      if (epsilon === null || epsilon > largest) continue;
      const text = String(Number(epsilon.toPrecision(2)));
      return {
        cause: 'epsilon-too-large',
        message: `Your derivative by ${view.slot.name} has ${denominator.text(column.name, text)} in its denominator. An epsilon of ${text} changes the result: every number is too small by it.`,
        correction: `Use an epsilon far below the numbers it is added to, such as 1e-7, and the same one as in forward.`,
      };
    }
  }
  return null;
}

function epsilonOf(points: Points, { values }: Column, { epsilon, times }: Denominator): number | null {
  const { rows, expected, found, scale } = points;
  const timesAt = (row: number): number => found[row]! / expected[row]!;
  const [first] = rows;
  const known = epsilon(values[first!]!, timesAt(first!));
  if (!(known > 1e-6) || known > LARGEST) return null;
  // The first row gives the epsilon with an error of its own: the middle one of all is better.
  const all = rows.map((row) => epsilon(values[row]!, timesAt(row))).sort((a, b) => a - b);
  const middle = all[Math.floor(all.length / 2)]!;
  const fits = rows.every((row) =>
    isNear(found[row]!, expected[row]! * times(values[row]!, middle), scale, [1e-3, 1e-8]),
  );
  const isSteady = all.filter((each) => isSame(each, middle, 0.05)).length >= Math.min(all.length, 3);
  return fits && isSteady && middle > 1e-6 ? middle : null;
}
