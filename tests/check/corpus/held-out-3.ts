// Held out: more losses, penalties and distances, written before anything was run on them.

import { dot, map, sum, zeros, zip, type Matrix, type Vector } from './arrays.js';
import { entry, type Entry } from './entry.js';

const gaussianNll = entry(
  'negative log-likelihood of a normal',
  [
    [0.4, -1.1, 0.7],
    [0.8, 1.7, 0.5],
    [1, -0.5, 0.1],
  ],
  {
    bugs: {
      'mean: half left': 'constant-factor',
      'mean: variance forgotten': ['factor-missing', 'factor-extra'],
      'variance: logarithm as a constant': ['term-missing', 'statistics-as-constants'],
      'variance: square forgotten': 'factor-missing',
      'variance: plus': 'term-sign-flipped',
      'mean: deviation for variance': ['wrong-factor', 'factor-extra'],
      'mean: sign flipped': 'sign-flipped',
    },
  },
  (bug) =>
    new (class GaussianNLL {
      ctx: { mean: Vector; variance: Vector; target: Vector } | null = null;
      forward(mean: Vector, variance: Vector, target: Vector): number {
        this.ctx = { mean, variance, target };
        return 0.5 * sum(mean.map((m, i) => Math.log(variance[i]!) + (target[i]! - m) ** 2 / variance[i]!));
      }
      backward(): { dmean: Vector; dvariance: Vector } {
        const { mean, variance, target } = this.ctx!;
        const dmean = mean.map((m, i) => {
          const e = m - target[i]!;
          if (bug === 'mean: half left') return (0.5 * e) / variance[i]!;
          if (bug === 'mean: variance forgotten') return e;
          if (bug === 'mean: deviation for variance') return e / Math.sqrt(variance[i]!);
          if (bug === 'mean: sign flipped') return -e / variance[i]!;
          return e / variance[i]!;
        });
        const dvariance = variance.map((v, i) => {
          const e = mean[i]! - target[i]!;
          if (bug === 'variance: logarithm as a constant') return (-0.5 * e * e) / (v * v);
          if (bug === 'variance: square forgotten') return 0.5 * (1 / v - (e * e) / v);
          if (bug === 'variance: plus') return 0.5 * (1 / v + (e * e) / (v * v));
          return 0.5 * (1 / v - (e * e) / (v * v));
        });
        return { dmean, dvariance };
      }
    })(),
);

const squaredLogError = entry(
  'mean squared logarithmic error',
  [
    [1.4, 0.6, 2.7, 0.2],
    [0.9, 1.5, 2.1, 0.7],
  ],
  {
    bugs: {
      'inner derivative forgotten': ['factor-missing', 'factor-extra', 'local-derivative-missing'],
      '1 + forgotten': 'term-missing',
      '2 forgotten': 'constant-factor',
      'target below': 'wrong-factor',
      multiplied: 'inverted-factor',
      'mean forgotten': 'summed-instead-of-averaged',
    },
  },
  (bug) => (y_hat: Float64Array | number[], y: number[]) => {
    const n = y.length;
    const log_ratio = Array.from(y_hat, (p, i) => Math.log1p(p) - Math.log1p(y[i]!));
    const J = log_ratio.reduce((total, r) => total + r * r, 0) / n;
    const dJ_dy_hat = log_ratio.map((r, i) => {
      const p = y_hat[i]!;
      if (bug === 'inner derivative forgotten') return (2 * r) / n;
      if (bug === '1 + forgotten') return (2 * r) / p / n;
      if (bug === '2 forgotten') return r / (1 + p) / n;
      if (bug === 'target below') return (2 * r) / (1 + y[i]!) / n;
      if (bug === 'multiplied') return (2 * r * (1 + p)) / n;
      if (bug === 'mean forgotten') return (2 * r) / (1 + p);
      return (2 * r) / (1 + p) / n;
    });
    return [J, dJ_dy_hat];
  },
);

const multiHinge = entry(
  'hinge loss of many classes',
  [
    [
      [0.5, -1.2, 0.8, 0.1],
      [1.9, 0.3, -0.7, 0.4],
      [-0.4, 0.9, 0.2, -1],
    ],
    [2, 0, 3],
  ],
  {
    bugs: {
      'right class forgotten': 'term-missing',
      'right class counted once': 'wrong-factor',
      'margins for their mask': 'factor-extra',
      'n forgotten': 'summed-instead-of-averaged',
      'condition forgotten': 'mask-missing',
      'sign flipped': 'sign-flipped',
    },
  },
  (bug) =>
    function svm_loss(scores: Matrix, y: Vector): [number, Matrix] {
      const num_train = scores.length;
      const margins = map(scores, (s, i, j) => (j === y[i] ? 0 : Math.max(0, s - scores[i]![y[i]!]! + 1)));
      const loss = sum(margins.flat()) / num_train;
      const dscores = map(margins, (m, i, j) => {
        if (bug === 'condition forgotten') return j === y[i] ? 0 : 1;
        if (bug === 'margins for their mask') return m;
        return m > 0 ? 1 : 0;
      });
      dscores.forEach((row, i) => {
        const count = sum(row);
        if (bug === 'right class forgotten') return;
        row[y[i]!]! -= bug === 'right class counted once' ? 1 : count;
      });
      return [
        loss,
        map(dscores, (d) => (bug === 'sign flipped' ? -d : d) / (bug === 'n forgotten' ? 1 : num_train)),
      ];
    },
);

const elasticNet = entry(
  'elastic net penalty as f and grad',
  [[0.7, -1.3, 0.4, -0.2]],
  {
    bugs: {
      'l1: sign forgotten': ['wrong-on-one-side', 'factor-missing'],
      'l1 forgotten': 'term-missing',
      'l2 forgotten': 'term-missing',
      'l2: 2 forgotten': 'factor-missing',
      'l1: weight for its sign': 'wrong-factor',
      'l2 subtracted': 'term-sign-flipped',
      'weights in bars': 'absolute-value',
    },
  },
  (bug) => {
    const [l1, l2] = [0.3, 0.45];
    return {
      f: (w: Vector): number => l1 * sum(w.map(Math.abs)) + l2 * sum(w.map((v) => v ** 2)),
      grad: (w: Vector): Vector =>
        w.map((v) => {
          if (bug === 'l1: sign forgotten') return l1 + 2 * l2 * v;
          if (bug === 'l1 forgotten') return 2 * l2 * v;
          if (bug === 'l2 forgotten') return l1 * Math.sign(v);
          if (bug === 'l2: 2 forgotten') return l1 * Math.sign(v) + l2 * v;
          if (bug === 'l1: weight for its sign') return l1 * v + 2 * l2 * v;
          if (bug === 'l2 subtracted') return l1 * Math.sign(v) - 2 * l2 * v;
          if (bug === 'weights in bars') return l1 + 2 * l2 * Math.abs(v);
          return l1 * Math.sign(v) + 2 * l2 * v;
        }),
    };
  },
);

const exponential = entry(
  'exponential loss of labels -1 and 1',
  [
    [0.4, -1.1, 0.7, 0.2],
    [1, 1, -1, -1],
  ],
  {
    bugs: {
      'label forgotten': ['factor-missing', 'wrong-on-one-side'],
      'minus forgotten': 'sign-flipped',
      'minus forgotten in the exponent': ['wrong-factor', 'inverted-factor', 'sign-flipped'],
      'exp forgotten': ['factor-missing', 'local-derivative-missing'],
      'mean forgotten': 'summed-instead-of-averaged',
    },
  },
  (bug) => {
    let cache: [f: Float64Array, y: Float64Array];
    return {
      call(f: number[], y: number[]): { value: number; grad_f: number[] } {
        cache = [Float64Array.from(f), Float64Array.from(y)];
        const [scores, labels] = cache;
        const losses = scores.map((s, i) => Math.exp(-labels[i]! * s));
        const grad_f: number[] = [];
        losses.forEach((l, i) => {
          let g = -labels[i]! * l;
          if (bug === 'label forgotten') g = -l;
          if (bug === 'minus forgotten') g = -g;
          if (bug === 'minus forgotten in the exponent') g = -labels[i]! / l;
          if (bug === 'exp forgotten') g = -labels[i]!;
          grad_f.push(bug === 'mean forgotten' ? g : g / losses.length);
        });
        return { value: losses.reduce((a, b) => a + b, 0) / losses.length, grad_f };
      },
    };
  },
);

const contrastive = entry(
  'contrastive loss of two vectors',
  [[0.5, -0.4, 0.2], [0.9, 0.1, -0.3], 0],
  {
    bugs: {
      'distance below forgotten': ['factor-missing', 'local-derivative-missing'],
      'b with the sign of a': 'sign-flipped',
      'dissimilar: minus forgotten': 'sign-flipped',
      '2 forgotten': 'constant-factor',
      'margin minus distance forgotten': 'factor-missing',
      'margin forgotten': 'term-missing',
    },
  },
  (bug) => {
    const margin = 1.5;
    let [a, b]: Vector[] = [[], []];
    let [y, d] = [0, 0];
    return {
      forward(u: Vector, v: Vector, isSame: number): number {
        [a, b, y] = [u, v, isSame];
        d = Math.sqrt(sum(u.map((x, k) => (x - v[k]!) ** 2)));
        return y * d * d + (1 - y) * Math.max(0, margin - d) ** 2;
      },
      backward(dout: number): [Vector, Vector] {
        const two = bug === '2 forgotten' ? 1 : 2;
        let far = -two * Math.max(0, margin - d);
        if (bug === 'dissimilar: minus forgotten') far = -far;
        if (bug === 'margin minus distance forgotten') far = d < margin ? -two : 0;
        if (bug === 'margin forgotten') far = d < margin ? two * d : 0;
        const dd = y * two * d + (1 - y) * far;
        const da = a!.map(
          (x, k) => (dout * dd * (x - b![k]!)) / (bug === 'distance below forgotten' ? 1 : d),
        );
        return [da, bug === 'b with the sign of a' ? [...da] : da.map((v) => -v)];
      },
    };
  },
);

const infoNce = entry(
  'contrastive loss over a batch, with temperature',
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
  ],
  {
    bugs: {
      'temperature forgotten': ['factor-missing', 'constant-factor'],
      'multiplied by the temperature': ['inverted-factor', 'constant-factor'],
      'n forgotten': 'summed-instead-of-averaged',
      'pairs forgotten': 'target-not-subtracted',
      'keys: not transposed': 'factor-not-transposed',
      'queries and keys swapped': 'gradient-of-other-input',
    },
  },
  (bug) =>
    (queries: Matrix, keys: Matrix): [number, Matrix, Matrix] => {
      const tau = 0.6;
      const n = queries.length;
      const logits = queries.map((q) => keys.map((k) => dot(q, k) / tau));
      const probs = logits.map((row) => {
        const total = sum(row.map(Math.exp));
        return row.map((v) => Math.exp(v) / total);
      });
      const loss = -sum(probs.map((row, i) => Math.log(row[i]!))) / n;
      let factor = 1 / (n * tau);
      if (bug === 'temperature forgotten') factor = 1 / n;
      if (bug === 'multiplied by the temperature') factor = tau / n;
      if (bug === 'n forgotten') factor = 1 / tau;
      const d = map(probs, (p, i, j) => factor * (p - (i === j && bug !== 'pairs forgotten' ? 1 : 0)));
      const width = queries[0]!.length;
      const dq = d.map((row) => zeros(width).map((_, c) => sum(row.map((v, j) => v * keys[j]![c]!))));
      const dk = d.map((_, j) =>
        zeros(width).map((_, c) =>
          sum(d.map((row, i) => (bug === 'keys: not transposed' ? d[j]![i]! : row[j]!) * queries[i]![c]!)),
        ),
      );
      return bug === 'queries and keys swapped' ? [loss, dk, dq] : [loss, dq, dk];
    },
);

const weightedError = entry(
  'weighted squared error',
  [
    [
      [0.4, -1.1],
      [0.7, 0.2],
    ],
    [
      [1, -0.5],
      [0.1, 0.9],
    ],
    [
      [0.5, 1.5],
      [2, 0.8],
    ],
  ],
  {
    bugs: {
      'weights forgotten': 'factor-missing',
      'weights squared': 'factor-extra',
      'divided by the number': ['wrong-factor', 'constant-factor'],
      'not divided': ['factor-missing', 'summed-instead-of-averaged', 'constant-factor'],
      'error in bars': 'absolute-value',
    },
  },
  (bug) =>
    (predicted: Matrix, actual: Matrix, weight: Matrix): { loss: number; grad: Matrix } => {
      const total = sum(weight.flat());
      const error = zip(predicted, actual, (p, t) => p - t);
      const loss = sum(zip(error, weight, (e, w) => w * e * e).flat()) / total;
      const grad = zip(error, weight, (e, w) => {
        if (bug === 'weights forgotten') return (2 * e) / total;
        if (bug === 'weights squared') return (2 * w * w * e) / total;
        if (bug === 'divided by the number') return (2 * w * e) / weight.flat().length;
        if (bug === 'not divided') return 2 * w * e;
        if (bug === 'error in bars') return (2 * w * Math.abs(e)) / total;
        return (2 * w * e) / total;
      });
      return { loss, grad };
    },
);

export const heldOut3: readonly Entry[] = [
  ...[gaussianNll, squaredLogError, multiHinge, elasticNet],
  ...[exponential, contrastive, infoNce, weightedError],
];
