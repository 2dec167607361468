// Inputs for code that came without any, and where it is looked at: where its mistakes show.

import { describe, expect, test } from 'vitest';
import { check, ValueError } from '../../src/index.js';

type Vector = number[];
type Matrix = number[][];

const dot = (a: Vector, b: Vector): number => a.reduce((sum, x, i) => sum + x * b[i]!, 0);

/** tanh(Wx x + Wh h), of more states than inputs. */
class Cell {
  Wx: Matrix = [[0.3, -0.2], [0.5, 0.1], [-0.4, 0.7]]; // prettier-ignore
  Wh: Matrix = [[0.2, 0.4, -0.1], [-0.3, 0.6, 0.2], [0.1, -0.5, 0.3]]; // prettier-ignore
  dWx: Matrix = [];
  dWh: Matrix = [];
  kept: [Vector, Vector, Vector] = [[], [], []];

  forward(x: Vector, h: Vector): Vector {
    const next = this.Wx.map((row, i) => Math.tanh(dot(row, x) + dot(this.Wh[i]!, h)));
    this.kept = [x, h, next];
    return next;
  }

  backward(dNext: Vector): { dx: Vector; dh: Vector } {
    const [x, h, next] = this.kept;
    const da = next.map((a, i) => dNext[i]! * (1 - a * a));
    this.dWx = da.map((d) => x.map((each) => d * each));
    this.dWh = da.map((d) => h.map((each) => d * each));
    const back = (W: Matrix, j: number): number => da.reduce((sum, d, i) => sum + d * W[i]![j]!, 0);
    return { dx: x.map((_, j) => back(this.Wx, j)), dh: h.map((_, j) => back(this.Wh, j)) };
  }
}

/** A filter that slides over its input, with a bias. */
class Filter {
  w: Vector = [0.5, -0.3, 0.8];
  b = 0.1;
  dw: Vector = [];
  db = 0;
  x: Vector = [];

  forward(x: Vector): Vector {
    this.x = x;
    return x.slice(2).map((_, t) => this.b + this.w.reduce((sum, w, k) => sum + w * x[t + k]!, 0));
  }

  backward(dy: Vector): Vector {
    this.dw = this.w.map((_, k) => dy.reduce((sum, d, t) => sum + d * this.x[t + k]!, 0));
    this.db = this.sumOf(dy);
    return this.x.map((_, i) => dy.reduce((sum, d, t) => sum + d * (this.w[i - t] ?? 0), 0));
  }

  sumOf(dy: Vector): number {
    return dy.reduce((sum, d) => sum + d, 0);
  }
}

/** The cosine of the angle between two vectors: as it was, however long they become. */
class Cosine {
  kept: { a: Vector; b: Vector; lengths: number; cosine: number } = { a: [], b: [], lengths: 1, cosine: 0 };

  forward(a: Vector, b: Vector): number {
    const lengths = Math.sqrt(dot(a, a) * dot(b, b));
    this.kept = { a, b, lengths, cosine: dot(a, b) / lengths };
    return this.kept.cosine;
  }

  backward(dy: number): [Vector, Vector] {
    const { a, b, lengths, cosine } = this.kept;
    const by = (x: Vector, other: Vector): Vector =>
      x.map((each, i) => dy * (other[i]! / lengths - (cosine * each) / dot(x, x)));
    return [by(a, b), by(b, a)];
  }
}

/** A sum of squares that gives its cache beside the result, under names. */
const squares = [
  (x: Vector) => ({ out: dot(x, x), cache: { x } }),
  (dout: number, cache: { x: Vector }) => cache.x.map((each) => 2 * each * dout),
];

const softmax = (z: Vector): Vector => {
  const powers = z.map((each) => Math.exp(each - Math.max(...z)));
  return powers.map((each) => each / powers.reduce((sum, other) => sum + other));
};

/** -Σ t log softmax(z), for shares t that add up to 1. */
class SoftTargets {
  kept: [Vector, Vector] = [[], []];

  forward(z: Vector, target: Vector): number {
    this.kept = [softmax(z), target];
    return -dot(target, this.kept[0].map(Math.log));
  }

  backward(dy: number): Vector {
    const [p, t] = this.kept;
    return p.map((each, i) => (each - t[i]!) * dy);
  }
}

/** Half the square of a difference; the wrong one cuts its derivative off. */
class Half {
  kept = 0;
  most = Infinity;

  forward(x: number, mean: number): number {
    this.kept = x - mean;
    return this.kept ** 2 / 2;
  }

  backward(dy: number): number {
    return dy * Math.max(-this.most, Math.min(this.most, this.kept));
  }
}

describe('inputs are found for right code', () => {
  test.each([
    ['a recurrent cell of more states than inputs', new Cell()],
    ['a filter', new Filter()],
    ['what does not change when its inputs grow', new Cosine()],
    ['a pair whose forward gives { out, cache }', squares],
    ['a loss of shares that add up to 1', new SoftTargets()],
    ['a difference', new Half()],
  ])('%s', (_, subject) => {
    const { verdict, findings } = check(subject);
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(verdict).toBe('right');
  });

  test('shares that were given stay shares', () => {
    expect(check(new SoftTargets(), { inputs: [[0.3, -1, 2], [0.2, 0.5, 0.3]] }).verdict).toBe('right'); // prettier-ignore
  });
});

describe('mistakes show', () => {
  test('a bias whose derivative is of one place only: the input is longer than the filter', () => {
    class LastOnly extends Filter {
      override sumOf(dy: Vector): number {
        return dy.at(-1)!;
      }
    }
    expect(check(new LastOnly())).toMatchObject({ verdict: 'wrong', findings: [{ slot: 'b' }] });
  });

  test('a derivative that is cut off beyond what probabilities reach', () => {
    expect(check(Object.assign(new Half(), { most: 1 })).verdict).toBe('wrong');
  });
});

test('more inputs than forward takes are refused: brackets were forgotten', () => {
  expect(() => check(new Filter(), { inputs: [0.1, 0.2, 0.3, 0.4] })).toThrow(ValueError);
  expect(() => check(new Filter(), { inputs: [0.1, 0.2, 0.3, 0.4] })).toThrow(
    'Filter: forward takes one input (x), got 4',
  );
});
