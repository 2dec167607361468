// Right code that is written in unusual ways: it must not be called wrong.

import { tensor, type Tensor } from '../../../src/index.js';
import {
  addRow,
  map,
  matmul,
  sigmoid,
  softmax,
  sum,
  sumRows,
  transpose,
  zip,
  type Matrix,
  type Vector,
} from './arrays.js';
import { entry, type Entry } from './entry.js';

const X: Matrix = [
  [0.5, -1.2, 0.8],
  [1.1, 0.3, -0.7],
  [-0.4, 0.9, 0.2],
  [0.6, -0.1, 1.3],
];

const clippedBce = entry(
  'binary cross-entropy with its prediction clipped',
  [
    [0.2, 0.7, 0.9],
    [0, 1, 1],
  ],
  { bugs: { 'sign flipped': 'sign-flipped', 'n forgotten': 'summed-instead-of-averaged' } },
  (bug) => (prediction: Vector, target: Vector) => {
    const p = prediction.map((v) => Math.min(Math.max(v, 1e-7), 1 - 1e-7));
    const loss =
      -sum(p.map((v, i) => target[i]! * Math.log(v) + (1 - target[i]!) * Math.log(1 - v))) / p.length;
    const dprediction = p.map((v, i) => {
      const d = (v - target[i]!) / (v * (1 - v));
      if (bug === 'n forgotten') return d;
      return (bug === 'sign flipped' ? -d : d) / p.length;
    });
    return { loss, dprediction };
  },
);

const accumulating = entry(
  'layer that adds up its gradients',
  [X],
  {
    bugs: {
      'bias not summed': 'not-summed-over-batch',
      'weights from the upstream alone': ['unexplained', 'factor-missing'],
    },
  },
  (bug) =>
    new (class Accumulating {
      W: Matrix = [[0.4], [-0.7], [0.2]];
      b: Vector = [0.1];
      gradW: Matrix = [[0], [0], [0]];
      gradB: Vector = [0];
      input: Matrix = [];
      forward(input: Matrix): Matrix {
        this.input = input;
        return addRow(matmul(input, this.W), this.b);
      }
      backward(gradOutput: Matrix): Matrix {
        const step = matmul(transpose(this.input), gradOutput);
        this.gradW = zip(this.gradW, step, (a, b) => a + b);
        if (bug === 'weights from the upstream alone') this.gradW = this.W.map(() => sumRows(gradOutput));
        if (bug === 'bias not summed') this.gradB = gradOutput.map((row) => row[0]!);
        else this.gradB = this.gradB.map((v, j) => v + sumRows(gradOutput)[j]!);
        return matmul(gradOutput, transpose(this.W));
      }
    })(),
);

const float32 = entry(
  'layer on float32 arrays',
  [Float32Array.from([0.5, -1.2, 0.8])],
  {
    bugs: {
      "tanh's derivative forgotten": 'local-derivative-missing',
      'minus too much': 'sign-flipped',
      'weights transposed': ['unexplained', 'factor-not-transposed'],
      'upstream forgotten': 'upstream-missing',
    },
  },
  (bug) => {
    const W = [
      [0.2, -0.5, 0.3],
      [0.7, 0.1, -0.8],
      [-0.3, 0.9, 0.4],
    ].map((row) => Float32Array.from(row));
    let y = new Float32Array(3);
    return {
      forward(x: Float32Array): Float32Array {
        y = Float32Array.from(W, (row) => Math.tanh(row.reduce((total, w, j) => total + w * x[j]!, 0)));
        return y;
      },
      backward(dy: Float32Array): Float32Array {
        const dz = y.map((v, i) => {
          const d = bug === 'upstream forgotten' ? 1 : dy[i]!;
          return bug === "tanh's derivative forgotten" ? d : d * (1 - v * v);
        });
        const sign = bug === 'minus too much' ? -1 : 1;
        return dz.map((_, j) =>
          W.reduce((total, row, i) => {
            const w = bug === 'weights transposed' ? W[j]![i]! : row[j]!;
            return total + sign * w * dz[i]!;
          }, 0),
        );
      },
    };
  },
);

const withTensors = entry(
  'layer on tensors',
  [tensor(X)],
  { bugs: { 'bias averaged': 'averaged-instead-of-summed', 'a for a(1 - a)': 'factor-missing' } },
  (bug) =>
    new (class TensorLayer {
      w = tensor([[0.4], [-0.7], [0.2]]);
      b = tensor([0.1]);
      x: Tensor = tensor(0);
      a: Tensor = tensor(0);
      dw: Tensor = tensor(0);
      db: Tensor = tensor(0);
      forward(x: Tensor): Tensor {
        this.x = x;
        this.a = x.matmul(this.w).add(this.b).sigmoid();
        return this.a;
      }
      backward(da: Tensor): Tensor {
        const local = bug === 'a for a(1 - a)' ? this.a : this.a.mul(this.a.neg().add(1));
        const dz = da.mul(local);
        this.dw = this.x.transpose().matmul(dz);
        this.db = bug === 'bias averaged' ? dz.mean(0) : dz.sum(0);
        return dz.matmul(this.w.transpose());
      }
    })(),
);

const fused = entry(
  'softmax and cross-entropy in one class',
  [X, [0, 2, 1, 1]],
  { bugs: { 'n forgotten': 'summed-instead-of-averaged', 'one-hot forgotten': 'target-not-subtracted' } },
  (bug) =>
    new (class SoftmaxWithLoss {
      probs: Matrix = [];
      labels: Vector = [];
      forward(scores: Matrix, labels: Vector): number {
        this.probs = scores.map(softmax);
        this.labels = labels;
        return -sum(this.probs.map((row, i) => Math.log(row[labels[i]!]! + 1e-7))) / scores.length;
      }
      backward(dout = 1): Matrix {
        const n = bug === 'n forgotten' ? 1 : this.probs.length;
        return map(this.probs, (p, i, j) => {
          const t = this.labels[i] === j && bug !== 'one-hot forgotten' ? 1 : 0;
          return ((p - t) / n) * dout;
        });
      }
    })(),
);

const stored = entry(
  'gradient kept in a field and returned by name',
  [[0.4, -0.6, 1.1]],
  { bugs: { 'upstream forgotten': 'upstream-missing' } },
  (bug) => {
    const layer = {
      cache: null as { s: Vector } | null,
      forward(z: Vector): Vector {
        layer.cache = { s: z.map(sigmoid) };
        return layer.cache.s;
      },
      backward(upstream: Vector): { dz: Vector } {
        const { s } = layer.cache!;
        return { dz: s.map((a, i) => a * (1 - a) * (bug === 'upstream forgotten' ? 1 : upstream[i]!)) };
      },
    };
    return layer;
  },
);

const inPlace = entry(
  'upstream worked on in place',
  [[0.4, -0.6, 1.1]],
  { bugs: { 'mask inverted': 'mask-inverted' } },
  (bug) => {
    let mask: boolean[] = [];
    return {
      forward(x: Vector): Vector {
        mask = x.map((v) => v <= 0);
        return x.map((v, i) => (mask[i] ? 0 : v));
      },
      backward(dout: Vector): Vector {
        mask.forEach((isOff, i) => {
          if (isOff !== (bug === 'mask inverted')) dout[i] = 0;
        });
        return dout;
      },
    };
  },
);

const linear = entry(
  'loss without upstream and batch of one',
  [[[0.5, -1.2, 0.8]], [[0.2]]],
  {
    bugs: {
      '2 forgotten': 'constant-factor',
      'sign flipped': 'sign-flipped',
      'x forgotten': 'factor-missing',
    },
  },
  (bug) =>
    new (class Model {
      weights: Matrix = [[0.4], [-0.7], [0.2]];
      learningRate = 0.1;
      #x: Matrix = [];
      #error: Matrix = [];
      forward(x: Matrix, y: Matrix): number {
        this.#x = x;
        this.#error = zip(matmul(x, this.weights), y, (a, b) => a - b);
        return sum(this.#error.flat().map((e) => e * e)) / x.length;
      }
      backward(): void {
        const n = this.#x.length;
        const factor = bug === '2 forgotten' ? 1 : 2;
        const dw =
          bug === 'x forgotten'
            ? this.weights.map(() => [(factor * sum(this.#error.flat())) / n])
            : matmul(
                transpose(this.#x),
                map(this.#error, (e) => (factor * e) / n),
              );
        const rate = bug === 'sign flipped' ? -this.learningRate : this.learningRate;
        this.weights = zip(this.weights, dw, (w, d) => w - rate * d);
      }
    })(),
);

const numeric = entry(
  'derivative by differences',
  [[0.4, -0.6, 1.1]],
  { bugs: { 'step too large': ['unexplained', 'constant-gradient'] } },
  (bug) => {
    const f = (x: Vector): number => sum(x.map((v) => Math.sin(v) * v));
    let kept: Vector = [];
    return {
      forward(x: Vector): number {
        kept = x;
        return f(x);
      },
      backward(dy: number): Vector {
        const h = bug === 'step too large' ? 0.5 : 1e-5;
        return kept.map((v, i) => (dy * (f(kept.with(i, v + h)) - f(kept.with(i, v - h)))) / (2 * h));
      },
    };
  },
);

const stale = entry(
  'sigmoid that keeps its first input',
  [[0.4, -0.6, 1.1]],
  { bugs: { 'first result kept': 'stale-forward', 'first input kept': 'stale-forward' } },
  (bug) => {
    const layer = {
      a: null as Vector | null,
      x: null as Vector | null,
      forward(x: Vector): Vector {
        const a = x.map(sigmoid);
        layer.a = bug === 'first result kept' ? (layer.a ?? a) : a;
        layer.x = bug === 'first input kept' ? (layer.x ?? x) : x;
        return a;
      },
      backward(dy: Vector): Vector {
        const a = bug === 'first input kept' ? layer.x!.map(sigmoid) : layer.a!;
        return dy.map((d, i) => d * a[i]! * (1 - a[i]!));
      },
    };
    return layer;
  },
);

export const unusual: readonly Entry[] = [
  ...[clippedBce, accumulating, float32, withTensors, fused, stored, inPlace],
  ...[linear, numeric, stale],
];
