// Two factors at a time: finding, among all pairs, the plainest one that explains every number.

import { alikeInAll, PLAIN, type Factor, type Points, type View } from './factors.js';

/** A relation between right and found in which two factors have a part. */
export interface Relation {
  /** What the second factor must be where right, found and the first factor are known. */
  readonly second: (expected: number, found: number, first: number) => number;
  /** Both sides of the relation, free of division. */
  readonly left: (expected: number, found: number, first: number, second: number) => number;
  readonly right: (expected: number, found: number, first: number, second: number) => number;
}

/**
 * The plainest pair for which a relation holds in every row, or null. Pairs are of plain forms, or of any two forms of one
 * quantity. One telling row picks the candidates, so that there is no need to go through all pairs.
 */
export function plainestPair(view: View, points: Points, relation: Relation): [Factor, Factor] | null {
  const { expected, found, rows } = points;
  const tells = (row: number): number => Math.min(Math.abs(expected[row]!), Math.abs(found[row]!));
  const row = rows.reduce((best, each) => (tells(each) > tells(best) ? each : best), rows[0] ?? 0);
  if (rows.length === 0 || tells(row) === 0) return null;

  const factors = view
    .factors()
    .filter(({ form, column }) => !column.isBinary && !form.isMask && !form.isSign);
  const near = finderOf(factors, row);
  let plainest: [Factor, Factor] | null = null;
  const costOf = ([u, v]: readonly [Factor, Factor]): number =>
    u.form.cost + v.form.cost + 0.01 * Math.min(u.form.cost, v.form.cost); // of equal ones, that with a plain factor
  for (const u of factors) {
    for (const v of near(relation.second(expected[row]!, found[row]!, u.at(row)))) {
      const isPlain = u.form.cost <= PLAIN && v.form.cost <= PLAIN;
      if (u === v || !(isPlain || u.column === v.column)) continue;
      if (plainest && costOf(plainest) <= costOf([u, v])) continue;
      const side = (of: Relation['left']) => (each: number) =>
        of(expected[each]!, found[each]!, u.at(each), v.at(each));
      if (alikeInAll(points, side(relation.left), side(relation.right))) plainest = [u, v];
    }
  }
  return plainest;
}

/** Looks up the factors whose value in a row is near to a number. */
function finderOf(factors: readonly Factor[], row: number): (target: number) => readonly Factor[] {
  const sorted = factors
    .map((factor) => ({ factor, value: factor.at(row) }))
    .filter(({ value }) => Number.isFinite(value))
    .sort((a, b) => a.value - b.value);
  return (target) => {
    const width = 1e-3 * Math.abs(target);
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sorted[middle]!.value < target - width) low = middle + 1;
      else high = middle;
    }
    let end = low;
    while (end < sorted.length && sorted[end]!.value <= target + width) end++;
    return sorted.slice(low, end).map(({ factor }) => factor);
  };
}
