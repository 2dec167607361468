// chainrule explain: from what is typed to a derivation.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cli, temporaryFolder } from './cli.js';

const explain = (...argv: string[]) => cli(['explain', ...argv]);
const json = async (...argv: string[]) => JSON.parse((await explain(...argv, '--json')).stdout);

describe('value and gradients', () => {
  test('of the sigmoid at 0 are 0.5 and 0.25, with a step for each function', async () => {
    const result = await json('1/(1+exp(-z))', '--at', 'z=0');
    expect(result).toMatchObject({ value: 0.5, gradients: { z: 0.25 } });
    expect(result.steps).toHaveLength(4);
  });

  test.each([
    [['x*y', '--at', 'x=2,y=3'], { x: 3, y: 2 }],
    [['x*y', '--at', 'x=2', '--at', 'y=3'], { x: 3, y: 2 }],
    [['x*y', '--at', 'x=2,y=3', '--wrt', 'y'], { y: 2 }],
    [['x*y', '--at', 'x=2,y=3', '--wrt', 'y, x'], { x: 3, y: 2 }],
    [['sum(w*x)', '--at', 'w=[0.2,-0.4],x=[1, 2]'], { w: [1, 2], x: [0.2, -0.4] }],
    [
      ['sum(W*W)', '--at', 'W=[[1,2],[3,4]]'],
      {
        W: [
          [2, 4],
          [6, 8],
        ],
      },
    ],
    [['x**2', '--at', 'x=-1/2'], { x: -1 }],
    [['x**2', '--at', ' x = 1e1 '], { x: 20 }],
    [['-z', '--at', 'z=1'], { z: -1 }],
    [['--at', 'z=1', '-z'], { z: -1 }],
    [['e*x', '--at', 'e=3,x=2'], { e: 2, x: 3 }],
    [['2+2'], {}],
  ])('of %j', async (argv, gradients) => {
    expect((await json(...argv)).gradients).toEqual(gradients);
  });
});

describe('the format', () => {
  test.each([
    [[], /^y = 6\n\nForward/],
    [['--lang', 'ko'], /^y = 6\n\n순전파[^]*국소 미분[^]*기울기/],
    [['--quiet'], /^y = 6\ndy_dx = 5\n$/],
    [['--format', 'markdown'], /^# \$y = 6\$/],
    [['--format', 'html', '--lang', 'ko'], /^<!doctype html>\n<html lang="ko">/],
    [['--format', 'json'], /^\{\n/],
    [['--json', '--format', 'json'], /^\{\n/],
  ])('of %j', async (argv, start) => {
    const { code, stdout } = await explain('x*x + x', '--at', 'x=2', ...argv);
    expect(code).toBe(0);
    expect(stdout).toMatch(start);
  });

  test('goes to a file with --out', async () => {
    const path = join(temporaryFolder(), 'notes', 'square.md');
    const { stdout } = await explain('x*x', '--at', 'x=3', '--format', 'markdown', '--out', path);
    expect(stdout).toBe(`Written: ${path}\n`);
    expect(readFileSync(path, 'utf8')).toMatch(/^# \$y = 9\$/);
  });
});

describe('bad input ends with exit code 2 and a message that says what to do', () => {
  test.each([
    [['z*z'], 'no value for z; give one, as in --at z=1'],
    [['w*x + b', '--at', 'x=1'], 'no value for w, b; give one, as in --at w=1,b=1'],
    [['1/(1+exp(-z)', '--at', 'z=0'], '  1/(1+exp(-z)\n              ^'],
    [['x', '--at', 'x'], '--at takes name=value'],
    [['x', '--at', 'x=1,x=2'], '--at gives x twice'],
    [['x', '--at', 'x=1,y=2'], 'there is no variable y in x; its variables are x'],
    [['1+1', '--at', 'y=2'], 'there is no variable y in 1+1: it has none'],
    [['x', '--at', 'x=1/'], '--at x: '],
    [['x', '--at', 'x=y'], '--at x: '],
    [['x*x', '--at', 'x=1', '--wrt', 'y'], 'no variable y'],
    [['foo(x)', '--at', 'x=1'], 'foo'],
    [['x*y', '--at', 'x=[1,2],y=[1,2,3]'], '[2]'],
    [['x', '--at', 'x=1', '--format', 'pdf'], '--format must be one of text, markdown, html, json, got pdf'],
    [['x', '--at', 'x=1', '--json', '--format', 'html'], '--json and --format html contradict each other'],
    [['x', 'y'], 'more arguments'],
    [[], 'expression is missing'],
  ])('%j', async (argv, message) => {
    const { code, stdout, stderr } = await explain(...argv);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).not.toContain('    at '); // no stack
  });
});
