// Losses: of one prediction and of many, with the derivative beside the value or in a backward pass.

import { map, sigmoid, softmax, sum, zip, type Matrix, type Vector } from './arrays.js';
import { entry, type Entry } from './entry.js';

const mean = (values: Vector): number => sum(values) / values.length;

const notesBce = entry(
  'binary cross-entropy of the class notes',
  [0.3, 1],
  {
    bugs: {
      'as published': 'misplaced-parenthesis',
      'no parentheses': 'misplaced-parenthesis',
      'no parentheses, other order': 'misplaced-parenthesis',
      'y - p': 'sign-flipped',
      'denominator forgotten': 'factor-missing',
      '1 - p forgotten': ['factor-missing', 'misplaced-parenthesis'],
      'p forgotten': 'factor-missing',
      'p(1 - p) above the line': ['inverted-factor', 'factor-missing', 'factor-extra'],
      'epsilon 0.1': 'epsilon-too-large',
      'only the first term': 'term-missing',
      'only the second term': 'term-missing',
      'minus of 1 - p forgotten': 'term-sign-flipped',
      'squared denominator': ['factor-extra', 'local-derivative-twice'],
    },
    variants: ['two terms', 'no epsilon'],
  },
  (bug) => {
    const derivative = (p: number, y: number): number => {
      const e = 1e-7;
      if (bug === 'as published') return (p - y) / (p + e * (1 - p + e));
      if (bug === 'no parentheses') return ((p - y) / (p + e)) * (1 - p + e);
      if (bug === 'no parentheses, other order') return ((p - y) / (1 - p + e)) * (p + e);
      if (bug === 'y - p') return (y - p) / ((p + e) * (1 - p + e));
      if (bug === 'denominator forgotten') return p - y;
      if (bug === '1 - p forgotten') return (p - y) / (p + e);
      if (bug === 'p forgotten') return (p - y) / (1 - p + e);
      if (bug === 'p(1 - p) above the line') return (p - y) * p * (1 - p);
      if (bug === 'epsilon 0.1') return (p - y) / ((p + 0.1) * (1 - p + 0.1));
      if (bug === 'only the first term') return -y / p;
      if (bug === 'only the second term') return (1 - y) / (1 - p);
      if (bug === 'minus of 1 - p forgotten') return -y / p - (1 - y) / (1 - p);
      if (bug === 'squared denominator') return (p - y) / (p * (1 - p)) ** 2;
      if (bug === 'two terms') return -y / p + (1 - y) / (1 - p);
      if (bug === 'no epsilon') return (p - y) / (p * (1 - p));
      return (p - y) / ((p + e) * (1 - p + e));
    };
    return new (class BCELoss {
      forward(p: number, y: number): { J: number; dJ_dp: number } {
        const J = -(y * Math.log(p) + (1 - y) * Math.log(1 - p));
        return { J, dJ_dp: derivative(p, y) };
      }
    })();
  },
);

const P = [0.2, 0.7, 0.9, 0.4];
const Y = [0, 1, 1, 0];

const meanBce = entry(
  'mean binary cross-entropy',
  [P, Y],
  {
    bugs: {
      'n forgotten': 'summed-instead-of-averaged',
      'misplaced parenthesis': 'misplaced-parenthesis',
      'epsilon 0.05': 'epsilon-too-large',
      'minus too much': 'sign-flipped',
      'denominator forgotten': 'factor-missing',
      'averaged twice': 'averaged-instead-of-summed',
      'minus and n': ['summed-instead-of-averaged', 'sign-flipped'],
    },
    variants: ['float32'],
  },
  (bug) =>
    (predictions: number[], targets: number[]): [J: number, dp: number[] | Float32Array] => {
      const n = predictions.length;
      const J = -mean(predictions.map((p, i) => (targets[i] ? Math.log(p) : Math.log(1 - p))));
      const dp = predictions.map((p, i) => {
        const y = targets[i]!;
        if (bug === 'n forgotten') return (p - y) / (p * (1 - p));
        if (bug === 'misplaced parenthesis') return (p - y) / (p + 1e-7 * (1 - p + 1e-7)) / n;
        if (bug === 'epsilon 0.05') return (p - y) / ((p + 0.05) * (1 - p + 0.05)) / n;
        if (bug === 'minus too much') return (y - p) / (p * (1 - p)) / n;
        if (bug === 'denominator forgotten') return (p - y) / n;
        if (bug === 'averaged twice') return (p - y) / (p * (1 - p)) / n / n;
        if (bug === 'minus and n') return (y - p) / (p * (1 - p));
        return (p - y) / (p * (1 - p)) / n;
      });
      return [J, bug === 'float32' ? Float32Array.from(dp) : dp];
    },
);

const logitsBce = entry(
  'binary cross-entropy with logits',
  [
    [0.4, -1.3, 2.1, -0.2],
    [1, 0, 1, 1],
  ],
  {
    bugs: {
      'sigmoid forgotten': 'taken-at-input',
      'target forgotten': 'target-not-subtracted',
      'y - p': 'sign-flipped',
      "times sigmoid's derivative": ['local-derivative-twice', 'factor-extra'],
      'derivative by p': ['local-derivative-missing', 'factor-extra'],
      'n forgotten': 'summed-instead-of-averaged',
      'n of the target only': 'misplaced-parenthesis',
      'target added': 'term-sign-flipped',
    },
    variants: ['stable'],
  },
  (bug) => (z: number[], y: number[]) => {
    const n = z.length;
    const loss =
      bug === 'stable'
        ? mean(z.map((s, i) => Math.max(s, 0) - s * y[i]! + Math.log1p(Math.exp(-Math.abs(s)))))
        : -mean(z.map((s, i) => Math.log(y[i] ? sigmoid(s) : 1 - sigmoid(s))));
    const dz = z.map((s, i) => {
      const [p, t] = [sigmoid(s), y[i]!];
      if (bug === 'sigmoid forgotten') return (s - t) / n;
      if (bug === 'target forgotten') return p / n;
      if (bug === 'y - p') return (t - p) / n;
      if (bug === "times sigmoid's derivative") return ((p - t) * p * (1 - p)) / n;
      if (bug === 'derivative by p') return (p - t) / (p * (1 - p)) / n;
      if (bug === 'n forgotten') return p - t;
      if (bug === 'n of the target only') return p - t / n;
      if (bug === 'target added') return (p + t) / n;
      return (p - t) / n;
    });
    return { loss, dz };
  },
);

const squaredError = entry(
  'squared error of one prediction',
  [0.8, 0.3],
  {
    bugs: {
      '2 forgotten': 'constant-factor',
      'y - p': 'sign-flipped',
      'minus and 2': 'constant-factor',
      'exponent not lowered': 'factor-extra',
      'only p doubled': 'misplaced-parenthesis',
      'difference forgotten': ['factor-missing', 'constant-gradient'],
      'target forgotten': 'target-not-subtracted',
      'sum for difference': 'term-sign-flipped',
      'absolute value': 'absolute-value',
    },
  },
  (bug) => ({
    forward: (prediction: number, target: number): number => (prediction - target) ** 2,
    backward(prediction: number, target: number): number {
      if (bug === '2 forgotten') return prediction - target;
      if (bug === 'y - p') return 2 * (target - prediction);
      if (bug === 'minus and 2') return target - prediction;
      if (bug === 'exponent not lowered') return 2 * (prediction - target) ** 2;
      if (bug === 'only p doubled') return 2 * prediction - target;
      if (bug === 'difference forgotten') return 2;
      if (bug === 'target forgotten') return 2 * prediction;
      if (bug === 'sum for difference') return 2 * (prediction + target);
      if (bug === 'absolute value') return 2 * Math.abs(prediction - target);
      return 2 * (prediction - target);
    },
  }),
);

const PREDICTIONS: Matrix = [
  [0.5, 1.2],
  [-0.3, 0.8],
  [2, -1.1],
];
const TARGETS: Matrix = [
  [0.1, 1],
  [0.4, 0.2],
  [1.5, -0.6],
];

const mse = entry(
  'mean squared error',
  [PREDICTIONS, TARGETS],
  {
    bugs: {
      'n forgotten': 'summed-instead-of-averaged',
      '2 forgotten': 'constant-factor',
      '2 and n forgotten': ['summed-instead-of-averaged', 'constant-factor'],
      'rows only': 'constant-factor',
      'y - p': 'sign-flipped',
      'only the target divided': 'misplaced-parenthesis',
      'upstream forgotten': 'upstream-missing',
      'root forgotten': 'factor-extra',
      'minus and n': ['summed-instead-of-averaged', 'sign-flipped'],
    },
  },
  (bug) =>
    new (class MSELoss {
      #p: Matrix = [];
      #y: Matrix = [];
      forward(p: Matrix, y: Matrix): number {
        this.#p = p;
        this.#y = y;
        return mean(zip(p, y, (a, b) => (a - b) ** 2).flat());
      }
      backward(dJ = 1): Matrix {
        const [p, y] = [this.#p, this.#y];
        const n = p.length * p[0]!.length;
        return zip(p, y, (a, b) => {
          if (bug === 'n forgotten') return 2 * (a - b) * dJ;
          if (bug === '2 forgotten') return ((a - b) / n) * dJ;
          if (bug === '2 and n forgotten') return (a - b) * dJ;
          if (bug === 'rows only') return ((2 * (a - b)) / p.length) * dJ;
          if (bug === 'y - p') return ((2 * (b - a)) / n) * dJ;
          if (bug === 'only the target divided') return 2 * (a - b / n) * dJ;
          if (bug === 'upstream forgotten') return (2 * (a - b)) / n;
          if (bug === 'root forgotten') return ((2 * (a - b) ** 2) / n) * dJ;
          if (bug === 'minus and n') return 2 * (b - a) * dJ;
          return ((2 * (a - b)) / n) * dJ;
        });
      }
    })(),
);

const ERRORS = [0.4, -2.6, 3.1, -0.7, 1.8, -1.9];

const huber = entry(
  'huber',
  [ERRORS, [0.1, 0.2, -0.3, 0.1, 0, 0.4]],
  {
    bugs: {
      'never linear': 'wrong-on-one-side',
      'sign forgotten': 'wrong-on-one-side',
      'zero where linear': 'wrong-on-one-side',
      'delta forgotten': ['wrong-on-one-side', 'clipped'],
      'y - p': 'sign-flipped',
      'never quadratic': 'wrong-on-one-side',
      '2 too much': 'constant-factor',
    },
  },
  (bug) =>
    (p: number[], y: number[]): [loss: number, dp: number[]] => {
      const delta = 1.5;
      const errors = p.map((v, i) => v - y[i]!);
      const loss = sum(
        errors.map((e) => (Math.abs(e) <= delta ? 0.5 * e * e : delta * (Math.abs(e) - 0.5 * delta))),
      );
      const dp = errors.map((e) => {
        const isSmall = Math.abs(e) <= delta;
        if (bug === 'never linear') return e;
        if (bug === 'sign forgotten') return isSmall ? e : delta;
        if (bug === 'zero where linear') return isSmall ? e : 0;
        if (bug === 'delta forgotten') return isSmall ? e : Math.sign(e);
        if (bug === 'y - p') return isSmall ? -e : -delta * Math.sign(e);
        if (bug === 'never quadratic') return delta * Math.sign(e);
        if (bug === '2 too much') return 2 * (isSmall ? e : delta * Math.sign(e));
        return isSmall ? e : delta * Math.sign(e);
      });
      return [loss, dp];
    },
);

const absoluteError = entry(
  'mean absolute error',
  [ERRORS, [0.1, 0.2, -0.3, 0.1, 0, 0.4]],
  {
    bugs: {
      'difference for its sign': ['factor-extra', 'wrong-factor'],
      'sign inverted': 'sign-flipped',
      'n forgotten': 'summed-instead-of-averaged',
      'always 1': ['absolute-value', 'wrong-on-one-side'],
    },
  },
  (bug) => (p: number[], y: number[]) => {
    const n = p.length;
    const loss = mean(p.map((v, i) => Math.abs(v - y[i]!)));
    const dp = p.map((v, i) => {
      if (bug === 'difference for its sign') return (v - y[i]!) / n;
      if (bug === 'sign inverted') return Math.sign(y[i]! - v) / n;
      if (bug === 'n forgotten') return Math.sign(v - y[i]!);
      if (bug === 'always 1') return 1 / n;
      return Math.sign(v - y[i]!) / n;
    });
    return { loss, dp };
  },
);

const SCORES: Matrix = [
  [1.2, -0.4, 0.3],
  [0.1, 0.9, -1.2],
  [-0.5, 0.2, 1.6],
  [0.7, 0.8, -0.1],
];
const LABELS = [0, 2, 1, 1];

const softmaxCrossEntropy = entry(
  'softmax with cross-entropy, as in CS231n',
  [SCORES, LABELS],
  {
    bugs: {
      'n forgotten': 'summed-instead-of-averaged',
      'one-hot forgotten': 'target-not-subtracted',
      'sign flipped': 'sign-flipped',
      'only the right class': 'term-missing',
      'n of the target only': 'misplaced-parenthesis',
      'n of the probabilities only': 'misplaced-parenthesis',
      "times softmax's derivative": 'local-derivative-twice',
      'derivative by the probabilities': 'local-derivative-missing',
      'scores for probabilities': 'taken-at-input',
      'softmax over the batch': 'summed-over-wrong-axis',
      'one-hot added': 'term-sign-flipped',
      'probability of the right class': ['term-missing', 'unexplained'],
    },
    variants: ['not stabilised', 'one loop'],
  },
  (bug) =>
    function svmAndSoftmaxLoss(scores: Matrix, labels: number[]): [loss: number, dscores: Matrix] {
      const n = scores.length;
      const probabilities =
        bug === 'not stabilised'
          ? scores.map((row) => row.map((s) => Math.exp(s) / sum(row.map(Math.exp))))
          : scores.map(softmax);
      const loss = -mean(probabilities.map((row, i) => Math.log(row[labels[i]!]!)));
      const columns = scores[0]!.map((_, j) => softmax(scores.map((row) => row[j]!)));
      const dscores = map(probabilities, (p, i, j) => {
        const t = labels[i] === j ? 1 : 0;
        if (bug === 'n forgotten') return p - t;
        if (bug === 'one-hot forgotten') return p / n;
        if (bug === 'sign flipped') return (t - p) / n;
        if (bug === 'only the right class') return t ? (p - 1) / n : 0;
        if (bug === 'n of the target only') return p - t / n;
        if (bug === 'n of the probabilities only') return p / n - t;
        if (bug === "times softmax's derivative") return ((p - t) * p * (1 - p)) / n;
        if (bug === 'derivative by the probabilities') return -t / p / n;
        if (bug === 'scores for probabilities') return (scores[i]![j]! - t) / n;
        if (bug === 'softmax over the batch') return (columns[j]![i]! - t) / n;
        if (bug === 'one-hot added') return (p + t) / n;
        if (bug === 'probability of the right class') return (t * p) / n;
        return (p - t) / n;
      });
      return [loss, dscores];
    },
);

const crossEntropy = entry(
  'cross-entropy of probabilities',
  [
    [
      [0.2, 0.5, 0.3],
      [0.6, 0.1, 0.3],
    ],
    [
      [0, 1, 0],
      [1, 0, 0],
    ],
  ],
  {
    bugs: {
      'minus forgotten': 'sign-flipped',
      'p forgotten': ['factor-missing', 'factor-extra'],
      't forgotten': 'factor-missing',
      'p - t': 'taken-at-input',
      'n forgotten': 'summed-instead-of-averaged',
      'epsilon 0.1': 'epsilon-too-large',
      'times p': ['inverted-factor', 'factor-extra', 'factor-missing'],
    },
  },
  (bug) =>
    (p: Matrix, t: Matrix): [J: number, dJ_dp: Matrix] => {
      const n = p.length;
      const J = -sum(zip(p, t, (a, b) => b * Math.log(a)).flat()) / n;
      const dJ_dp = zip(p, t, (a, b) => {
        if (bug === 'minus forgotten') return b / a / n;
        if (bug === 'p forgotten') return -b / n;
        if (bug === 't forgotten') return -1 / a / n;
        if (bug === 'p - t') return (a - b) / n;
        if (bug === 'n forgotten') return -b / a;
        if (bug === 'epsilon 0.1') return -b / (a + 0.1) / n;
        if (bug === 'times p') return (-b * a) / n;
        return -b / a / n;
      });
      return [J, dJ_dp];
    },
);

const hinge = entry(
  'hinge loss',
  [
    [0.4, -1.6, 2.2, 0.3, -0.5],
    [1, -1, 1, -1, 1],
  ],
  {
    bugs: {
      'margin forgotten': ['wrong-on-one-side', 'mask-missing'],
      'label forgotten': ['factor-missing', 'wrong-factor', 'wrong-on-one-side'],
      'sign flipped': 'sign-flipped',
      'n forgotten': 'summed-instead-of-averaged',
      'condition inverted': 'mask-inverted',
    },
  },
  (bug) => (s: number[], y: number[]) => {
    const n = s.length;
    const loss = mean(s.map((v, i) => Math.max(0, 1 - y[i]! * v)));
    const ds = s.map((v, i) => {
      const t = y[i]!;
      const isActive = 1 - t * v > 0;
      if (bug === 'margin forgotten') return -t / n;
      if (bug === 'label forgotten') return isActive ? -1 / n : 0;
      if (bug === 'sign flipped') return isActive ? t / n : 0;
      if (bug === 'n forgotten') return isActive ? -t : 0;
      if (bug === 'condition inverted') return isActive ? 0 : -t / n;
      return isActive ? -t / n : 0;
    });
    return { loss, ds };
  },
);

const ridge = entry(
  'squared error with weight decay',
  [
    [0.7, -1.1, 0.4],
    [0.2, 0.5, -0.3],
  ],
  {
    bugs: {
      'penalty forgotten': 'term-missing',
      'penalty with the wrong sign': 'term-missing',
      'penalty doubled': 'term-extra',
    },
  },
  (bug) => (w: number[], target: number[]) => {
    const strength = 0.3;
    const loss = sum(w.map((v, i) => (v - target[i]!) ** 2 + strength * v * v));
    const dw = w.map((v, i) => {
      const data = 2 * (v - target[i]!);
      if (bug === 'penalty forgotten') return data;
      if (bug === 'penalty with the wrong sign') return data - 2 * strength * v;
      if (bug === 'penalty doubled') return data + 4 * strength * v;
      return data + 2 * strength * v;
    });
    return { loss, dw };
  },
);

export const losses: readonly Entry[] = [
  ...[notesBce, meanBce, logitsBce, squaredError, mse, huber, absoluteError],
  ...[softmaxCrossEntropy, crossEntropy, hinge, ridge],
];
