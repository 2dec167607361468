// Functions of each element: activations on arrays, and sums, products and quotients of two inputs.

import { sigmoid } from './arrays.js';
import { entry, type Entry } from './entry.js';

const X = [0.8, -0.6, 1.4, -1.7, 0.3, -0.2];

const relu = entry(
  'relu',
  [X],
  {
    bugs: {
      'mask forgotten': 'local-derivative-missing',
      'mask inverted': 'mask-inverted',
      'mask alone': 'upstream-missing',
      'mask of the upstream': 'mask-of-upstream',
      'both masks': 'mask-of-upstream',
      'times the output': 'factor-extra',
      'minus too much': 'sign-flipped',
      'upstream through forward': 'mask-of-upstream',
    },
    variants: ['>= 0', 'mask of the output'],
  },
  (bug) => {
    let x: number[] = [];
    return {
      forward(values: number[]): number[] {
        x = values;
        return values.map((v) => Math.max(0, v));
      },
      backward(dy: number[]): number[] {
        return dy.map((d, i) => {
          const v = x[i]!;
          if (bug === '>= 0') return v >= 0 ? d : 0;
          if (bug === 'mask of the output') return Math.max(0, v) > 0 ? d : 0;
          if (bug === 'mask forgotten') return d;
          if (bug === 'mask inverted') return v <= 0 ? d : 0;
          if (bug === 'mask alone') return v > 0 ? 1 : 0;
          if (bug === 'mask of the upstream') return d > 0 ? d : 0;
          if (bug === 'both masks') return d > 0 && v > 0 ? d : 0;
          if (bug === 'times the output') return Math.max(0, v) * d;
          if (bug === 'minus too much') return v > 0 ? -d : 0;
          if (bug === 'upstream through forward') return Math.max(0, d);
          return v > 0 ? d : 0;
        });
      },
    };
  },
);

const leakyRelu = entry(
  'leaky relu',
  [X],
  {
    bugs: {
      'slope forgotten': 'wrong-on-one-side',
      'slope on both sides': 'wrong-on-one-side',
      'condition inverted': 'mask-inverted',
      'no condition': 'local-derivative-missing',
      'minus on the left': 'wrong-on-one-side',
      'upstream forgotten': 'upstream-missing',
      'times x on the left': 'wrong-on-one-side',
    },
  },
  (bug) =>
    new (class LeakyReLU {
      slope = 0.1;
      x: number[] = [];
      forward(x: number[]): number[] {
        this.x = x;
        return x.map((v) => (v > 0 ? v : this.slope * v));
      }
      backward(dout: number[]): number[] {
        return dout.map((d, i) => {
          const v = this.x[i]!;
          if (bug === 'slope forgotten') return v > 0 ? d : 0;
          if (bug === 'slope on both sides') return this.slope * d;
          if (bug === 'condition inverted') return v < 0 ? d : this.slope * d;
          if (bug === 'no condition') return d;
          if (bug === 'minus on the left') return v > 0 ? d : -this.slope * d;
          if (bug === 'upstream forgotten') return v > 0 ? 1 : this.slope;
          if (bug === 'times x on the left') return v > 0 ? d : this.slope * v * d;
          return v > 0 ? d : this.slope * d;
        });
      }
    })(),
);

const elu = entry(
  'elu',
  [Float64Array.from(X)],
  {
    bugs: {
      'alpha not added': 'wrong-on-one-side',
      'alpha forgotten': 'wrong-on-one-side',
      'zero on the left': 'wrong-on-one-side',
      'exp on both sides': 'wrong-on-one-side',
      'upstream forgotten': 'upstream-missing',
      'condition inverted': 'unexplained',
    },
    variants: ['with the output'],
  },
  (bug) => {
    const alpha = 0.7;
    let x: Float64Array = new Float64Array(0);
    const forward = (values: Float64Array): Float64Array => {
      x = values;
      return values.map((v) => (v > 0 ? v : alpha * (Math.exp(v) - 1)));
    };
    const backward = (dy: Float64Array): Float64Array =>
      dy.map((d, i) => {
        const v = x[i]!;
        const y = v > 0 ? v : alpha * (Math.exp(v) - 1);
        if (bug === 'with the output') return v > 0 ? d : d * (y + alpha);
        if (bug === 'alpha not added') return v > 0 ? d : d * y;
        if (bug === 'alpha forgotten') return v > 0 ? d : d * Math.exp(v);
        if (bug === 'zero on the left') return v > 0 ? d : 0;
        if (bug === 'exp on both sides') return d * alpha * Math.exp(v);
        if (bug === 'upstream forgotten') return v > 0 ? 1 : alpha * Math.exp(v);
        if (bug === 'condition inverted') return v < 0 ? d : d * alpha * Math.exp(v);
        return v > 0 ? d : d * alpha * Math.exp(v);
      });
    return { forward, backward };
  },
);

const sigmoidArray = entry(
  'sigmoid on a matrix',
  [
    [
      [0.5, -1.2, 0.1],
      [2, -0.3, 0.9],
    ],
  ],
  {
    bugs: {
      'upstream forgotten': 'upstream-missing',
      'z(1 - z)': 'taken-at-input',
      'upstream alone': 'local-derivative-missing',
      '1 - a forgotten': 'factor-missing',
      'mean over the batch': 'averaged-instead-of-summed',
      'upstream summed': 'summed-too-far',
      clipped: 'clipped',
    },
  },
  (bug) => {
    type Matrix = number[][];
    let [z, a]: [Matrix, Matrix] = [[], []];
    return {
      forward(input: Matrix): Matrix {
        z = input;
        a = input.map((row) => row.map(sigmoid));
        return a;
      },
      backward(da: Matrix): Matrix {
        const total = da.flat().reduce((x, y) => x + y, 0);
        return da.map((row, i) =>
          row.map((d, j) => {
            const [zij, aij] = [z[i]![j]!, a[i]![j]!];
            if (bug === 'upstream forgotten') return aij * (1 - aij);
            if (bug === 'z(1 - z)') return d * zij * (1 - zij);
            if (bug === 'upstream alone') return d;
            if (bug === '1 - a forgotten') return d * aij;
            if (bug === 'mean over the batch') return (d * aij * (1 - aij)) / da.length;
            if (bug === 'upstream summed') return total * aij * (1 - aij);
            if (bug === 'clipped') return Math.max(-0.1, Math.min(0.1, d * aij * (1 - aij)));
            return d * aij * (1 - aij);
          }),
        );
      },
    };
  },
);

const A = [1.2, -0.7, 0.4];
const B = [0.6, 1.5, -1.1];

const multiply = entry(
  'multiply',
  [A, B],
  {
    bugs: {
      swapped: 'gradient-of-other-input',
      'its own factor': ['wrong-factor', 'gradient-of-other-input'],
      'upstream forgotten': 'upstream-missing',
      'factor forgotten': ['local-derivative-missing', 'factor-missing'],
      'sum of both': 'term-extra',
      'minus for b': 'sign-flipped',
    },
  },
  (bug) =>
    new (class Multiply {
      a: number[] = [];
      b: number[] = [];
      forward(a: number[], b: number[]): number[] {
        this.a = a;
        this.b = b;
        return a.map((x, i) => x * b[i]!);
      }
      backward(dy: number[]): [da: number[], db: number[]] {
        const { a, b } = this;
        const da = dy.map((d, i) => d * b[i]!);
        const db = dy.map((d, i) => d * a[i]!);
        if (bug === 'swapped') return [db, da];
        if (bug === 'its own factor') return [dy.map((d, i) => d * a[i]!), db];
        if (bug === 'upstream forgotten') return [b, a];
        if (bug === 'factor forgotten') return [dy, db];
        if (bug === 'sum of both') return [dy.map((d, i) => d * (a[i]! + b[i]!)), db];
        if (bug === 'minus for b') return [da, db.map((d) => -d)];
        return [da, db];
      }
    })(),
);

const divide = entry(
  'divide',
  [A, B],
  {
    bugs: {
      'minus forgotten': 'sign-flipped',
      'square forgotten': ['factor-missing', 'factor-extra'],
      'a forgotten': 'factor-missing',
      'multiplied by b': 'inverted-factor',
      'numerator squared': ['factor-extra', 'wrong-factor'],
      swapped: 'gradient-of-other-input',
      'a for b': ['wrong-factor', 'factor-extra', 'factor-missing'],
    },
  },
  (bug) => ({
    forward: (a: number[], b: number[]): [out: number[], cache: unknown] => [
      a.map((x, i) => x / b[i]!),
      { a, b },
    ],
    backward(dout: number[], cache: { a: number[]; b: number[] }): [da: number[], db: number[]] {
      const { a, b } = cache;
      const da = dout.map((d, i) => d / b[i]!);
      const db = dout.map((d, i) => (-d * a[i]!) / b[i]! ** 2);
      if (bug === 'minus forgotten') return [da, db.map((d) => -d)];
      if (bug === 'square forgotten') return [da, dout.map((d, i) => (-d * a[i]!) / b[i]!)];
      if (bug === 'a forgotten') return [da, dout.map((d, i) => -d / b[i]! ** 2)];
      if (bug === 'multiplied by b') return [dout.map((d, i) => d * b[i]!), db];
      if (bug === 'numerator squared') return [da, db.map((d, i) => d * a[i]!)];
      if (bug === 'swapped') return [db, da];
      if (bug === 'a for b') return [dout.map((d, i) => d / a[i]!), db];
      return [da, db];
    },
  }),
);

const pair = entry(
  'polynomial as a pair of functions',
  [1.4],
  {
    bugs: {
      '3 forgotten in the first term': ['factor-missing', 'term-missing'],
      'linear term forgotten': 'term-missing',
      'constant kept': ['term-extra', 'term-missing'],
      'sign of the linear term': ['term-sign-flipped', 'term-missing', 'term-extra'],
    },
  },
  (bug) => [
    (x: number) => x ** 3 - 2 * x + 5,
    (x: number) => {
      if (bug === '3 forgotten in the first term') return x ** 2 - 2;
      if (bug === 'linear term forgotten') return 3 * x ** 2;
      if (bug === 'constant kept') return 3 * x ** 2 - 2 + 5;
      if (bug === 'sign of the linear term') return 3 * x ** 2 + 2;
      return 3 * x ** 2 - 2;
    },
  ],
);

export const elementwise: readonly Entry[] = [
  ...[relu, leakyRelu, elu, sigmoidArray, multiply, divide, pair],
];
