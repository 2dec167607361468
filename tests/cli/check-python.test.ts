// chainrule check on Python files, where there is a python3 with NumPy.

import { execFileSync } from 'node:child_process';
import { chmodSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { checked, errorsOf, FILES, learner, verdictsOf } from './checked.js';
import { inside } from './program.js';

vi.setConfig({ testTimeout: 90_000 });

/** Whether Python runs a line. */
function runs(line: string): boolean {
  try {
    execFileSync('python3', ['-c', line], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const hasNumPy = runs('import numpy');
if (!hasNumPy) console.warn('tests of Python files are skipped: there is no python3 with NumPy');

const NOTES = join(FILES, 'notes.py');
const LAYERS = join(FILES, 'layers.py');

describe.skipIf(!hasNumPy)("the notes' neuron in Python", () => {
  test('has one wrong derivative, named with its correction, and a backward that crashes; nothing else is accused', async () => {
    const result = await checked(NOTES);
    expect(result).toMatchObject({ code: 1, verdict: 'wrong' });
    expect(errorsOf(result)).toEqual(['BCELoss: misplaced-parenthesis', 'Model: backward-throws']);
    expect(verdictsOf(result)).toEqual({
      AffineFunction: 'right',
      Sigmoid: 'right',
      BCELoss: 'wrong',
      Model: 'wrong',
    });
    const source = '        dJ_dp = (p - y) / (p + 1e-7 * (1 - p + 1e-7))';
    const lines = readFileSync(NOTES, 'utf8').split('\n');
    expect(result.findings[0]).toMatchObject({
      source,
      line: lines.indexOf(source) + 1,
      column: 17,
      slot: 'p',
    });
    expect(result.findings[0]!.correction).toContain('(p - y) / ((p + 1e-7) * (1 - p + 1e-7))');
    expect(result.findings[1]!.source).toBe('        w, b = self.affine.backward(dJ_dz, lr)');
  });

  test("and its main routine's crash is said, with the line of Python", async () => {
    const { stdout, stderr } = await inside(['check', NOTES]);
    expect(stderr).toBe('');
    expect(stdout).toContain('notes.py:49 throws TypeError: cannot unpack non-iterable NoneType object');
    expect(stdout).toMatch(/49 │ {9}w, b = self\.affine\.backward\(dJ_dz, lr\)\n {5}│ {9}\^+\n/);
    expect(stdout).toContain('What it defines was checked');
  });
});

describe.skipIf(!hasNumPy)('Python files', () => {
  test('classes, losses and pairs as books and courses have them', async () => {
    const result = await checked(LAYERS);
    expect(verdictsOf(result)).toEqual({
      Relu: 'right',
      Affine: 'wrong',
      SoftmaxWithLoss: 'right',
      TwoLayers: 'wrong',
      Embedding: 'right',
      affine: 'right',
      mse_loss: 'wrong',
      InPlace: 'right',
    });
    const errors = result.findings.filter(({ severity }) => severity === 'error');
    expect(errors.map(({ export: name, stage, slot }) => [name, stage, slot])).toEqual([
      ['Affine', null, 'b'],
      ['TwoLayers', 'layers.first', 'b'],
      ['mse_loss', null, 'p'],
    ]);
    for (const { source } of errors) expect(source).toMatch(/# wrong$/);
  });

  test('whole numbers are integers where NumPy wants them', async () => {
    const embedding = await checked(
      LAYERS,
      '--export',
      'Embedding',
      '--args',
      '[5, 2]',
      '--input',
      '[[0, 2, 2]]',
    );
    expect(embedding).toMatchObject({ code: 0, verdict: 'right' });
    expect(embedding.exports[0]!.construction).toBe('Embedding(5, 2)');
  });

  test('an input changed in place is noticed, at the line that does it', async () => {
    const { findings } = await checked(LAYERS, '--export', 'InPlace', '--input', '[[1.5, 2]]');
    expect(findings).toMatchObject([
      { cause: 'input-changed-in-place', severity: 'warning', source: '        x *= 2' },
    ]);
  });

  test.each([
    ['loops', 'while True:\n    pass\n', 'time', 'loops.py:1'],
    [
      'forward',
      'class A:\n    def forward(self, x):\n        while True:\n            x = x\n    def backward(self, dy):\n        return dy\n',
      'time',
      'forward.py:3',
    ],
    ['deep', 'def f(n):\n    return f(n + 1)\nf(0)\n', 'recursion', 'deep.py:2'],
    ['raises', 'def f():\n    return {}["key"]\nf()\n', 'threw', "raises.py:2 throws KeyError: 'key'"],
    ['exits', 'import sys\nsys.exit(3)\n', 'exit', 'exits.py:2 ends the process with exit code 3'],
    ['ends', 'import os\nos._exit(0)\n', 'ended', 'ends.py ended before the check did'],
    [
      'imports',
      'import no_such_module\n',
      'threw',
      "imports.py:1 throws ModuleNotFoundError: No module named 'no_such_module'",
    ],
    ['syntax', 'def f(:\n    pass\n', 'syntax', 'syntax.py:1'],
    [
      'huge',
      'import numpy as np\nx = np.ones((100000, 100000))\n',
      'memory',
      'huge.py:2 takes more than 512 MB',
    ],
    [
      'grows',
      'import numpy as np\na = []\nwhile True:\n    a.append(np.ones(10000))\n',
      'memory',
      'grows.py:',
    ],
    ['spam', 'while True:\n    print("spam" * 1000)\n', 'output', 'spam.py prints without end'],
    ['nothing', 'x = 3\n', 'nothing-to-check', 'nothing in'],
  ])('%s.py ends in a message', async (name, text, kind, words) => {
    const seconds = kind === 'time' ? ['--timeout', '2'] : [];
    const result = await checked(learner({ [`${name}.py`]: text }), ...seconds);
    expect(result).toMatchObject({ code: 2, verdict: 'could not run', problem: { kind } });
    expect(result.problem!.message).toContain(words);
  });

  test('without NumPy it is said what is missing', async () => {
    const python = learner({ python: '#!/bin/sh\nexec python3 -S "$@"\n' });
    chmodSync(python, 0o755);
    const { code, stderr } = await inside(['check', NOTES, '--python', python]);
    expect(code).toBe(2);
    expect(stderr).toContain(`error: ${python} has no NumPy, which a .py file needs\n`);
    expect(stderr).toContain(`${python} -m pip install numpy`);
  });
});

test('without Python it is said what is missing', async () => {
  const { code, stdout, stderr } = await inside(['check', NOTES, '--python', '/no/such/python']);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(
    /^error: cannot start \/no\/such\/python: a \.py file needs Python 3\.8 or later with NumPy\n/,
  );
});

test.skipIf(!hasNumPy)(
  'the line as it should be is found in Python too, among the file’s own helpers',
  async () => {
    const file = learner({
      'swish.py': [
        'import numpy as np',
        'def sigmoid(z):',
        '    return 1 / (1 + np.exp(-z))',
        'class Swish:',
        '    def forward(self, x):',
        '        self.x, self.s = x, sigmoid(x)',
        '        return x * self.s',
        '    def backward(self, dout):',
        '        return dout * (self.s + self.x * self.s * (1 - self.x))  # self.s belongs there',
      ].join('\n'),
    });
    const { findings } = await checked(file);
    expect(findings[0]!.correction).toContain('dout * (self.s + self.x * self.s * (1 - self.s))');
  },
);
