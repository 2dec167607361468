// The lessons with the library give the numbers of the lessons by hand.

import { expect, test } from 'vitest';
import * as byHand from '../../lessons/index.js';
import * as withLibrary from '../../lessons/with-library/index.js';
import { BLOBS_RUNS } from './published.js';

// The notes add 1e-7 in the loss's derivative, the library does not: parameters differ in about the sixth digit.
const EPSILON_DIGITS = 5;

test('lesson 1: the same value and derivative', () => {
  for (const z of [-2, 0, 0.3]) {
    const { a, da_dz } = withLibrary.chainRule(z);
    expect(a).toBeCloseTo(byHand.chainRule(z).a, 15);
    expect(da_dz).toBeCloseTo(byHand.chainRule(z).da_dz, 15);
  }
});

test('lesson 2: the same losses', async () => {
  const [expected, { losses, w }] = [byHand.neuron(), await withLibrary.neuron()];
  expect(losses).toHaveLength(30);
  losses.forEach((loss, step) => expect(loss).toBeCloseTo(expected.losses[step]!, EPSILON_DIGITS));
  expect(w[0]).toBeCloseTo(expected.w[0], EPSILON_DIGITS);
});

test('lesson 3: the same log', async () => {
  const [expected, log] = [byHand.andGate().log.slice(1), await withLibrary.andGate()];
  expect(log.map((line) => line.step)).toEqual(expected.map((line) => line.step));
  log.forEach((line, i) => {
    const { J, w, b } = expected[i]!;
    [line.J, ...line.w, line.b].forEach((value, k) => {
      expect(value).toBeCloseTo([J, ...w, b][k]!, EPSILON_DIGITS);
    });
  });
});

test("lesson 4: NumPy's numbers with the exact derivative, to 1e-12", async () => {
  const { loss, accuracy, w, b } = await withLibrary.blobs();
  const { exact } = BLOBS_RUNS;
  expect(loss[0]).toBeCloseTo(exact.loss[0], 12);
  expect(loss.at(-1)).toBeCloseTo(exact.loss[1], 12);
  expect([accuracy[0], accuracy.at(-1)]).toEqual(exact.accuracy);
  expect(w.map((weight) => weight.toFixed(8))).toEqual(exact.w.map((weight) => weight.toFixed(8)));
  expect(b).toBeCloseTo(exact.b, 12);
});
