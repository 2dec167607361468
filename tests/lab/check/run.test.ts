// A learner's text from its words to the verdict: the cause, and the line that it is about. Here a module runs in Node.

import { describe, expect, test } from 'vitest';
import { exercises } from '../../../exercises/index.js';
import { examples, type ExampleName } from '../../../lab/check/examples.js';
import { readInputs, run, type Host } from '../../../lab/check/run.js';
import type { Outcome, Phase } from '../../../lab/check/task.js';

async function outcomeOf(source: string, { inputs = '', exercise = '' } = {}): Promise<Outcome> {
  const task = exercise
    ? ({ kind: 'exercise', source, name: exercise } as const)
    : ({ kind: 'check', source, inputs } as const);
  return run(task, host());
}

function host(phases: Phase[] = []): Host {
  return {
    library: 'blob:library',
    printed: [],
    enter: (phase) => phases.push(phase),
    load: async (code) => {
      const url = `data:text/javascript;base64,${Buffer.from(code).toString('base64')}`;
      return { url, namespace: import(/* @vite-ignore */ url) as Promise<object> };
    },
  };
}

/** Verdict, and cause and line of each finding. */
async function told(source: string, inputs = ''): Promise<unknown> {
  const outcome = await outcomeOf(source, { inputs });
  if (outcome.kind !== 'checked') return outcome;
  return outcome.results.map((result) => {
    if (result.kind !== 'report') return [result.kind, result.line];
    const grave = result.findings.filter(({ severity }) => severity === 'error' || severity === 'doubt');
    return [result.verdict, ...grave.map(({ cause, line }) => `${cause} ${line}`)];
  });
}

test.each<[ExampleName, unknown]>([
  ['example-sigmoid', [['right']]],
  ['example-bce', [['wrong', 'misplaced-parenthesis 11']]],
  ['example-layer', [['wrong', 'not-summed-over-batch 19']]],
  ['example-own', [['right']]],
])('%s', async (name, expected) => {
  const { source, inputs } = examples[name];
  expect(await told(source, inputs)).toEqual(expected);
});

describe('the line of a finding', () => {
  test('is the one that a repair changes, among the module’s own helpers', async () => {
    const source = `const soft = (x: number): number => Math.tanh(Math.log1p(Math.exp(x)));
export class Mish {
  x = 0;
  forward(x: number): number {
    this.x = x;
    return x * soft(x);
  }
  backward(dy: number): number {
    const t: number = soft(this.x);
    const slope: number = (this.x * (1 - t)) / (1 + Math.exp(-this.x));
    return dy * (t + slope);
  }
}`;
    expect(await told(source)).toEqual([['wrong', 'factor-missing 10']]);
  });

  test('is that of the assignment to a derivative’s name, else of what is returned', async () => {
    const layer = (dw: string, dx: string): string => `export class Affine {
  w = 0.7;
  dw = 0;
  x = 0;
  forward(x) { this.x = x; return Math.sin(this.w) * x; }
  backward(dy) {
    this.dw = ${dw};
    const dx = ${dx};
    return dx;
  }
}`;
    expect(await told(layer('7 + dy', 'dy * Math.sin(this.w)'), '1.3')).toEqual([
      ['wrong', expect.stringMatching(/ 7$/)],
    ]);
    expect(await told(layer('dy * Math.cos(this.w) * this.x', '7 + dy'), '1.3')).toEqual([
      ['wrong', expect.stringMatching(/ 8$/)],
    ]);
  });

  test('is where the code throws', async () => {
    const source =
      'export function forward(x) {\n  return x;\n}\nexport function backward(dy) {\n  return dy.no.such;\n}';
    expect(await told(source)).toEqual([['wrong', 'backward-throws 5']]);
  });

  test('is that of the part of an object that is wrong', async () => {
    const source = `class Twice { forward(x) { return 2 * x; } backward(dy) { return 2 * dy; } }
class Square {
  forward(x) { this.x = x; return x * x; }
  backward(dy) {
    return dy * this.x;
  }
}
export class Net {
  twice = new Twice();
  square = new Square();
  forward(x) { return this.square.forward(this.twice.forward(x)); }
  backward(dy) { return this.twice.backward(this.square.backward(dy)); }
}`;
    const outcome = await outcomeOf(source);
    const net = outcome.kind === 'checked' && outcome.results.find(({ name }) => name === 'Net');
    expect(net && net.kind === 'report' && net.findings[0]).toMatchObject({ stage: 'square', line: 5 });
  });
});

test('a class that wants arguments is told at its line', async () => {
  const source =
    'const a = 1;\nclass Scale { constructor(by) { this.by = by; } forward(x) { return this.by * x; } }';
  expect(await told(source)).toEqual([['unmade', 2]]);
});

test('where nothing that was tried fits, it is inputs that are asked for', async () => {
  const source = 'export function forward(x) {\n  return forward(x);\n}\nexport const backward = (dy) => dy;';
  expect(await outcomeOf(source)).toMatchObject({
    results: [{ kind: 'no-inputs', name: 'forward', error: expect.stringMatching(/^RangeError/), line: 1 }],
  });
});

test.each([
  ['throw new Error("no");', { kind: 'threw', message: 'Error: no', line: 1 }],
  ['class {', { kind: 'syntax', line: 1 }],
  ["import fs from 'node:fs';\nfs();", { kind: 'import', specifier: 'node:fs', line: 1 }],
  ['const nothing = 1;', { kind: 'checked', results: [] }],
])('%j', async (source, expected) => {
  expect(await outcomeOf(source)).toMatchObject(expected);
});

test('its phases are told: first its top level, then its passes', async () => {
  const phases: Phase[] = [];
  await run({ kind: 'check', source: examples['example-own'].source, inputs: '' }, host(phases));
  expect(phases).toEqual(['running', 'checking']);
});

test.each([
  ['', null],
  ['  ', null],
  ['0.3, 1', [0.3, 1]],
  ['[[1, 2]], [0]', [[[1, 2]], [0]]],
  ['x', 'x'],
  ['"0.3"', '"0.3"'],
  ['[1, null]', '[1, null]'],
])('inputs %j', (text, expected) => {
  expect(readInputs(text)).toEqual(expected);
});

describe('an answer to an exercise', () => {
  const answer = (derivative: string): string =>
    `export class Sigmoid {
  forward(z) { return (this.a = 1 / (1 + Math.exp(-z))); }
  backward(dy) {
    return ${derivative};
  }
}`;

  test('is right, or wrong at a line, and no correction comes with it', async () => {
    const right = await outcomeOf(answer('dy * this.a * (1 - this.a)'), { exercise: 'sigmoid' });
    expect(right).toMatchObject({ kind: 'judged', judgement: { verdict: 'right' } });
    const wrong = await outcomeOf(answer('dy * this.a'), { exercise: 'sigmoid' });
    expect(wrong).toMatchObject({
      judgement: { verdict: 'wrong', parts: [{ problems: [{ kind: 'backward', line: 4 }] }] },
    });
    expect(JSON.stringify(wrong)).not.toMatch(/"correction":"/);
    expect(structuredClone(wrong)).toEqual(wrong); // it can be sent
  });

  test.each(exercises.map(({ name, skeleton, helpers }) => [name, `${skeleton}\n${helpers ?? ''}`]))(
    '%s: its skeleton runs here, and is unfinished at a line',
    async (exercise, source) => {
      expect(await outcomeOf(source, { exercise })).toMatchObject({
        kind: 'judged',
        judgement: { verdict: 'unfinished' },
      });
    },
  );
});
