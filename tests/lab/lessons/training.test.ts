// Lessons 2 to 4 in the lab: the numbers on the page are those of the notes and of NumPy.

import { describe, expect, test } from 'vitest';
import {
  lossesFrom,
  namesIn,
  quantitiesOf,
  START,
  stepped,
  withNumbers,
} from '../../../lab/lessons/2-neuron/step.js';
import { logged, runAndGate } from '../../../lab/lessons/3-and-gate/run.js';
import { compare, printed } from '../../../lab/lessons/4-blobs/compare.js';
import { STEPS, training } from '../../../lab/lessons/4-blobs/training.js';
import { lossWith } from '../../../lab/ui/derivatives.js';
import { andGate, blobs, neuron } from '../../../lessons/index.js';
import { explain, parse } from '../../../src/index.js';

describe.each(['right', 'published'] as const)('with the %s derivative', (derivative) => {
  test('the neuron takes the losses of lesson 2, step by step and all at once', () => {
    const { losses } = neuron(lossWith(derivative));
    expect(lossesFrom(START, derivative, 30)).toEqual(losses);
    let settings = START;
    for (const loss of losses) {
      expect(quantitiesOf(settings, derivative).find(({ name }) => name === 'J')?.value).toBe(loss);
      settings = stepped(settings, derivative);
    }
  });

  test('every number of a step is what its formula gives', () => {
    const settings = { ...START, x2: 0.5, w2: -0.7, y: 1 };
    const values = new Map<string, number>(Object.entries(settings));
    for (const { name, pass, formula, value } of quantitiesOf(settings, derivative)) {
      const at = Object.fromEntries(namesIn(formula).map((used) => [used, values.get(used)!]));
      expect(explain(formula, { at }).value, name).toBeCloseTo(value, 10);
      expect(() => parse(withNumbers(formula, values))).not.toThrow();
      if (pass !== 'update') values.set(name, value);
    }
  });

  test('the AND gate has the log of lesson 3', () => {
    const lines = logged(runAndGate(derivative));
    expect(lines).toEqual(
      andGate(lossWith(derivative)).log.map(({ before: _, ...line }) => expect.objectContaining(line)),
    );
  });

  test('the blobs end where lesson 4 ends, and every number prints as NumPy prints it', () => {
    const run = training(derivative);
    run.advance(1234);
    const end = run.advance(STEPS);
    const expected = blobs(lossWith(derivative));
    expect(end).toEqual({ steps: STEPS, ...expected });
    for (const row of compare(derivative, end)) {
      expect(row.ours).not.toBeNull();
      if (row.decimals === null) expect(row.ours).toBeCloseTo(row.numpy, 12);
      else expect(printed(row, row.ours!)).toBe(printed(row, row.numpy));
    }
  });

  test('numbers that the training has not reached are not there yet', () => {
    expect(compare(derivative, training(derivative).advance(99)).every(({ ours }) => ours === null)).toBe(
      true,
    );
  });
});
