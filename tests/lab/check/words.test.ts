// What came of a run in words, in both languages; and the texts of exercises as paragraphs and formulas.

import { describe, expect, test } from 'vitest';
import { exercises, wordsIn } from '../../../exercises/index.js';
import { blocksOf } from '../../../lab/check/prose.js';
import type { Ended, PlacedFinding, PlacedProblem, Result } from '../../../lab/check/task.js';
import { headlineOf, marksOf, remarksOf, rowsOf } from '../../../lab/check/words.js';
import { catalogue, nameOfCause, translator, type TextKey } from '../../../lab/texts/check/index.js';
import { piecesOf } from '../../../lab/ui/pieces.js';
import { catalogue as commandLine } from '../../../src/cli/texts/index.js';

const t = translator('en');
const finding: PlacedFinding = {
  ...{ cause: 'sign-flipped', severity: 'error', message: 'Your derivative is `-x`.', correction: 'x' },
  ...{
    stage: null,
    slot: 'x',
    index: [1],
    expected: 2,
    found: -2,
    stack: null,
    inputs: { x: [1, 2] },
    line: 5,
  },
};
const report = (parts: Partial<Extract<Result, { kind: 'report' }>>): Result => ({
  ...{ kind: 'report', name: 'A', verdict: 'right', slots: [], findings: [], ...parts },
});
const checked = (...results: Result[]): Ended => ({ kind: 'checked', results, printed: [] });
const wrong = report({ verdict: 'wrong', findings: [finding] });

describe('the headline', () => {
  test.each<[Ended, string, TextKey]>([
    [checked(report({})), 'right', 'verdict.right'],
    [checked(report({}), wrong), 'wrong', 'verdict.wrong'],
    [checked(report({}), report({ verdict: 'cannot tell' })), 'unsure', 'verdict.cannot tell'],
    [checked(), 'unsure', 'verdict.failed'],
    [checked({ kind: 'unmade', name: 'A', line: 1 }), 'unsure', 'verdict.failed'],
    [{ kind: 'time', phase: 'checking', line: null }, 'unsure', 'verdict.failed'],
    [{ kind: 'memory', line: 1 }, 'unsure', 'verdict.failed'],
    [{ kind: 'stopped' }, 'unsure', 'stopped'],
  ])('%o: %s', (ended, tone, title) => {
    expect(headlineOf(ended, t)).toEqual({ tone, title: t(title) });
  });
});

test('a mistake has its name, its line, its numbers and what to write', () => {
  const [remark] = remarksOf(checked(wrong), t);
  expect(remark).toMatchObject({
    ...{ heading: 'the sign is flipped', cause: 'sign-flipped', line: 5, correction: 'x', tone: 'wrong' },
    numbers: { where: 'x[1]', expected: '2', found: '−2' },
    inputs: [['x', '[1, 2]']],
  });
  expect(marksOf([remark!])).toEqual([{ line: 5, text: 'the sign is flipped', isWarning: false }]);
  expect(remarksOf(checked(wrong), translator('ko'))[0]!.heading).toBe('부호가 반대입니다');
});

test('each derivative has a row', () => {
  const slot = {
    name: 'w',
    kind: 'parameter',
    outcome: 'not given',
    relativeError: 0,
    numericError: 0,
  } as const;
  expect(rowsOf(checked(report({ slots: [slot] })), t)).toMatchObject([
    { name: 'A', tone: 'right', slots: [{ name: 'w', tone: 'unsure', status: 'not given' }] },
  ]);
});

describe('of an exercise', () => {
  const judged = (problem: PlacedProblem): Ended => ({
    kind: 'judged',
    printed: [],
    judgement: {
      ...{ exercise: 'x', verdict: 'wrong' },
      parts: [{ name: 'A', verdict: 'wrong', problems: [problem], remarks: [] }],
    },
  });
  const line = 3;
  const inputs = [0.3, 1];
  const parameters = { w: [1, 2] };

  test.each<[PlacedProblem, string]>([
    [{ kind: 'todo', what: 'A.forward', line }, 'still to be filled in: A.forward'],
    [{ kind: 'not-exported', name: 'A', line }, 'There is no A. Keep the names of the skeleton.'],
    [{ kind: 'throws', error: 'Error: no', inputs, stack: null, line }, 'forward(0.3, 1) throws Error: no'],
    [{ kind: 'throws', error: 'Error: no', inputs: null, stack: null, line }, 'Making it fails: Error: no'],
    [
      { kind: 'not-numeric', found: 'undefined', inputs, line },
      'forward(0.3, 1) returns undefined; expected a number or an array of numbers.',
    ],
    [
      { kind: 'forward-shape', found: [2], expected: [], inputs, parameters, line },
      'forward(0.3, 1) returns shape [2], expected [].',
    ],
    [
      { kind: 'forward-value', index: [], found: 1, expected: 2, inputs, parameters, line },
      'forward(0.3, 1) returns 1, expected 2.',
    ],
    [
      { kind: 'forward-value', index: [1], found: 1, expected: 2, inputs, parameters, line },
      'Element [1] of what forward(0.3, 1) returns is 1, expected 2.',
    ],
    [{ kind: 'no-derivative', slot: 'w', line }, 'backward gives no derivative by w.'],
    [{ kind: 'refused', message: 'No.', line }, 'forward is right, backward is wrong'],
  ])('%o', (problem, heading) => {
    expect(remarksOf(judged(problem), t)).toMatchObject([{ heading, line }]);
  });

  test('the correction, which is the answer, is never said', () => {
    const [remark] = remarksOf(judged({ kind: 'backward', finding, line }), t);
    expect(remark).toMatchObject({ heading: 'the sign is flipped', correction: null });
  });
});

test('what JavaScript and the library say is known for English in a Korean sentence', () => {
  const message = 'ReferenceError: `x` is not defined';
  const ended: Ended = { kind: 'threw', message, line: 3, printed: [] };
  const [{ heading, english } = { heading: '', english: null }] = remarksOf(ended, translator('ko'));
  const pieces = piecesOf(heading, english);
  expect(pieces.map(({ text }) => text).join('')).toBe(heading.replaceAll('`', ''));
  expect(pieces.filter(({ lang }) => lang === 'en').map(({ text }) => text)).toEqual([
    ...['ReferenceError: ', 'x', ' is not defined'],
  ]);
  expect(pieces[0]).toEqual({ kind: 'text', text: '코드를 실행하다가 예외가 났습니다: ' });
  expect(remarksOf(checked(wrong), translator('ko'))[0]).toMatchObject({ english: finding.message });
});

describe('the texts', () => {
  test('are the same in both languages, with the same names to fill in, and none is empty', () => {
    expect(Object.keys(catalogue.ko).sort()).toEqual(Object.keys(catalogue.en).sort());
    const names = (text: string): string[] => [...new Set(text.match(/\{\w+\}/g))].sort();
    for (const key of Object.keys(catalogue.en) as TextKey[]) {
      expect(names(catalogue.ko[key]), key).toEqual(names(catalogue.en[key]));
      expect(catalogue.ko[key], key).not.toBe('');
    }
  });

  test.each(['en', 'ko'] as const)('call mistakes what the command line calls them, in %s', (language) => {
    const causes = (texts: Readonly<Record<string, string>>): [string, string][] =>
      Object.entries(texts).filter(([key]) => key.startsWith('cause.'));
    expect(causes(catalogue[language])).toEqual(causes(commandLine[language]));
  });

  test('leave a cause as it is that has no name', () => {
    expect(nameOfCause('brand-new', t)).toBe('brand-new');
  });
});

test('a text is cut into paragraphs and formulas, a sentence into words and code', () => {
  expect(blocksOf('One\nline.\n\n    y = 2x\n\n    x [n]\n\nEnd.')).toEqual([
    { kind: 'text', text: 'One line.' },
    { kind: 'code', text: 'y = 2x\n\nx [n]' },
    { kind: 'text', text: 'End.' },
  ]);
  expect(piecesOf('In `a`, b.').map(({ kind }) => kind)).toEqual(['text', 'code', 'text']);
  for (const { text } of exercises) expect(blocksOf(wordsIn('ko', text)).length).toBeGreaterThan(1);
});
