// The lessons by hand give the numbers of the class notes, to the digits that these print.

import { describe, expect, test } from 'vitest';
import * as lessons from '../../lessons/index.js';
import { AND_LOG, BLOBS_RUNS, NEURON_LOSSES } from './published.js';

const right = new lessons.BCELoss();
const published = new lessons.PublishedBCELoss();

describe('lesson 1, the chain rule', () => {
  test('at z = 0 sigmoid is 0.5 and its derivative 0.25', () => {
    const { a, da_dz, local } = lessons.chainRule(0);
    expect({ a, da_dz }).toEqual({ a: 0.5, da_dz: 0.25 });
    expect(local).toEqual({ da_dz3: -0.25, dz3_dz2: 1, dz2_dz1: 1, dz1_dz: -1 });
  });

  test.each([-3, -0.5, 0, 0.3, 4])('at z = %d the four functions together are sigmoid', (z) => {
    const { a, da_dz } = lessons.chainRule(z);
    const sigmoid = new lessons.Sigmoid();
    expect(a).toBeCloseTo(sigmoid.forward(z), 15);
    expect(da_dz).toBeCloseTo(sigmoid.backward(1), 15);
  });
});

describe('lesson 2, an artificial neuron', () => {
  test('the published derivative gives the thirty published losses, digit by digit', () => {
    const { losses } = lessons.neuron(published);
    expect(losses.map((loss) => loss.toFixed(4))).toEqual(NEURON_LOSSES.map((loss) => loss.toFixed(4)));
  });

  test('so it does, to 0.0001, from the printed first loss alone', () => {
    let z = Math.log(Math.exp(0.469) - 1); // p = 1 - exp(-J), z = ln(p / (1 - p))
    for (const printed of NEURON_LOSSES) {
      const p = 1 / (1 + Math.exp(-z));
      const { J, dJ_dp } = published.forward(p, 0);
      expect(Math.abs(J - printed)).toBeLessThan(1e-4);
      z -= 2 * lessons.NEURON.lr * p * (1 - p) * dJ_dp;
    }
  });

  test('the right derivative brings the loss further down', () => {
    const { losses } = lessons.neuron(right);
    const shown = [0, 1, 2, 3, 28, 29].map((step) => losses[step]!.toFixed(4));
    expect(shown).toEqual(['0.4690', '0.4416', '0.4167', '0.3940', '0.1523', '0.1484']);
  });

  test("BCE's published derivative is off by the factor 1 - p", () => {
    for (const p of [0.1, 0.5, 0.9]) {
      const ratio = published.derivative(p, 0) / right.derivative(p, 0);
      expect(ratio).toBeCloseTo(1 - p, 5);
    }
  });

  test('the right derivative is the one that the values have', () => {
    const h = 1e-6;
    for (const [p, y] of [
      [0.2, 0],
      [0.7, 1],
    ] as const) {
      const numeric = (right.forward(p + h, y).J - right.forward(p - h, y).J) / (2 * h);
      expect(right.forward(p, y).dJ_dp).toBeCloseTo(numeric, 5);
    }
  });
});

describe('lesson 3, the AND gate', () => {
  test('the published derivative gives the published log, digit by digit', () => {
    const { log } = lessons.andGate(published);
    const shown = log.map(({ step, w, b, x, y, p, J }) =>
      [step, w[0].toFixed(8), w[1].toFixed(8), b.toFixed(4), ...x, y, p.toFixed(4), J.toFixed(4)].join(' '),
    );
    const printed = AND_LOG.map(([step, w1, w2, b, x1, x2, y, p, J]) =>
      [step, w1.toFixed(8), w2.toFixed(8), b.toFixed(4), x1, x2, y, p.toFixed(4), J.toFixed(4)].join(' '),
    );
    expect(shown).toEqual(printed);
  });

  test('the right derivative learns faster', () => {
    const { step, w, b, p, J } = lessons.andGate(right).log.at(-1)!;
    expect(step).toBe(1809);
    expect([...w, b, p, J].map((n) => n.toFixed(4))).toEqual([
      '4.1477',
      '4.1280',
      '-6.3950',
      '0.0955',
      '0.1004',
    ]);
  });

  test('a weight whose input is 0 does not move', () => {
    const lines = [right, published].flatMap((loss) => lessons.andGate(loss).log.slice(1));
    for (const { x, w, b, before } of lines) {
      x.forEach((input, i) => expect(w[i] !== before!.w[i]).toBe(input !== 0));
      expect(b).not.toBe(before!.b);
    }
  });

  test('the parameters turn towards a multiple of (0.5, 0.5, -0.7)', () => {
    const cosines = lessons.andGate(published).log.map(lessons.andAlignment);
    expect(cosines).toEqual(cosines.toSorted((a, b) => a - b));
    expect(cosines.at(-1)).toBeGreaterThan(0.99);
  });
});

describe('lesson 4, a random data set', () => {
  test.each([
    ['published', published, BLOBS_RUNS.published],
    ['right', right, BLOBS_RUNS.right],
  ] as const)("NumPy's numbers with the %s derivative, to 1e-12", (_, loss, row) => {
    const run = lessons.blobs(loss);
    expect(run.loss).toHaveLength(30);
    expect(run.loss[0]).toBeCloseTo(row.loss[0], 12);
    expect(run.loss.at(-1)).toBeCloseTo(row.loss[1], 12);
    expect([run.accuracy[0], run.accuracy.at(-1)]).toEqual(row.accuracy);
    expect(run.w.map((weight) => weight.toFixed(8))).toEqual(row.w.map((weight) => weight.toFixed(8)));
    expect(run.b).toBeCloseTo(row.b, 12);
  });

  test('with the published derivative it never learns: no epoch is better than chance', () => {
    expect(Math.max(...lessons.blobs(published).accuracy)).toBe(0.5);
  });
});
