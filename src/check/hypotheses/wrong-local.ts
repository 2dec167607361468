// Functions of one number each: the local derivative is a form of input or output, and another one stands in its place.

import type { Diagnosis } from '../evidence.js';
import { commonIn, pointsOf, type Factor, type FactorHypothesis, type Points, type View } from './factors.js';
import { isNear } from './match.js';
import { whereTaken } from './wrong-factor.js';

/** A local derivative as a form of one quantity, multiplied or divided by, times a constant. */
export interface Local {
  readonly factor: Factor;
  readonly isDivided: boolean;
  readonly constant: number;
}

/** The right form of the wrong end: `x (1 - x)` for `y (1 - y)`, `1 / y` for `1 / x`. */
export const takenAtOtherEnd: FactorHypothesis = (view) =>
  instead(view, (right, found) => {
    const isSameForm = right.factor.form === found.factor.form && right.isDivided === found.isDivided;
    const where = whereTaken(found.factor, right.factor);
    if (!isSameForm || where === 'wrong-factor') return null;
    return {
      cause: where,
      message: `Your derivative by ${view.slot.name} is taken at the ${where === 'taken-at-input' ? 'input instead of the output' : 'output instead of the input'}: ${textOf(found)} stands where ${textOf(right)} belongs.`,
      correction: `Put ${textOf(right)} in the place of ${textOf(found)}.`,
    };
  });

/** Another quantity as it is in the place of the right one: `a` for `b`, `1 / a` for `1 / b`. */
export const wrongQuantity: FactorHypothesis = (view) =>
  instead(view, (right, found) => {
    const isPlain = [right, found].every(
      ({ factor }) => factor.form.cost === 1 && factor.column.role !== 'output',
    );
    return isPlain && right.isDivided === found.isDivided ? replacement(view, right, found) : null;
  });

/** The local derivative of another function, or a slip in the right one. */
export const wrongLocalDerivative: FactorHypothesis = (view) =>
  instead(view, (right, found) => replacement(view, right, found));

function replacement({ slot }: View, right: Local, found: Local): Diagnosis {
  return {
    cause: 'wrong-factor',
    message: `Your derivative by ${slot.name} multiplies the upstream with ${textOf(found)}, where ${textOf(right)} belongs.`,
    correction: `Put ${textOf(right)} in the place of ${textOf(found)}.`,
  };
}

/** The first pair of local derivatives, the right one and the one found, that is judged to be a mistake. */
function instead(view: View, judge: (right: Local, found: Local) => Diagnosis | null): Diagnosis | null {
  const points = pointsOf(view);
  if (!points) return null;
  const found = localsOf(view, points, points.found);
  const right = found.length > 0 ? localsOf(view, points, points.expected) : [];
  for (const one of right) {
    for (const other of found) {
      if (textOf(one) === textOf(other)) continue; // two ways to lay one quantity: that says nothing
      const diagnosis = isNear(one.constant, other.constant, 0) ? judge(one, other) : null;
      if (diagnosis) return diagnosis;
    }
  }
  return null;
}

/** The forms that values are made of in all rows that count: each is a constant times the upstream times, or over, such a form. */
export function localsOf(view: View, points: Points, values: Float64Array): Local[] {
  const { upstream } = points;
  return view.factors().flatMap((factor): Local[] => {
    if (factor.column.role === 'upstream' || factor.form.isMask) return [];
    const times = commonIn(points, (row) => values[row]! / upstream[row]! / factor.at(row));
    if (times !== null) return [{ factor, isDivided: false, constant: times }];
    const over = commonIn(points, (row) => (values[row]! / upstream[row]!) * factor.at(row));
    return over !== null ? [{ factor, isDivided: true, constant: over }] : [];
  });
}

/** `1 - a`, or `1 / x`. */
export function textOf({ factor, isDivided }: Local): string {
  return isDivided ? `1 / ${factor.text}` : factor.text;
}
