// chainrule exercise: what a learner sees from the first exercise to the last hint, and what a teacher does.

import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import type * as Exercises from '../../exercises/index.js';
import type * as ContextModule from '../../src/cli/context.js';
import type * as Home from '../../src/cli/exercise/home.js';
import type * as LearnerFile from '../../src/cli/exercise/learner-file.js';
import type * as Markdown from '../../src/cli/exercise/markdown.js';
import { ROOT } from '../cache.js';
import { answerTo, planted, skeletonOf } from '../exercises/answers.js';
import { secretsOf, squeeze } from '../exercises/secrets.js';
import { temporaryFolder, type Result } from './cli.js';
import { built, inside } from './program.js';

// Answers are run in a child process, for which the program must be there as JavaScript; so the whole test runs on that.
const { contextOf } = await built<typeof ContextModule>('src/cli/context.js');
const { dataFolder } = await built<typeof Home>('src/cli/exercise/home.js');
const { learnerFile } = await built<typeof LearnerFile>('src/cli/exercise/learner-file.js');
const { blocksOf } = await built<typeof Markdown>('src/cli/exercise/markdown.js');
const { exercises, wordsIn } = await built<typeof Exercises>('exercises/index.js');

const names = exercises.map(({ name }) => name);

/** A world in which nothing is printed. */
const nowhere = {
  ...{ stdout: { write: () => {} }, stderr: { write: () => {} } },
  ...{ env: {}, signal: new AbortController().signal },
};

/** A learner with a folder, and with progress of their own. */
interface Learner {
  readonly folder: string;
  readonly home: string;
  run(...argv: string[]): Promise<Result>;
  at(name: string): string;
  write(name: string, text: string): string;
}

function learner(): Learner {
  const folder = temporaryFolder();
  const home = join(folder, 'home');
  const at = (name: string): string => join(folder, name);
  return {
    ...{ folder, home, at },
    run: (...argv) => inside(['exercise', ...argv], { CHAINRULE_HOME: home }),
    write(name, text) {
      writeFileSync(at(name), text);
      return at(name);
    },
  };
}

describe('list', () => {
  test('shows all exercises in order, and none solved at first', async () => {
    const { code, stdout } = await learner().run('list');
    expect(code).toBe(0);
    const shown = [...stdout.matchAll(/^ +(\d+) +([a-z][\w-]*) {2}/gm)].map(([, number, name]) => [
      Number(number),
      name,
    ]);
    expect(shown).toEqual(names.map((name, i) => [i + 1, name]));
    expect(stdout).toContain(`0 of ${names.length} solved`);
  });

  test('is what the command does if nothing else is said, and speaks Korean', async () => {
    const { code, stdout } = await learner().run('--lang', 'ko');
    expect(code).toBe(0);
    expect(stdout).toContain(`${names.length}문제 중 0문제를 풀었습니다`);
    expect(stdout).toContain(wordsIn('ko', exercises[0]!.title));
  });

  test('gives JSON', async () => {
    const { stdout } = await learner().run('list', '--json');
    const { exercises: listed } = JSON.parse(stdout) as { exercises: Record<string, unknown>[] };
    expect(listed.map(({ name }) => name)).toEqual(names);
    expect(listed[1]).toMatchObject({
      number: 2,
      name: 'sigmoid',
      solved: null,
      hints: { count: 3, taken: [] },
    });
  });
});

describe('from start to solved', () => {
  test('sigmoid: written, unfinished, wrong, right, and on to the next', async () => {
    const me = learner();
    const file = me.at('sigmoid.ts');

    const started = await me.run('start', 'sigmoid', '--out', me.folder);
    expect(started).toMatchObject({ code: 0, stderr: '' });
    expect(started.stdout).toContain(`chainrule exercise check ${file}`);
    expect(readFileSync(file, 'utf8')).toContain("throw new Error('TODO: Sigmoid.forward')");

    const unfinished = await me.run('check', '--quiet');
    expect(unfinished).toMatchObject({
      code: 1,
      stdout: '  … Sigmoid  still to be filled in: Sigmoid.forward\n',
    });

    me.write('sigmoid.ts', planted('sigmoid', 'this.#a * (1 - this.#a) * dJ_da', 'this.#a * (1 - this.#a)'));
    const wrong = await me.run('check', 'sigmoid', '--json');
    expect(wrong.code).toBe(1);
    const { verdict, parts } = JSON.parse(wrong.stdout) as Record<string, never>;
    expect(verdict).toBe('wrong');
    expect(parts).toMatchObject([
      {
        name: 'Sigmoid',
        problems: [
          {
            finding: { cause: 'upstream-missing', correction: null },
            place: { within: 'Sigmoid.backward' },
          },
        ],
      },
    ]);
    expect((await me.run('check')).stdout).toMatch(/│ +return this\.#a \* \(1 - this\.#a\);/);

    me.write('sigmoid.ts', answerTo('sigmoid'));
    const right = await me.run('check', file);
    expect(right).toMatchObject({ code: 0, stderr: '' });
    expect(right.stdout).toContain('✓ Sigmoid  right');
    expect(right.stdout).toContain('chainrule exercise start tanh');

    const { stdout: list } = await me.run('list');
    expect(list).toMatch(/^ +2 +✓ +sigmoid/m);
    expect(list).toContain(`1 of ${names.length} solved`);
  });

  test('with --quiet start says where it wrote, and nothing else', async () => {
    const me = learner();
    const { stdout } = await me.run('start', 'tanh', '--out', me.folder, '--quiet');
    expect(stdout).toBe(`  Written  ${me.at('tanh.ts')}\n`);
  });

  test('without a name start takes the first exercise that is not solved', async () => {
    const me = learner();
    expect((await me.run('start', '--out', me.at('new/folder'))).code).toBe(0);
    expect(existsSync(me.at('new/folder/chain-rule.ts'))).toBe(true);
  });

  test('neuron: earlier answers may be imported', async () => {
    const me = learner();
    me.write('affine.ts', answerTo('affine'));
    me.write('sigmoid.ts', answerTo('sigmoid'));
    const [, model] = answerTo('neuron').split(/(?=export class Model)/);
    const imports = "import { AffineFunction } from './affine.ts';\nimport { Sigmoid } from './sigmoid';\n";
    const { code, stdout } = await me.run('check', me.write('neuron.ts', imports + model!));
    expect(stdout).toContain('✓ Model  right');
    expect(code).toBe(0);
  });

  test('what is wrong is said in Korean too, with the line that throws', async () => {
    const me = learner();
    const file = me.write(
      'my-tanh.ts',
      `// @exercise tanh\n${planted('tanh', 'return this.#y;', 'return this.y.z;')}`,
    );
    const { code, stdout } = await me.run('check', file, '--lang', 'ko');
    expect(code).toBe(1);
    expect(stdout).toContain('✗ Tanh  forward가 틀림');
    expect(stdout).toMatch(/my-tanh\.ts:\d+:\d+/);
    expect(stdout).toContain('return this.y.z;');
  });

  test('a file that cannot be run is bad input, and named with its line', async () => {
    const me = learner();
    const { code, stdout, stderr } = await me.run('check', me.write('tanh.ts', 'export class Tanh {'));
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^error: .*tanh\.ts:1 cannot be read: SyntaxError/);
  });
});

describe('start', () => {
  test('leaves a file alone unless it is forced', async () => {
    const me = learner();
    const file = me.write('bce.ts', 'my work');
    const refused = await me.run('start', 'bce', '--out', me.folder);
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toMatch(/^error: .*bce\.ts is there already\n {2}--force writes over it/);
    expect(readFileSync(file, 'utf8')).toBe('my work');
    expect((await me.run('start', 'bce', '--out', me.folder, '--force')).code).toBe(0);
    expect(readFileSync(file, 'utf8')).toContain('TODO: BCELoss.loss');
  });

  test('takes a number, and writes the text in the language that is asked for', async () => {
    const me = learner();
    const { stdout } = await me.run('start', '9', '--out', me.folder, '--lang', 'ko', '--json');
    expect(JSON.parse(stdout)).toEqual({ exercise: 'linear', number: 9, file: me.at('linear.ts') });
    const file = readFileSync(me.at('linear.ts'), 'utf8');
    expect(file.split('\n')[0]).toBe(`// ${wordsIn('ko', exercises[8]!.title)}`);
    expect(file).toContain('//     y = x W + b');
    expect(file).toContain('function matmul');
  });

  test.each(['en', 'ko'])('writes comments of at most 82 columns and valid TypeScript, in %s', (language) => {
    const context = contextOf(['--lang', language], nowhere);
    for (const [i, exercise] of exercises.entries()) {
      const file = learnerFile({ ...exercise, number: i + 1, source: null }, `${exercise.name}.ts`, context);
      expect(file).toContain(`// @exercise ${exercise.name}\n`);
      expect(file.endsWith('\n')).toBe(true);
      const comments = file.split('\n').filter((line) => line.startsWith('//'));
      expect(Math.max(...comments.map((line) => [...line].length))).toBeLessThanOrEqual(82);
      expect(file.replace(/^\/\/.*\n/gm, '').trim()).toBe(skeletonOf(exercise).trim());
    }
  });
});

describe('hint', () => {
  test('comes one at a time; show has those that were taken', async () => {
    const me = learner();
    const { hints } = exercises.find(({ name }) => name === 'softmax')!;
    for (const [i, hint] of hints.entries()) {
      const { code, stdout } = await me.run('hint', 'softmax', '--json');
      expect(code).toBe(0);
      expect(JSON.parse(stdout)).toEqual({
        ...{ exercise: 'softmax', number: i + 1, count: hints.length },
        hint: wordsIn('en', hint),
      });
      const shown = JSON.parse((await me.run('show', '--json')).stdout) as {
        name: string;
        hints: { taken: string[] };
      };
      expect(shown.name).toBe('softmax');
      expect(shown.hints.taken).toHaveLength(i + 1);
    }
    const { stdout } = await me.run('hint');
    expect(stdout).toContain(`Hint ${hints.length} of ${hints.length} for softmax`);
    expect(stdout).toContain('That was the last hint');
  });
});

test('an answer appears in nothing that list, show, hint and start print', async () => {
  const me = learner();
  let printed = (await me.run('list')).stdout;
  for (const { name, hints } of exercises) {
    const commands = [
      ['start', name, '--out', me.folder],
      ...hints.map(() => ['hint', name]),
      ['show', name],
    ];
    for (const argv of commands) printed += (await me.run(...argv)).stdout;
    printed += readFileSync(me.at(`${name}.ts`), 'utf8');
  }
  const squeezed = squeeze(printed);
  for (const exercise of exercises) {
    expect(secretsOf(exercise).filter((line) => squeezed.includes(line))).toEqual([]);
  }
});

describe('bad input', () => {
  test.each([
    [['show', 'nothing'], /there is no exercise nothing\n {2}chainrule exercise list/],
    [['show', 'soft'], /did you mean softmax\?/],
    [['show', '99'], /there is no exercise 99/],
    [['foo'], /there is no command exercise foo\n {2}chainrule exercise --help/],
    [['check'], /which exercise\? None was begun yet/],
    [['hint'], /which exercise\?/],
    [['check', 'linear'], /there is no file for linear\n {2}chainrule exercise start linear writes it/],
    [['check', 'answer.py'], /an answer is TypeScript or JavaScript .*, not answer\.py/],
    [['check', 'nowhere.ts'], /cannot read nowhere\.ts: there is no such file/],
    [['list', '--file', 'nowhere'], /cannot read .*nowhere: there is no such file/],
    [['start', 'tanh', '--fore'], /there is no option --fore\n {2}did you mean --force\?/],
    [['list', 'twice'], /more arguments than this command takes/],
  ])('%j is said, with exit code 2', async (argv, message) => {
    const { code, stdout, stderr } = await learner().run(...argv);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
  });

  test('a file that is no answer to anything is told how to become one', async () => {
    const me = learner();
    const { code, stderr } = await me.run('check', me.write('mine.ts', 'export const x = 1;'));
    expect(code).toBe(2);
    expect(stderr).toContain('keep the line that begins with // @exercise');
  });
});

describe('help', () => {
  test.each([[], ['list'], ['start'], ['check'], ['hint'], ['show']])(
    'of %j has examples',
    async (...argv) => {
      for (const language of ['en', 'ko']) {
        const { code, stdout } = await learner().run(...argv, '--help', '--lang', language);
        expect(code).toBe(0);
        expect(stdout).toContain(`  chainrule exercise ${argv[0] ?? 'start'}`);
        expect(stdout).toContain('--json');
      }
    },
  );
});

describe('progress', () => {
  const file = (me: Learner): string => join(me.home, 'exercises.json');

  test.each(['{"version": 1, "exerc', '[]', '', '{"exercises": 3}'])(
    'that is damaged (%j) is set aside',
    async (content) => {
      const me = learner();
      mkdirSync(me.home);
      writeFileSync(file(me), content);
      const { code, stdout, stderr } = await me.run('hint', 'tanh', '--quiet');
      expect(code).toBe(0);
      expect(stdout).toContain('Hint 1');
      expect(stderr).toMatch(/^the progress in .*exercises\.json was damaged; it is set aside as /);
      const [aside] = readdirSync(me.home).filter((name) => name.includes('damaged'));
      expect(readFileSync(join(me.home, aside!), 'utf8')).toBe(content);
      expect((await me.run('hint', 'tanh')).stdout).toContain('Hint 2 of');
    },
  );

  test('keeps the entries that make sense, and leaves no temporary file', async () => {
    const me = learner();
    await me.run('hint', 'tanh');
    const content = JSON.parse(readFileSync(file(me), 'utf8')) as { exercises: Record<string, unknown> };
    content.exercises['bce'] = { hints: 'many' };
    writeFileSync(file(me), JSON.stringify(content));
    expect((await me.run('hint', 'tanh')).stdout).toContain('Hint 2 of');
    expect(readdirSync(me.home)).toEqual(['exercises.json']);
  });

  test('that cannot be kept is said, and nothing else is lost', async () => {
    const me = learner();
    writeFileSync(me.home, 'a file where the folder should be');
    const { code, stdout, stderr } = await me.run('hint', 'tanh');
    expect(code).toBe(0);
    expect(stdout).toContain('Hint 1 of 3 for tanh');
    expect(stderr).toContain('exercises.json');
    expect(readFileSync(me.home, 'utf8')).toBe('a file where the folder should be');
  });

  test.runIf(process.getuid?.() !== 0)('that may not be read is not written over', async () => {
    const me = learner();
    await me.run('hint', 'tanh');
    chmodSync(file(me), 0);
    const { code, stderr } = await me.run('hint', 'tanh');
    expect(code).toBe(0);
    expect(stderr).toContain('cannot be read: permission denied');
    chmodSync(file(me), 0o600);
    expect(readFileSync(file(me), 'utf8')).toContain('"hints": 1');
  });

  test.each([
    [{ CHAINRULE_HOME: '/a/b' }, 'linux', '/a/b'],
    [{ HOME: '/home/me' }, 'linux', '/home/me/.local/share/chainrule'],
    [{ HOME: '/home/me', XDG_DATA_HOME: '/data' }, 'linux', '/data/chainrule'],
    [{ HOME: '/home/me', XDG_DATA_HOME: 'relative' }, 'darwin', '/home/me/.local/share/chainrule'],
    [{ HOME: '/home/me', APPDATA: '/roaming' }, 'win32', '/roaming/chainrule'],
    [{ HOME: '/home/me' }, 'win32', '/home/me/AppData/Roaming/chainrule'],
  ])('with %j on %s is kept in %s', (env, platform, folder) => {
    expect(dataFolder({ env }, platform)).toBe(resolve(folder));
  });
});

describe("a teacher's exercise", () => {
  const readme = readFileSync(join(ROOT, 'exercises', 'README.md'), 'utf8');
  const double = /```ts\n(class Double[\s\S]*?)```/.exec(readme)![1]!;

  test('as in the README is listed, begun and checked; start remembers where it came from', async () => {
    const me = learner();
    const source = me.write('double.ts', double);
    expect((await me.run('start', 'double', '--file', source, '--out', me.at('answers'))).code).toBe(0);
    me.write(
      'answers/double.ts',
      double.replace('class', 'export class').replace(/export default[\s\S]*/, ''),
    );
    const { code, stdout } = await me.run('check', me.at('answers/double.ts'));
    expect(stdout).toContain('✓ Double  right');
    expect(code).toBe(0);
    const progress = JSON.parse(readFileSync(join(me.home, 'exercises.json'), 'utf8')) as {
      exercises: object;
    };
    expect(progress.exercises).toMatchObject({ [`${source}#double`]: { solved: expect.any(String) } });
  });

  test('that is not complete says what is missing', async () => {
    const me = learner();
    const source = me.write('double.ts', double.replace(/trials: .*/, 'trials: [],'));
    const { code, stderr } = await me.run('list', '--file', source);
    expect(code).toBe(2);
    expect(stderr).toContain('exercise double: there must be at least one trial');
  });

  test('may lie in a folder with others, and with files that are none', async () => {
    const me = learner();
    mkdirSync(me.at('course'));
    me.write('course/b.ts', double);
    me.write('course/a.mjs', double.replaceAll(/: number/g, '').replace("name: 'double'", "name: 'twice'"));
    me.write('course/c.js', 'export const helper = 1;');
    const { stdout } = await me.run('list', '--file', me.at('course'), '--json');
    const { exercises: listed } = JSON.parse(stdout) as { exercises: { name: string }[] };
    expect(listed.map(({ name }) => name)).toEqual(['twice', 'double']);
  });
});

test('Markdown becomes paragraphs, headings, items and code', () => {
  const markdown =
    '# Title\nOne\nline.\n\n    y = 2x\n\n- first\n  goes on\n- second\n\n```ts\nconst y = 1;\n\n# not a heading\n```\nLast.';
  expect(blocksOf(markdown)).toEqual([
    { kind: 'heading', text: 'Title' },
    { kind: 'text', text: 'One line.' },
    { kind: 'code', lines: ['y = 2x'] },
    { kind: 'text', text: '- first goes on' },
    { kind: 'text', text: '- second' },
    { kind: 'code', lines: ['const y = 1;', '', '# not a heading'] },
    { kind: 'text', text: 'Last.' },
  ]);
});
