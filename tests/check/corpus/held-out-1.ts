// Held out: activations and functions of one variable, written before anything was run on them.

import { sigmoid, type Vector } from './arrays.js';
import { entry, type Entry } from './entry.js';

const mish = entry(
  'mish as a pair of functions',
  [0.7],
  {
    bugs: {
      'second path forgotten': ['term-missing', 'overwritten-where-used-twice'],
      'first path forgotten': ['term-missing', 'overwritten-where-used-twice'],
      'sigmoid forgotten': 'factor-missing',
      'tanh for its derivative': 'wrong-factor',
      '1 - t for 1 - t²': 'wrong-factor',
      'x forgotten': 'factor-missing',
      'minus between the paths': 'term-sign-flipped',
    },
  },
  (bug) => {
    const softplus = (x: number): number => Math.log1p(Math.exp(x));
    const f = (x: number): number => x * Math.tanh(softplus(x));
    const df = (x: number): number => {
      const t = Math.tanh(softplus(x));
      const sech2 = 1 - t * t;
      if (bug === 'second path forgotten') return t;
      if (bug === 'first path forgotten') return x * sech2 * sigmoid(x);
      if (bug === 'sigmoid forgotten') return t + x * sech2;
      if (bug === 'tanh for its derivative') return t + x * t * sigmoid(x);
      if (bug === '1 - t for 1 - t²') return t + x * (1 - t) * sigmoid(x);
      if (bug === 'x forgotten') return t + sech2 * sigmoid(x);
      if (bug === 'minus between the paths') return t - x * sech2 * sigmoid(x);
      return t + x * sech2 * sigmoid(x);
    };
    return [f, df];
  },
);

const quickGelu = entry(
  'gelu by a sigmoid',
  [[0.9, -0.7, 1.6, -1.3, 0.2]],
  {
    bugs: {
      'inner constant forgotten': 'factor-missing',
      'first term only': ['term-missing', 'overwritten-where-used-twice'],
      'second term only': ['term-missing', 'overwritten-where-used-twice'],
      'upstream on the first term only': ['upstream-missing', 'misplaced-parenthesis'],
      'sigmoid at the output': 'taken-at-output',
      'one minus forgotten': 'factor-missing',
      'plus in the sigmoid': 'term-sign-flipped',
    },
  },
  (bug) =>
    new (class QuickGELU {
      static readonly ALPHA_ = 1.702;
      saved_x: number[] = [];
      saved_y: number[] = [];
      forward(x: number[]): number[] {
        this.saved_x = [...x];
        this.saved_y = x.map((v) => v * sigmoid(QuickGELU.ALPHA_ * v));
        return this.saved_y;
      }
      backward(grad_output: number[]): number[] {
        const k = QuickGELU.ALPHA_;
        const grad_input: number[] = [];
        for (const [i, x] of this.saved_x.entries()) {
          const g = grad_output[i]!;
          const s = sigmoid(k * (bug === 'sigmoid at the output' ? this.saved_y[i]! : x));
          let second = k * x * s * (1 - s);
          if (bug === 'inner constant forgotten') second = x * s * (1 - s);
          if (bug === 'one minus forgotten') second = k * x * s;
          if (bug === 'plus in the sigmoid') second = k * x * s * (1 + s);
          if (bug === 'first term only') grad_input.push(g * s);
          else if (bug === 'second term only') grad_input.push(g * second);
          else if (bug === 'upstream on the first term only') grad_input.push(g * s + second);
          else grad_input.push(g * (s + second));
        }
        return grad_input;
      }
    })(),
);

const hardSigmoid = entry(
  'hard sigmoid',
  [[0.8, -3.1, 3.4, -0.6, 1.9]],
  {
    bugs: {
      'mask forgotten': 'mask-missing',
      'slope forgotten': ['factor-missing', 'constant-factor'],
      'mask inverted': 'mask-inverted',
      'upper bound forgotten': ['wrong-on-one-side', 'mask-missing'],
      'mask of the upstream': 'mask-of-upstream',
      'upstream forgotten': 'upstream-missing',
      'slope divided by': ['inverted-factor', 'constant-factor'],
    },
    variants: ['mask stored as numbers'],
  },
  (bug) => {
    let out: number[] = [];
    let mask: number[] = [];
    return {
      forward(x: number[]): number[] {
        out = x.map((v) => Math.min(1, Math.max(0, 0.2 * v + 0.5)));
        mask = out.map((v) => Number(v > 0 && v < 1));
        return out;
      },
      backward(dout: number[]): number[] {
        if (bug === 'mask stored as numbers') return dout.map((d, i) => 0.2 * d * mask[i]!);
        return dout.map((d, i) => {
          const y = out[i]!;
          if (bug === 'mask forgotten') return 0.2 * d;
          if (bug === 'slope forgotten') return y > 0 && y < 1 ? d : 0;
          if (bug === 'mask inverted') return y > 0 && y < 1 ? 0 : 0.2 * d;
          if (bug === 'upper bound forgotten') return y > 0 ? 0.2 * d : 0;
          if (bug === 'mask of the upstream') return d > 0 && d < 1 ? 0.2 * d : 0;
          if (bug === 'upstream forgotten') return y > 0 && y < 1 ? 0.2 : 0;
          if (bug === 'slope divided by') return y > 0 && y < 1 ? d / 0.2 : 0;
          return y > 0 && y < 1 ? 0.2 * d : 0;
        });
      },
    };
  },
);

const hardSwish = entry(
  'hard swish',
  [Float64Array.of(0.8, -3.6, 3.9, -1.6, 2.1, -0.4)],
  {
    bugs: {
      'product rule forgotten': ['term-missing', 'overwritten-where-used-twice'],
      'zero above 3': 'wrong-on-one-side',
      'sixth forgotten': ['factor-missing', 'wrong-on-one-side'],
      'lower bound forgotten': ['wrong-on-one-side', 'mask-missing'],
      'one everywhere': ['local-derivative-missing', 'factor-missing'],
    },
  },
  (bug) => {
    const derivative = (x: number): number => {
      if (bug === 'one everywhere') return 1;
      if (bug === 'product rule forgotten') return Math.min(6, Math.max(0, x + 3)) / 6;
      if (x < -3 && bug !== 'lower bound forgotten') return 0;
      if (x > 3) return bug === 'zero above 3' ? 0 : 1;
      return bug === 'sixth forgotten' ? 2 * x + 3 : (2 * x + 3) / 6;
    };
    let kept = new Float64Array();
    return {
      forward(x: Float64Array): Float64Array {
        kept = x.slice();
        return x.map((v) => (v * Math.min(6, Math.max(0, v + 3))) / 6);
      },
      backward: (g: Float64Array): Float64Array => g.map((d, i) => d * derivative(kept[i]!)),
    };
  },
);

const selu = entry(
  'selu',
  [
    [
      [0.5, -1.2, 0.8],
      [-0.4, 0.9, -2.2],
    ],
  ],
  {
    bugs: {
      'scale forgotten': ['factor-missing', 'constant-factor'],
      'alpha forgotten below': ['wrong-on-one-side', 'factor-missing'],
      'minus one kept below': ['wrong-on-one-side', 'term-extra'],
      'scale above only': ['wrong-on-one-side', 'factor-missing'],
      'branches swapped': 'mask-inverted',
      'exp of the output': ['taken-at-output', 'wrong-on-one-side'],
    },
    variants: ['from the output'],
  },
  (bug) =>
    new (class SELU {
      #x: number[][] = [];
      #y: number[][] = [];
      readonly #lambda = 1.0507;
      readonly #a = 1.67326;
      forward(x: number[][]): number[][] {
        this.#x = x.map((row) => row.slice());
        this.#y = x.map((row) => row.map((v) => this.#lambda * (v > 0 ? v : this.#a * Math.expm1(v))));
        return this.#y;
      }
      backward(dy: number[][]): number[][] {
        const [scale, a] = [this.#lambda, this.#a];
        return dy.map((row, i) =>
          row.map((d, j) => {
            const [x, y] = [this.#x[i]![j]!, this.#y[i]![j]!];
            if (bug === 'scale forgotten') return x > 0 ? d : d * a * Math.exp(x);
            if (bug === 'branches swapped') return x <= 0 ? d * scale : d * scale * a * Math.exp(x);
            if (x > 0) return d * scale;
            if (bug === 'alpha forgotten below') return d * scale * Math.exp(x);
            if (bug === 'minus one kept below') return d * scale * a * (Math.exp(x) - 1);
            if (bug === 'scale above only') return d * a * Math.exp(x);
            if (bug === 'exp of the output') return d * scale * a * Math.exp(y);
            if (bug === 'from the output') return d * (y + scale * a);
            return d * scale * a * Math.exp(x);
          }),
        );
      }
    })(),
);

const softsign = entry(
  'softsign',
  [[0.6, -1.1, 1.7, -0.3]],
  {
    bugs: {
      'square forgotten': ['factor-missing', 'term-missing', 'overwritten-where-used-twice'],
      'bars forgotten': 'wrong-on-one-side',
      multiplied: 'inverted-factor',
      'at the output': 'taken-at-output',
      'upstream twice': 'upstream-twice',
      cubed: 'factor-extra',
    },
    variants: ['quotient rule', 'from the output'],
  },
  (bug) => {
    const cache: { x?: Vector; y?: Vector } = {};
    return {
      forward(x: Vector): Vector {
        cache.x = x;
        cache.y = x.map((v) => v / (1 + Math.abs(v)));
        return cache.y;
      },
      backward: (upstream: Vector): Vector =>
        upstream.map((u, i) => {
          const [x, y] = [cache.x![i]!, cache.y![i]!];
          const q = 1 + Math.abs(x);
          if (bug === 'quotient rule') return (u * (q - x * Math.sign(x))) / (q * q);
          if (bug === 'from the output') return u * (1 - Math.abs(y)) ** 2;
          if (bug === 'square forgotten') return u / q;
          if (bug === 'bars forgotten') return u / (1 + x) ** 2;
          if (bug === 'multiplied') return u * q * q;
          if (bug === 'at the output') return u / (1 + Math.abs(y)) ** 2;
          if (bug === 'upstream twice') return (u * u) / (q * q);
          if (bug === 'cubed') return u / (q * q * q);
          return u / (q * q);
        }),
    };
  },
);

const tanhShrink = entry(
  'tanhshrink of a number',
  [0.9],
  {
    bugs: {
      'sign of the second term': 'term-sign-flipped',
      'square forgotten': 'factor-missing',
      'one forgotten': ['term-missing', 'overwritten-where-used-twice'],
      'tanh forgotten': ['term-missing', 'overwritten-where-used-twice', 'local-derivative-missing'],
      'at the output': 'taken-at-output',
    },
  },
  (bug) => {
    let [x, y] = [0, 0];
    return {
      forward(value: number): number {
        x = value;
        y = x - Math.tanh(x);
        return y;
      },
      backward(dz: number): number {
        const t = Math.tanh(x);
        if (bug === 'sign of the second term') return dz * (1 + (1 - t * t));
        if (bug === 'square forgotten') return dz * t;
        if (bug === 'one forgotten') return -dz * (1 - t * t);
        if (bug === 'tanh forgotten') return dz;
        if (bug === 'at the output') return dz * Math.tanh(y) ** 2;
        return dz * t * t;
      },
    };
  },
);

const softplusBeta = entry(
  'softplus with beta and threshold',
  [[0.4, -1.3, 2.2, -0.5]],
  {
    bugs: {
      'beta forgotten in the sigmoid': 'factor-missing',
      'divided by beta': ['factor-extra', 'factor-missing', 'constant-factor'],
      "sigmoid's derivative": 'factor-extra',
      'minus x': ['sign-flipped', 'wrong-factor', 'term-sign-flipped'],
      'upstream alone': ['local-derivative-missing', 'factor-missing'],
    },
  },
  (bug) => {
    const layer = {
      beta: 1.7,
      threshold: 20,
      _in: [] as number[],
      forward(x: number[]): number[] {
        this._in = x;
        return x.map((v) =>
          v * this.beta > this.threshold ? v : Math.log(1 + Math.exp(v * this.beta)) / this.beta,
        );
      },
      backward(dout: number[]): number[] {
        return this._in.map((v, i) => {
          const s = sigmoid(v * (bug === 'beta forgotten in the sigmoid' ? 1 : this.beta));
          if (bug === 'divided by beta') return (dout[i]! * s) / this.beta;
          if (bug === "sigmoid's derivative") return dout[i]! * s * (1 - s);
          if (bug === 'minus x') return dout[i]! * sigmoid(-v * this.beta);
          if (bug === 'upstream alone') return dout[i]!;
          return dout[i]! * s;
        });
      },
    };
    return layer;
  },
);

const density = entry(
  'normal density of three numbers',
  [0.9, 0.3, 1.4],
  {
    bugs: {
      'mu as x': 'sign-flipped',
      'sigma: normaliser as a constant': ['term-missing', 'statistics-as-constants'],
      'sigma: exponent as a constant': ['term-missing', 'overwritten-where-used-twice'],
      'x: sigma forgotten': ['factor-missing', 'factor-extra'],
      'x: sigma squared': ['factor-extra', 'factor-missing'],
      'x: z squared': 'factor-extra',
      'sigma: plus': 'term-sign-flipped',
    },
  },
  (bug) => {
    let [z, p, s] = [0, 0, 1];
    return {
      forward(x: number, mu: number, sigma: number): number {
        s = sigma;
        z = (x - mu) / sigma;
        p = Math.exp(-0.5 * z * z) / (sigma * Math.sqrt(2 * Math.PI));
        return p;
      },
      backward(dp: number): { dx: number; dmu: number; dsigma: number } {
        let dx = (-dp * p * z) / s;
        const dmu = bug === 'mu as x' ? dx : -dx;
        let dsigma = (dp * p * (z * z - 1)) / s;
        if (bug === 'x: sigma forgotten') dx *= s;
        if (bug === 'x: sigma squared') dx /= s;
        if (bug === 'x: z squared') dx *= z;
        if (bug === 'sigma: normaliser as a constant') dsigma = (dp * p * z * z) / s;
        if (bug === 'sigma: exponent as a constant') dsigma = (-dp * p) / s;
        if (bug === 'sigma: plus') dsigma = (dp * p * (z * z + 1)) / s;
        return { dx, dmu, dsigma };
      },
    };
  },
);

const polynomial = entry(
  "polynomial by Horner's rule, with its coefficients",
  [0.8, [0.5, -1.2, 0.7, 0.4]],
  {
    bugs: {
      'exponents forgotten': 'factor-missing',
      'powers not lowered': 'factor-extra',
      'coefficients without powers': ['factor-missing', 'constant-gradient'],
      'coefficients reversed': ['wrong-place', 'kernel-not-flipped'],
      'upstream forgotten': 'upstream-missing',
      'x: constant term kept': 'term-extra',
    },
  },
  (bug) => ({
    forward: (x: number, c: number[]): number => c.reduceRight((total, v) => total * x + v, 0),
    backward(dp: number, x: number, c: number[]): [number, number[]] {
      const d = bug === 'upstream forgotten' ? 1 : dp;
      let dx = 0;
      c.forEach((v, k) => {
        if (k === 0) dx += bug === 'x: constant term kept' ? v : 0;
        else
          dx += (bug === 'exponents forgotten' ? 1 : k) * v * x ** (bug === 'powers not lowered' ? k : k - 1);
      });
      const dc = c.map((_, k) => (bug === 'coefficients without powers' ? d : d * x ** k));
      return [d * dx, bug === 'coefficients reversed' ? dc.reverse() : dc];
    },
  }),
);

export const heldOut1: readonly Entry[] = [
  ...[mish, quickGelu, hardSigmoid, hardSwish, selu, softsign, tanhShrink],
  ...[softplusBeta, density, polynomial],
];
