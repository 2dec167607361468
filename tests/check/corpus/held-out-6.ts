// Held out: reductions, distances and normalisations, written before anything was run on them.

import { dot, map, sum, transpose, zeros, type Matrix, type Vector } from './arrays.js';
import { entry, type Entry } from './entry.js';

const temperature = entry(
  'softmax with temperature',
  [[0.8, -0.6, 1.4, 0.3], 1.7],
  {
    bugs: {
      'diagonal only': 'softmax-jacobian-diagonal-only',
      'temperature forgotten': ['factor-missing', 'factor-extra', 'constant-factor'],
      'temperature: square forgotten': ['factor-missing', 'factor-extra'],
      'temperature: minus forgotten': 'sign-flipped',
      'temperature: scores at the output': ['wrong-factor', 'taken-at-output'],
      'sum forgotten': 'term-missing',
    },
  },
  (bug) => {
    let p: Vector = [];
    return {
      forward(scores: Vector, t: number): Vector {
        const powers = scores.map((s) => Math.exp(s / t));
        const total = sum(powers);
        p = powers.map((v) => v / total);
        return p;
      },
      backward(dp: Vector, scores: Vector, t: number): { dscores: Vector; dt: number } {
        const along = dot(dp, p);
        const dz = p.map((v, i) => {
          if (bug === 'diagonal only') return v * (1 - v) * dp[i]!;
          if (bug === 'sum forgotten') return v * dp[i]!;
          return v * (dp[i]! - along);
        });
        const right = p.map((v, i) => v * (dp[i]! - along));
        let dt = -dot(right, bug === 'temperature: scores at the output' ? p : scores) / (t * t);
        if (bug === 'temperature: square forgotten') dt *= t;
        if (bug === 'temperature: minus forgotten') dt = -dt;
        return { dscores: dz.map((d) => (bug === 'temperature forgotten' ? d : d / t)), dt };
      },
    };
  },
);

const weightedMean = entry(
  'weighted mean',
  [
    [0.5, -1.2, 0.8, 0.3],
    [0.4, 1.1, 0.7, 0.9],
  ],
  {
    bugs: {
      'x: divided by n': ['wrong-factor', 'constant-factor'],
      'x: total forgotten': ['factor-missing', 'summed-instead-of-averaged'],
      'weights: mean not subtracted': ['term-missing', 'statistics-as-constants'],
      'weights: mean added': 'term-sign-flipped',
      'weights: x forgotten': 'term-missing',
      'x: weights forgotten': 'factor-missing',
      'weights: total squared': 'factor-extra',
    },
  },
  (bug) =>
    new (class WeightedMean {
      forward(x: Vector, w: Vector): number {
        return dot(x, w) / sum(w);
      }
      backward(dout: number, x: Vector, w: Vector): [Vector, Vector] {
        const total = sum(w);
        const mean = this.forward(x, w);
        const dx = w.map((v) => {
          if (bug === 'x: divided by n') return (dout * v) / w.length;
          if (bug === 'x: total forgotten') return dout * v;
          if (bug === 'x: weights forgotten') return dout / total;
          return (dout * v) / total;
        });
        const dw = x.map((v) => {
          if (bug === 'weights: mean not subtracted') return (dout * v) / total;
          if (bug === 'weights: mean added') return (dout * (v + mean)) / total;
          if (bug === 'weights: x forgotten') return (-dout * mean) / total;
          if (bug === 'weights: total squared') return (dout * (v - mean)) / total ** 2;
          return (dout * (v - mean)) / total;
        });
        return [dx, dw];
      }
    })(),
);

const standardDeviation = entry(
  'standard deviation of each column',
  [
    [
      [0.5, -1.2, 0.8],
      [1.1, 0.3, -0.7],
      [-0.4, 0.9, 0.2],
      [0.6, -0.1, 1.3],
    ],
  ],
  {
    bugs: {
      'mean not subtracted': 'term-missing',
      'deviation forgotten': ['factor-missing', 'factor-extra', 'local-derivative-missing'],
      'multiplied by the deviation': 'inverted-factor',
      'n for n - 1': 'constant-factor',
      '2 left over': 'constant-factor',
      'divided by the variance': ['factor-extra', 'factor-missing'],
      'upstream forgotten': 'upstream-missing',
    },
  },
  (bug) => {
    let x: Matrix = [];
    let [mean, std]: Vector[] = [[], []];
    return {
      forward(rows: Matrix): Vector {
        x = rows;
        mean = transpose(rows).map((c) => sum(c) / c.length);
        std = transpose(rows).map((c, j) =>
          Math.sqrt(sum(c.map((v) => (v - mean![j]!) ** 2)) / (c.length - 1)),
        );
        return std;
      },
      backward: (dstd: Vector): Matrix =>
        map(x, (v, _, j) => {
          const n = x.length;
          const [d, m, s] = [dstd[j]!, mean![j]!, std![j]!];
          if (bug === 'mean not subtracted') return (d * v) / ((n - 1) * s);
          if (bug === 'deviation forgotten') return (d * (v - m)) / (n - 1);
          if (bug === 'multiplied by the deviation') return (d * (v - m) * s) / (n - 1);
          if (bug === 'n for n - 1') return (d * (v - m)) / (n * s);
          if (bug === '2 left over') return (2 * d * (v - m)) / ((n - 1) * s);
          if (bug === 'divided by the variance') return (d * (v - m)) / ((n - 1) * s * s);
          if (bug === 'upstream forgotten') return (v - m) / ((n - 1) * s);
          return (d * (v - m)) / ((n - 1) * s);
        }),
    };
  },
);

const harmonic = entry(
  'harmonic mean',
  [[0.5, 1.2, 0.8, 2.3]],
  {
    bugs: {
      'x: square forgotten': ['factor-missing', 'factor-extra'],
      'result: square forgotten': 'factor-missing',
      'n forgotten': ['constant-factor', 'summed-instead-of-averaged'],
      minus: 'sign-flipped',
      'x above': 'inverted-factor',
      'x forgotten': ['factor-missing', 'factor-extra'],
    },
  },
  (bug) => {
    const harmonicMean = (x: Vector): number => x.length / sum(x.map((v) => 1 / v));
    const dHarmonicMean = (x: Vector): Vector => {
      const h = harmonicMean(x);
      return x.map((v) => {
        if (bug === 'x: square forgotten') return (h * h) / (x.length * v);
        if (bug === 'result: square forgotten') return h / (x.length * v * v);
        if (bug === 'n forgotten') return (h * h) / (v * v);
        if (bug === 'minus') return -(h * h) / (x.length * v * v);
        if (bug === 'x above') return (h * h * v * v) / x.length;
        if (bug === 'x forgotten') return (h * h) / x.length;
        return (h * h) / (x.length * v * v);
      });
    };
    return [harmonicMean, dHarmonicMean];
  },
);

const geometric = entry(
  'geometric mean',
  [[0.5, 1.2, 0.8, 2.3]],
  {
    bugs: {
      'n forgotten': ['constant-factor', 'summed-instead-of-averaged'],
      'x forgotten': ['factor-missing', 'factor-extra'],
      'mean forgotten': ['factor-missing', 'local-derivative-missing'],
      'x above': 'inverted-factor',
      'upstream forgotten': 'upstream-missing',
    },
  },
  (bug) => {
    const mean = {
      forward: (x: Vector): number => Math.exp(sum(x.map(Math.log)) / x.length),
      backward(g: number, x: Vector): Vector {
        const y = this.forward(x);
        return x.map((v) => {
          if (bug === 'n forgotten') return (g * y) / v;
          if (bug === 'x forgotten') return (g * y) / x.length;
          if (bug === 'mean forgotten') return g / (v * x.length);
          if (bug === 'x above') return (g * y * v) / x.length;
          if (bug === 'upstream forgotten') return y / (v * x.length);
          return (g * y) / (v * x.length);
        });
      },
    };
    return mean;
  },
);

const cumulativeProduct = entry(
  'cumulative product',
  [[0.5, -1.2, 0.8, 1.7]],
  {
    bugs: {
      'sum from the front': 'wrong-place',
      'x not divided out': ['factor-missing', 'factor-extra'],
      'own output only': ['term-missing', 'overwritten-where-used-twice'],
      'products forgotten': ['factor-missing', 'local-derivative-missing'],
      'last output only': ['term-missing', 'overwritten-where-used-twice'],
    },
  },
  (bug) => {
    let [x, y]: Vector[] = [[], []];
    return {
      forward(values: Vector): Vector {
        x = values;
        let product = 1;
        y = values.map((v) => (product *= v));
        return y;
      },
      backward: (dy: Vector): Vector =>
        x!.map((v, k) => {
          let total = 0;
          for (let i = 0; i < dy.length; i++) {
            const term =
              (dy[i]! * (bug === 'products forgotten' ? 1 : y![i]!)) / (bug === 'x not divided out' ? 1 : v);
            if (bug === 'sum from the front' ? i > k : i < k) continue;
            if (bug === 'own output only' && i !== k) continue;
            if (bug === 'last output only' && i !== dy.length - 1) continue;
            total += term;
          }
          return total;
        }),
    };
  },
);

const pairwise = entry(
  'squared distances of all pairs of rows',
  [
    [
      [0.5, -1.2],
      [0.8, 0.3],
      [-0.4, 0.9],
    ],
    [
      [0.9, -0.7],
      [0.2, 1.1],
    ],
  ],
  {
    bugs: {
      '2 forgotten': 'constant-factor',
      'b with the sign of a': 'sign-flipped',
      'a: b not subtracted': 'term-missing',
      'a: last b only': 'overwritten-where-used-twice',
      'a: averaged': ['averaged-instead-of-summed', 'constant-factor'],
      'b added': ['term-sign-flipped', 'term-extra'],
    },
  },
  (bug) =>
    new (class PairwiseDistances {
      a: Matrix = [];
      b: Matrix = [];
      forward(a: Matrix, b: Matrix): Matrix {
        Object.assign(this, { a, b });
        return a.map((u) => b.map((v) => sum(u.map((x, k) => (x - v[k]!) ** 2))));
      }
      backward(dD: Matrix): { da: Matrix; db: Matrix } {
        const da = this.a.map((row) => zeros(row.length));
        const db = this.b.map((row) => zeros(row.length));
        dD.forEach((row, i) =>
          row.forEach((d, j) =>
            this.a[i]!.forEach((x, k) => {
              const v = this.b[j]![k]!;
              const two = bug === '2 forgotten' ? 1 : 2;
              let difference = x - v;
              if (bug === 'a: b not subtracted') difference = x;
              if (bug === 'b added') difference = x + v;
              const step = two * d * difference;
              if (bug === 'a: last b only') da[i]![k] = step;
              else da[i]![k]! += bug === 'a: averaged' ? step / row.length : step;
              db[j]![k]! += (bug === 'b with the sign of a' ? 1 : -1) * two * d * (x - v);
            }),
          ),
        );
        return { da, db };
      }
    })(),
);

const distance = entry(
  'distance with an epsilon under the root',
  [
    [0.5, -1.2, 0.8],
    [0.9, 0.4, -0.3],
  ],
  {
    bugs: {
      'not divided by the distance': ['factor-missing', 'factor-extra', 'local-derivative-missing'],
      'b with the sign of a': 'sign-flipped',
      half: 'constant-factor',
      'times the distance': 'inverted-factor',
      'error in bars': 'absolute-value',
      'upstream forgotten': 'upstream-missing',
    },
  },
  (bug) => {
    const forward = (a: Vector, b: Vector): number =>
      Math.sqrt(sum(a.map((v, i) => (v - b[i]!) ** 2)) + 1e-8);
    const backward = (dd: number, a: Vector, b: Vector): [Vector, Vector] => {
      const d = forward(a, b);
      const g = bug === 'upstream forgotten' ? 1 : dd;
      const da = a.map((v, i) => {
        const e = bug === 'error in bars' ? Math.abs(v - b[i]!) : v - b[i]!;
        if (bug === 'not divided by the distance') return g * e;
        if (bug === 'half') return (g * e) / (2 * d);
        if (bug === 'times the distance') return g * e * d;
        return (g * e) / d;
      });
      return [da, bug === 'b with the sign of a' ? da : da.map((v) => -v)];
    };
    return { forward, backward };
  },
);

const softThreshold = entry(
  'soft threshold with a learned threshold',
  [[0.9, -1.3, 0.2, 1.6, -0.1], 0.4],
  {
    bugs: {
      'mask forgotten': 'mask-missing',
      'threshold: sign forgotten': ['wrong-on-one-side', 'factor-missing'],
      'threshold: minus forgotten': 'sign-flipped',
      'threshold not summed': 'not-summed-over-batch',
      'mask inverted': 'mask-inverted',
      'negative side forgotten': 'wrong-on-one-side',
    },
  },
  (bug) => {
    let x: Vector = [];
    let t = 0;
    return {
      forward(values: Vector, threshold: number): Vector {
        x = values;
        t = threshold;
        return x.map((v) => Math.sign(v) * Math.max(0, Math.abs(v) - t));
      },
      backward(dy: Vector): [Vector, number | Vector] {
        const dx = dy.map((d, i) => {
          if (bug === 'mask forgotten') return d;
          if (bug === 'negative side forgotten') return x[i]! > t ? d : 0;
          return Math.abs(x[i]!) > t !== (bug === 'mask inverted') ? d : 0;
        });
        const parts = dy.map((d, i) => {
          if (Math.abs(x[i]!) <= t) return 0;
          if (bug === 'threshold: sign forgotten') return -d;
          return (bug === 'threshold: minus forgotten' ? 1 : -1) * d * Math.sign(x[i]!);
        });
        return [dx, bug === 'threshold not summed' ? parts : sum(parts)];
      },
    };
  },
);

export const heldOut6: readonly Entry[] = [
  ...[temperature, weightedMean, standardDeviation, harmonic, geometric],
  ...[cumulativeProduct, pairwise, distance, softThreshold],
];
