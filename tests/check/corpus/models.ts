// Whole models: chains, the notes' neuron, networks in one class and in parts, regressions with their loss, gated cells.

import { chain } from '../../../src/index.js';
import {
  addRow,
  dot,
  map,
  matmul,
  scale,
  sigmoid,
  softmax,
  sum,
  sumRows,
  transpose,
  zeros,
  zip,
  zipRow,
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

const chainOfFour = entry(
  'sigmoid as a chain of four',
  [0.4],
  {
    bugs: {
      'negate: minus forgotten': 'sign-flipped',
      'exp: x for y': 'taken-at-input',
      'plus one: adds to the upstream': 'term-extra',
      'reciprocal: square forgotten': 'factor-missing',
      'reciprocal: at the output': ['taken-at-output', 'inverted-factor'],
      'exp: upstream forgotten': 'upstream-missing',
    },
  },
  (bug) => {
    class Negate {
      forward(x: number): number {
        return -x;
      }
      backward(dy: number): number {
        return bug === 'negate: minus forgotten' ? dy : -dy;
      }
    }
    class Exp {
      x = 0;
      y = 0;
      forward(x: number): number {
        this.x = x;
        this.y = Math.exp(x);
        return this.y;
      }
      backward(dy: number): number {
        if (bug === 'exp: x for y') return dy * this.x;
        if (bug === 'exp: upstream forgotten') return this.y;
        return dy * this.y;
      }
    }
    class PlusOne {
      forward(x: number): number {
        return x + 1;
      }
      backward(dy: number): number {
        return bug === 'plus one: adds to the upstream' ? dy + 1 : dy;
      }
    }
    class Reciprocal {
      x = 0;
      forward(x: number): number {
        this.x = x;
        return 1 / x;
      }
      backward(dy: number): number {
        if (bug === 'reciprocal: square forgotten') return -dy / this.x;
        if (bug === 'reciprocal: at the output') return -dy * this.x ** 2;
        return -dy / this.x ** 2;
      }
    }
    return chain([new Negate(), new Exp(), new PlusOne(), new Reciprocal()]);
  },
);

const notesModel = entry(
  'model of the class notes',
  [[0.7, -1.2]],
  {
    bugs: {
      'sigmoid: z for a': 'taken-at-input',
      'sigmoid: 1 - a forgotten': 'factor-missing',
      'affine: x forgotten': ['factor-missing', 'local-derivative-missing'],
      'affine: bias forgotten': 'bias-forgotten',
      'affine: ascends': 'sign-flipped',
      'sigmoid skipped': 'local-derivative-missing',
    },
  },
  (bug) => {
    class AffineFunction {
      w = [0.4, -0.9];
      b = 0.3;
      x: Vector = [];
      forward(x: Vector): number {
        this.x = x;
        return dot(x, this.w) + this.b;
      }
      backward(dJ_dz: number, lr: number): [Vector, number] {
        const step = bug === 'affine: ascends' ? -lr : lr;
        this.w = zipRow(this.w, this.x, (w, x) => w - step * (bug === 'affine: x forgotten' ? 1 : x) * dJ_dz);
        if (bug !== 'affine: bias forgotten') this.b -= step * dJ_dz;
        return [this.w, this.b];
      }
    }
    class Sigmoid {
      z = 0;
      a = 0;
      forward(z: number): number {
        this.z = z;
        this.a = sigmoid(z);
        return this.a;
      }
      backward(dJ_dp: number): number {
        if (bug === 'sigmoid: z for a') return this.z * (1 - this.z) * dJ_dp;
        if (bug === 'sigmoid: 1 - a forgotten') return this.a * dJ_dp;
        return this.a * (1 - this.a) * dJ_dp;
      }
    }
    return new (class Model {
      affine = new AffineFunction();
      sigmoid = new Sigmoid();
      forward(x: Vector): number {
        return this.sigmoid.forward(this.affine.forward(x));
      }
      backward(dJ_dp: number, lr: number): [Vector, number] {
        const dJ_dz = bug === 'sigmoid skipped' ? dJ_dp : this.sigmoid.backward(dJ_dp);
        return this.affine.backward(dJ_dz, lr);
      }
    })();
  },
);

const twoLayers = entry(
  'network of two layers in one class',
  [X.slice(0, 3)],
  {
    bugs: {
      'relu mask forgotten': 'mask-missing',
      'first bias not summed': 'not-summed-over-batch',
      'second bias averaged': 'averaged-instead-of-summed',
      'second weights from x': 'wrong-factor',
      'first weights averaged': 'averaged-instead-of-summed',
      'second weights transposed': 'transposed',
      'mask of z2': 'mask-of-upstream',
      'second weights without h': 'factor-missing',
      'first bias forgotten': 'bias-forgotten',
      'minus in the first layer': 'sign-flipped',
      'mask inverted': 'mask-inverted',
      'all averaged': 'averaged-instead-of-summed',
    },
  },
  (bug) =>
    new (class TwoLayerNet {
      W1: Matrix = [
        [0.4, -0.7, 0.1],
        [0.2, 0.9, -0.5],
        [-0.3, 0.6, 0.8],
      ];
      b1: Vector = [0.1, -0.2, 0.3];
      W2: Matrix = [
        [0.5, -0.2],
        [0.3, 0.8],
        [-0.6, 0.1],
      ];
      b2: Vector = [-0.1, 0.2];
      x: Matrix = [];
      h: Matrix = [];
      grads: Record<string, unknown> = {};
      forward(x: Matrix): Matrix {
        this.x = x;
        this.h = map(addRow(matmul(x, this.W1), this.b1), (v) => Math.max(0, v));
        return addRow(matmul(this.h, this.W2), this.b2);
      }
      backward(dscores: Matrix): Matrix {
        const { x, h, W1, W2 } = this;
        const n = x.length;
        let dW2 = matmul(transpose(h), dscores);
        if (bug === 'second weights transposed') dW2 = transpose(dW2);
        if (bug === 'second weights without h') dW2 = W2.map(() => sumRows(dscores));
        if (bug === 'second weights from x') dW2 = matmul(transpose(x), dscores);
        let db2 = sumRows(dscores);
        if (bug === 'second bias averaged') db2 = db2.map((d) => d / n);
        let dh = matmul(dscores, transpose(W2));
        if (bug === 'mask inverted') dh = zip(dh, h, (d, v) => (v > 0 ? 0 : d));
        else if (bug === 'mask of z2') dh = map(dh, (d, i, j) => ((dscores[i]![j] ?? 0) > 0 ? d : 0));
        else if (bug !== 'relu mask forgotten') dh = zip(dh, h, (d, v) => (v > 0 ? d : 0));
        if (bug === 'minus in the first layer') dh = scale(dh, -1);
        let dW1 = matmul(transpose(x), dh);
        let db1: unknown = sumRows(dh);
        if (bug === 'first bias not summed') db1 = dh;
        if (bug === 'first bias forgotten') db1 = this.b1.map(() => 0);
        if (bug === 'first weights averaged') dW1 = scale(dW1, 1 / n);
        if (bug === 'all averaged') {
          dW1 = scale(dW1, 1 / n);
          dW2 = scale(dW2, 1 / n);
          db1 = sumRows(dh).map((d) => d / n);
          db2 = db2.map((d) => d / n);
        }
        this.grads = { W1: dW1, b1: db1, W2: dW2, b2: db2 };
        return matmul(dh, transpose(W1));
      }
    })(),
);

const inParts = entry(
  'network of parts',
  [X],
  {
    bugs: {
      'hidden: weights transposed': ['transposed', 'wrong-shape'],
      'hidden: bias not summed': 'not-summed-over-batch',
      'activation: z for a': 'taken-at-input',
      'activation: upstream alone': 'local-derivative-missing',
      'output: weights averaged': 'averaged-instead-of-summed',
      'output: minus too much': 'sign-flipped',
    },
  },
  (bug) => {
    class Linear {
      readonly kind: string;
      W: Matrix;
      b: Vector;
      x: Matrix = [];
      dW: Matrix = [];
      db: Vector | Matrix = [];
      constructor(kind: string, W: Matrix, b: Vector) {
        this.kind = kind;
        this.W = W;
        this.b = b;
      }
      forward(x: Matrix): Matrix {
        this.x = x;
        return addRow(matmul(x, this.W), this.b);
      }
      backward(dy: Matrix): Matrix {
        const is = (name: string): boolean => bug === `${this.kind}: ${name}`;
        this.dW = matmul(transpose(this.x), dy);
        if (is('weights transposed')) this.dW = transpose(this.dW);
        if (is('weights averaged')) this.dW = scale(this.dW, 1 / dy.length);
        this.db = is('bias not summed') ? dy : sumRows(dy);
        const dx = matmul(dy, transpose(this.W));
        return is('minus too much') ? scale(dx, -1) : dx;
      }
    }
    class Sigmoid {
      z: Matrix = [];
      a: Matrix = [];
      forward(z: Matrix): Matrix {
        this.z = z;
        this.a = map(z, sigmoid);
        return this.a;
      }
      backward(da: Matrix): Matrix {
        if (bug === 'activation: upstream alone') return da;
        return zip(da, bug === 'activation: z for a' ? this.z : this.a, (d, v) => d * v * (1 - v));
      }
    }
    const W1 = [
      [0.4, -0.7],
      [0.2, 0.9],
      [-0.3, 0.6],
    ];
    return new (class Network {
      layers = [
        new Linear('hidden', W1, [0.1, -0.2]),
        new Sigmoid(),
        new Linear('output', [[0.5], [-0.8]], [0.3]),
      ];
      forward(x: Matrix): Matrix {
        return this.layers.reduce((values, layer) => layer.forward(values), x);
      }
      backward(dy: Matrix): Matrix {
        return this.layers.reduceRight((upstream, layer) => layer.backward(upstream), dy);
      }
    })();
  },
);

const logisticRegression = entry(
  'logistic regression with its loss',
  [[0.3, -0.8, 0.5], X, [1, 0, 0, 1]],
  {
    bugs: {
      'n forgotten': 'summed-instead-of-averaged',
      'y - p': 'sign-flipped',
      "times sigmoid's derivative": 'local-derivative-twice',
      'sigmoid forgotten': 'taken-at-input',
      'target forgotten': 'target-not-subtracted',
      'x forgotten': 'factor-missing',
      'last sample only': 'overwritten-where-used-twice',
    },
  },
  (bug) => (w: Vector, features: Matrix, y: Vector) => {
    const n = y.length;
    const z = features.map((row) => dot(row, w));
    const p = z.map(sigmoid);
    const loss = -sum(p.map((v, i) => (y[i] ? Math.log(v) : Math.log(1 - v)))) / n;
    const dz = p.map((v, i) => {
      if (bug === 'y - p') return y[i]! - v;
      if (bug === "times sigmoid's derivative") return (v - y[i]!) * v * (1 - v);
      if (bug === 'sigmoid forgotten') return z[i]! - y[i]!;
      if (bug === 'target forgotten') return v;
      return v - y[i]!;
    });
    let dw = transpose(features).map((column) => dot(column, dz) / n);
    if (bug === 'n forgotten') dw = dw.map((d) => d * n);
    if (bug === 'x forgotten') dw = dw.map(() => sum(dz) / n);
    if (bug === 'last sample only') dw = features.at(-1)!.map((v) => (v * dz.at(-1)!) / n);
    return { loss, dw };
  },
);

const linearRegression = entry(
  'linear regression with its loss',
  [[0.3, -0.8, 0.5], 0.2, X, [0.4, -0.3, 1.1, 0.6]],
  {
    bugs: {
      '2 forgotten': 'constant-factor',
      'n forgotten': 'summed-instead-of-averaged',
      'bias not averaged': 'summed-instead-of-averaged',
      'bias as the weights': 'factor-extra',
      'sign of the error': 'sign-flipped',
      'error squared': 'factor-extra',
      'bias forgotten': ['bias-forgotten', 'zero-gradient'],
    },
  },
  (bug) => (w: Vector, b: number, features: Matrix, y: Vector) => {
    const n = y.length;
    const errors = features.map((row, i) => dot(row, w) + b - y[i]!);
    const loss = sum(errors.map((e) => e * e)) / n;
    const de = errors.map((e) => {
      if (bug === '2 forgotten') return e / n;
      if (bug === 'n forgotten') return 2 * e;
      if (bug === 'sign of the error') return (-2 * e) / n;
      if (bug === 'error squared') return (2 * e * e) / n;
      return (2 * e) / n;
    });
    const dw = transpose(features).map((column) => dot(column, de));
    let db = sum(de);
    if (bug === 'bias not averaged') db *= n;
    if (bug === 'bias as the weights') db = sum(dw);
    if (bug === 'bias forgotten') db = 0;
    return { loss, dw, db };
  },
);

const classifier = entry(
  'softmax classifier with its loss',
  [X, [0, 1, 1, 0]],
  {
    bugs: {
      'n forgotten': 'summed-instead-of-averaged',
      'one-hot forgotten': 'target-not-subtracted',
      'sign flipped': 'sign-flipped',
      'bias averaged twice': 'averaged-instead-of-summed',
      'weights transposed': ['transposed', 'wrong-shape'],
      'penalty forgotten': 'term-missing',
    },
  },
  (bug) =>
    new (class SoftmaxClassifier {
      W: Matrix = [
        [0.4, -0.7],
        [0.2, 0.9],
        [-0.3, 0.6],
      ];
      b: Vector = [0.1, -0.2];
      X: Matrix = [];
      y: Vector = [];
      probs: Matrix = [];
      dW: Matrix = [];
      db: Vector = [];
      forward(X: Matrix, y: Vector): number {
        this.X = X;
        this.y = y;
        this.probs = addRow(matmul(X, this.W), this.b).map(softmax);
        const data = -sum(this.probs.map((row, i) => Math.log(row[y[i]!]!))) / X.length;
        return data + 0.05 * sum(this.W.flat().map((w) => w * w));
      }
      backward(): void {
        const n = this.X.length;
        const scores = map(this.probs, (p, i, j) => {
          const t = this.y[i] === j && bug !== 'one-hot forgotten' ? 1 : 0;
          return ((p - t) * (bug === 'sign flipped' ? -1 : 1)) / (bug === 'n forgotten' ? 1 : n);
        });
        const penalty =
          bug === 'penalty forgotten'
            ? 0
            : bug === 'sign flipped'
              ? -0.1
              : bug === 'n forgotten'
                ? 0.1 * n
                : 0.1;
        this.dW = zip(matmul(transpose(this.X), scores), this.W, (d, w) => d + penalty * w);
        if (bug === 'weights transposed') this.dW = transpose(this.dW);
        this.db = sumRows(scores);
        if (bug === 'bias averaged twice') this.db = this.db.map((d) => d / n);
      }
    })(),
);

const lstm = entry(
  'step of an LSTM, elementwise',
  [
    [0.4, -0.6, 0.9],
    [0.5, 0.2, -0.3],
    [-0.7, 1.1, 0.3],
    [0.6, -0.2, 0.8],
  ],
  {
    bugs: {
      'forget gate: derivative forgotten': ['factor-missing', 'local-derivative-missing'],
      'forget gate: old cell forgotten': 'factor-missing',
      'input gate: 1 - i forgotten': 'factor-missing',
      'candidate: sigmoid derivative': 'wrong-factor',
      'candidate: derivative forgotten': ['factor-missing', 'local-derivative-missing'],
      'cell: gate forgotten': ['local-derivative-missing', 'factor-missing'],
      'candidate and input gate swapped': 'gradient-of-other-input',
    },
  },
  (bug) =>
    new (class LSTMStep {
      c: Vector = [];
      f: Vector = [];
      i: Vector = [];
      g: Vector = [];
      forward(c: Vector, zf: Vector, zi: Vector, zg: Vector): Vector {
        this.c = c;
        this.f = zf.map(sigmoid);
        this.i = zi.map(sigmoid);
        this.g = zg.map(Math.tanh);
        return c.map((v, k) => v * this.f[k]! + this.i[k]! * this.g[k]!);
      }
      backward(dc: Vector): Vector[] {
        const { c, f, i, g } = this;
        const at = (formula: (d: number, k: number) => number): Vector => dc.map(formula);
        const dcPrev = at((d, k) => (bug === 'cell: gate forgotten' ? d : d * f[k]!));
        const dzf = at((d, k) => {
          if (bug === 'forget gate: derivative forgotten') return d * c[k]!;
          if (bug === 'forget gate: old cell forgotten') return d * f[k]! * (1 - f[k]!);
          return d * c[k]! * f[k]! * (1 - f[k]!);
        });
        const dzi = at((d, k) => {
          if (bug === 'input gate: 1 - i forgotten') return d * g[k]! * i[k]!;
          return d * g[k]! * i[k]! * (1 - i[k]!);
        });
        const dzg = at((d, k) => {
          if (bug === 'candidate: sigmoid derivative') return d * i[k]! * g[k]! * (1 - g[k]!);
          if (bug === 'candidate: derivative forgotten') return d * i[k]!;
          return d * i[k]! * (1 - g[k]! ** 2);
        });
        if (bug === 'candidate and input gate swapped') return [dcPrev, dzf, dzg, dzi];
        return [dcPrev, dzf, dzi, dzg];
      }
    })(),
);

const tied = entry(
  'autoencoder with tied weights',
  [X.slice(0, 2)],
  {
    bugs: {
      'encoder only': 'overwritten-where-used-twice',
      'decoder only': ['unexplained', 'overwritten-where-used-twice'],
      "tanh's derivative forgotten": ['unexplained', 'local-derivative-missing', 'constant-gradient'],
    },
  },
  (bug) =>
    new (class TiedAutoencoder {
      W: Matrix = [
        [0.4, -0.7],
        [0.2, 0.9],
        [-0.3, 0.6],
      ];
      x: Matrix = [];
      h: Matrix = [];
      dW: Matrix = [];
      forward(x: Matrix): Matrix {
        this.x = x;
        this.h = map(matmul(x, this.W), Math.tanh);
        return matmul(this.h, transpose(this.W));
      }
      backward(dy: Matrix): Matrix {
        const { x, h, W } = this;
        const dh = matmul(dy, W);
        const dz = bug === "tanh's derivative forgotten" ? dh : zip(dh, h, (d, v) => d * (1 - v * v));
        const [encoder, decoder] = [matmul(transpose(x), dz), transpose(matmul(transpose(h), dy))];
        this.dW = zip(encoder, decoder, (a, b) => a + b);
        if (bug === 'encoder only') this.dW = encoder;
        if (bug === 'decoder only') this.dW = decoder;
        return matmul(dz, transpose(W));
      }
    })(),
);

const quadratic = entry(
  'quadratic form',
  [
    [0.5, -1.2, 0.8],
    [
      [0.4, -0.7, 0.1],
      [0.2, 0.9, -0.5],
      [-0.3, 0.6, 0.8],
    ],
  ],
  {
    bugs: {
      'matrix taken for symmetric': 'overwritten-where-used-twice',
      'only the transpose': 'overwritten-where-used-twice',
      'matrix: one x only': 'factor-missing',
      'matrix: 2 too much': 'constant-factor',
      'upstream forgotten': 'upstream-missing',
    },
  },
  (bug) => {
    let [x, A]: [Vector, Matrix] = [zeros(3), []];
    return {
      forward(v: Vector, M: Matrix): number {
        [x, A] = [v, M];
        return dot(
          x,
          A.map((row) => dot(row, x)),
        );
      },
      backward(dy: number): [dx: Vector, dA: Matrix] {
        const direct = A.map((row) => dot(row, x));
        const turned = transpose(A).map((row) => dot(row, x));
        let dx = x.map((_, i) => dy * (direct[i]! + turned[i]!));
        if (bug === 'matrix taken for symmetric') dx = direct.map((v) => 2 * dy * v);
        if (bug === 'only the transpose') dx = turned.map((v) => dy * v);
        if (bug === 'upstream forgotten') dx = x.map((_, i) => direct[i]! + turned[i]!);
        let dA = x.map((a) => x.map((b) => dy * a * b));
        if (bug === 'matrix: one x only') dA = x.map((a) => x.map(() => dy * a));
        if (bug === 'matrix: 2 too much') dA = scale(dA, 2);
        return [dx, dA];
      },
    };
  },
);

export const models: readonly Entry[] = [
  ...[chainOfFour, notesModel, twoLayers, inParts, logisticRegression, linearRegression],
  ...[classifier, lstm, tied, quadratic],
];
