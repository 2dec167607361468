// The diagnosis: which mistake is named for which numbers, in words that a learner can use.

import { describe, expect, test } from 'vitest';
import { check, type Finding } from '../../src/check/index.js';
import { CAUSES } from '../../src/check/hypotheses/index.js';
import type { Value } from '../../src/check/value.js';
import { corpus } from './corpus/index.js';

/** The first error that check finds in code wrong on purpose. */
function errorIn(subject: unknown, inputs: readonly Value[]): Finding {
  const report = check(subject, { inputs });
  expect(report.verdict).toBe('wrong');
  return report.findings[0]!;
}

/** A class of one number, with the given function and derivative. */
const scalar = (f: (x: number) => number, df: (dy: number, x: number, y: number) => number): unknown =>
  new (class Scalar {
    x = 0;
    y = 0;
    forward(x: number): number {
      this.x = x;
      this.y = f(x);
      return this.y;
    }
    backward(dy: number): number {
      return df(dy, this.x, this.y);
    }
  })();

/** The same on a list of numbers. */
const list = (f: (x: number) => number, df: (dy: number, x: number, y: number) => number): unknown => {
  let x: number[] = [];
  return {
    forward(values: number[]) {
      x = values;
      return x.map(f);
    },
    backward: (dy: number[]) => dy.map((d, i) => df(d, x[i]!, f(x[i]!))),
  };
};

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
const X = [0.8, -0.6, 1.4, -1.7, 0.3, -0.2];

describe('the same mistake is named in several kinds of code', () => {
  const functions = [
    { name: 'sigmoid', f: sigmoid, df: (dy: number, _: number, y: number) => dy * y * (1 - y) },
    { name: 'tanh', f: Math.tanh, df: (dy: number, _: number, y: number) => dy * (1 - y * y) },
    { name: 'exp', f: Math.exp, df: (dy: number, _: number, y: number) => dy * y },
    { name: 'sine', f: Math.sin, df: (dy: number, x: number) => dy * Math.cos(x) },
    { name: 'relu', f: (x: number) => Math.max(0, x), df: (dy: number, x: number) => (x > 0 ? dy : 0) },
    { name: 'square', f: (x: number) => x * x, df: (dy: number, x: number) => 2 * x * dy },
  ];
  const mistakes: readonly [
    cause: string,
    (df: (dy: number, x: number, y: number) => number) => typeof df,
  ][] = [
    ['sign-flipped', (df) => (dy, x, y) => -df(dy, x, y)],
    ['zero-gradient', () => () => 0],
    ['constant-factor', (df) => (dy, x, y) => 2 * df(dy, x, y)],
    ['upstream-missing', (df) => (_, x, y) => df(1, x, y)],
    ['upstream-twice', (df) => (dy, x, y) => dy * df(dy, x, y)],
    ['local-derivative-missing', () => (dy) => dy],
    ['factor-extra', (df) => (dy, x, y) => x * df(dy, x, y)],
  ];
  for (const { name, f, df } of functions) {
    test.each(mistakes)(`${name}: %s`, (cause, plant) => {
      expect(check(list(f, df), { inputs: [X] }).verdict).toBe('right');
      const { cause: named } = errorIn(list(f, plant(df)), [X]);
      const isAlsoTrue = name === 'square' && cause === 'factor-extra' && named === 'taken-at-output'; // 2x² is 2y
      expect(isAlsoTrue ? cause : named).toBe(cause);
    });
  }
});

describe('the words of a diagnosis', () => {
  test("the class notes' parenthesis: named, with the corrected formula", () => {
    const loss = (p: number, y: number): [number, number] => [
      -(y * Math.log(p) + (1 - y) * Math.log(1 - p)),
      (p - y) / (p + 1e-7 * (1 - p + 1e-7)),
    ];
    const { cause, message, correction, slot } = errorIn(loss, [0.3, 1]);
    expect(cause).toBe('misplaced-parenthesis');
    expect(slot).toBe('p');
    expect(message).toContain(
      "is the right one times (1 - p): the denominator's second factor has slipped inside the sum",
    );
    expect(correction).toBe('dp = (p - y) / ((p + 1e-7) * (1 - p + 1e-7))');
  });

  test('a missing factor is named as the code names it', () => {
    const { cause, message, correction } = errorIn(
      scalar(sigmoid, (dy, _, y) => dy * y),
      [0.4],
    );
    expect(cause).toBe('factor-missing');
    expect(message).toBe(
      'Your derivative by x lacks the factor (1 - y): times (1 - y), every number is right.',
    );
    expect(correction).toBe('Multiply by (1 - y).');
  });

  test('an epsilon that is too large is named with its size', () => {
    const { cause, message } = errorIn(
      scalar(Math.log, (dy, x) => dy / (x + 0.05)),
      [1.3],
    );
    expect(cause).toBe('epsilon-too-large');
    expect(message).toContain('x + 0.05');
  });

  test('the wrong side of a function in two parts is named', () => {
    const { cause, message } = errorIn(
      list(
        (x) => (x > 0 ? x : 0.1 * x),
        (dy, x) => (x > 0 ? dy : 0),
      ),
      [X],
    );
    expect(cause).toBe('wrong-on-one-side');
    expect(message).toMatch(/right except where \w+ < 0: there, it is 0\./);
  });

  test('a sum that should be a mean is told apart from a factor of the same size', () => {
    const mean = (df: (x: number, n: number) => number) => (x: number[]) => ({
      loss: x.reduce((total, v) => total + v * v, 0) / x.length,
      dx: x.map((v) => df(v, x.length)),
    });
    const four = [0.5, -1.2, 0.7, 0.3];
    expect(
      errorIn(
        mean((x) => 2 * x),
        [four],
      ).cause,
    ).toBe('summed-instead-of-averaged');
    expect(
      errorIn(
        mean((x, n) => (8 * x) / n),
        [four],
      ).cause,
    ).toBe('constant-factor');
  });
});

describe('two mistakes at once', () => {
  test('a factor and the sign', () => {
    const { cause, message } = errorIn(
      scalar(sigmoid, (dy, _, y) => -dy * y),
      [0.4],
    );
    expect(cause).toBe('factor-missing');
    expect(message).toMatch(/lacks the factor \(1 - y\).*Besides, the sign is flipped\./);
  });

  test('the upstream and a factor', () => {
    const { cause, message } = errorIn(
      scalar(sigmoid, (_, __, y) => y),
      [0.4],
    );
    expect(cause).toBe('upstream-missing');
    expect(message).toContain('lacks the factor (1 - y)');
  });

  test('a factor 2 and the input', () => {
    const { cause, message } = errorIn(
      scalar(
        (x) => x * x,
        (dy) => dy,
      ),
      [1.3],
    );
    expect(cause).toBe('local-derivative-missing');
    expect(message).toContain('the local derivative is missing');
  });
});

describe('silence rather than a wrong name', () => {
  const nonsense: readonly [what: string, df: (dy: number, x: number, y: number) => number][] = [
    ['a wave', (dy, x, y) => dy * y * (1 - y) * (1.3 + Math.sin(5 * x))],
    ['a power', (dy, _, y) => Math.sign(dy) * Math.abs(dy * y * (1 - y)) ** 1.4],
    ['an offset that moves', (dy, x, y) => dy * y * (1 - y) + 0.3 * Math.cos(2 * x)],
  ];
  test.each(nonsense)('%s is unexplained', (_, df) => {
    expect(errorIn(scalar(sigmoid, df), [0.4]).cause).toBe('unexplained');
    expect(errorIn(list(sigmoid, df), [X]).cause).toBe('unexplained');
  });

  test('an element that is wrong for no reason is not a side of a function: the text alone shows why', () => {
    const oneWrong = {
      x: [] as number[],
      forward(x: number[]) {
        this.x = x;
        return x.map((v) => v * v);
      },
      backward(dy: number[]) {
        return dy.map((d, i) => (i % 3 === 0 ? 3.4 : 2) * d * this.x[i]!);
      },
    };
    const { cause, message } = errorIn(oneWrong, [X]);
    expect(cause).toBe('wrong-factor');
    expect(message).toContain('(i % 3 === 0 ? 3.4 : 2)');
  });
});

test('every cause is planted somewhere in the corpus', () => {
  const planted = new Set(corpus.flatMap(({ bugs }) => Object.values(bugs).flat()));
  expect(CAUSES.filter((cause) => !planted.has(cause))).toEqual([]);
});

describe('what a right derivative never does: heed the sign of what comes back', () => {
  /** x through a matrix, a relu, another matrix; `way` is the relu's way back. */
  const block = (way: (g: number, z: number) => number): unknown => {
    const [V, U] = [
      [[0.6, -0.9, 0.4], [0.8, 0.3, -0.7]],
      [[0.5, -0.4, 0.9], [-0.6, 0.8, 0.2], [0.3, 0.7, -0.5]],
    ]; // prettier-ignore
    const times = (M: number[][], x: number[]): number[] =>
      M.map((row) => row.reduce((sum, m, i) => sum + m * x[i]!, 0));
    const turned = (M: number[][]): number[][] => M[0]!.map((_, j) => M.map((row) => row[j]!));
    let z: number[] = [];
    return {
      forward(x: number[]) {
        z = times(U, x);
        return times(V, z.map((v) => Math.max(0, v))); // prettier-ignore
      },
      backward(dy: number[]) {
        const dz = times(turned(V), dy).map((g, i) => way(g, z[i]!));
        return times(turned(U), dz);
      },
    };
  };
  const inputs = [[0.9, -0.4, 0.7]];

  test('right', () => {
    expect(check(block((g, z) => (z > 0 ? g : 0)), { inputs }).verdict).toBe('right'); // prettier-ignore
  });

  test('a mask made of the upstream, deep inside', () => {
    const finding = errorIn(
      block((g) => (g > 0 ? g : 0)),
      inputs,
    );
    expect(finding).toMatchObject({ cause: 'mask-of-upstream' });
  });

  test('a sign that is lost', () => {
    const finding = errorIn(
      block((g, z) => (z > 0 ? Math.abs(g) : 0)),
      inputs,
    );
    expect(finding.cause).toMatch(/^(absolute-value|mask-of-upstream)$/);
  });
});
