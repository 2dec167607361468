// What comes back through one place of the forward pass: left out, turned round, or there in another number.

import { describe, expect, test } from 'vitest';
import { check } from '../../src/check/index.js';

type Code = (...args: unknown[]) => unknown;
const written = (text: string): Code => new Function(`return ${text}`)() as Code;

/** The first finding about a pair of functions given as text. */
function found(forward: string, backward: string, inputs: number[] | number[][]) {
  const report = check([written(forward), written(backward)], { inputs });
  return { verdict: report.verdict, ...report.findings[0] };
}

describe('polar coordinates: y is in the radius and in the angle', () => {
  const forward = '(x, y) => [Math.hypot(x, y), Math.atan2(y, x)]';
  const backward = (dy: string): string =>
    `(x, y, [dr, da]) => { const r = Math.hypot(x, y); return [(dr * x) / r - (da * y) / (r * r), ${dy}]; }`;
  const inputs = [0.7, -1.2];

  test('right', () => {
    expect(found(forward, backward('(dr * y) / r + (da * x) / (r * r)'), inputs).verdict).toBe('right');
  });

  test.each([
    ['(dr * y) / r', 'term-missing', 'in `(x, y) => [Math.hypot(x, y), Math.atan2(y, x)]`'],
    ['(da * x) / (r * r)', 'term-missing', 'lacks what comes back through'],
  ])('%s', (dy, cause, words) => {
    const finding = found(forward, backward(dy), inputs);
    expect(finding).toMatchObject({ verdict: 'wrong', slot: 'y', cause });
    expect(finding.message).toContain(words);
  });
});

describe('a soft overlap: what divides depends on the prediction too', () => {
  const forward = `(p, t) => {
    const sum = (v) => v.reduce((a, b) => a + b, 0);
    const top = sum(p.map((x, i) => x * t[i]));
    const bottom = sum(p.map((x) => x * x)) + sum(t);
    return top / bottom;
  }`;
  const backward = (direct: string, rest: string): string => `(p, t, g) => {
    const sum = (v) => v.reduce((a, b) => a + b, 0);
    const top = sum(p.map((x, i) => x * t[i]));
    const bottom = sum(p.map((x) => x * x)) + sum(t);
    return p.map((x, i) => g * (${direct}${rest}));
  }`;
  const direct = 't[i] / bottom';
  const below = ' - (2 * x * top) / (bottom * bottom)';
  const inputs = [
    [0.7, 0.2, 0.9],
    [1, 0, 1],
  ];

  test('right', () => expect(found(forward, backward(direct, below), inputs).verdict).toBe('right'));

  test('treated as a constant', () => {
    const finding = found(forward, backward(direct, ''), inputs);
    expect(finding).toMatchObject({ cause: 'term-missing', slot: 'p' });
    expect(finding.message).toContain('const bottom =');
  });

  test('with the wrong sign, where no edit of one sign helps', () => {
    const finding = found(
      forward,
      backward(direct, ` + [2].map((two) => (two * x * top) / (bottom * bottom))[0]`),
      inputs,
    );
    expect(finding).toMatchObject({ cause: 'term-sign-flipped', slot: 'p' });
  });
});

describe('a statistic that is treated as a constant is called by its name', () => {
  const forward = `(x) => {
    const mean = x.reduce((a, b) => a + b, 0) / x.length;
    return x.map((v) => Math.sin(v - mean) * v);
  }`;
  const backward = (rest: string): string => `(x, g) => {
    const mean = x.reduce((a, b) => a + b, 0) / x.length;
    const slopes = x.map((v, i) => g[i] * v * Math.cos(v - mean));
    const total = slopes.reduce((a, b) => a + b, 0);
    return x.map((v, i) => g[i] * Math.sin(v - mean) + slopes[i] ${rest});
  }`;
  const inputs = [[0.4, -1.3, 0.8]];

  test('right', () => {
    expect(found(forward, backward('- total / x.length'), inputs).verdict).toBe('right');
  });

  test('the mean', () => {
    expect(found(forward, backward(''), inputs)).toMatchObject({ cause: 'mean-path-forgotten', slot: 'x' });
  });
});

describe('a part that lacks a number which went in', () => {
  // y = sin(u x) + w u, u = x²; the way back through w u lacks w.
  const forward = '(x, w) => { const u = x * x; return Math.sin(u * x) + w * u; }';
  const backward = (part: string): string =>
    `(x, w, g) => [g * (3 * x * x * Math.cos(x * x * x) + ${part}), g * x * x]`;

  test('right', () => expect(found(forward, backward('w * 2 * x'), [0.8, 1.7]).verdict).toBe('right'));

  test('the factor is named', () => {
    const finding = found(forward, backward('[2].map((two) => two * x)[0]'), [0.8, 1.7]);
    expect(finding).toMatchObject({ cause: 'factor-missing', slot: 'x' });
  });
});

test('code that cannot be run from its text is not held', () => {
  const hidden = 0.5; // known to the functions, but not to their text
  const forward = (x: number, y: number): number => Math.exp(x * y) * Math.cos(hidden * x) + y;
  const backward = (x: number, y: number, g: number): number[] => [
    g * y * Math.exp(x * y) * Math.cos(hidden * x),
    g * (x * Math.exp(x * y) * Math.cos(hidden * x) + 1),
  ];
  const report = check([forward, backward], { inputs: [0.3, 0.6] });
  expect(report.verdict).toBe('wrong');
  expect(report.findings[0]!.slot).toBe('x');
  expect(report.findings[0]!.message).not.toContain('comes back through');
});
