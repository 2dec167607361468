// What check makes of the corpus. `npm run corpus` prints the figures.

import { beforeAll, describe, expect, test } from 'vitest';
import { CAUSES } from '../../../src/check/hypotheses/index.js';
import { corpus } from './index.js';
import { hasCause, isFalselyNamed, isJudged, isNamed, measure, type Outcome } from './measure.js';

const WAIT = 120_000;
let outcomes: readonly Outcome[] = [];
beforeAll(() => {
  outcomes = measure();
}, WAIT);

const titles = (some: readonly Outcome[]): string[] =>
  some.map(({ name, what, named }) => `${name}: ${what}${named.length > 0 ? ` (${named.join(', ')})` : ''}`);
const shareOf = (some: readonly Outcome[], all: readonly Outcome[]): number => some.length / all.length;

describe('the corpus', () => {
  test('is large enough: 60 functions, 180 planted bugs', () => {
    expect(corpus.length).toBeGreaterThanOrEqual(60);
    expect(corpus.flatMap(({ bugs }) => Object.keys(bugs)).length).toBeGreaterThanOrEqual(180);
  });

  test('expects causes that exist', () => {
    const known = [
      ...CAUSES,
      'unexplained',
      'constant-gradient',
      'wrong-shape',
      'stale-forward',
    ] as readonly string[];
    const expected = corpus.flatMap(({ bugs }) => Object.values(bugs).flat());
    expect(expected.filter((cause) => !known.includes(cause))).toEqual([]);
  });
});

describe('check', () => {
  test('calls no right code wrong', () => {
    expect(titles(outcomes.filter((each) => !each.isWrong && each.verdict !== 'right'))).toEqual([]);
  });

  test('gives at least 99% of the verdicts right', () => {
    expect(shareOf(outcomes.filter(isJudged), outcomes)).toBeGreaterThanOrEqual(0.99);
  });

  test('names the cause of at least 90% of all planted bugs', () => {
    const wrong = outcomes.filter(({ isWrong }) => isWrong);
    expect(shareOf(wrong.filter(hasCause).filter(isNamed), wrong)).toBeGreaterThanOrEqual(0.9);
  });

  test('names the cause of at least 95% of those that have a simple one', () => {
    const bugs = outcomes.filter(hasCause);
    expect(titles(bugs.filter((each) => !isNamed(each))).length / bugs.length).toBeLessThanOrEqual(0.05);
  });

  test('accuses nobody of a mistake that was not made', () => {
    expect(titles(outcomes.filter(isFalselyNamed))).toEqual([]);
  });
});
