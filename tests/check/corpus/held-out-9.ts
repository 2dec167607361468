// Held out: more right code that is awkward to check: orders of arguments, float32, NaN, whole numbers, running statistics.

import { map, sigmoid, sum, sumRows, transpose, zip, type Matrix, type Vector } from './arrays.js';
import { entry, type Entry } from './entry.js';

const orders = entry(
  'product with its arguments in another order',
  [
    [0.5, -1.2, 0.8],
    [0.9, 0.4, -0.3],
  ],
  {
    bugs: { swapped: 'gradient-of-other-input', 'upstream forgotten': 'upstream-missing' },
    variants: [
      'upstream last',
      'cache first',
      'weights first, by name',
      'one object',
      'upstream in the middle',
    ],
  },
  (bug) => {
    const forward = (x: Vector, w: Vector): Vector => x.map((v, i) => v * w[i]!);
    const times = (a: Vector, b: Vector): Vector => a.map((v, i) => v * b[i]!);
    if (bug === 'upstream last') {
      return { forward, backward: (x: Vector, w: Vector, dy: Vector) => [times(dy, w), times(dy, x)] };
    }
    if (bug === 'upstream in the middle') {
      return { forward, backward: (x: Vector, dy: Vector, w: Vector) => [times(dy, w), times(dy, x)] };
    }
    if (bug === 'cache first') {
      return {
        forward: (x: Vector, w: Vector) => [forward(x, w), { x, w }],
        backward: ({ x, w }: { x: Vector; w: Vector }, dy: Vector) => [times(dy, w), times(dy, x)],
      };
    }
    if (bug === 'weights first, by name') {
      return {
        forward,
        backward: (dy: Vector, w: Vector, x: Vector) => ({ dw: times(dy, x), dx: times(dy, w) }),
      };
    }
    if (bug === 'one object') {
      let cache: Record<string, Vector> = {};
      return {
        forward(x: Vector, w: Vector): Vector {
          cache = { x, w };
          return forward(x, w);
        },
        backward: (dy: Vector) => ({ w: times(dy, cache['x']!), x: times(dy, cache['w']!) }),
      };
    }
    return {
      forward,
      backward(dy: Vector, x: Vector, w: Vector): [Vector, Vector] {
        const d = bug === 'upstream forgotten' ? dy.map(() => 1) : dy;
        return bug === 'swapped' ? [times(d, x), times(d, w)] : [times(d, w), times(d, x)];
      },
    };
  },
);

const float32 = entry(
  'softmax and standard scores in float32',
  [Float32Array.of(0.5, -1.2, 0.8, 2.1)],
  {
    bugs: { 'diagonal only': 'softmax-jacobian-diagonal-only' },
    variants: ['standard scores', 'sum of squares', 'square of large numbers', 'rounded sigmoid'],
  },
  (bug) => {
    const f32 = Math.fround;
    let x = new Float32Array();
    let y = new Float32Array();
    let s = 1;
    const total = (a: Float32Array): number => a.reduce((t, v) => f32(t + v), 0);
    return {
      forward(values: Float32Array): Float32Array {
        x = values.slice();
        if (bug === 'sum of squares') return Float32Array.of(total(x.map((v) => v * v)));
        if (bug === 'square of large numbers') return x.map((v) => (v + 1000) * (v + 1000));
        if (bug === 'rounded sigmoid') y = x.map((v) => f32(sigmoid(v)));
        else if (bug === 'standard scores') {
          const m = f32(total(x) / x.length);
          s = f32(Math.sqrt(total(x.map((v) => (v - m) ** 2)) / x.length));
          y = x.map((v) => (v - m) / s);
        } else {
          const e = x.map((v) => Math.exp(v));
          const sumOf = total(e);
          y = e.map((v) => v / sumOf);
        }
        return y;
      },
      backward(dy: Float32Array): Float32Array {
        if (bug === 'sum of squares') return x.map((v) => 2 * v * dy[0]!);
        if (bug === 'square of large numbers') return x.map((v, i) => 2 * (v + 1000) * dy[i]!);
        if (bug === 'rounded sigmoid') return y.map((v, i) => v * (1 - v) * dy[i]!);
        const along = total(y.map((v, i) => v * dy[i]!));
        if (bug === 'standard scores') {
          const mean = total(dy) / dy.length;
          return dy.map((d, i) => (d - mean - (y[i]! * along) / dy.length) / s);
        }
        if (bug === 'diagonal only') return y.map((v, i) => v * (1 - v) * dy[i]!);
        return y.map((v, i) => v * (dy[i]! - along));
      },
    };
  },
);

const undefinedHere = entry(
  'functions that are not defined where asked',
  [[-0.5, 0.7, 1.4]],
  {
    bugs: {},
    variants: ['root', 'power', 'inverse sine', 'infinite', 'zero over zero'],
  },
  (bug) => {
    const pairs: Record<string, [(x: number) => number, (x: number) => number]> = {
      right: [Math.log, (x) => 1 / x],
      root: [Math.sqrt, (x) => 0.5 / Math.sqrt(x)],
      power: [(x) => x ** 1.5, (x) => 1.5 * x ** 0.5],
      'inverse sine': [Math.asin, (x) => 1 / Math.sqrt(1 - x * x)],
      infinite: [(x) => 1 / (x - 0.7), (x) => -1 / (x - 0.7) ** 2],
      'zero over zero': [
        (x) => Math.sin(x - 0.7) / (x - 0.7),
        (x) => {
          const u = x - 0.7;
          return (u * Math.cos(u) - Math.sin(u)) / (u * u);
        },
      ],
    };
    const [f, df] = pairs[bug]!;
    return [
      (x: Vector): Vector => x.map(f),
      (x: Vector, dy: Vector): Vector => x.map((v, i) => dy[i]! * df(v)),
    ];
  },
);

const whole = entry(
  'polynomial at whole numbers',
  [[1, 2, 3]],
  {
    bugs: {
      'constant term kept': 'term-extra',
      'sign flipped': 'sign-flipped',
      '3 forgotten': 'factor-missing',
      'upstream forgotten': 'upstream-missing',
    },
    variants: ['as floats'],
  },
  (bug) => {
    let x: Vector = [];
    return {
      forward(values: Vector): Vector {
        x = bug === 'as floats' ? Array.from(Float64Array.from(values)) : values;
        return x.map((v) => v ** 3 - 2 * v + 5);
      },
      backward(dy: Vector): Vector {
        return x.map((v, i) => {
          const d = dy[i]!;
          if (bug === 'constant term kept') return d * (3 * v * v - 2 + 5);
          if (bug === 'sign flipped') return -d * (3 * v * v - 2);
          if (bug === '3 forgotten') return d * (v * v - 2);
          if (bug === 'upstream forgotten') return 3 * v * v - 2;
          return d * (3 * v * v - 2);
        });
      },
    };
  },
);

const runningNorm = entry(
  'batch norm with running statistics',
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
      'statistics as constants': 'statistics-as-constants',
      'gamma not summed': 'not-summed-over-batch',
      'beta averaged': 'averaged-instead-of-summed',
      'mean path forgotten': 'mean-path-forgotten',
    },
    variants: ['evaluation', 'step by step'],
  },
  (bug) =>
    new (class BatchNorm1d {
      training = bug !== 'evaluation';
      momentum = 0.1;
      eps = 1e-5;
      running_mean: Vector = [0.2, -0.1, 0.3];
      running_var: Vector = [0.9, 1.2, 0.7];
      weight: Vector = [1.2, 0.7, -0.5];
      bias: Vector = [0.1, 0.2, -0.3];
      weight_grad: unknown = [];
      bias_grad: unknown = [];
      private saved: { centred: Matrix; inv: Vector } = { centred: [], inv: [] };
      forward(x: Matrix): Matrix {
        let [mean, variance] = [this.running_mean, this.running_var];
        if (this.training) {
          mean = sumRows(x).map((s) => s / x.length);
          variance = transpose(x).map((c, j) => sum(c.map((v) => (v - mean[j]!) ** 2)) / c.length);
          const mix = (old: Vector, now: Vector): Vector =>
            old.map((v, j) => (1 - this.momentum) * v + this.momentum * now[j]!);
          this.running_mean = mix(this.running_mean, mean);
          this.running_var = mix(this.running_var, variance);
        }
        const inv = variance.map((v) => 1 / Math.sqrt(v + this.eps));
        this.saved = { centred: map(x, (v, _, j) => v - mean[j]!), inv };
        return map(this.saved.centred, (v, _, j) => v * inv[j]! * this.weight[j]! + this.bias[j]!);
      }
      backward(dy: Matrix): Matrix {
        const { centred, inv } = this.saved;
        const n = dy.length;
        const hat = map(centred, (v, _, j) => v * inv[j]!);
        const products = zip(dy, hat, (d, h) => d * h);
        this.weight_grad = bug === 'gamma not summed' ? products : sumRows(products);
        this.bias_grad = sumRows(dy).map((v) => (bug === 'beta averaged' ? v / n : v));
        const g = map(dy, (d, _, j) => d * this.weight[j]!);
        if (bug === 'evaluation' || bug === 'statistics as constants')
          return map(g, (d, _, j) => d * inv[j]!);
        const along = sumRows(zip(g, hat, (d, h) => d * h)).map((v) => v / n);
        const total = sumRows(g).map((v) => v / n);
        if (bug === 'step by step') {
          const dvar = sumRows(zip(g, centred, (d, c) => d * c)).map((v, j) => -0.5 * v * inv[j]! ** 3);
          const dmean = sumRows(g).map((v, j) => -v * inv[j]!);
          return map(g, (d, i, j) => d * inv[j]! + (2 * dvar[j]! * centred[i]![j]!) / n + dmean[j]! / n);
        }
        return map(g, (d, i, j) => {
          const rest = bug === 'mean path forgotten' ? d : d - total[j]!;
          return inv[j]! * (rest - hat[i]![j]! * along[j]!);
        });
      }
    })(),
);

const residual = entry(
  'residual block that changes its upstream in place',
  [[0.5, -1.2, 0.8]],
  {
    bugs: {
      'shortcut forgotten': ['term-missing', 'overwritten-where-used-twice'],
      'block forgotten': ['term-missing', 'overwritten-where-used-twice', 'local-derivative-missing'],
      'relu mask forgotten': ['mask-missing', 'local-derivative-missing'],
      minus: 'term-sign-flipped',
    },
    variants: ['copied first', 'added last'],
  },
  (bug) => {
    const W: Matrix = [
      [0.4, -0.7, 0.1],
      [0.2, 0.9, -0.5],
      [-0.3, 0.6, 0.8],
    ];
    let z: Vector = [];
    return {
      forward(x: Vector): Vector {
        z = W.map((row) => row.reduce((t, w, j) => t + w * x[j]!, 0));
        return x.map((v, i) => v + Math.max(0, z[i]!));
      },
      backward(dy: Vector): Vector {
        const upstream = bug === 'copied first' ? [...dy] : dy;
        const dz = upstream.map((d, i) => (z[i]! > 0 || bug === 'relu mask forgotten' ? d : 0));
        const through = W[0]!.map((_, j) => W.reduce((t, row, i) => t + row[j]! * dz[i]!, 0));
        if (bug === 'shortcut forgotten') return through;
        if (bug === 'block forgotten') return dy;
        if (bug === 'added last') return through.map((v, j) => v + dy[j]!);
        through.forEach((v, j) => (upstream[j]! += bug === 'minus' ? -v : v));
        return upstream;
      },
    };
  },
);

export const heldOut9: readonly Entry[] = [orders, float32, undefinedHere, whole, runningNorm, residual];
