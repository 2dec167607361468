// What holds for every function, the ones still to be written included: this file runs over the table of functions.

import { describe, expect, test } from 'vitest';
import { derivativeBy, nameInputs } from '../../src/functions/index.js';
import { grad, tapeOf } from '../../src/graph/index.js';
import { noGrad, sizeOf, tensor, type Tensor } from '../../src/tensor/index.js';
import { awayFromZero, numericGradient } from './numeric.js';
import { expectClose } from './reference.js';
import { describeSample, samples, type Call } from './samples.js';

const normal = awayFromZero(3);

describe.each(samples)('$name', ({ name, call, samples }) => {
  const { operation } = call;
  describe.each(samples.map((sample) => [describeSample(sample), sample] as const))('%s', (_, sample) => {
    const [given, ...rest] = sample;
    const inputs = given.map((input, i) =>
      input.clone({ requiresGrad: derivativeBy(operation, i) !== undefined }),
    );
    const wanted = inputs.filter((input) => input.requiresGrad);
    const result = call(...inputs, ...rest);
    const upstream = normal(...result.shape);
    const gradients = (xs: readonly Tensor[], dy: Tensor, createGraph = false): Tensor[] =>
      grad(
        call(...xs, ...rest),
        xs.filter((x) => x.requiresGrad),
        { upstream: dy, createGraph },
      );
    const leaves = (xs: readonly Tensor[]): Tensor[] =>
      xs.map((x, i) => x.detach({ requiresGrad: inputs[i]?.requiresGrad ?? true }));

    test.runIf(result.requiresGrad)('the derivative by each input is the numeric one', () => {
      const value = (xs: readonly Tensor[]): number => total([call(...xs, ...rest)], [upstream]);
      gradients(inputs, upstream).forEach((gradient, i) => {
        const expected = numericGradient(value, inputs, inputs.indexOf(wanted[i]!));
        expectClose(gradient, expected, `derivative by input ${i}`, { relative: 1e-8, absolute: 1e-8 });
      });
    });

    test.runIf(result.requiresGrad)(
      'its derivative, by inputs and upstream, is the numeric one of the first',
      () => {
        const dy = upstream.clone({ requiresGrad: true });
        const weights = wanted.map((input) => normal(...input.shape));
        const first = gradients(inputs, dy, true).map((gradient, i) => gradient.mul(weights[i]!).sum());
        const second = grad(
          first.reduce((sum, term) => sum.add(term)),
          [...wanted, dy],
        );
        const value = (xs: readonly Tensor[]): number =>
          total(gradients(leaves(xs.slice(0, -1)), xs.at(-1)!), weights);
        second.forEach((gradient, i) => {
          const all = [...inputs, dy];
          const expected = numericGradient(value, all, all.indexOf([...wanted, dy][i]!));
          expectClose(gradient, expected, `derivative by ${i}`, { relative: 1e-7, absolute: 1e-7 });
        });
      },
    );

    test.runIf(operation.stages)('value and derivative are those of the stages', () => {
      const whole = tapeOf(result).find(({ origin }) => origin?.operation === operation)!;
      const stages = operation.stages!(nameInputs(operation.inputs, inputs), whole.origin!.attributes);
      expect([stages.shape, stages.dtype]).toEqual([whole.shape, whole.dtype]);
      expect(stages.data).toEqual(whole.data);
      const dy = normal(...whole.shape);
      const expected = grad(stages, wanted, { upstream: dy });
      grad(whole, wanted, { upstream: dy }).forEach((gradient, i) =>
        expectClose(gradient, expected[i]!, `derivative by input ${i}`, { relative: 1e-11, absolute: 1e-13 }),
      );
    });

    test('as a method it does the same', () => {
      const [first, ...others] = inputs;
      const method = (first as unknown as Record<string, Call>)[name]!;
      expect(method.call(first, ...others, ...rest)).toEqual(result);
    });

    test('the elements fill the shape, and gradients have the shapes of their inputs', () => {
      expect(result.data).toHaveLength(sizeOf(result.shape));
      if (!result.requiresGrad) return;
      gradients(inputs, upstream).forEach((gradient, i) => {
        expect(gradient.shape).toEqual(wanted[i]!.shape);
        expect(gradient.data).toHaveLength(wanted[i]!.size);
        expect(gradient.dtype).toBe('float64');
      });
    });

    test('whole numbers mean the same as int64 and as float64', () => {
      const whole = given.map((input) => input.data.map(Math.round));
      const as = (dtype: 'int64' | 'float64'): Tensor =>
        call(...whole.map((data, i) => tensor(data, { dtype, shape: given[i]!.shape })), ...rest);
      const [integer, float] = [as('int64'), as('float64')];
      expect(Array.from(integer.data, (x) => x + 0)).toEqual(Array.from(float.data, (x) => x + 0));
      if (integer.dtype === 'int64') expect(Array.from(integer.data).every(Number.isInteger)).toBe(true);
    });

    test('the inputs stay as they were', () => {
      if (result.requiresGrad) gradients(inputs, upstream);
      expect(inputs.map((input) => input.data)).toEqual(given.map((input) => input.data));
      expect(inputs.map((input) => input.grad)).toEqual(given.map(() => null));
    });
  });
});

/** All inputs of one shape, of shapes that broadcast, single numbers, nothing at all; less what the function refuses. */
/** The sum of all products of elements and weights. */
function total(tensors: readonly Tensor[], weights: readonly Tensor[]): number {
  return noGrad(() => tensors.reduce((sum, t, i) => sum + t.mul(weights[i]!).sum().item(), 0));
}
