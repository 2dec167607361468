// Terms: one that is missing from a sum, or that does not belong in it.

import { PLAIN, pointsOf, type FactorHypothesis, type Points, type View } from './factors.js';
import { isNear } from './match.js';
import { localsOf } from './wrong-local.js';

/** The difference between right and found is a plain term: a quantity, alone or times the upstream, with a constant. */
export const termMissingOrExtra: FactorHypothesis = (view) => {
  const points = pointsOf(view);
  if (!points || points.rows.length < 5) return null;
  const { expected, found, rows, scale } = points;
  const difference = (row: number): number => expected[row]! - found[row]!;
  const plain = view.factors().filter(({ form }) => form.cost <= PLAIN && !form.isMask);
  const upstreams = plain.filter(({ form, column }) => form.cost === 1 && column.role === 'upstream');
  const quantities = plain.filter(({ column }) => column.role !== 'upstream');
  const terms = [
    { text: '1', at: () => 1 },
    ...plain.map((factor) => ({ text: factor.text, at: (row: number) => factor.at(row) })),
    ...upstreams.flatMap((dy) =>
      quantities.map((factor) => ({
        text: `${factor.text} * ${dy.text}`,
        at: (row: number) => factor.at(row) * dy.at(row),
      })),
    ),
  ];
  for (const { text, at } of terms) {
    const most = rows.reduce((best, row) => (Math.abs(at(row)) > Math.abs(at(best)) ? row : best), rows[0]!);
    const constant = difference(most) / at(most);
    const size = Math.abs(constant);
    if (!Number.isFinite(constant) || size < 1e-6) continue;
    // Of a sum, the difference is known only as well as its terms are.
    const isIt = rows.every((row) => {
      const bound =
        2e-4 * Math.abs(difference(row)) + 1e-6 * (Math.abs(expected[row]!) + Math.abs(found[row]!));
      return Math.abs(difference(row) - constant * at(row)) <= bound + 1e-9 * scale;
    });
    if (!isIt) continue;
    const amount = Number(size.toPrecision(4));
    const term = text === '1' ? `${amount}` : isNear(size, 1, 0) ? text : `${amount} * ${text}`;
    const isMissing = isMissingFrom(view, points, constant);
    const sign = constant < 0 ? 'minus ' : '';
    return {
      cause: isMissing ? 'term-missing' : 'term-extra',
      message: isMissing
        ? `Your derivative by ${view.slot.name} lacks a term: what is missing to the right one is ${sign}${term}, everywhere.`
        : `Your derivative by ${view.slot.name} has a term too much, or one with the wrong sign: it is the right one ${constant < 0 ? 'plus' : 'minus'} ${term}, everywhere.`,
      correction: constant < 0 ? `Take away ${term}.` : `Add ${term}.`,
    };
  }
  return null;
};

/** A sum of which one term was found lacks the other; one that should be a single term has one too many. Else the sign decides. */
function isMissingFrom(view: View, points: Points, constant: number): boolean {
  if (localsOf(view, points, points.found).length > 0) return true;
  return localsOf(view, points, points.expected).length === 0 && constant > 0;
}
