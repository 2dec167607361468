// chainrule check on files that do not end, or end too early: a message with the line, exit code 2, and nothing left running.

import { describe, expect, test, vi } from 'vitest';
import { checked, learner } from './checked.js';
import { inside } from './program.js';

vi.setConfig({ testTimeout: 60_000 });

const DOUBLE = 'export class Double { forward(x) { return 2 * x; } backward(dy) { return 2 * dy; } }';
const within = (forward: string, backward: string): string =>
  `export class Layer {\n  forward(x) {\n    ${forward}\n  }\n  backward(dy) {\n    ${backward}\n  }\n}\n`;

/** What a file does, its text, the kind of problem, and the line that is named. */
const PROBLEMS: readonly (readonly [what: string, text: string, kind: string, line: number | null])[] = [
  ['loops without end', `${DOUBLE}\nlet i = 0;\nwhile (true) {\n  i++;\n}`, 'time', 3],
  ['loops without end in forward', within('while (x < 10) x = 5;\n    return x;', 'return dy;'), 'time', 3],
  [
    'calls itself without end',
    `function deeper(n) {\n  return deeper(n + 1) + 1;\n}\ndeeper(0);`,
    'recursion',
    2,
  ],
  ['throws', `const boom = () => {\n  throw new TypeError('boom');\n};\nboom();`, 'threw', 2],
  ['throws something else than an error', "throw 'boom';", 'threw', null],
  [
    'throws later',
    "setTimeout(() => {\n  throw new Error('later');\n});\nawait new Promise(() => {});",
    'threw',
    2,
  ],
  ['ends the process', `${DOUBLE}\nprocess.exit(0);`, 'exit', 2],
  ['ends the process by import', "import { exit } from 'node:process';\nexit(3);", 'exit', 2],
  ['ends the process in backward', within('return x;', 'process.exit(1);'), 'exit', 6],
  ['aborts', 'process.abort();', 'exit', 1],
  [
    'leaves a promise rejected',
    `${DOUBLE}\nasync function f() {\n  throw new Error('no');\n}\nf();`,
    'rejected',
    3,
  ],
  ['waits for nothing', `${DOUBLE}\nawait new Promise(() => {});`, 'waits', null],
  ['is no JavaScript', `${DOUBLE}\nconst a = 1 +;`, 'syntax', 2],
  ['imports what there is not', `${DOUBLE}\nimport { a } from 'no-such-package';`, 'threw', 2],
];

describe('a file that', () => {
  test.each(PROBLEMS)('%s', async (_, text, kind, line) => {
    const file = learner({ 'problem.mjs': `${text}\n` });
    const result = await checked(file, '--timeout', '3');
    expect(result).toMatchObject({ code: 2, verdict: 'could not run', problem: { kind, line } });
    expect(result.problem!.message).toContain(line === null ? 'problem.mjs' : `problem.mjs:${line}`);
    expect(JSON.parse(result.stderr)).toMatchObject({ error: result.problem!.message, exitCode: 2 });
  });

  test('takes memory without end', async () => {
    const file = learner({
      'memory.mjs': 'const all = [];\nwhile (true)\n  all.push(new Float64Array(1e5).fill(1));\n',
    });
    const result = await checked(file, '--memory', '64');
    expect(result).toMatchObject({ code: 2, problem: { kind: 'memory' } });
    expect(result.problem!.message).toMatch(/memory\.mjs:[23] takes more than 64 MB of memory/);
  });

  test('prints without end', async () => {
    const file = learner({ 'spam.mjs': `while (true) console.log('spam'.repeat(5000));\n` });
    const { code, stdout, stderr } = await inside(['check', file]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^error: .*spam\.mjs:1 prints without end: more than 5 MB\n/);
  });

  test('has a type error of syntax in TypeScript', async () => {
    const file = learner({
      'wrong.ts': 'export class A {\n  forward(x: number): number {\n    return x +;\n  }\n}\n',
    });
    expect(await checked(file)).toMatchObject({ code: 2, problem: { kind: 'syntax', line: 3, column: 15 } });
  });
});

test('a pass that calls itself without end is not checked', async () => {
  const { code, stdout, stderr } = await inside([
    ...['check', learner({ 'deep.mjs': within('return 2 * x;', 'return this.backward(dy) + 1;') })],
  ]);
  expect(code).toBe(2);
  expect(stdout).toContain('6 │     return this.backward(dy) + 1;');
  expect(stdout).toContain('it calls itself without end');
  expect(stderr).toBe('error: could not be checked: Layer\n');
});

test('the message quotes the line and says what to try', async () => {
  const file = learner({ 'loop.mjs': within('while (x < 10) x = 5;\n    return x;', 'return dy;') });
  const { stdout, stderr } = await inside(['check', file, '--timeout', '1']);
  expect(stdout).toBe('');
  expect(stderr).toMatch(/^error: .*loop\.mjs:3 is still running after 1 s\n/);
  expect(stderr).toContain('  3 │     while (x < 10) x = 5;\n    │     ^');
  expect(stderr).toContain('allow more with --timeout 3.');
});
