// chainrule compile: what becomes of a network's training step.

import { expect, test } from 'vitest';
import { cli } from './cli.js';

const compile = (...argv: string[]) => cli(['compile', ...argv]);

test('--show lists every loop with its formula; each weight moves last', async () => {
  const { code, stdout, stderr } = await compile('2-16-16-2', '--show');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain('reads x [32, 2], y [32]');
  expect(stdout).toMatch(/v1 +\[32, 16\] +matmul +2050 +@\d+ +x @ transpose\(weight1\)/);
  expect(stdout).toMatch(/v2 +\[32, 16\] +loop +\S+ +@\d+ +tanh\(v1 \+ bias1\)/);
  expect(stdout).toMatch(/weight3 +\[2, 16\] +loop .* weight3 - v\d+ \* \S+$/m);
  expect(stdout).toMatch(/Network +Sequential\(Linear\(2, 16\), Tanh/);
});

test('without it there are only the figures; in JSON everything', async () => {
  const { stdout } = await compile('3-4-1', '--loss', 'mse', '--optimizer', 'adam', '--precision', 'float64');
  expect(stdout).toMatch(/Compiled in .* ms/);
  expect(stdout).not.toContain('transpose');
  const result = JSON.parse((await compile('3-4-1', '--loss', 'mse', '--batch-size', '5', '--json')).stdout);
  expect(result).toMatchObject({ precision: 'float32', leaves: { 0: { name: 'x', shape: [5, 3] } } });
  // 2 m n k of both products forward, both by the weights, and the one by the hidden units.
  const products = result.kernels.filter(({ kind }: { kind: string }) => kind === 'matmul');
  const operations = products.map((kernel: { operations: number }) => kernel.operations);
  expect(operations.sort((a: number, b: number) => a - b)).toEqual([40, 40, 40, 120, 120]);
});

test.each([
  [['784'], 'widths: expected at least two whole numbers'],
  [['784-x'], 'got 784-x'],
  [['0-2'], 'from 1 to 8192'],
  [['2-2', '--loss', 'hinge'], '--loss'],
  [['2-2', '--batch-size', '0'], '--batch-size'],
  [['2-2', '--threads', 'two'], '--threads'],
])('%j is bad input', async (argv, message) => {
  const { code, stdout, stderr } = await compile(...argv);
  expect(code).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toContain(message);
});
