// What holds for every function, the ones still to be written included: this file runs over the table of functions.
// A function that is not defined for all numbers, or has options, gets a line in `special`; the others need none.

import { describe, expect, test } from 'vitest';
import { ShapeError } from '../../src/errors.js';
import { derivativeBy, functions, nameInputs, type FunctionName } from '../../src/functions/index.js';
import { grad, tapeOf } from '../../src/graph/index.js';
import { noGrad, sizeOf, tensor, type Operation, type Tensor } from '../../src/tensor/index.js';
import { awayFromZero, fill, numericGradient, uniform } from './numeric.js';
import { expectClose } from './reference.js';

/** Tensors to call a function with, and the options that follow them. */
type Sample = readonly [inputs: readonly Tensor[], ...rest: readonly unknown[]];

const random = uniform(1);
const normal = awayFromZero(2);
const positive = (...shape: number[]): Tensor => fill(shape, () => 0.2 + 2 * random());
const probabilities = (...shape: number[]): Tensor => fill(shape, () => 0.05 + 0.9 * random());
const indices = (below: number, ...shape: number[]): Tensor =>
  fill(shape, () => Math.floor(below * random()));

const reductions = (): Sample[] => [
  [[normal(3, 4)]],
  [[normal()]],
  [[normal(2, 3, 2)], 1],
  [[normal(2, 3, 2)], [0, -1], { keepDims: true }],
  [[normal(0, 3)], 1],
];
const alongAxes = (): Sample[] => [[[normal(3, 4)]], [[normal(2, 3, 2)], 0], [[normal(2, 3)], -2]];
const losses = (prediction: typeof normal, ...rest: unknown[]): Sample[] => [
  [[prediction(3, 4), probabilities(3, 4)], ...rest],
  [[prediction(3), probabilities(3)], { reduction: 'sum' }],
  [[prediction(2, 1), probabilities(2, 1)], { reduction: 'none' }],
  [[prediction(), probabilities()]],
];

const special: { readonly [name in FunctionName]?: readonly Sample[] } = {
  log: [[[positive(3, 4)]], [[positive()]]],
  log1p: [[[positive(3, 4)]], [[probabilities(2).neg()]]],
  sqrt: [[[positive(3, 4)]], [[positive()]]],
  pow: [[[positive(3, 4), normal(3, 4)]], [[positive(3, 1), normal(4)]], [[positive(), normal(2)]]],
  leakyRelu: [[[normal(3, 4)]], [[normal(3)], { negativeSlope: 0.3 }], [[normal(0, 2)]]],
  elu: [[[normal(3, 4)]], [[normal(3)], { alpha: 2.5 }], [[normal(0, 2)]]],
  sum: reductions(),
  mean: reductions(),
  max: reductions(),
  min: reductions(),
  argmax: alongAxes(),
  softmax: alongAxes(),
  logSoftmax: alongAxes(),
  matmul: [
    [[normal(3, 4), normal(4, 2)]],
    [[normal(3), normal(3)]],
    [[normal(3), normal(2, 3, 2)]],
    [[normal(2, 1, 2, 3), normal(2, 3, 1)]],
    [[normal(2, 2, 3), normal(3)]],
    [[normal(2, 0), normal(0, 2)]],
  ],
  transpose: [[[normal(3, 4)]], [[normal(2, 3, 2)], [2, 0, 1]], [[normal(2, 2, 3)]], [[normal()]]],
  reshape: [
    [[normal(3, 4)], [2, 6]],
    [[normal(3, 4)], -1],
    [[normal(2, 3)], [3, 1, -1]],
    [[normal()], [1]],
    [[normal(0, 3)], [3, 0]],
  ],
  broadcastTo: [
    [[normal(3, 1)], [2, 3, 4]],
    [[normal()], [2]],
    [[normal(2)], [2]],
    [[normal(1)], [0]],
  ],
  slice: [
    [[normal(3, 4)], 1],
    [[normal(3, 4)], null, [-1, 0, -2]],
    [[normal(3, 4)]],
    [[normal(3, 4)], [2, 2]],
  ],
  placeSlice: [
    [[normal(4)], [3, 4], 1],
    [[normal(3, 2)], [3, 4], null, [-1, 0, -2]],
  ],
  concatPair: [
    [[normal(2, 3), normal(1, 3)]],
    [[normal(2, 1), normal(2, 3)], -1],
    [[normal(0, 2), normal(1, 2)]],
  ],
  gather: [[[normal(3, 4), indices(4, 3, 2)]], [[normal(3, 2), indices(3, 5, 2).neg()], 0]],
  scatterAdd: [
    [
      [normal(3, 5), indices(4, 3, 5)],
      [3, 4],
    ],
    [[normal(4, 2), indices(3, 4, 2)], [3, 2], 0],
  ],
  bce: losses(probabilities),
  bceWithLogits: losses(normal),
  mse: losses(normal),
  huber: losses(normal, { delta: 0.7 }),
  crossEntropy: [
    [[normal(4, 3), indices(3, 4)]],
    [[normal(2, 2, 3), indices(3, 2, 2)], { reduction: 'sum' }],
    [[normal(2, 3), indices(3, 2)], { reduction: 'none' }],
    [[normal(3), indices(3)]],
  ],
};

type Call = ((...args: readonly unknown[]) => Tensor) & { readonly operation: Operation };

describe.each(Object.entries(functions) as unknown as [FunctionName, Call][])('%s', (name, call) => {
  const { operation } = call;
  const samples = special[name] ?? usual(call);

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
function usual(call: Call): Sample[] {
  const count = call.operation.inputs.length;
  const repeated = (...shapes: number[][]): Sample => [
    Array.from({ length: count }, (_, i) => normal(...shapes[i % shapes.length]!)),
  ];
  const [first, ...others] = [
    repeated([3, 4]),
    ...(count > 1 ? [repeated([3, 1], [2, 1, 4], [4]), repeated([2], [])] : []),
    repeated([]),
    repeated([0, 4]),
  ];
  return [first!, ...others.filter((sample) => accepts(call, sample))];
}

function accepts(call: Call, [inputs, ...rest]: Sample): boolean {
  try {
    call(...inputs, ...rest);
    return true;
  } catch (error) {
    if (error instanceof ShapeError) return false;
    throw error;
  }
}

function describeSample([inputs, ...rest]: Sample): string {
  const shapes = inputs.map((input) => `[${input.shape.join(', ')}]`);
  return [...shapes, ...rest.map((option) => JSON.stringify(option))].join(' ');
}

/** The sum of all products of elements and weights. */
function total(tensors: readonly Tensor[], weights: readonly Tensor[]): number {
  return noGrad(() => tensors.reduce((sum, t, i) => sum + t.mul(weights[i]!).sum().item(), 0));
}
