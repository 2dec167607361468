// Held out: whole models, written before anything was run on them.

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

const threeLayers = entry(
  'network of three layers with a dictionary of gradients',
  [X],
  {
    bugs: {
      'tanh of the second layer forgotten': 'local-derivative-missing',
      'tanh at z': 'taken-at-input',
      'W2 from the wrong layer': 'wrong-factor',
      'b2 not summed': 'not-summed-over-batch',
      'W1 averaged': 'averaged-instead-of-summed',
      'b3 forgotten': 'bias-forgotten',
      'W3 transposed on the way back': 'factor-not-transposed',
      'square in tanh forgotten': 'factor-missing',
    },
  },
  (bug) =>
    new (class ThreeLayerNet {
      params: Record<string, number[][]> = {
        W1: [
          [0.4, -0.7, 0.1],
          [0.2, 0.9, -0.5],
          [-0.3, 0.6, 0.8],
        ],
        b1: [[0.1, -0.2, 0.3]],
        W2: [
          [0.5, -0.2, 0.4],
          [0.3, 0.8, -0.1],
          [-0.6, 0.1, 0.7],
        ],
        b2: [[0.2, 0.1, -0.3]],
        W3: [
          [-0.4, 0.6, 0.2],
          [0.7, 0.3, -0.8],
          [0.1, -0.5, 0.9],
        ],
        b3: [[-0.1, 0.2, 0]],
      };
      grads: Record<string, number[][]> = {};
      layers: Matrix[] = [];
      sums: Matrix[] = [];
      forward(x: Matrix): Matrix {
        this.layers = [x];
        this.sums = [];
        for (const l of [1, 2, 3]) {
          const z = addRow(matmul(this.layers[l - 1]!, this.params[`W${l}`]!), this.params[`b${l}`]![0]!);
          this.sums.push(z);
          this.layers.push(l < 3 ? map(z, Math.tanh) : z);
        }
        return this.layers[3]!;
      }
      backward(dout: Matrix): Matrix {
        let d = dout;
        for (const l of [3, 2, 1]) {
          if (l < 3 && !(l === 2 && bug === 'tanh of the second layer forgotten')) {
            const at = bug === 'tanh at z' ? this.sums[l - 1]! : this.layers[l]!;
            d = zip(d, at, (u, a) => u * (1 - (bug === 'square in tanh forgotten' ? a : a * a)));
          }
          const below = bug === 'W2 from the wrong layer' && l === 2 ? this.layers[0]! : this.layers[l - 1]!;
          const dW = matmul(transpose(below), d);
          this.grads[`W${l}`] = bug === 'W1 averaged' && l === 1 ? scale(dW, 1 / dout.length) : dW;
          let db = [sumRows(d)];
          if (bug === 'b2 not summed' && l === 2) db = d;
          if (bug === 'b3 forgotten' && l === 3) db = [[0, 0, 0]];
          this.grads[`b${l}`] = db;
          const W = this.params[`W${l}`]!;
          d = matmul(d, bug === 'W3 transposed on the way back' && l === 3 ? W : transpose(W));
        }
        return d;
      }
    })(),
);

const softmaxRegression = entry(
  'softmax regression that trains itself',
  [X, [0, 1, 1, 0]],
  {
    bugs: {
      'n forgotten': 'summed-instead-of-averaged',
      ascent: 'sign-flipped',
      'labels forgotten': 'target-not-subtracted',
      'bias not updated': 'bias-forgotten',
      'penalty forgotten': 'term-missing',
      'penalty: 2 forgotten': 'factor-missing',
    },
  },
  (bug) =>
    new (class SoftmaxRegression {
      theta: Matrix = [
        [0.4, -0.7],
        [0.2, 0.9],
        [-0.3, 0.6],
      ];
      bias: Vector = [0.1, -0.2];
      #lambda = 0.15;
      #X: Matrix = [];
      #y: Vector = [];
      #P: Matrix = [];
      forward(inputs: Matrix, labels: Vector): number {
        this.#X = inputs;
        this.#y = labels;
        this.#P = addRow(matmul(inputs, this.theta), this.bias).map(softmax);
        const data = -sum(this.#P.map((row, i) => Math.log(row[labels[i]!]!))) / inputs.length;
        return data + this.#lambda * sum(this.theta.flat().map((w) => w * w));
      }
      backward(learning_rate: number): void {
        const n = bug === 'n forgotten' ? 1 : this.#X.length;
        const dz = map(
          this.#P,
          (p, i, k) => (p - (this.#y[i] === k && bug !== 'labels forgotten' ? 1 : 0)) / n,
        );
        let decay = 2 * this.#lambda;
        if (bug === 'penalty forgotten') decay = 0;
        if (bug === 'penalty: 2 forgotten') decay = this.#lambda;
        const sign = bug === 'ascent' ? -1 : 1;
        const dtheta = zip(matmul(transpose(this.#X), dz), this.theta, (d, w) => d + decay * w);
        const dbias = sumRows(dz);
        this.theta = zip(this.theta, dtheta, (w, d) => w - sign * learning_rate * d);
        if (bug !== 'bias not updated') {
          this.bias = this.bias.map((b, k) => b - sign * learning_rate * dbias[k]!);
        }
      }
    })(),
);

const factorisation = entry(
  'matrix factorisation: squared error of user and item',
  [[[0.5, -1.2, 0.8]], [[0.9, 0.4, -0.3]], 0.7],
  {
    bugs: {
      'item from item': ['wrong-factor', 'gradient-of-other-input'],
      'error forgotten': 'factor-missing',
      '2 forgotten': 'constant-factor',
      'penalty forgotten': 'term-missing',
      'penalty subtracted': 'term-sign-flipped',
      'sign of the error': 'term-sign-flipped',
    },
  },
  (bug) => {
    const reg = 0.2;
    return {
      forward(user: Matrix, item: Matrix, rating: number): number {
        const e = dot(user[0]!, item[0]!) - rating;
        return e * e + reg * (dot(user[0]!, user[0]!) + dot(item[0]!, item[0]!));
      },
      backward(dloss: number, user: Matrix, item: Matrix, rating: number): unknown[] {
        const e = dot(user[0]!, item[0]!) - rating;
        let two_e = bug === 'error forgotten' ? 2 : 2 * e;
        let two_reg = 2 * reg;
        if (bug === '2 forgotten') [two_e, two_reg] = [e, reg];
        if (bug === 'penalty forgotten') two_reg = 0;
        if (bug === 'penalty subtracted') two_reg *= -1;
        if (bug === 'sign of the error') two_e *= -1;
        const along = (a: Matrix, b: Matrix): Matrix =>
          zip(a, b, (u, v) => dloss * (two_e * v + two_reg * u));
        const ditem = bug === 'item from item' ? along(item, item) : along(item, user);
        return [along(user, item), ditem, -2 * e * dloss];
      },
    };
  },
);

const factorMachine = entry(
  'factorisation machine',
  [[0.7, -1.2, 0.4]],
  {
    bugs: {
      'own product not taken out': 'term-missing',
      'half left': ['factor-extra', 'constant-factor'],
      'x forgotten in the factors': 'factor-missing',
      'linear part forgotten': 'term-missing',
      'interaction forgotten': 'term-missing',
      'bias not updated': 'bias-forgotten',
    },
  },
  (bug) =>
    new (class FactorizationMachine {
      w0 = 0.2;
      w: Vector = [0.4, -0.3, 0.6];
      v: Matrix = [
        [0.5, -0.2],
        [0.3, 0.8],
        [-0.6, 0.1],
      ];
      grad_w0 = 0;
      grad_w: Vector = [];
      grad_v: Matrix = [];
      x: Vector = [];
      sums: Vector = [];
      forward(x: Vector): number {
        this.x = x;
        this.sums = [0, 1].map((f) => sum(x.map((a, i) => a * this.v[i]![f]!)));
        const squares = [0, 1].map((f) => sum(x.map((a, i) => (a * this.v[i]![f]!) ** 2)));
        return this.w0 + dot(this.w, x) + 0.5 * sum(this.sums.map((s, f) => s * s - squares[f]!));
      }
      backward(dy: number): Vector {
        const { x, v, sums, w } = this;
        const half = bug === 'half left' ? 0.5 : 1;
        const own = bug === 'own product not taken out' ? 0 : 1;
        this.grad_w0 = bug === 'bias not updated' ? 0 : dy;
        this.grad_w = x.map((a) => dy * a);
        this.grad_v = map(v, (factor, i, f) => {
          const a = x[i]!;
          return half * dy * (bug === 'x forgotten in the factors' ? 1 : a) * (sums[f]! - own * factor * a);
        });
        return x.map((a, i) => {
          const pairs = half * sum(v[i]!.map((factor, f) => factor * (sums[f]! - own * factor * a)));
          if (bug === 'linear part forgotten') return dy * pairs;
          if (bug === 'interaction forgotten') return dy * w[i]!;
          return dy * (w[i]! + pairs);
        });
      }
    })(),
);

const radial = entry(
  'network of radial basis functions',
  [[0.7, -1.2]],
  {
    bugs: {
      'centres with the sign of x': 'sign-flipped',
      'gamma forgotten': 'factor-missing',
      '2 forgotten': 'constant-factor',
      'exponential forgotten': ['factor-missing', 'local-derivative-missing'],
      'weights forgotten': 'factor-missing',
      'x: last centre only': 'overwritten-where-used-twice',
    },
  },
  (bug) =>
    new (class RBFNetwork {
      centers: Matrix = [
        [0.5, -0.2],
        [0.3, 0.8],
        [1.6, -1.1],
      ];
      weights: Vector = [0.9, -0.4, 0.7];
      _gamma = 0.6;
      _phi: Vector = [];
      _x: Vector = [];
      d_centers: Matrix = [];
      d_weights: Vector = [];
      forward(x: Vector): number {
        this._x = x;
        this._phi = this.centers.map((c) => Math.exp(-this._gamma * sum(x.map((v, k) => (v - c[k]!) ** 2))));
        return dot(this._phi, this.weights);
      }
      backward(dy: number): Vector {
        this.d_weights = this._phi.map((p) => p * dy);
        let dx = this._x.map(() => 0);
        const factor = (bug === '2 forgotten' ? 1 : 2) * (bug === 'gamma forgotten' ? 1 : this._gamma);
        this.d_centers = this.centers.map((c, i) => {
          const weight = bug === 'weights forgotten' ? 1 : this.weights[i]!;
          const phi = bug === 'exponential forgotten' ? 1 : this._phi[i]!;
          const d = c.map((v, k) => dy * weight * phi * factor * (this._x[k]! - v));
          dx = bug === 'x: last centre only' ? d.map((v) => -v) : dx.map((v, k) => v - d[k]!);
          return bug === 'centres with the sign of x' ? d.map((v) => -v) : d;
        });
        return dx;
      }
    })(),
);

const skipGram = entry(
  'skip-gram with negative samples',
  [
    [0.5, -1.2, 0.8],
    [0.9, 0.4, -0.3],
    [
      [0.2, 1.1, -0.6],
      [-0.1, 0.6, 0.7],
    ],
  ],
  {
    bugs: {
      'context: label not subtracted': ['target-not-subtracted', 'term-missing'],
      'centre from the context only': ['term-missing', 'overwritten-where-used-twice'],
      'negatives: minus': 'sign-flipped',
      'negatives averaged': ['averaged-instead-of-summed', 'constant-factor'],
      'negatives: centre forgotten': 'factor-missing',
      'centre: last negative only': ['overwritten-where-used-twice', 'term-missing'],
    },
  },
  (bug) =>
    (center: Vector, context: Vector, negatives: Matrix): unknown[] => {
      const positive = sigmoid(dot(center, context));
      const scores = negatives.map((n) => sigmoid(dot(center, n)));
      const loss = -Math.log(positive) - sum(scores.map((s) => Math.log(1 - s)));
      const g = bug === 'context: label not subtracted' ? positive : positive - 1;
      const dcontext = center.map((c) => g * c);
      let dcenter = context.map((c) => (positive - 1) * c);
      negatives.forEach((n, i) => {
        if (bug === 'centre from the context only') return;
        if (bug === 'centre: last negative only' && i < negatives.length - 1) return;
        dcenter = dcenter.map((d, k) => d + scores[i]! * n[k]!);
      });
      const dnegatives = scores.map((s) =>
        center.map((c) => {
          let d = s * c;
          if (bug === 'negatives: minus') d = -d;
          if (bug === 'negatives averaged') d /= negatives.length;
          if (bug === 'negatives: centre forgotten') d = s;
          return d;
        }),
      );
      return [loss, dcenter, dcontext, dnegatives];
    },
);

export const heldOut7: readonly Entry[] = [
  ...[threeLayers, softmaxRegression, factorisation, factorMachine, radial, skipGram],
];
