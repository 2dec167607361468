// Terms: one that is missing from a sum, that does not belong in it, or that has the wrong sign or a wrong factor.

import type { Diagnosis } from '../evidence.js';
import { pointsOf, type FactorHypothesis, type Points, type View } from './factors.js';
import { asFactor } from './constant.js';
import { isNear, isSame } from './match.js';
import { isTarget, mayBeTarget } from '../specimen/signature.js';
import { multipleOf, sumWith, termsOf, type Part, type Term } from './sums.js';
import { localsOf } from './wrong-local.js';

/** The difference between right and found is a plain term with a constant: what is wrong is one term of a sum. */
export const termMissingOrExtra: FactorHypothesis = (view) => {
  const points = pointsOf(view);
  if (!points || points.rows.length < 5) return null;
  const { expected, found } = points;
  const difference = expected.map((x, row) => x - found[row]!);
  const size = (row: number): number => Math.abs(expected[row]!) + Math.abs(found[row]!);
  const terms = termsOf(view, points);
  for (const term of terms) {
    const constant = multipleOf(points, difference, term, size);
    if (constant !== null) return ofOne(view, points, { term, constant }, terms);
  }
  return null;
};

/** The same where the term is a target: then it is plainer than anything else that it may look like. */
export const targetNotSubtracted: FactorHypothesis = (view) => {
  const diagnosis = termMissingOrExtra(view);
  return diagnosis?.cause === 'target-not-subtracted' ? diagnosis : null;
};

/** One term of two has a wrong factor, or another stands in its place. */
export const termReplaced: FactorHypothesis = (view) => {
  const points = pointsOf(view);
  if (!points || points.rows.length < 8) return null;
  const { expected, found } = points;
  const size = (row: number): number => Math.abs(expected[row]!) + Math.abs(found[row]!);
  const terms = termsOf(view, points).slice(0, FEW);
  for (const known of terms) {
    const sum = sumWith(points, expected, known, terms);
    if (!sum) continue;
    for (const [kept, lost] of [sum, sum.toReversed() as [Part, Part]]) {
      const rest = found.map((x, row) => x - kept.constant * kept.term.values[row]!);
      for (const term of terms) {
        const constant = multipleOf(points, rest, term, size);
        if (constant !== null) return replaced(view, lost, { term, constant });
      }
    }
  }
  return null;
};

const FEW = 120; // terms in pairs

function ofOne(view: View, points: Points, { term, constant }: Part, terms: readonly Term[]): Diagnosis {
  const { slot } = view;
  const amount = wordsFor({ term, constant: Math.abs(constant) });
  const sign = constant < 0 ? 'minus ' : '';
  const correction = constant < 0 ? `Take away ${amount}.` : `Add ${amount}.`;
  // What is a single term is no sum, even if it could be written as one.
  const isSum = localsOf(view, points, points.expected).length === 0;
  const sum = isSum ? sumWith(points, points.expected, term, terms) : null;
  const own = sum?.[0].constant;
  if (own !== undefined && isSame(constant, 2 * own, 1e-3)) {
    return {
      cause: 'term-sign-flipped',
      message: `In your derivative by ${slot.name}, the term ${wordsFor({ term, constant: Math.abs(own) })} has the wrong sign.`,
      correction,
    };
  }
  const times = own === undefined ? 1 : (own - constant) / own;
  if (own !== undefined && isPlainShare(times)) {
    const amount = wordsFor({ term, constant: Math.abs(own) });
    return {
      cause: times < 1 ? 'factor-missing' : 'factor-extra',
      message: `In your derivative by ${slot.name}, the term ${amount} is there ${asFactor(times)} times: ${times < 1 ? 'a factor is missing in it' : 'it has a factor too much'}.`,
      correction: `Multiply that term by ${asFactor(1 / times)}.`,
    };
  }
  // Less of the term than there should be is a part of it that is missing.
  const isMissing = own === undefined ? isMissingFrom(view, points, constant) : times >= -1e-3 && times < 1;
  if (isMissing && constant < 0 && isOfTarget(view, term)) {
    return {
      cause: 'target-not-subtracted',
      message: `In your derivative by ${slot.name}, the target is not subtracted: ${amount} must be taken away.`,
      correction,
    };
  }
  if (!isMissing && constant < 0 && isOfOther(view, term)) {
    return {
      cause: 'target-not-subtracted',
      message: `Your derivative by ${slot.name} lacks minus ${amount}, everywhere. What comes back to ${slot.name} goes with a probability minus its target, 1 for the right one: that 1 is not subtracted.`,
      correction,
    };
  }
  return {
    cause: isMissing ? 'term-missing' : 'term-extra',
    message: isMissing
      ? `Your derivative by ${slot.name} lacks a term: what is missing to the right one is ${sign}${amount}, everywhere.`
      : `Your derivative by ${slot.name} has a term too much, or one with the wrong sign: it is the right one ${constant < 0 ? 'plus' : 'minus'} ${amount}, everywhere.`,
    correction,
  };
}

/** Whether a term is there a half, a third, twice or thrice: else it is another term of the same kind that is wrong. */
function isPlainShare(times: number): boolean {
  return times > 0 && [2, 3, 4, 1 / 2, 1 / 3, 1 / 4].some((share) => isSame(times, share, 1e-3));
}

function replaced({ slot }: View, right: Part, wrong: Part): Diagnosis {
  const [lacks, has] = [without(right.term, wrong.term), without(wrong.term, right.term)];
  const isOpposite = lacks === '' && has === '' && right.constant * wrong.constant < 0;
  const cause = isOpposite
    ? ('term-sign-flipped' as const)
    : has === ''
      ? ('factor-missing' as const)
      : lacks === ''
        ? ('factor-extra' as const)
        : ('wrong-factor' as const);
  return {
    cause,
    message: `In your derivative by ${slot.name}, one of two terms is wrong: ${wordsFor(wrong)} stands where ${wordsFor(right)} belongs.`,
    correction: `Put ${wordsFor(right)} in the place of ${wordsFor(wrong)}.`,
  };
}

/** What a term is made of that another is not. */
function without(term: Term, other: Term): string {
  return term.factors
    .filter(({ text }) => !other.factors.some((factor) => factor.text === text))
    .map(({ text }) => text)
    .join(' * ');
}

function wordsFor({ term, constant }: Part): string {
  const amount = Number(constant.toPrecision(4));
  if (term.text === '1') return `${amount}`;
  return isNear(constant, 1, 0) ? term.text : `${amount} * ${term.text}`;
}

/** Whether a term is a target: by its name, or because no derivative is given by it. */
function isOfTarget({ specimen, observations, foundAt }: View, { factors }: Term): boolean {
  const [only] = factors;
  if (factors.length !== 1 || only!.form.cost !== 1 || only!.column.role !== 'input') return false;
  const index = specimen.inputNames.indexOf(only!.column.name);
  const isGiven = foundAt(observations[0]!, { kind: 'input', name: only!.column.name, index }) !== null;
  return isTarget(only!.column.name) || (mayBeTarget(only!.column.name) && !isGiven) || !isGiven;
}

/** Of a loss: whether a term is another input, as it is. */
function isOfOther({ slot, observations }: View, { factors: [only, more] }: Term): boolean {
  const isPlain = only?.form.cost === 1 && more === undefined && only.column.role === 'input';
  return isPlain && only.column.name !== slot.name && observations.every(({ output }) => output.size === 1);
}

/** A sum of which one term was found lacks the other; one that should be a single term has one too many. Else the sign decides. */
function isMissingFrom(view: View, points: Points, constant: number): boolean {
  if (localsOf(view, points, points.found).length > 0) return true;
  return localsOf(view, points, points.expected).length === 0 && constant > 0;
}
