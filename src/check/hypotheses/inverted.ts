// The wrong direction: multiplied with what it must be divided by.

import {
  alikeInAll,
  commonIn,
  pointsOf,
  type Factor,
  type FactorHypothesis,
  type Points,
  type View,
} from './factors.js';

/** One plain factor twice too much, as a square: it stands above the line where it belongs below. */
export const multipliedForDivided: FactorHypothesis = (view) => {
  const points = pointsOf(view);
  if (!points) return null;
  const { expected, found } = points;
  for (const factor of view.factors()) {
    const { text, column, form, at } = factor;
    const isPlain = form.cost <= 3 && !form.isMask && !form.isSign && !form.isLocal;
    if (!isPlain || column.isBinary || column.role === 'upstream') continue;
    const isSquare = alikeInAll(
      points,
      (row) => found[row]!,
      (row) => expected[row]! * at(row) ** 2,
    );
    if (!isSquare || form.text('u') === '|u|' || form.text('u') === '√u') continue;
    if (isOverSquare(view, points, factor)) continue; // then it is the division that is missing
    return {
      cause: 'inverted-factor',
      message: `Your derivative by ${view.slot.name} multiplies with ${text}, by which it must divide: it is the right one times ${text} squared.`,
      correction: `Divide by ${text} instead of multiplying with it.`,
    };
  }
  return null;
};

/** Whether the right derivative is another factor over the square of this one. */
function isOverSquare(view: View, points: Points, { at }: Factor): boolean {
  const times = (row: number): number => (points.expected[row]! / points.upstream[row]!) * at(row) ** 2;
  return [{ at: () => 1 }, ...view.factors()].some(
    (other) => commonIn(points, (row) => times(row) / other.at(row)) !== null,
  );
}
