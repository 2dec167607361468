// The exercises: their references pass, their skeletons do not yet, and typical wrong answers are told what is wrong.

import stringWidth from 'string-width';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { exercises, judge, type Problem, type Words } from '../../exercises/index.js';
import { answerTo, planted, skeletonOf } from './answers.js';
import { load } from './load.js';
import { mistakes } from './mistakes.js';
import { secretsOf, squeeze } from './secrets.js';

const named = exercises.map((exercise) => [exercise.name, exercise] as const);

describe('the list', () => {
  test('has at least fourteen exercises, each with a name of its own', () => {
    expect(exercises.length).toBeGreaterThanOrEqual(14);
    expect(new Set(exercises.map(({ name }) => name)).size).toBe(exercises.length);
  });

  test('begins with the lessons: the chain rule, and ends with attention', () => {
    expect(exercises[0]?.name).toBe('chain-rule');
    expect(exercises.at(-1)?.name).toBe('attention');
  });

  test.each(named)('%s has title, text and at least three hints in English and Korean', (_, exercise) => {
    const { title, text, hints } = exercise;
    expect(hints.length).toBeGreaterThanOrEqual(3);
    for (const words of [title, text, ...hints]) {
      expect(Object.keys(words)).toEqual(['en', 'ko']);
      expect(inLanguage(words, 'en')).not.toMatch(/[가-힣]/);
      expect(inLanguage(words, 'ko')).toMatch(/[가-힣]/);
    }
  });

  test.each(named)('%s has formulas that fit into a terminal of 80 columns', (_, { text }) => {
    const widths = ['en', 'ko'].flatMap((language) =>
      formulasOf(inLanguage(text, language)).map((line) => stringWidth(line)),
    );
    expect(Math.max(...widths)).toBeLessThanOrEqual(78);
  });

  test.each(named)('%s has as many lines of formulas in both languages', (_, { text }) => {
    expect(formulasOf(inLanguage(text, 'en'))).not.toEqual([]);
    expect(formulasOf(inLanguage(text, 'ko'))).toHaveLength(formulasOf(inLanguage(text, 'en')).length);
  });
});

describe('a reference', () => {
  test.each(named)('of %s passes its own check', (_, exercise) => {
    const { verdict, parts } = judge(exercise, exercise.reference);
    expect(parts.flatMap(({ problems }) => problems)).toEqual([]);
    expect(verdict).toBe('right');
    expect(parts.flatMap(({ remarks }) => remarks)).toEqual([]);
  });

  test.each(named)('of %s shows neither in the text nor in a hint', (_, exercise) => {
    const { text, hints } = exercise;
    const shown = squeeze(
      [skeletonOf(exercise), ...[text, ...hints].flatMap((words) => Object.values(words))].join('\n'),
    );
    expect(secretsOf(exercise).length).toBeGreaterThan(1);
    expect(secretsOf(exercise).filter((line) => shown.includes(line))).toEqual([]);
  });
});

describe('a skeleton', () => {
  test('compiles, all of them', () => {
    expect(typeErrors(exercises.map((exercise) => [exercise.name, skeletonOf(exercise)]))).toEqual([]);
  }, 30_000);

  test.each(named)('of %s is not done yet, and says what is missing', async (_, exercise) => {
    const { verdict, parts } = judge(exercise, await load(skeletonOf(exercise)));
    expect(verdict).toBe('unfinished');
    for (const { verdict, problems } of parts) {
      expect(verdict).toBe('unfinished');
      expect(problems).toEqual([{ kind: 'todo', what: expect.stringMatching(/^\w+\.\w+$/) }]);
    }
  });

  test.each(named)('of %s has a hole for every method that the reference fills', (_, exercise) => {
    const methods = [
      ...exercise.skeleton.matchAll(/^ {2}(forward|backward|loss|derivative)\(.*\{\n {4}(.*)/gm),
    ];
    const filled = methods.filter(([, , body]) => !body!.startsWith("throw new Error('TODO: "));
    expect(filled.map(([, name]) => name)).toEqual(exercise.name === 'bce' ? ['forward'] : []); // bce: value and derivative
  });
});

describe('an answer', () => {
  test('with forward alone is unfinished: backward is still to be filled in', async () => {
    const sigmoid = exercises.find(({ name }) => name === 'sigmoid')!;
    const half = planted(
      'sigmoid',
      'return this.#a * (1 - this.#a) * dJ_da',
      "throw new Error('TODO: Sigmoid.backward')",
    );
    const { verdict, parts } = judge(sigmoid, await load(half));
    expect(verdict).toBe('unfinished');
    expect(parts[0]?.problems).toEqual([{ kind: 'todo', what: 'Sigmoid.backward' }]);
  });

  test.each(['tanh', 'chain-rule'])('to %s without a backward is told that it has none', async (name) => {
    const exercise = exercises.find((each) => each.name === name)!;
    const { verdict, parts } = judge(exercise, await load(answerTo(name).replaceAll('backward(', 'back(')));
    expect(verdict).toBe('wrong');
    expect(parts[0]?.problems).toEqual([{ kind: 'refused', message: expect.stringContaining('backward') }]);
  });

  test('under another name is told the name that is expected', async () => {
    const tanh = exercises.find(({ name }) => name === 'tanh')!;
    const { verdict, parts } = judge(tanh, await load(planted('tanh', 'class Tanh', 'class MyTanh')));
    expect(verdict).toBe('wrong');
    expect(parts[0]?.problems).toEqual([{ kind: 'not-exported', name: 'Tanh' }]);
  });

  test('with other names for its arguments is as right as any', async () => {
    const attention = exercises.find(({ name }) => name === 'attention')!;
    const renamed = answerTo('attention')
      .replace(
        'forward(q: number[][], k: number[][], v: number[][])',
        'forward(Q: number[][], K: number[][], V: number[][])',
      )
      .replace('[q, k, v];', '[Q, K, V]; const [q, k, v] = [Q, K, V];');
    expect(judge(attention, await load(renamed)).verdict).toBe('right');
  });

  test('that forgets a derivative which the exercise asks for is wrong, though nothing that it gives is', async () => {
    const affineLike = planted('linear', 'return matmul(dy, transpose(this.W))', 'void dy');
    const linear = exercises.find(({ name }) => name === 'linear')!;
    const { parts } = judge(linear, await load(affineLike));
    expect(parts[0]?.problems).toEqual([{ kind: 'no-derivative', slot: 'x' }]);
  });

  test('that is right but breaks at the edges is right, with a remark', async () => {
    const unstable = planted('sigmoid', '1 / (1 + Math.exp(-z))', 'Math.exp(z) / (1 + Math.exp(z))');
    const sigmoid = exercises.find(({ name }) => name === 'sigmoid')!;
    const { verdict, parts } = judge(sigmoid, await load(unstable));
    expect(verdict).toBe('right');
    expect(parts[0]?.remarks.map(({ cause }) => cause)).toEqual(['overflow-in-exp']);
  });
});

describe('a typical mistake', () => {
  test('stands in the list at least twice for every exercise', () => {
    for (const { name } of exercises) expect(mistakes[name]?.length, name).toBeGreaterThanOrEqual(2);
  });

  const cases = Object.entries(mistakes).flatMap(([name, list]) =>
    list.map((each) => [name, each.to, each] as const),
  );
  test.each(cases)('in %s, %j, is named', async (name, _, { from, to, says }) => {
    const exercise = exercises.find((each) => each.name === name)!;
    const { verdict, parts } = judge(exercise, await load(planted(name, from, to)));
    const problems = parts.flatMap((part) => part.problems);
    expect(verdict).toBe('wrong');
    expect(problems.map(causeOf).join(', ')).toMatch(says);
    expect(secretsOf(exercise).filter((line) => squeeze(JSON.stringify(problems)).includes(line))).toEqual(
      [],
    );
  });
});

function causeOf(problem: Problem): string {
  return problem.kind === 'backward' ? problem.finding.cause : problem.kind;
}

function inLanguage(words: Words, language: string): string {
  return typeof words === 'string' ? words : words[language]!;
}

function formulasOf(text: string): string[] {
  return text.split('\n').filter((line) => line.startsWith('    '));
}

/** What the compiler says of learners' files, with the options of a strict project. */
function typeErrors(files: readonly (readonly [name: string, text: string])[]): string[] {
  const texts = new Map(files.map(([name, text]) => [`/${name}.ts`, text]));
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.ESNext,
    lib: ['lib.es2023.d.ts'],
    types: [],
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists, readFile } = host;
  host.getSourceFile = (name, version, ...rest) => {
    const text = texts.get(name);
    return text === undefined
      ? getSourceFile.call(host, name, version, ...rest)
      : ts.createSourceFile(name, text, version, true);
  };
  host.fileExists = (name) => texts.has(name) || fileExists.call(host, name);
  host.readFile = (name) => texts.get(name) ?? readFile.call(host, name);
  const program = ts.createProgram([...texts.keys()], options, host);
  return ts
    .getPreEmitDiagnostics(program)
    .map(
      ({ file, messageText }) => `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`,
    );
}
