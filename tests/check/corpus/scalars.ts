// Functions of one number, as classes that keep what backward needs: lesson 1 and its homework.

import { entry, type Entry } from './entry.js';
import { sigmoid } from './arrays.js';

/** A class of one number whose backward is chosen by the bug; `x` and `y` are kept in fields. */
function scalar(
  name: string,
  f: (x: number) => number,
  backward: (dy: number, x: number, y: number) => number,
): unknown {
  const named = {
    [name]: class {
      x = 0;
      y = 0;
      forward(x: number): number {
        this.x = x;
        this.y = f(x);
        return this.y;
      }
      backward(dy: number): number {
        return backward(dy, this.x, this.y);
      }
    },
  }[name]!;
  return new named();
}

const negate = entry(
  'negate',
  [0.7],
  {
    bugs: {
      'minus forgotten': 'sign-flipped',
      'upstream forgotten': 'upstream-missing',
      'times x': 'factor-extra',
      zero: 'zero-gradient',
    },
  },
  (bug) =>
    scalar(
      'Negate',
      (x) => -x,
      (dy, x) => {
        if (bug === 'minus forgotten') return dy;
        if (bug === 'upstream forgotten') return -1;
        if (bug === 'times x') return -x * dy;
        if (bug === 'zero') return 0;
        return -dy;
      },
    ),
);

const exp = entry(
  'exp',
  [0.3],
  {
    bugs: {
      'x for y': 'taken-at-input',
      'exp of y': 'taken-at-output',
      'upstream forgotten': 'upstream-missing',
      'upstream alone': 'local-derivative-missing',
      'minus too much': 'sign-flipped',
      'y squared': ['local-derivative-twice', 'factor-extra'],
      divided: 'inverted-factor',
      'power rule': 'unexplained',
    },
  },
  (bug) =>
    scalar('Exp', Math.exp, (dy, x, y) => {
      if (bug === 'x for y') return x * dy;
      if (bug === 'exp of y') return Math.exp(y) * dy;
      if (bug === 'upstream forgotten') return y;
      if (bug === 'upstream alone') return dy;
      if (bug === 'minus too much') return -y * dy;
      if (bug === 'y squared') return y * y * dy;
      if (bug === 'divided') return dy / y;
      if (bug === 'power rule') return x * Math.exp(x - 1) * dy;
      return y * dy;
    }),
);

const reciprocal = entry(
  'reciprocal',
  [1.7],
  {
    bugs: {
      'minus forgotten': 'sign-flipped',
      'square forgotten': 'factor-missing',
      'y for x': 'taken-at-output',
      'upstream forgotten': 'upstream-missing',
      'only the minus': ['factor-missing', 'local-derivative-missing'],
      'times x squared': ['inverted-factor', 'taken-at-output'],
      'second derivative': ['factor-extra', 'factor-missing'],
      integral: ['unexplained', 'wrong-factor'],
    },
  },
  (bug) =>
    scalar(
      'Reciprocal',
      (x) => 1 / x,
      (dy, x, y) => {
        if (bug === 'minus forgotten') return dy / (x * x);
        if (bug === 'square forgotten') return -dy / x;
        if (bug === 'y for x') return -dy / (y * y);
        if (bug === 'upstream forgotten') return -1 / (x * x);
        if (bug === 'only the minus') return -dy;
        if (bug === 'times x squared') return -dy * x * x;
        if (bug === 'second derivative') return (2 * dy) / x ** 3;
        if (bug === 'integral') return dy * Math.log(Math.abs(x));
        return -dy / (x * x);
      },
    ),
);

const sigmoidEntry = entry(
  'sigmoid',
  [0.4],
  {
    bugs: {
      'upstream forgotten': 'upstream-missing',
      'upstream alone': 'local-derivative-missing',
      'upstream twice': 'upstream-twice',
      'a forgotten': 'factor-missing',
      '1 - a forgotten': 'factor-missing',
      'z(1 - z)': 'taken-at-input',
      'sigmoid of a': 'taken-at-output',
      'a(a - 1)': 'sign-flipped',
      "tanh's derivative": 'wrong-factor',
      'a(1 + a)': 'wrong-factor',
      'derivative squared': 'local-derivative-twice',
      'parentheses forgotten': 'misplaced-parenthesis',
      'a squared': 'wrong-factor',
      "exp's derivative": ['factor-missing', 'wrong-factor'],
      'half off': ['unexplained', 'term-missing', 'term-extra'],
    },
    variants: ['through exp', 'stable'],
  },
  (bug) => {
    const value = (z: number): number => {
      if (bug !== 'stable') return sigmoid(z);
      return z >= 0 ? 1 / (1 + Math.exp(-z)) : Math.exp(z) / (1 + Math.exp(z));
    };
    return scalar('Sigmoid', value, (dy, z, a) => {
      if (bug === 'through exp') return (dy * Math.exp(-z)) / (1 + Math.exp(-z)) ** 2;
      if (bug === 'upstream forgotten') return a * (1 - a);
      if (bug === 'upstream alone') return dy;
      if (bug === 'upstream twice') return dy * dy * a * (1 - a);
      if (bug === 'a forgotten') return dy * (1 - a);
      if (bug === '1 - a forgotten') return dy * a;
      if (bug === 'z(1 - z)') return dy * z * (1 - z);
      if (bug === 'sigmoid of a') return dy * sigmoid(a) * (1 - sigmoid(a));
      if (bug === 'a(a - 1)') return dy * a * (a - 1);
      if (bug === "tanh's derivative") return dy * (1 - a * a);
      if (bug === 'a(1 + a)') return dy * a * (1 + a);
      if (bug === 'derivative squared') return dy * (a * (1 - a)) ** 2;
      if (bug === 'parentheses forgotten') return dy * a * 1 - a;
      if (bug === 'a squared') return dy * sigmoid(z) ** 2;
      if (bug === "exp's derivative") return dy * Math.exp(-z);
      if (bug === 'half off') return dy * (a - 0.5) * (1 - a);
      return dy * a * (1 - a);
    });
  },
);

const tanh = entry(
  'tanh',
  [-0.6],
  {
    bugs: {
      'square forgotten': ['factor-missing', 'wrong-factor'],
      'square outside': ['wrong-factor', 'misplaced-parenthesis'],
      'z for a': 'taken-at-input',
      'tanh of a': 'taken-at-output',
      "sigmoid's derivative": 'wrong-factor',
      'plus for minus': 'wrong-factor',
      'only the square': 'wrong-factor',
      'upstream forgotten': 'upstream-missing',
      'upstream alone': 'local-derivative-missing',
      'parentheses forgotten': 'misplaced-parenthesis',
      'minus too much': 'sign-flipped',
    },
    variants: ['through cosh'],
  },
  (bug) =>
    scalar('Tanh', Math.tanh, (dy, z, a) => {
      if (bug === 'through cosh') return dy / Math.cosh(z) ** 2;
      if (bug === 'square forgotten') return dy * (1 - a);
      if (bug === 'square outside') return dy * (1 - a) ** 2;
      if (bug === 'z for a') return dy * (1 - z * z);
      if (bug === 'tanh of a') return dy * (1 - Math.tanh(a) ** 2);
      if (bug === "sigmoid's derivative") return dy * a * (1 - a);
      if (bug === 'plus for minus') return dy * (1 + a * a);
      if (bug === 'only the square') return dy * a * a;
      if (bug === 'upstream forgotten') return 1 - a * a;
      if (bug === 'upstream alone') return dy;
      if (bug === 'parentheses forgotten') return dy * 1 - a * a;
      if (bug === 'minus too much') return dy * (a * a - 1);
      return dy * (1 - a * a);
    }),
);

const softplus = entry(
  'softplus',
  [0.5],
  {
    bugs: {
      'sigmoid of y': 'taken-at-output',
      'second derivative': 'wrong-factor',
      'upstream forgotten': 'upstream-missing',
      '1 + exp forgotten': ['wrong-factor', 'factor-extra', 'factor-missing'],
      'sigmoid of -x': ['factor-missing', 'factor-extra', 'wrong-factor'],
    },
    variants: ['stable'],
  },
  (bug) =>
    scalar(
      'Softplus',
      (x) =>
        bug === 'stable' ? Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))) : Math.log(1 + Math.exp(x)),
      (dy, x, y) => {
        if (bug === 'sigmoid of y') return dy * sigmoid(y);
        if (bug === 'second derivative') return dy * sigmoid(x) * (1 - sigmoid(x));
        if (bug === 'upstream forgotten') return sigmoid(x);
        if (bug === '1 + exp forgotten') return dy * Math.exp(x);
        if (bug === 'sigmoid of -x') return dy * sigmoid(-x);
        return dy * sigmoid(x);
      },
    ),
);

const square = entry(
  'square',
  [1.3],
  {
    bugs: {
      '2 forgotten': 'constant-factor',
      'x forgotten': ['factor-missing', 'constant-gradient'],
      'exponent kept': ['factor-extra', 'taken-at-output'],
      '2y': ['factor-extra', 'taken-at-output'],
      'upstream forgotten': 'upstream-missing',
      'only the value': ['factor-extra', 'wrong-factor', 'taken-at-output'],
    },
    variants: ['as a product'],
  },
  (bug) =>
    scalar(
      'Square',
      (x) => x * x,
      (dy, x, y) => {
        if (bug === 'as a product') return dy * x + x * dy;
        if (bug === '2 forgotten') return dy * x;
        if (bug === 'x forgotten') return dy * 2;
        if (bug === 'exponent kept') return dy * 2 * x ** 2;
        if (bug === '2y') return dy * 2 * y;
        if (bug === 'upstream forgotten') return 2 * x;
        if (bug === 'only the value') return dy * y;
        return dy * 2 * x;
      },
    ),
);

const cube = entry(
  'power',
  [1.2],
  {
    bugs: {
      'n forgotten': 'constant-factor',
      'exponent not lowered': 'factor-extra',
      'exponent lowered twice': 'factor-missing',
      'n - 1 in front': 'constant-factor',
      'upstream forgotten': 'upstream-missing',
    },
  },
  (bug) =>
    scalar(
      'Cube',
      (x) => x ** 3,
      (dy, x) => {
        if (bug === 'n forgotten') return dy * x ** 2;
        if (bug === 'exponent not lowered') return dy * 3 * x ** 3;
        if (bug === 'exponent lowered twice') return dy * 3 * x;
        if (bug === 'n - 1 in front') return dy * 2 * x ** 2;
        if (bug === 'upstream forgotten') return 3 * x ** 2;
        return dy * 3 * x ** 2;
      },
    ),
);

const sqrt = entry(
  'sqrt',
  [2.2],
  {
    bugs: {
      'x for y': 'taken-at-input',
      '2 forgotten': 'constant-factor',
      'multiplied instead of divided': 'inverted-factor',
      'upstream forgotten': 'upstream-missing',
      'root of y': 'taken-at-output',
      'minus too much': 'sign-flipped',
    },
  },
  (bug) =>
    scalar('Sqrt', Math.sqrt, (dy, x, y) => {
      if (bug === 'x for y') return dy / (2 * x);
      if (bug === '2 forgotten') return dy / y;
      if (bug === 'multiplied instead of divided') return 0.5 * y * dy;
      if (bug === 'upstream forgotten') return 0.5 / y;
      if (bug === 'root of y') return dy / (2 * Math.sqrt(y));
      if (bug === 'minus too much') return -dy / (2 * y);
      return dy / (2 * y);
    }),
);

const log = entry(
  'log',
  [1.6],
  {
    bugs: {
      'times x': 'inverted-factor',
      '1 / y': 'taken-at-output',
      '1 / x²': ['factor-extra', 'factor-missing', 'local-derivative-twice'],
      'logarithm to base 10': 'constant-factor',
      'epsilon 0.1': 'epsilon-too-large',
      'upstream forgotten': 'upstream-missing',
      'upstream alone': ['local-derivative-missing', 'factor-missing'],
    },
    variants: ['epsilon 1e-7'],
  },
  (bug) =>
    scalar(
      'Log',
      (x) => Math.log(bug === 'epsilon 1e-7' ? x + 1e-7 : x),
      (dy, x, y) => {
        if (bug === 'epsilon 1e-7') return dy / (x + 1e-7);
        if (bug === 'times x') return dy * x;
        if (bug === '1 / y') return dy / y;
        if (bug === '1 / x²') return dy / (x * x);
        if (bug === 'logarithm to base 10') return dy / (x * Math.LN10);
        if (bug === 'epsilon 0.1') return dy / (x + 0.1);
        if (bug === 'upstream forgotten') return 1 / x;
        if (bug === 'upstream alone') return dy;
        return dy / x;
      },
    ),
);

const sine = entry(
  'sine',
  [0.8],
  {
    bugs: {
      'sine kept': 'wrong-factor',
      'minus too much': 'sign-flipped',
      'cosine of y': 'taken-at-output',
      'upstream forgotten': 'upstream-missing',
    },
  },
  (bug) =>
    scalar('Sine', Math.sin, (dy, x, y) => {
      if (bug === 'sine kept') return dy * Math.sin(x);
      if (bug === 'minus too much') return -dy * Math.cos(x);
      if (bug === 'cosine of y') return dy * Math.cos(y);
      if (bug === 'upstream forgotten') return Math.cos(x);
      return dy * Math.cos(x);
    }),
);

const bell = entry(
  'bell curve',
  [0.9],
  {
    bugs: {
      'inner derivative forgotten': 'factor-missing',
      '2 forgotten': 'constant-factor',
      'minus forgotten': 'sign-flipped',
      'exp forgotten': ['factor-missing', 'factor-extra'],
      'x squared for x': 'factor-extra',
    },
  },
  (bug) =>
    scalar(
      'Bell',
      (x) => Math.exp(-x * x),
      (dy, x, y) => {
        if (bug === 'inner derivative forgotten') return dy * y;
        if (bug === '2 forgotten') return -dy * x * y;
        if (bug === 'minus forgotten') return 2 * dy * x * y;
        if (bug === 'exp forgotten') return -2 * dy * x;
        if (bug === 'x squared for x') return -2 * dy * x * x * y;
        return -2 * dy * x * y;
      },
    ),
);

const silu = entry(
  'silu',
  [0.7],
  {
    bugs: {
      'product rule: only the sigmoid': ['term-missing', 'overwritten-where-used-twice'],
      'product rule: only the slope': ['term-missing', 'overwritten-where-used-twice'],
      'x forgotten in the second term': 'unexplained',
      'minus between the terms': 'unexplained',
      'upstream forgotten': 'upstream-missing',
    },
  },
  (bug) =>
    scalar(
      'Silu',
      (x) => x * sigmoid(x),
      (dy, x) => {
        const s = sigmoid(x);
        if (bug === 'product rule: only the sigmoid') return dy * s;
        if (bug === 'product rule: only the slope') return dy * x * s * (1 - s);
        if (bug === 'x forgotten in the second term') return dy * (s + s * (1 - s));
        if (bug === 'minus between the terms') return dy * (s - x * s * (1 - s));
        if (bug === 'upstream forgotten') return s + x * s * (1 - s);
        return dy * (s + x * s * (1 - s));
      },
    ),
);

export const scalars: readonly Entry[] = [
  ...[negate, exp, reciprocal, sigmoidEntry, tanh, softplus],
  ...[square, cube, sqrt, log, sine, bell, silu],
];
