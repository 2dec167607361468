// Functions of a vector to a number, norms and distances, and activations with a parameter.

import { dot, sigmoid, softmax, sum, type Vector } from './arrays.js';
import { entry, type Entry } from './entry.js';

const X = [0.5, -1.2, 0.8, 1.4, -0.3];
const Y = [0.9, 0.4, -0.6, 0.7, 1.1];
const mean = (values: Vector): number => sum(values) / values.length;

/** A function of one vector that keeps its input. */
function ofVector(
  f: (x: Vector) => number | Vector,
  backward: (dy: never, x: Vector) => Vector,
): { forward(x: Vector): number | Vector; backward(dy: never): Vector } {
  let kept: Vector = [];
  return {
    forward(x) {
      kept = x;
      return f(x);
    },
    backward: (dy) => backward(dy, kept),
  };
}

const logSumExp = entry(
  'log-sum-exp',
  [X],
  {
    bugs: {
      'sum forgotten': ['factor-extra', 'factor-missing'],
      'log forgotten': ['factor-extra', 'factor-missing'],
      'upstream forgotten': 'upstream-missing',
      ones: ['local-derivative-missing', 'constant-gradient', 'summed-too-far'],
    },
    variants: ['stable'],
  },
  (bug) =>
    ofVector(
      (x) => {
        const largest = bug === 'stable' ? Math.max(...x) : 0;
        return largest + Math.log(sum(x.map((v) => Math.exp(v - largest))));
      },
      (dy: number, x) => {
        if (bug === 'sum forgotten') return x.map((v) => dy * Math.exp(v));
        if (bug === 'log forgotten') return softmax(x).map((p) => dy * p * sum(x.map(Math.exp)));
        if (bug === 'upstream forgotten') return softmax(x);
        if (bug === 'ones') return x.map(() => dy);
        return softmax(x).map((p) => dy * p);
      },
    ),
);

const variance = entry(
  'variance',
  [X],
  {
    bugs: {
      'mean not subtracted': 'term-missing',
      'n forgotten': 'summed-instead-of-averaged',
      'n - 1 for n': 'constant-factor',
      '2 forgotten': 'constant-factor',
      'sign flipped': 'sign-flipped',
    },
    variants: ['with the path through the mean'],
  },
  (bug) =>
    ofVector(
      (x) => mean(x.map((v) => (v - mean(x)) ** 2)),
      (dy: number, x) => {
        const n = x.length;
        const centred = x.map((v) => v - mean(x));
        if (bug === 'with the path through the mean') {
          const dMean = sum(centred.map((c) => (-2 * c * dy) / n));
          return centred.map((c) => (2 * c * dy) / n + dMean / n);
        }
        if (bug === 'mean not subtracted') return x.map((v) => (2 * v * dy) / n);
        if (bug === 'n forgotten') return centred.map((c) => 2 * c * dy);
        if (bug === 'n - 1 for n') return centred.map((c) => (2 * c * dy) / (n - 1));
        if (bug === '2 forgotten') return centred.map((c) => (c * dy) / n);
        if (bug === 'sign flipped') return centred.map((c) => (-2 * c * dy) / n);
        return centred.map((c) => (2 * c * dy) / n);
      },
    ),
);

const norm = entry(
  'length of a vector',
  [X],
  {
    bugs: {
      'division forgotten': ['factor-extra', 'factor-missing'],
      'squared length': ['factor-extra', 'factor-missing'],
      'derivative of the square': ['factor-extra', 'factor-missing'],
      'x forgotten': 'factor-missing',
      'upstream forgotten': 'upstream-missing',
      'sign of x': ['factor-missing', 'wrong-factor'],
      'epsilon 0.5': 'epsilon-too-large',
    },
  },
  (bug) =>
    ofVector(
      (x) => Math.hypot(...x),
      (dy: number, x) => {
        const y = Math.hypot(...x);
        if (bug === 'division forgotten') return x.map((v) => dy * v);
        if (bug === 'squared length') return x.map((v) => (dy * v) / y ** 2);
        if (bug === 'derivative of the square') return x.map((v) => 2 * dy * v);
        if (bug === 'x forgotten') return x.map(() => dy / y);
        if (bug === 'upstream forgotten') return x.map((v) => v / y);
        if (bug === 'sign of x') return x.map((v) => (dy * Math.sign(v)) / y);
        if (bug === 'epsilon 0.5') return x.map((v) => (dy * v) / (y + 0.5));
        return x.map((v) => (dy * v) / y);
      },
    ),
);

const dotProduct = entry(
  'dot product',
  [X, Y],
  {
    bugs: {
      swapped: 'gradient-of-other-input',
      'upstream forgotten': 'upstream-missing',
      'summed to a number': 'summed-too-far',
      'minus for b': 'sign-flipped',
      averaged: ['averaged-instead-of-summed', 'constant-factor'],
    },
  },
  (bug) => ({
    forward: (a: Vector, b: Vector): number => dot(a, b),
    backward(dy: number, a: Vector, b: Vector): unknown[] {
      const times = (v: Vector, factor: number): Vector => v.map((x) => x * factor);
      if (bug === 'swapped') return [times(a, dy), times(b, dy)];
      if (bug === 'upstream forgotten') return [b, a];
      if (bug === 'summed to a number') return [times(b, dy), sum(times(a, dy))];
      if (bug === 'minus for b') return [times(b, dy), times(a, -dy)];
      if (bug === 'averaged') return [times(b, dy / a.length), times(a, dy / a.length)];
      return [times(b, dy), times(a, dy)];
    },
  }),
);

const cosine = entry(
  'cosine similarity',
  [X, Y],
  {
    bugs: {
      'lengths as constants': ['unexplained', 'statistics-as-constants', 'term-missing'],
      'length of b forgotten': ['factor-extra', 'factor-missing', 'unexplained'],
      'sign of the second term': ['unexplained', 'term-sign-flipped', 'term-extra', 'term-missing'],
    },
  },
  (bug) => ({
    forward: (a: Vector, b: Vector): number => dot(a, b) / (Math.hypot(...a) * Math.hypot(...b)),
    backward(dy: number, a: Vector, b: Vector): [da: Vector, db: Vector] {
      const gradient = (u: Vector, v: Vector): Vector => {
        const [lu, lv] = [Math.hypot(...u), Math.hypot(...v)];
        const c = dot(u, v) / (lu * lv);
        return u.map((x, i) => {
          if (bug === 'lengths as constants') return (dy * v[i]!) / (lu * lv);
          if (bug === 'length of b forgotten') return dy * (v[i]! / (lu * lv) - (c * x) / lu ** 2) * lv;
          if (bug === 'sign of the second term') return dy * (v[i]! / (lu * lv) + (c * x) / lu ** 2);
          return dy * (v[i]! / (lu * lv) - (c * x) / lu ** 2);
        });
      };
      return [gradient(a, b), gradient(b, a)];
    },
  }),
);

const largest = entry(
  'largest element',
  [X],
  {
    bugs: {
      'to all': 'mask-missing',
      'times the value': 'factor-extra',
      'to the smallest': 'wrong-place',
      'to the first': 'wrong-place',
      'upstream forgotten': 'upstream-missing',
    },
  },
  (bug) =>
    ofVector(
      (x) => Math.max(...x),
      (dy: number, x) =>
        x.map((v, i) => {
          if (bug === 'to all') return dy;
          if (bug === 'times the value') return v === Math.max(...x) ? dy * v : 0;
          if (bug === 'to the smallest') return v === Math.min(...x) ? dy : 0;
          if (bug === 'to the first') return i === 0 ? dy : 0;
          if (bug === 'upstream forgotten') return v === Math.max(...x) ? 1 : 0;
          return v === Math.max(...x) ? dy : 0;
        }),
    ),
);

const absolute = entry(
  'absolute value',
  [X],
  {
    bugs: {
      'sign forgotten': 'local-derivative-missing',
      'x for its sign': ['factor-extra', 'wrong-factor', 'inverted-factor'],
      'positive only': 'wrong-on-one-side',
      'sign of the upstream': ['mask-of-upstream', 'absolute-value', 'wrong-factor'],
      'upstream forgotten': 'upstream-missing',
    },
  },
  (bug) =>
    ofVector(
      (x) => x.map(Math.abs),
      (dy: Vector, x) =>
        x.map((v, i) => {
          const d = dy[i]!;
          if (bug === 'sign forgotten') return d;
          if (bug === 'x for its sign') return d * v;
          if (bug === 'positive only') return v > 0 ? d : 0;
          if (bug === 'sign of the upstream') return Math.abs(d);
          if (bug === 'upstream forgotten') return Math.sign(v);
          return d * Math.sign(v);
        }),
    ),
);

const clip = entry(
  'clip to [-1, 1]',
  [X],
  {
    bugs: {
      'condition forgotten': 'local-derivative-missing',
      'upstream clipped': 'unexplained',
      'one side only': ['wrong-on-one-side', 'mask-missing'],
      'condition inverted': 'mask-inverted',
    },
  },
  (bug) =>
    ofVector(
      (x) => x.map((v) => Math.max(-1, Math.min(1, v))),
      (dy: Vector, x) =>
        x.map((v, i) => {
          const d = dy[i]!;
          if (bug === 'condition forgotten') return d;
          if (bug === 'upstream clipped') return Math.max(-1, Math.min(1, d));
          if (bug === 'one side only') return v < 1 ? d : 0;
          if (bug === 'condition inverted') return Math.abs(v) < 1 ? 0 : d;
          return Math.abs(v) < 1 ? d : 0;
        }),
    ),
);

const prelu = entry(
  'relu with a slope that is learned',
  [X],
  {
    bugs: {
      'slope: x forgotten': 'factor-missing',
      'slope: positive side too': ['mask-missing', 'factor-missing'],
      'slope: not summed': 'not-summed-over-batch',
      'slope: averaged': ['averaged-instead-of-summed', 'constant-factor'],
      'x: slope forgotten': ['wrong-on-one-side', 'local-derivative-missing'],
      'slope: never learned': 'zero-gradient',
    },
  },
  (bug) =>
    new (class PReLU {
      slope = 0.2;
      x: Vector = [];
      dslope: number | Vector = 0;
      forward(x: Vector): Vector {
        this.x = x;
        return x.map((v) => (v > 0 ? v : this.slope * v));
      }
      backward(dy: Vector): Vector {
        const { x, slope } = this;
        const parts = dy.map((d, i) => {
          if (bug === 'slope: x forgotten') return x[i]! > 0 ? 0 : d;
          if (bug === 'slope: positive side too') return d * x[i]!;
          return x[i]! > 0 ? 0 : d * x[i]!;
        });
        this.dslope = sum(parts);
        if (bug === 'slope: not summed') this.dslope = parts;
        if (bug === 'slope: averaged') this.dslope = mean(parts);
        if (bug === 'slope: never learned') this.dslope = 0;
        return dy.map((d, i) => (x[i]! > 0 || bug === 'x: slope forgotten' ? d : slope * d));
      }
    })(),
);

const swish = entry(
  'swish with a parameter',
  [X],
  {
    bugs: {
      'inner derivative forgotten': ['unexplained', 'factor-missing'],
      'product rule: sigmoid only': ['term-missing', 'overwritten-where-used-twice'],
      'beta: x squared forgotten': 'factor-missing',
      'beta: not summed': 'not-summed-over-batch',
      'upstream forgotten': 'upstream-missing',
    },
  },
  (bug) =>
    new (class Swish {
      beta = 1.3;
      x: Vector = [];
      dbeta: number | Vector = 0;
      forward(x: Vector): Vector {
        this.x = x;
        return x.map((v) => v * sigmoid(this.beta * v));
      }
      backward(dy: Vector): Vector {
        const { x, beta } = this;
        const s = x.map((v) => sigmoid(beta * v));
        const parts = dy.map((d, i) => {
          const power = bug === 'beta: x squared forgotten' ? 1 : 2;
          return d * x[i]! ** power * s[i]! * (1 - s[i]!);
        });
        this.dbeta = bug === 'beta: not summed' ? parts : sum(parts);
        return dy.map((d, i) => {
          const slope = s[i]! * (1 - s[i]!);
          if (bug === 'inner derivative forgotten') return d * (s[i]! + x[i]! * slope);
          if (bug === 'product rule: sigmoid only') return d * s[i]!;
          if (bug === 'upstream forgotten') return s[i]! + beta * x[i]! * slope;
          return d * (s[i]! + beta * x[i]! * slope);
        });
      }
    })(),
);

const divergence = entry(
  'Kullback-Leibler divergence',
  [
    [0.2, 0.5, 0.3],
    [0.4, 0.25, 0.35],
  ],
  {
    bugs: {
      'p: 1 forgotten': ['term-missing', 'term-extra'],
      'q: minus forgotten': 'sign-flipped',
      'q: p forgotten': 'factor-missing',
      'q: division forgotten': ['factor-missing', 'factor-extra'],
      swapped: 'gradient-of-other-input',
    },
  },
  (bug) => (p: Vector, q: Vector) => {
    const loss = sum(p.map((v, i) => v * Math.log(v / q[i]!)));
    const dp = p.map((v, i) => Math.log(v / q[i]!) + (bug === 'p: 1 forgotten' ? 0 : 1));
    const dq = q.map((v, i) => {
      if (bug === 'q: minus forgotten') return p[i]! / v;
      if (bug === 'q: p forgotten') return -1 / v;
      if (bug === 'q: division forgotten') return -p[i]!;
      return -p[i]! / v;
    });
    return bug === 'swapped' ? [loss, dq, dp] : [loss, dp, dq];
  },
);

export const reductions: readonly Entry[] = [
  ...[logSumExp, variance, norm, dotProduct, cosine, largest, absolute, clip],
  ...[prelu, swish, divergence],
];
