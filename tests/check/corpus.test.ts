// The corpus: code that is right in every usual way of writing it, and the same with a mistake planted. `npm run corpus`
// prints the figures function by function.

import { expect, test } from 'vitest';
import { hasCause, isFalselyNamed, isJudged, isNamed, measure } from './corpus/measure.js';

const outcomes = measure();
const wrong = outcomes.filter(({ isWrong }) => isWrong);
const right = outcomes.filter(({ isWrong }) => !isWrong);

test('the corpus is large enough to mean something', () => {
  expect(new Set(outcomes.map(({ name }) => name)).size).toBeGreaterThanOrEqual(15);
  expect(wrong.length).toBeGreaterThanOrEqual(150);
});

test('no right code is called wrong', () => {
  expect(right.filter((outcome) => !isJudged(outcome))).toEqual([]);
});

test('at least 99% of all verdicts are right', () => {
  expect(outcomes.filter(isJudged).length / outcomes.length).toBeGreaterThanOrEqual(0.99);
});

test('the cause is named for at least 80% of the planted mistakes', () => {
  expect(
    wrong.filter((outcome) => hasCause(outcome) && isNamed(outcome)).length / wrong.length,
  ).toBeGreaterThanOrEqual(0.8);
});

test('at most one mistake in a hundred is given another’s name', () => {
  expect(wrong.filter(isFalselyNamed).length / wrong.length).toBeLessThanOrEqual(0.01);
});
