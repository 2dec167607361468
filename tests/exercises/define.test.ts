// What a teacher writes: complete exercises are taken as they stand, and for others it is said what is missing.

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import * as api from '../../exercises/index.js';
import {
  defineExercise,
  judge,
  looksLikeExercise,
  wordsIn,
  type ExerciseFile,
} from '../../exercises/index.js';
import { ValueError } from '../../src/index.js';
import { docstringExamples, runExample } from '../docs/examples.js';
import { load } from './load.js';

const complete: ExerciseFile = {
  name: 'double',
  title: 'Twice a number',
  text: 'Write y = 2x.',
  skeleton: "export class Double { forward(x: number): number { throw new Error('TODO: Double.forward'); } }",
  reference: { Double: class {} },
  hints: [],
  trials: [{ name: 'Double', inputs: [[3]] }],
};

test.each<[string, Partial<Record<keyof ExerciseFile, unknown>>, RegExp]>([
  ['a name with a space', { name: 'my exercise' }, /lower-case letters, digits and hyphens/],
  ['a name that is a number', { name: '12' }, /must not be a number/],
  ['no name', { name: undefined }, /lower-case letters/],
  ['no title', { title: '' }, /title must be a text/],
  ['a text that is empty in one language', { text: { en: 'Write.', ko: ' ' } }, /text must be a text/],
  ['a skeleton without holes', { skeleton: 'export class Double {}' }, /holes such as throw new Error/],
  ['a skeleton that exports something else', { reference: { Half: class {} } }, /skeleton must export Half/],
  ['no reference', { reference: {} }, /the reference must hold the solution/],
  ['hints that are no list', { hints: 'Think.' }, /hints must be a list/],
  ['no trials', { trials: [] }, /at least one trial/],
  [
    'a trial of nothing that there is',
    { trials: [{ name: 'Triple', inputs: [[1]] }] },
    /trial Triple needs a make/,
  ],
  ['a trial without inputs', { trials: [{ name: 'Double', inputs: [] }] }, /needs inputs/],
  [
    'inputs that are no lists',
    { trials: [{ name: 'Double', inputs: [3] }] },
    /for each call the list of its arguments/,
  ],
])('%s is said', (_, part, message) => {
  const define = (): unknown => defineExercise({ ...complete, ...part } as ExerciseFile);
  expect(define).toThrow(ValueError);
  expect(define).toThrow(message);
});

test('indentation that all lines share is taken off', () => {
  const { text } = defineExercise({ ...complete, text: '\n    Write\n\n        y = 2x\n\n    at once.\n  ' });
  expect(text).toBe('Write\n\n    y = 2x\n\nat once.');
});

test('words come in the language that is asked for, else in English, else in any', () => {
  expect(wordsIn('ko', { en: 'one', ko: '하나' })).toBe('하나');
  expect(wordsIn('ko', { en: 'one' })).toBe('one');
  expect(wordsIn('ko', { de: 'eins' })).toBe('eins');
  expect(wordsIn('ko', 'one')).toBe('one');
});

test('a reference that is wrong itself is said when a right answer meets it', () => {
  const doubles = (factor: number) =>
    class {
      forward(x: number): number {
        return 2 * x;
      }
      backward(dy: number): number {
        return factor * dy;
      }
    };
  const exercise = defineExercise({ ...complete, reference: { Double: doubles(3) } });
  expect(() => judge(exercise, { Double: doubles(2) })).toThrow(
    /exercise double: its own reference is wrong/,
  );
  expect(judge(exercise, exercise.reference).verdict).toBe('wrong');
});

test("the README's exercise is complete, its reference right and its skeleton unfinished", async () => {
  const readme = readFileSync(new URL('../../exercises/README.md', import.meta.url), 'utf8');
  const source = /```ts\n(class Double[\s\S]*?)```/.exec(readme)![1]!;
  const { default: file } = (await load(source)) as { default: unknown };
  expect(looksLikeExercise(file)).toBe(true);
  const exercise = defineExercise(file as ExerciseFile);
  expect(judge(exercise, exercise.reference).verdict).toBe('right');
  expect(judge(exercise, await load(exercise.skeleton)).parts[0]?.problems).toEqual([
    { kind: 'todo', what: 'Double.forward' },
  ]);
});

describe('the examples of the docstrings', () => {
  for (const file of ['exercise', 'judge']) {
    const source = readFileSync(new URL(`../../exercises/kit/${file}.ts`, import.meta.url), 'utf8');
    for (const { line, code } of docstringExamples(source)) {
      test(`${file}.ts:${line}`, () => runExample(code, api));
    }
  }
});
