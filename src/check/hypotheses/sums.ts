// Terms: the plain quantities and products that derivatives are sums of, and how a sum is made of two of them.

import type { Factor, Points, View } from './factors.js';

/** A term by its words, without its constant; its number in each row. */
export interface Term {
  readonly text: string;
  readonly values: Float64Array;
  /** What it is made of, besides the upstream; empty for a constant. */
  readonly factors: readonly Factor[];
}

/** A term with its constant. */
export interface Part {
  readonly term: Term;
  readonly constant: number;
}

const COST = 3; // of the forms that terms are made of
const MOST = 260; // terms that are tried

/** A constant, quantities in plain forms, and products of two plain ones; each alone and times the upstream. */
export function termsOf(view: View, points: Points): Term[] {
  const { rows, expected } = points;
  const upstream = view.factors().find(({ form, column }) => form.cost === 1 && column.role === 'upstream');
  const factors = view
    .factors()
    .filter(({ form, column }) => form.cost <= COST && !form.isMask && column.role !== 'upstream');
  const plain = factors.filter(({ form }) => form.cost === 1);
  const singles = factors.map((factor): readonly Factor[] => [factor]);
  const products = plain.flatMap((u, i) =>
    [
      ...plain.slice(i + 1),
      ...factors.filter(({ form, column }) => form.cost === 2 && column !== u.column),
    ].map((v) => [u, v]),
  );
  const bare: readonly (readonly Factor[])[] = [[], ...singles, ...products].slice(0, MOST);
  const inRows = (at: (row: number) => number): Float64Array =>
    Float64Array.from(expected, (_, row) => at(row));
  const product = (of: readonly Factor[], row: number): number =>
    of.reduce((all, { at }) => all * at(row), 1);
  const made = bare.flatMap((of): Term[] => {
    const text = of.map((factor) => factor.text).join(' * ');
    const alone = { text: text || '1', values: inRows((row) => product(of, row)), factors: of };
    if (!upstream) return [alone];
    const times = { ...alone, text: [text, upstream.text].filter(Boolean).join(' * ') };
    return [alone, { ...times, values: inRows((row) => product(of, row) * upstream.at(row)) }];
  });
  return made.filter(({ values }) => rows.every((row) => Number.isFinite(values[row]!)));
}

/** The constant that makes values of a term, or null. `size` is how large the numbers are that the values are known from. */
export function multipleOf(
  points: Points,
  values: Float64Array,
  term: Term,
  size: (row: number) => number,
): number | null {
  const { rows, scale } = points;
  let most = rows[0]!;
  for (const row of rows) if (Math.abs(term.values[row]!) > Math.abs(term.values[most]!)) most = row;
  const constant = values[most]! / term.values[most]!;
  if (!Number.isFinite(constant) || Math.abs(constant) < 1e-6) return null;
  const isIt = rows.every((row) => {
    const bound = 2e-4 * Math.abs(values[row]!) + 1e-6 * size(row) + 1e-9 * scale;
    return Math.abs(values[row]! - constant * term.values[row]!) <= bound;
  });
  return isIt ? constant : null;
}

/** Values as the sum of a known term and another one, each with a constant. */
export function sumWith(
  points: Points,
  values: Float64Array,
  known: Term,
  terms: readonly Term[],
): [Part, Part] | null {
  const { rows } = points;
  for (const other of terms) {
    if (other === known) continue;
    const solved = solve(points, values, known, other);
    if (!solved) continue;
    const [a, b] = solved;
    const isIt = rows.every((row) => {
      const [x, y] = [a * known.values[row]!, b * other.values[row]!];
      const bound = 2e-4 * Math.abs(values[row]!) + 1e-5 * (Math.abs(x) + Math.abs(y));
      return Math.abs(values[row]! - x - y) <= bound + 1e-9 * points.scale;
    });
    if (isIt)
      return [
        { term: known, constant: a },
        { term: other, constant: b },
      ];
  }
  return null;
}

/** The constants of two terms from the two rows that tell them apart best. */
function solve({ rows }: Points, values: Float64Array, u: Term, v: Term): [number, number] | null {
  let best: [number, number, number] = [0, 0, 0];
  const few = rows.slice(0, 8);
  for (const i of few) {
    for (const k of few) {
      const determinant = u.values[i]! * v.values[k]! - u.values[k]! * v.values[i]!;
      if (Math.abs(determinant) > Math.abs(best[0])) best = [determinant, i, k];
    }
  }
  const [determinant, i, k] = best;
  const size = few.reduce((most, row) => Math.max(most, Math.abs(u.values[row]! * v.values[row]!)), 0);
  if (Math.abs(determinant) <= 1e-6 * size || determinant === 0) return null;
  const a = (values[i]! * v.values[k]! - values[k]! * v.values[i]!) / determinant;
  const b = (u.values[i]! * values[k]! - u.values[k]! * values[i]!) / determinant;
  return Number.isFinite(a) && Number.isFinite(b) && Math.abs(a) > 1e-6 && Math.abs(b) > 1e-6 ? [a, b] : null;
}
