// Held out: attention, products of batches, standard scores, written before anything was run on them.

import { dot, map, matmul, sum, sumRows, transpose, zip, type Matrix, type Vector } from './arrays.js';
import { entry, type Entry } from './entry.js';

const maskedAttention = entry(
  'attention with a causal mask',
  [
    [
      [0.5, -1.2],
      [0.8, 0.3],
      [-0.4, 0.9],
    ],
    [
      [0.9, -0.7],
      [0.2, 1.1],
      [-0.1, 0.6],
    ],
    [
      [0.7, -0.4],
      [0.4, -0.2],
      [1.1, -1.3],
    ],
  ],
  {
    bugs: {
      'scale forgotten': ['factor-missing', 'constant-factor'],
      'softmax: diagonal only': 'softmax-jacobian-diagonal-only',
      'softmax: sum forgotten': 'term-missing',
      'keys: scores not transposed': 'factor-not-transposed',
      'values: weights not transposed': 'factor-not-transposed',
      'queries and keys swapped': 'gradient-of-other-input',
      'mask forgotten in backward': 'mask-missing',
    },
  },
  (bug) => {
    interface Saved {
      readonly q: Matrix;
      readonly k: Matrix;
      readonly v: Matrix;
      readonly weights: Matrix;
    }
    const root = Math.sqrt(2);
    return {
      forward(q: Matrix, k: Matrix, v: Matrix): [Matrix, Saved] {
        const weights = q.map((row, i) => {
          const powers = k.map((key, j) => (j > i ? 0 : Math.exp(dot(row, key) / root)));
          return powers.map((p) => p / sum(powers));
        });
        return [matmul(weights, v), { q, k, v, weights }];
      },
      backward(dout: Matrix, { q, k, v, weights }: Saved): Matrix[] {
        const dv = matmul(bug === 'values: weights not transposed' ? weights : transpose(weights), dout);
        const dw = matmul(dout, transpose(v));
        let seen = weights;
        if (bug === 'mask forgotten in backward') {
          seen = q.map((row) => {
            const powers = k.map((key) => Math.exp(dot(row, key) / root));
            return powers.map((p) => p / sum(powers));
          });
        }
        const products = zip(seen, dw, (w, d) => w * d);
        const ds = map(seen, (w, i, j) => {
          let d = w * (dw[i]![j]! - sum(products[i]!));
          if (bug === 'softmax: diagonal only') d = w * (1 - w) * dw[i]![j]!;
          if (bug === 'softmax: sum forgotten') d = w * dw[i]![j]!;
          return bug === 'scale forgotten' ? d : d / root;
        });
        const dq = matmul(ds, k);
        const dk = matmul(bug === 'keys: scores not transposed' ? ds : transpose(ds), q);
        return bug === 'queries and keys swapped' ? [dk, dq, dv] : [dq, dk, dv];
      },
    };
  },
);

const batchBias = entry(
  'product of batches of matrices with a bias',
  [
    [
      [
        [0.5, -1.2],
        [0.8, 0.3],
      ],
      [
        [-0.4, 0.9],
        [1.1, 0.2],
      ],
    ],
    [
      [
        [0.9, -0.7],
        [0.2, 1.1],
      ],
      [
        [-0.1, 0.6],
        [0.7, -0.4],
      ],
    ],
    [0.3, -0.2],
  ],
  {
    bugs: {
      'a: b not transposed': 'factor-not-transposed',
      'b: a not transposed': 'factor-not-transposed',
      'b: product transposed': 'transposed',
      'bias summed over the batch only': 'not-summed-over-batch',
      'bias of the last matrix': 'overwritten-where-used-twice',
      'a and b swapped': 'gradient-of-other-input',
    },
  },
  (bug) => {
    let [a, b]: Matrix[][] = [[], []];
    return {
      forward(lhs: Matrix[], rhs: Matrix[], bias: Vector): Matrix[] {
        [a, b] = [lhs, rhs];
        return lhs.map((m, n) => map(matmul(m, rhs[n]!), (v, _, j) => v + bias[j]!));
      },
      backward(dout: Matrix[]): unknown[] {
        const da = dout.map((d, n) => matmul(d, bug === 'a: b not transposed' ? b![n]! : transpose(b![n]!)));
        const db = dout.map((d, n) => {
          const product = matmul(bug === 'b: a not transposed' ? a![n]! : transpose(a![n]!), d);
          return bug === 'b: product transposed' ? transpose(product) : product;
        });
        let dbias: unknown = sumRows(dout.flat());
        if (bug === 'bias summed over the batch only') dbias = zip(dout[0]!, dout[1]!, (u, v) => u + v);
        if (bug === 'bias of the last matrix') dbias = sumRows(dout[1]!);
        return bug === 'a and b swapped' ? [db, da, dbias] : [da, db, dbias];
      },
    };
  },
);

const standardised = entry(
  'standard scores of a vector',
  [[0.5, -1.2, 0.8, 0.3, 1.9]],
  {
    bugs: {
      'mean and deviation as constants': 'statistics-as-constants',
      'deviation as a constant': 'variance-path-forgotten',
      'mean as a constant': 'mean-path-forgotten',
      'variance for deviation': 'factor-extra',
      'sign of the last path': 'term-sign-flipped',
    },
  },
  (bug) => {
    let [z, s]: [Vector, number] = [[], 1];
    return [
      (x: Vector): Vector => {
        const m = sum(x) / x.length;
        s = Math.sqrt(sum(x.map((v) => (v - m) ** 2)) / x.length);
        z = x.map((v) => (v - m) / s);
        return z;
      },
      (x: Vector, upstream: Vector): Vector => {
        const n = x.length;
        const [a, b] = [sum(upstream) / n, dot(upstream, z) / n];
        return upstream.map((u, i) => {
          if (bug === 'mean and deviation as constants') return u / s;
          if (bug === 'deviation as a constant') return (u - a) / s;
          if (bug === 'mean as a constant') return (u - z[i]! * b) / s;
          if (bug === 'variance for deviation') return (u - a - z[i]! * b) / s ** 2;
          if (bug === 'sign of the last path') return (u - a + z[i]! * b) / s;
          return (u - a - z[i]! * b) / s;
        });
      },
    ];
  },
);

export const heldOut10: readonly Entry[] = [maskedAttention, batchBias, standardised];
