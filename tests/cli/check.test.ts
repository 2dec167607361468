// chainrule check on JavaScript and TypeScript: real files in real child processes.

import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { checked, errorsOf, FILES, learner, verdictsOf } from './checked.js';
import { cli, temporaryFolder } from './cli.js';
import { inside, program, start } from './program.js';

vi.setConfig({ testTimeout: 60_000 });

const NOTES = join(FILES, 'notes.ts');
const DOUBLE = 'export class Double { forward(x) { return 2 * x; } backward(dy) { return 2 * dy; } }\n';
const TRIPLE = DOUBLE.replace('return 2 * dy', 'return 3 * dy');

describe("the notes' neuron", () => {
  test('has one wrong derivative, named with its correction, and a backward that crashes; nothing else is accused', async () => {
    const result = await checked(NOTES);
    expect(result).toMatchObject({ code: 1, verdict: 'wrong', problem: null });
    expect(errorsOf(result)).toEqual(['BCELoss: misplaced-parenthesis', 'Model: backward-throws']);
    expect(verdictsOf(result)).toEqual({
      AffineFunction: 'right',
      Sigmoid: 'right',
      BCELoss: 'wrong',
      Model: 'wrong',
    });
    const [loss, model] = result.findings;
    const source = '    const dJ_dp = (p - y) / (p + 1e-7 * (1 - p + 1e-7));';
    const lines = readFileSync(NOTES, 'utf8').split('\n');
    expect(loss).toMatchObject({
      file: NOTES,
      line: lines.indexOf(source) + 1,
      column: 19,
      source,
      slot: 'p',
    });
    expect(loss!.correction).toContain('(p - y) / ((p + 1e-7) * (1 - p + 1e-7))');
    expect(model!.source).toContain('const [w, b] = this.affine.backward');
  });

  test('is shown in the terminal with the line, a pointer at the formula, both numbers and what to try', async () => {
    const { code, stdout, stderr } = await inside(['check', NOTES]);
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    const lines = stdout.split('\n');
    const at = lines.findIndex((line) =>
      line.endsWith('const dJ_dp = (p - y) / (p + 1e-7 * (1 - p + 1e-7));'),
    );
    expect(lines[at + 1]!.indexOf('^')).toBe(lines[at]!.indexOf('(p - y)'));
    expect(lines[at + 1]).toMatch(/│ +\^{37}$/);
    expect(lines[at + 2]).toMatch(/expected -?\d\S+, found -?\d/);
    expect(stdout).toContain('notes.ts:34:19 in BCELoss.call');
    expect(stdout).toContain('[misplaced-parenthesis]');
    expect(stdout).toMatch(/ {2}try {3}\S.*\(\(p \+ 1e-7\) \* \(1 - p \+ 1e-7\)\)/);
    expect(
      Math.max(...lines.filter((line) => !line.includes(FILES)).map(({ length }) => length)),
    ).toBeLessThan(81);
  });

  test('is shown in Korean, and in a page of its own', async () => {
    const page = join(temporaryFolder(), 'check.html');
    const { stdout } = await inside(['check', NOTES, '--lang', 'ko', '--report', page]);
    expect(stdout).toContain(
      'BCELoss, p에 대한 도함수: 괄호의 위치가 잘못되었습니다 [misplaced-parenthesis]',
    );
    expect(stdout).toContain('올바른 값');
    const html = readFileSync(page, 'utf8');
    expect(html).toContain('<mark>(p - y) / (p + 1e-7 * (1 - p + 1e-7))</mark>');
    expect(html).toContain('<html lang="ko">');
    expect(html).not.toMatch(/(src|href)="(?!#)/);
  });
});

describe('what is checked', () => {
  test('classes, pairs of functions, losses, objects and the default export, by name or by what they give', async () => {
    const result = await checked(join(FILES, 'layers.mjs'));
    expect(verdictsOf(result)).toEqual({
      Relu: 'right',
      Linear: 'wrong',
      Conv: 'could not run',
      Dropout: 'cannot tell',
      relu: 'right',
      square: 'wrong',
      mseLoss: 'wrong',
      'parts.double': 'right',
      Negate: 'wrong',
    });
    expect(errorsOf(result).toSorted()).toEqual([
      'Linear: constant-factor',
      'Negate: sign-flipped',
      'mseLoss: summed-instead-of-averaged',
      'square: constant-factor',
    ]);
    const sources = result.findings.flatMap(({ severity, source }) => (severity === 'error' ? [source] : []));
    for (const source of sources) expect(source).toMatch(/\/\/ wrong$/);
    const byName = Object.fromEntries(result.exports.map((each) => [each.name, each]));
    expect(byName['Linear']!.construction).toBe('new Linear(3, 2)');
    expect(byName['Conv']!.reason).toMatchObject({ kind: 'needs-arguments', names: ['options'] });
    expect(result.skipped).toEqual([
      { name: 'extremes', what: 'function', why: 'no-derivative' },
      { name: 'size', what: 'number', why: 'no-code' },
      { name: 'Layer', what: 'class', why: 'base-class' },
    ]);
  });

  test('chosen exports alone, with the inputs and arguments given', async () => {
    const file = join(FILES, 'layers.mjs');
    const right = await checked(file, '--export', 'Conv', '--args', '[{"kernel": 3}]', '--input', '[0.4]');
    expect(right).toMatchObject({ code: 0, verdict: 'right', findings: [] });
    expect(right.exports[0]!.construction).toBe('new Conv({"kernel":3})');
    const linear = await checked(
      ...[file, '--export', 'Linear', '--export', 'Relu', '--args', '[2, 1]', '--input', '[[0.5, -1]]'],
    );
    expect(linear.exports.map(({ name, ignoredInputs }) => [name, ignoredInputs])).toEqual([
      ['Relu', false],
      ['Linear', false],
    ]);
    expect(linear.findings[0]).toMatchObject({ inputs: { x: [0.5, -1] } });
  });

  test('inputs given go to the exports that take as many', async () => {
    const result = await checked(NOTES, '--input', '0.3', '--input', '1');
    const ignoring = result.exports.filter(({ ignoredInputs }) => ignoredInputs).map(({ name }) => name);
    expect(ignoring).toEqual(['AffineFunction', 'Sigmoid', 'Model']);
  });

  test.each([
    [
      ['--input', '[1,'],
      "--input must be JSON numbers: a list of all inputs, as in '[[1,0],0]', or one input",
    ],
    [['--input', '["a"]'], '--input must be JSON numbers'],
    [['--args', '3'], "--args must be a JSON list, as in '[3,2]'; got 3"],
    [['--timeout', '0'], '--timeout must be a number above 0'],
    [['--memory', 'x'], '--memory must be a number'],
    [['--watch', '--json'], '--watch and --json contradict each other'],
  ])('%j is refused with a reason', async (options, words) => {
    const { code, stderr } = await cli(['check', NOTES, ...options]);
    expect(code).toBe(2);
    expect(stderr).toContain(words);
  });

  test('a file with nothing to check is told what it has and what would count', async () => {
    const file = learner({
      'nothing.js': `export const a = 3;\n${DOUBLE.replace('export ', '')}export function dot(a, b) { return a * b; }\n`,
    });
    const { code, stdout, stderr } = await inside(['check', file]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('a: number');
    expect(stderr).toContain('dot: a function for which there is no dotBackward');
    expect(stderr).toContain('Defined, but not exported: Double. Put export in front.');
    expect(stderr).toContain('classes and\n  objects with forward and backward');
  });

  test('an export that is not there is told from those that are', async () => {
    const { code, stderr } = await program(['check', 'notes.ts', '--export', 'Nothing'], { cwd: FILES });
    const message = 'error: notes.ts has no Nothing; it has AffineFunction, Sigmoid, BCELoss, Model\n';
    expect({ code, stderr }).toEqual({ code: 2, stderr: message });
  });

  test.each([
    ['missing.ts', 'error: there is no file missing.ts\n'],
    ['src', 'error: src is not a file\n'],
    [
      'package.json',
      'error: cannot check package.json: expected a file that ends in .js, .mjs, .cjs, .ts, .mts or .py\n',
    ],
  ])('%s is no file to check', async (path, stderr) => {
    expect(await cli(['check', path])).toEqual({ code: 2, stdout: '', stderr });
  });
});

describe('code that is not at the top of its file', () => {
  const ema = (rest: string): string => `// A moving average: y[t] = a x[t] + (1 - a) y[t - 1].
const complement = (a: number): number => 1 - a;

function createAverage() {
  let signal: number[] = [];
  let smooth: number[] = [];
  let a = 0;
  return {
    forward(x: number[], alpha: number): number[] {
      [signal, a, smooth] = [x, alpha, [x[0]!]];
      for (let t = 1; t < x.length; t++) smooth.push(alpha * x[t]! + complement(alpha) * smooth[t - 1]!);
      return smooth;
    },
    backward(dy: number[]): [number[], number] {
      const dx = dy.map(() => 0);
      let [dalpha, carry] = [0, 0];
      for (let t = dy.length - 1; t > 0; t--) {
        const g = dy[t]! + carry;
        dx[t] = a * g;
        dalpha += g * ${rest};
        carry = complement(a) * g;
      }
      dx[0] = dy[0]! + carry;
      return [dx, dalpha];
    },
  };
}

export const average = createAverage();
`;
  const right = '(signal[t]! - smooth[t - 1]!)';
  const options = ['--input', '[[1, -0.5, 2, 0.3], 0.3]'];

  test.each([
    [right, 'right', []],
    ['(signal[t]! + smooth[t - 1]!)', 'wrong', ['average: term-sign-flipped']],
    ['signal[t]!', 'wrong', ['average: term-missing']],
  ])('in a closure: %s', async (rest, verdict, errors) => {
    const result = await checked(learner({ 'average.ts': ema(rest) }), ...options);
    expect(result).toMatchObject({ verdict, problem: null });
    expect(errorsOf(result)).toEqual(errors);
    const lines = ema(rest).split('\n');
    for (const { line, source } of result.findings) expect(lines[line! - 1]).toBe(source);
  });

  test('a function whatever its name, if it says that it gives a derivative', async () => {
    const source = (grad: string): string => `
export function poisson(logRate, counts) {
  const rates = logRate.map(Math.exp);
  const loss = rates.reduce((sum, rate, i) => sum + rate - counts[i] * logRate[i], 0);
  const grad = rates.map((rate, i) => ${grad});
  return [loss, grad];
}
export function minmax(x) { return [Math.min(...x), Math.max(...x)]; }
`;
    const options = ['--export', 'poisson', '--input', '[[0.3, -0.2, 1], [1, 0, 2]]'];
    const right = await checked(learner({ 'a.mjs': source('rate - counts[i]') }));
    expect(verdictsOf(right)).toEqual({ poisson: 'right' });
    const wrong = await checked(learner({ 'a.mjs': source('rate + counts[i]') }), ...options);
    expect(errorsOf(wrong)).toEqual(['poisson: term-sign-flipped']);
  });
});

describe('files without a project', () => {
  test('imports work with and without extension, types alone are no import, and chainrule is this package', async () => {
    const file = learner({
      'main.ts': [
        "import { chain } from 'chainrule';",
        "import { Sigmoid } from './sigmoid';",
        "import { Matrix, half } from './types.js';",
        "export { Sigmoid } from './sigmoid';",
        'enum Mode { Train, Test }',
        'export class Scale {',
        '  constructor(private readonly factor: number, private mode: Mode = Mode.Train) {}',
        '  forward(x: number): number { return x * this.factor; }',
        '  backward(dy: number): number {',
        '    const dx = half(dy) * this.factor;',
        '    return dx;',
        '  }',
        '}',
        'export const both = chain([new Scale(3), new Sigmoid()]);',
        'export const matrix: Matrix = [[1]];',
      ].join('\n'),
      'sigmoid.ts': [
        'export class Sigmoid {',
        '  private a = 0;',
        '  forward(z: number): number { return (this.a = 1 / (1 + Math.exp(-z))); }',
        '  backward(da: number): number { return this.a * (1 - this.a) * da; }',
        '}',
      ].join('\n'),
      'types.ts': 'export type Matrix = number[][];\nexport const half = (x: number): number => x / 2;\n',
    });
    const result = await checked(file);
    expect(verdictsOf(result)).toEqual({ Sigmoid: 'right', Scale: 'wrong', both: 'wrong' });
    expect(
      result.findings.map(({ export: name, stage, line, source }) => [name, stage, line, source]),
    ).toEqual([
      ['Scale', null, 10, '    const dx = half(dy) * this.factor;'],
      ['both', 'Scale', 10, '    const dx = half(dy) * this.factor;'],
    ]);
  });

  test('CommonJS too', async () => {
    const file = learner({
      'tanh.js': [
        "const { one } = require('./one');",
        'class Tanh {',
        '  forward(x) { this.y = Math.tanh(x); return this.y; }',
        '  backward(dy) { return -dy * (one - this.y * this.y); }',
        '}',
        'module.exports = { Tanh };',
      ].join('\n'),
      'one.js': 'exports.one = 1;',
    });
    const result = await checked(file);
    expect(errorsOf(result)).toEqual(['Tanh: sign-flipped']);
    expect(result.findings[0]).toMatchObject({ line: 4, column: 25 });
  });

  test('a trial run at the end of the file that fails does not keep what it defines from being checked', async () => {
    const wrong = await checked(
      learner({ 'run.mjs': `${TRIPLE}\nconst double = new Double();\ndouble.step();\n` }),
    );
    expect(wrong).toMatchObject({
      code: 1,
      verdict: 'wrong',
      problem: { kind: 'threw', line: 4, partly: true },
    });
    const right = await inside(['check', learner({ 'run.mjs': `${DOUBLE}new Double().step();\n` })]);
    expect(right.code).toBe(2);
    expect(right.stdout).toContain('✓ right');
    expect(right.stderr).toMatch(/^error: .*run\.mjs:2 throws TypeError: .*step is not a function\n$/);
  });
});

test('what the file prints stays out of the result, and is shown if asked for', async () => {
  const noisy = DOUBLE.replace('{ return 2 * x; }', '{ console.log("forward"); return 2 * x; }');
  const file = learner({ 'noisy.mjs': `console.log("{");\nprocess.stdout.write("hello\\n");\n${noisy}` });
  expect(await checked(file)).toMatchObject({ code: 0, verdict: 'right', output: '{\nhello\n' });
  const { stdout } = await inside(['check', file, '--verbose']);
  expect(stdout).toMatch(/What the file printed\n\n {2}\{\n {2}hello\n$/);
});

test('--quiet prints a line for each export', async () => {
  const { code, stdout } = await program(['check', 'notes.ts', '--quiet'], { cwd: FILES });
  expect(code).toBe(1);
  expect(stdout.split('\n').slice(0, 3)).toEqual([
    'right  AffineFunction',
    'right  Sigmoid',
    'wrong  BCELoss  notes.ts:34:19  misplaced-parenthesis',
  ]);
});

test('--watch checks again when the file is saved, and Ctrl-C ends it', async () => {
  const file = learner({ 'watched.mjs': TRIPLE });
  const child = start(['check', 'watched.mjs', '--watch'], { cwd: dirname(file) });
  let text = '';
  child.stdout!.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  const said = (words: string): Promise<void> => vi.waitFor(() => expect(text).toContain(words), 30_000);
  await said('Watching watched.mjs');
  expect(text).toContain('✗ wrong');
  text = '';
  writeFileSync(file, DOUBLE);
  await said('Watching watched.mjs');
  expect(text).toContain('✓ right');
  child.kill('SIGINT');
  const [code] = (await once(child, 'close')) as [number];
  expect(code).toBe(0);
});
