// Held out: right code that is awkward to check (kinks, ties, guards, float32, overflow, odd names), and a few bugs in it.

import {
  addRow,
  dot,
  map,
  matmul,
  softmax,
  sum,
  sumRows,
  transpose,
  zip,
  type Matrix,
  type Vector,
} from './arrays.js';
import { entry, type Entry } from './entry.js';

const truthFirst = entry(
  'squared error with the truth first',
  [
    [1, -0.5, 1.2],
    [0.4, -1.1, 2.3],
  ],
  {
    bugs: { 'sign flipped': 'sign-flipped', 'mean forgotten': 'summed-instead-of-averaged' },
    variants: ['returned by name', 'two functions', 'value and gradient', 'both in a pair'],
  },
  (bug) => {
    const loss = (yTrue: Vector, yPred: Vector): number =>
      sum(yPred.map((p, i) => (p - yTrue[i]!) ** 2)) / yPred.length;
    const gradient = (yTrue: Vector, yPred: Vector): Vector =>
      yPred.map((p, i) => {
        const g = (bug === 'sign flipped' ? -2 : 2) * (p - yTrue[i]!);
        return bug === 'mean forgotten' ? g : g / yPred.length;
      });
    if (bug === 'two functions') {
      return { forward: loss, backward: (yTrue: Vector, yPred: Vector) => gradient(yTrue, yPred) };
    }
    if (bug === 'value and gradient') {
      return (yTrue: Vector, yPred: Vector) => ({ loss: loss(yTrue, yPred), dYPred: gradient(yTrue, yPred) });
    }
    if (bug === 'both in a pair') return [loss, gradient];
    return new (class MSELoss {
      yTrue: Vector = [];
      yPred: Vector = [];
      forward(yTrue: Vector, yPred: Vector): number {
        this.yTrue = yTrue;
        this.yPred = yPred;
        return loss(yTrue, yPred);
      }
      backward(): unknown {
        const g = gradient(this.yTrue, this.yPred);
        return bug === 'returned by name' ? { dYPred: g } : g;
      }
    })();
  },
);

const kinks = entry(
  'functions at their kinks',
  [[0, -1, 1, 0.4, -0.3]],
  {
    bugs: {},
    variants: [
      ...([
        'relu, one at zero',
        'absolute value',
        'absolute value, one at zero',
        'clip',
        'clip, inclusive',
      ] as const),
      ...(['leaky relu', 'fractional part', 'hinge', 'relu squared', 'sign'] as const),
    ],
  },
  (bug) => {
    const pairs: Record<string, [(x: number) => number, (x: number) => number]> = {
      right: [(x) => Math.max(0, x), (x) => (x > 0 ? 1 : 0)],
      'relu, one at zero': [(x) => Math.max(0, x), (x) => (x >= 0 ? 1 : 0)],
      'absolute value': [Math.abs, Math.sign],
      'absolute value, one at zero': [Math.abs, (x) => (x < 0 ? -1 : 1)],
      clip: [(x) => Math.min(1, Math.max(-1, x)), (x) => (x > -1 && x < 1 ? 1 : 0)],
      'clip, inclusive': [(x) => Math.min(1, Math.max(-1, x)), (x) => (x >= -1 && x <= 1 ? 1 : 0)],
      'leaky relu': [(x) => (x > 0 ? x : 0.01 * x), (x) => (x > 0 ? 1 : 0.01)],
      'fractional part': [(x) => x - Math.floor(x), () => 1],
      hinge: [(x) => Math.max(0, 1 - x), (x) => (1 - x > 0 ? -1 : 0)],
      'relu squared': [(x) => Math.max(0, x) ** 2, (x) => 2 * Math.max(0, x)],
      sign: [Math.sign, () => 0],
    };
    const [f, df] = pairs[bug]!;
    let x: Vector = [];
    return {
      forward(values: Vector): Vector {
        x = values;
        return x.map(f);
      },
      backward: (dy: Vector): Vector => dy.map((d, i) => d * df(x[i]!)),
    };
  },
);

const ties = entry(
  'largest of equal values',
  [[0.7, 1.3, 1.3, -0.4]],
  {
    bugs: {},
    variants: ['last of the largest', 'shared out', 'median', 'sorted', 'span'],
  },
  (bug) => {
    const order = (x: Vector): number[] => x.map((_, i) => i).sort((i, j) => x[i]! - x[j]!);
    return {
      forward(x: Vector): number | Vector {
        const sorted = order(x).map((i) => x[i]!);
        if (bug === 'median') return (sorted[1]! + sorted[2]!) / 2;
        if (bug === 'sorted') return sorted;
        if (bug === 'span') return Math.max(...x) - Math.min(...x);
        return Math.max(...x);
      },
      backward(dy: number | Vector, x: Vector): Vector {
        const best = Math.max(...x);
        const dx = x.map(() => 0);
        if (bug === 'sorted') {
          order(x).forEach((from, to) => (dx[from] = (dy as Vector)[to]!));
          return dx;
        }
        const d = dy as number;
        if (bug === 'median') return x.map((_, i) => (order(x).slice(1, 3).includes(i) ? d / 2 : 0));
        if (bug === 'shared out') {
          const count = x.filter((v) => v === best).length;
          return x.map((v) => (v === best ? d / count : 0));
        }
        dx[bug === 'last of the largest' ? x.lastIndexOf(best) : x.indexOf(best)] = d;
        if (bug === 'span') dx[x.indexOf(Math.min(...x))]! -= d;
        return dx;
      },
    };
  },
);

const guards = entry(
  'functions with a guard against zero',
  [[0.8, 0.3, 1.7]],
  {
    bugs: { 'guard far too large': 'epsilon-too-large' },
    variants: ['logarithm', 'guard in backward only', 'normalise', 'ratio', 'clipped logarithm', 'hypot'],
  },
  (bug) => {
    const e = 1e-8;
    const length = (x: Vector): number => Math.sqrt(dot(x, x) + 1e-12);
    let x: Vector = [];
    return {
      forward(values: Vector): Vector {
        x = values;
        if (bug === 'logarithm') return x.map((v) => Math.log(v + 1e-12));
        if (bug === 'guard in backward only') return x.map(Math.sqrt);
        if (bug === 'normalise') return x.map((v) => v / (length(x) + e));
        if (bug === 'ratio') return x.map((v) => v / (Math.abs(v) + e));
        if (bug === 'clipped logarithm')
          return x.map((v) => Math.log(Math.min(Math.max(v, 1e-15), 1 - 1e-15)));
        if (bug === 'hypot') return x.map((v) => Math.hypot(v, e));
        return x.map((v) => Math.sqrt(v + e));
      },
      backward(dy: Vector): Vector {
        const n = length(x);
        return dy.map((d, i) => {
          const v = x[i]!;
          if (bug === 'logarithm') return d / (v + 1e-12);
          if (bug === 'guard in backward only') return d / (2 * Math.sqrt(v) + e);
          if (bug === 'normalise') return d / (n + e) - (v * dot(dy, x)) / (n * (n + e) ** 2);
          if (bug === 'ratio') return (d * e) / (Math.abs(v) + e) ** 2;
          if (bug === 'clipped logarithm') return v > 1e-15 && v < 1 - 1e-15 ? d / v : 0;
          if (bug === 'hypot') return (d * v) / Math.hypot(v, e);
          if (bug === 'guard far too large') return d / (2 * Math.sqrt(v) + 0.05);
          return d / (2 * Math.sqrt(v + e));
        });
      },
    };
  },
);

const zeroGuards = entry(
  'functions with a guard, at zero',
  [[0, 0, 0]],
  { bugs: {}, variants: ['logarithm', 'normalise', 'hypot', 'softmax', 'variance'] },
  (bug) => {
    const e = 1e-8;
    let x: Vector = [];
    return {
      forward(values: Vector): Vector {
        x = values;
        if (bug === 'logarithm') return x.map((v) => Math.log(v + 1e-12));
        if (bug === 'normalise') return x.map((v) => v / Math.sqrt(dot(x, x) + e));
        if (bug === 'hypot') return x.map((v) => Math.hypot(v, e));
        if (bug === 'softmax') return softmax(x);
        if (bug === 'variance') return [sum(x.map((v) => (v - sum(x) / 3) ** 2)) / 3];
        return x.map((v) => Math.sqrt(v + e));
      },
      backward(dy: Vector): Vector {
        const s = softmax(x);
        const n = Math.sqrt(dot(x, x) + e);
        return x.map((v, i) => {
          const d = dy[i]!;
          if (bug === 'logarithm') return d / (v + 1e-12);
          if (bug === 'normalise') return d / n - (v * dot(dy, x)) / n ** 3;
          if (bug === 'hypot') return (d * v) / Math.hypot(v, e);
          if (bug === 'softmax') return s[i]! * (d - dot(dy, s));
          if (bug === 'variance') return (2 * dy[0]! * (v - sum(x) / 3)) / 3;
          return d / (2 * Math.sqrt(v + e));
        });
      },
    };
  },
);

const extremes = entry(
  'functions at very large and very small numbers',
  [[800, -800, 1e-9, -3e-7, 40]],
  {
    bugs: { 'sigmoid without upstream': 'upstream-missing' },
    variants: ['softplus', 'naive softplus', 'square', 'tanh', 'sine of large numbers', 'logarithm', 'cube'],
  },
  (bug) => {
    const stable = (x: number): number => (x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x)));
    const pairs: Record<string, [(x: number) => number, (x: number) => number]> = {
      right: [stable, (x) => stable(x) * (1 - stable(x))],
      'sigmoid without upstream': [stable, (x) => stable(x) * (1 - stable(x))],
      softplus: [(x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))), stable],
      'naive softplus': [(x) => Math.log(1 + Math.exp(x)), (x) => Math.exp(x) / (1 + Math.exp(x))],
      square: [(x) => x * x, (x) => 2 * x],
      tanh: [Math.tanh, (x) => 1 - Math.tanh(x) ** 2],
      'sine of large numbers': [(x) => Math.sin(50 * x), (x) => 50 * Math.cos(50 * x)],
      logarithm: [Math.log, (x) => 1 / x],
      cube: [(x) => x ** 3, (x) => 3 * x * x],
    };
    const [f, df] = pairs[bug]!;
    let x: Vector = [];
    return {
      forward(values: Vector): Vector {
        x = values;
        return x.map(f);
      },
      backward: (dy: Vector): Vector =>
        dy.map((d, i) => (bug === 'sigmoid without upstream' ? 1 : d) * df(x[i]!)),
    };
  },
);

const X: Matrix = [
  [0.5, -1.2, 0.8],
  [1.1, 0.3, -0.7],
  [-0.4, 0.9, 0.2],
  [0.6, -0.1, 1.3],
];

const oddNames = entry(
  'layer with its gradients in odd places',
  [X],
  {
    bugs: { 'bias not summed': 'not-summed-over-batch', 'weights averaged': 'averaged-instead-of-summed' },
    variants: [
      ...(['nabla', 'derivatives', 'a list', 'by name', 'a map', 'parameters with value and grad'] as const),
      ...(['gradient function', 'momentum', 'static', 'camel'] as const),
    ],
  },
  (bug) => {
    const W0 = [
      [0.4, -0.7],
      [0.2, 0.9],
      [-0.3, 0.6],
    ];
    const b0 = [0.1, -0.2];
    const gradients = (x: Matrix, dy: Matrix): { W: Matrix; b: Vector | Matrix } => {
      const dW = matmul(transpose(x), dy);
      return {
        W: bug === 'weights averaged' ? map(dW, (v) => v / x.length) : dW,
        b: bug === 'bias not summed' ? dy : sumRows(dy),
      };
    };
    if (bug === 'parameters with value and grad') {
      const layer = {
        weight: { value: W0, grad: [] as Matrix },
        bias: { value: b0, grad: [] as Vector },
        x: [] as Matrix,
        forward(x: Matrix): Matrix {
          this.x = x;
          return addRow(matmul(x, this.weight.value), this.bias.value);
        },
        backward(dy: Matrix): Matrix {
          const g = gradients(this.x, dy);
          this.weight.grad = g.W;
          this.bias.grad = g.b as Vector;
          return matmul(dy, transpose(this.weight.value));
        },
      };
      return layer;
    }
    if (bug === 'static') {
      return class Affine {
        static W = W0;
        static b = b0;
        static x: Matrix = [];
        static dW: Matrix = [];
        static db: Vector = [];
        static forward(x: Matrix): Matrix {
          Affine.x = x;
          return addRow(matmul(x, Affine.W), Affine.b);
        }
        static backward(dy: Matrix): Matrix {
          const g = gradients(Affine.x, dy);
          [Affine.dW, Affine.db] = [g.W, g.b as Vector];
          return matmul(dy, transpose(Affine.W));
        }
      };
    }
    return new (class Affine {
      W = map(W0, (v) => v);
      b = [...b0];
      x: Matrix = [];
      velocity = { W: map(W0, () => 0), b: [0, 0] };
      [extra: string]: unknown;
      forward(x: Matrix): Matrix {
        this.x = x;
        return addRow(matmul(x, this.W), this.b);
      }
      backward(dy: Matrix, lr = 1): unknown {
        const g = gradients(this.x, dy);
        const dx = matmul(dy, transpose(this.W));
        if (bug === 'momentum') {
          this.velocity.W = zip(this.velocity.W, g.W, (v, d) => 0.9 * v - lr * d);
          this.velocity.b = this.velocity.b.map((v, j) => 0.9 * v - lr * (g.b as Vector)[j]!);
          this.W = zip(this.W, this.velocity.W, (w, v) => w + v);
          this.b = this.b.map((w, j) => w + this.velocity.b[j]!);
        } else if (bug === 'nabla') Object.assign(this, { nabla_W: g.W, nabla_b: g.b });
        else if (bug === 'derivatives') this['derivatives'] = { ...g };
        else if (bug === 'a list') this['gradients'] = [g.W, g.b];
        else if (bug === 'by name') return { dx, dW: g.W, db: g.b };
        else if (bug === 'a map') this['gradients'] = new Map(Object.entries(g));
        else if (bug === 'gradient function') this['gradient'] = (): unknown => g;
        else if (bug === 'camel') Object.assign(this, { gradientOfW: g.W, gradientOfB: g.b });
        else Object.assign(this, { dW: g.W, db: g.b });
        return dx;
      }
    })();
  },
);

export const heldOut8: readonly Entry[] = [truthFirst, kinks, ties, guards, zeroGuards, extremes, oddNames];
