// Every function has the values and the gradients that PyTorch has: random numbers, many shapes, and the edges.

import { describe, expect, test } from 'vitest';
import { concat, functions, take } from '../../src/functions/index.js';
import { grad } from '../../src/graph/index.js';
import { full, tensor, type Tensor } from '../../src/tensor/index.js';
import { expectClose, read, readFixture, type Written } from './reference.js';

interface Case {
  readonly name: string;
  readonly function: string;
  readonly rest: readonly unknown[];
  readonly inputs: readonly Written[];
  readonly output: Written;
  readonly cotangent?: Written;
  readonly gradients?: readonly (Written | null)[];
}

const { cases } = readFixture<{ cases: readonly Case[] }>('torch-functions.json');

const attention = (q: Tensor, k: Tensor, v: Tensor, mask: Tensor): Tensor =>
  q
    .matmul(k.transpose())
    .div(Math.sqrt(q.shape.at(-1)!))
    .add(mask)
    .softmax()
    .matmul(v);

/** What is not a function of the table but built of it. */
const built: Record<string, (...inputs: Tensor[]) => Tensor> = {
  biasedConv2d: (x, weight, bias) =>
    functions.conv2d(x!, weight!, { padding: 1 }).add(bias!.reshape([-1, 1, 1])),
  take: (table, ids) => take(table!, ids!),
  affine: (x, weight, bias) => x!.matmul(weight!).add(bias!),
  layerNorm: (x, weight, bias) => {
    const centred = x!.sub(x!.mean(-1, { keepDims: true }));
    const variance = centred.pow(2).mean(-1, { keepDims: true });
    return centred.div(variance.add(1e-5).sqrt()).mul(weight!).add(bias!);
  },
  attention: (q, k, v) => attention(q!, k!, v!, tensor(0)),
  causalAttention: (q, k, v) => {
    const n = q!.shape[0]!;
    const future = Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => j > i));
    return attention(q!, k!, v!, functions.where(future, full([n, n], -Infinity), 0));
  },
};

const table = { ...functions, ...built } as Record<string, (...args: unknown[]) => Tensor>;

describe.each([...new Set(cases.map((c) => c.function))])('%s equals PyTorch', (name) => {
  test.each(cases.filter((c) => c.function === name))('$name', (c) => {
    const inputs = c.inputs.map((input, i) => read(input, { requiresGrad: Boolean(c.gradients?.[i]) }));
    const output = table[name]!(...inputs, ...c.rest);
    expectClose(output, read(c.output), 'value');
    const wanted = inputs.filter((input) => input.requiresGrad);
    if (!c.cotangent || wanted.length === 0) return;
    const gradients = grad(output, wanted, { upstream: read(c.cotangent) });
    const expected = c.gradients!.filter((gradient) => gradient !== null);
    gradients.forEach((gradient, i) => expectClose(gradient, read(expected[i]!), `gradient ${i}`));
  });
});

test('concat of many is concat of pairs', () => {
  const parts = Array.from({ length: 7 }, (_, i) => full([2, i], i, { requiresGrad: i > 0 }));
  const whole = concat(parts, 1);
  expect(whole.toArray()).toEqual(Array.from({ length: 2 }, () => parts.flatMap((_, i) => Array(i).fill(i))));
  whole.mul(whole).sum().backward();
  expect(parts.slice(1).map((part) => part.grad)).toEqual(
    parts.slice(1).map((part) => full(part.shape, 2 * part.data[0]!)),
  );
});
