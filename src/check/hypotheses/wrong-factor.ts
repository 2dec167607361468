// One factor in the place of another: the output for the input, a weight for an input, a matrix for its transpose.

import type { Diagnosis } from '../evidence.js';
import { logistic, pointsOf, type Factor, type FactorHypothesis, type View } from './factors.js';
import { isNear } from './match.js';
import { plainestPair, type Relation } from './pairs.js';
import { notTransposed } from './transposed.js';
import { usedAfterUpdate } from './updated.js';

/** What was found is the right one with one factor replaced by another. */
export const wrongFactor: FactorHypothesis = (view) => {
  const points = pointsOf(view);
  const pair = points && plainestPair(view, points, REPLACED);
  return pair && replaced(view, ...pair);
};

/** Two factors are missing from the right one, or in it besides. */
export const twoFactors: FactorHypothesis = (view) => {
  const points = pointsOf(view);
  if (!points) return null;
  const missing = plainestPair(view, points, MISSING);
  if (missing) {
    const [u, v] = missing;
    return {
      cause: 'factor-missing',
      message: `Your derivative by ${view.slot.name} lacks two factors, ${u.text} and ${v.text}.`,
      correction: `Multiply by ${u.text} * ${v.text}.`,
    };
  }
  const extra = plainestPair(view, points, EXTRA);
  if (!extra) return null;
  const [u, v] = extra;
  return {
    cause: 'factor-extra',
    message: `Your derivative by ${view.slot.name} has two factors too many, ${u.text} and ${v.text}.`,
    correction: `Leave out ${u.text} * ${v.text}.`,
  };
};

const REPLACED: Relation = {
  second: (expected, found, u) => (expected * u) / found,
  left: (_, found, _u, v) => found * v,
  right: (expected, _, u) => expected * u,
};

const MISSING: Relation = {
  second: (expected, found, u) => expected / (found * u),
  left: (_, found, u, v) => found * u * v,
  right: (expected) => expected,
};

const EXTRA: Relation = {
  second: (expected, found, u) => found / (expected * u),
  left: (_, found) => found,
  right: (expected, _, u, v) => expected * u * v,
};

/** `u` stands where `v` belongs. */
function replaced({ slot }: View, u: Factor, v: Factor): Diagnosis | null {
  if (u.column.name === v.column.name && u.form === v.form && u.column.alignment !== v.column.alignment) {
    return notTransposed(slot.name, u.column.name);
  }
  if (u.column.role === 'updated' && u.column.name.startsWith(v.column.name))
    return usedAfterUpdate(slot.name);
  if (u.text === v.text) return null; // two ways to lay one quantity: that says nothing
  if (
    u.column === v.column &&
    u.column.role === 'input' &&
    u.form.text('u') === 'u' &&
    v.form.text('u') === '(1 + u)'
  ) {
    return {
      cause: 'term-missing',
      message: `In your derivative by ${slot.name}, ${u.text} stands where ${v.text} belongs: the 1 is missing.`,
      correction: `Put ${v.text} in the place of ${u.text}.`,
    };
  }
  if (isAppliedTwice(u, v)) {
    return {
      cause: 'taken-at-output',
      message: `In your derivative by ${slot.name}, ${u.text} stands where ${v.text} belongs: ${u.column.name} is the function's result already, and you apply the function to it once more.`,
      correction: `Put ${v.text} in the place of ${u.text}.`,
    };
  }
  return {
    ...(u.form === v.form ? { cause: whereTaken(u, v) } : { cause: 'wrong-factor' }),
    message: `In your derivative by ${slot.name}, ${u.text} stands where ${v.text} belongs.`,
    correction: `Put ${v.text} in the place of ${u.text}.`,
  };
}

/** Whether `u` is the derivative of an activation at its own result, `v` the same derivative in terms of that result. */
function isAppliedTwice(u: Factor, v: Factor): boolean {
  const asFunction = /^(?:sigmoid|tanh)'/.test(u.form.text('u'));
  return asFunction && v.form.isLocal === true && u.column === v.column && u.column.role !== 'input';
}

/** Of the same form: whether what stands there is the result of a function, and what belongs there went into it. */
export function whereTaken(
  wrong: Factor,
  right: Factor,
): 'taken-at-output' | 'taken-at-input' | 'wrong-factor' {
  if (isFunctionOf(wrong, right)) return 'taken-at-output';
  if (isFunctionOf(right, wrong)) return 'taken-at-input';
  const [isOutput, shouldBeOutput] = [wrong.column.role === 'output', right.column.role === 'output'];
  const isBetween = [wrong.column.role, right.column.role].every((role) =>
    ['input', 'output', 'kept'].includes(role),
  );
  if (!isBetween || isOutput === shouldBeOutput) return 'wrong-factor';
  return isOutput ? 'taken-at-output' : 'taken-at-input';
}

/** Whether the quantity of one factor is an activation of that of the other. */
function isFunctionOf({ column: result }: Factor, { column: argument }: Factor): boolean {
  return ACTIVATIONS.some((f) =>
    result.values.every((x, row) => isNear(x, f(argument.values[row]!), Math.abs(x))),
  );
}

const ACTIVATIONS = [Math.tanh, logistic, (x: number) => Math.max(0, x), Math.exp] as const;
