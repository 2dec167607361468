// Held out: losses, written before anything was run on them.

import { softmax, sum, type Matrix, type Vector } from './arrays.js';
import { entry, type Entry } from './entry.js';

const quantile = entry(
  'quantile loss',
  [
    [0.4, -1.1, 2.3, 0.7],
    [1, -0.5, 1.2, 0.1],
  ],
  {
    bugs: {
      'n forgotten': 'summed-instead-of-averaged',
      'sign flipped': 'sign-flipped',
      'sides swapped': 'mask-inverted',
      'tau on both sides': 'wrong-on-one-side',
      'zero below': 'wrong-on-one-side',
      'error for its sign': 'factor-extra',
    },
  },
  (bug) =>
    function quantileLoss(prediction: number[], target: number[]): [number, number[]] {
      const tau = 0.3;
      const n = prediction.length;
      let loss = 0;
      const grad = prediction.map((p, i) => {
        const e = target[i]! - p;
        loss += Math.max(tau * e, (tau - 1) * e) / n;
        let g = e > 0 ? -tau : 1 - tau;
        if (bug === 'sides swapped') g = e > 0 ? 1 - tau : -tau;
        if (bug === 'tau on both sides') g = e > 0 ? -tau : tau;
        if (bug === 'zero below') g = e > 0 ? -tau : 0;
        if (bug === 'error for its sign') g *= Math.abs(e);
        if (bug === 'sign flipped') g = -g;
        return bug === 'n forgotten' ? g : g / n;
      });
      return [loss, grad];
    },
);

const logCosh = entry(
  'log-cosh loss',
  [
    [0.4, -1.1, 2.3, 0.7],
    [1, -0.5, 1.2, 0.1],
  ],
  {
    bugs: {
      'differentiated twice': 'wrong-factor',
      'n forgotten': 'summed-instead-of-averaged',
      'target minus prediction': 'sign-flipped',
      'tanh forgotten': ['wrong-factor', 'local-derivative-missing'],
      'error in bars': 'absolute-value',
      'target forgotten': ['target-not-subtracted', 'term-missing', 'wrong-factor'],
    },
  },
  (bug) =>
    new (class LogCosh {
      error: number[] = [];
      predictions: number[] = [];
      forward(predictions: number[], targets: number[]): number {
        this.predictions = predictions;
        this.error = predictions.map((p, i) => p - targets[i]!);
        return sum(this.error.map((e) => Math.log(Math.cosh(e)))) / this.error.length;
      }
      backward(): number[] {
        const n = this.error.length;
        return this.error.map((e, i) => {
          if (bug === 'differentiated twice') return 1 / Math.cosh(e) ** 2 / n;
          if (bug === 'n forgotten') return Math.tanh(e);
          if (bug === 'target minus prediction') return Math.tanh(-e) / n;
          if (bug === 'tanh forgotten') return e / n;
          if (bug === 'error in bars') return Math.tanh(Math.abs(e)) / n;
          if (bug === 'target forgotten') return Math.tanh(this.predictions[i]!) / n;
          return Math.tanh(e) / n;
        });
      }
    })(),
);

const vaeDivergence = entry(
  'divergence of a normal from the standard normal',
  [
    [0.4, -1.1, 0.7],
    [0.3, -0.5, 0.9],
  ],
  {
    bugs: {
      'half left on mu': 'constant-factor',
      'half forgotten': 'constant-factor',
      'one forgotten': 'term-missing',
      'plus one': ['term-sign-flipped', 'term-extra'],
      'deviation for variance': 'wrong-factor',
      'exp forgotten': 'wrong-factor',
      'mu and log-variance swapped': 'gradient-of-other-input',
    },
  },
  (bug) => (mu: Vector, logvar: Vector) => {
    const kl = -0.5 * sum(mu.map((m, i) => 1 + logvar[i]! - m * m - Math.exp(logvar[i]!)));
    const dmu = bug === 'half left on mu' ? mu.map((m) => 0.5 * m) : [...mu];
    const dlogvar = logvar.map((l) => {
      if (bug === 'half forgotten') return Math.exp(l) - 1;
      if (bug === 'one forgotten') return 0.5 * Math.exp(l);
      if (bug === 'plus one') return 0.5 * (Math.exp(l) + 1);
      if (bug === 'deviation for variance') return 0.5 * (Math.exp(0.5 * l) - 1);
      if (bug === 'exp forgotten') return 0.5 * (l - 1);
      return 0.5 * (Math.exp(l) - 1);
    });
    if (bug === 'mu and log-variance swapped') return { kl, dmu: dlogvar, dlogvar: dmu };
    return { kl, dmu, dlogvar };
  },
);

const focal = entry(
  'focal loss on logits',
  [
    [0.4, -1.1, 1.3, -0.7],
    [1, 0, 0, 1],
  ],
  {
    bugs: {
      'gamma forgotten': 'factor-missing',
      'weight as a constant': ['term-missing', 'statistics-as-constants', 'overwritten-where-used-twice'],
      'logarithm as a constant': ['term-missing', 'statistics-as-constants', 'overwritten-where-used-twice'],
      "class's sign forgotten": ['factor-missing', 'wrong-on-one-side'],
      'n forgotten': 'summed-instead-of-averaged',
      'power not lowered': 'factor-extra',
      "sigmoid's derivative forgotten": ['factor-missing', 'local-derivative-missing'],
    },
  },
  (bug) => {
    const gamma = 2;
    return (logits: Vector, labels: Vector): { loss: number; dlogits: Vector } => {
      let loss = 0;
      const n = logits.length;
      const dlogits = logits.map((z, i) => {
        const sign = labels[i]! > 0.5 ? 1 : -1;
        const pt = 1 / (1 + Math.exp(-sign * z));
        const w = (1 - pt) ** gamma;
        loss -= (w * Math.log(pt)) / n;
        let first = gamma * (1 - pt) ** (gamma - 1) * Math.log(pt);
        let second = w / pt;
        if (bug === 'gamma forgotten') first /= gamma;
        if (bug === 'power not lowered') first *= 1 - pt;
        if (bug === 'weight as a constant') first = 0;
        if (bug === 'logarithm as a constant') second = 0;
        let g = (first - second) * pt * (1 - pt) * sign;
        if (bug === "class's sign forgotten") g *= sign;
        if (bug === "sigmoid's derivative forgotten") g /= pt * (1 - pt);
        return bug === 'n forgotten' ? g : g / n;
      });
      return { loss, dlogits };
    };
  },
);

const dice = entry(
  'dice loss with smoothing',
  [
    [0.8, 0.3, 0.6, 0.1],
    [1, 0, 1, 0],
  ],
  {
    bugs: {
      'denominator as a constant': ['term-missing', 'statistics-as-constants'],
      'square forgotten': 'factor-missing',
      '2 forgotten': 'factor-missing',
      'plus in the quotient rule': 'term-sign-flipped',
      'sign flipped': 'sign-flipped',
      'smoothing forgotten above': 'term-missing',
      'target forgotten': 'factor-missing',
    },
  },
  (bug) =>
    class DiceLoss {
      static readonly smooth = 1;
      static forward(pred: Vector, mask: Vector): [loss: number, dpred: Vector] {
        const n = 2 * sum(pred.map((p, i) => p * mask[i]!)) + DiceLoss.smooth;
        const d = sum(pred) + sum(mask) + DiceLoss.smooth;
        const dpred = mask.map((t) => {
          if (bug === 'denominator as a constant') return (-2 * t) / d;
          if (bug === 'square forgotten') return -(2 * t * d - n) / d;
          if (bug === '2 forgotten') return -(t * d - n) / (d * d);
          if (bug === 'plus in the quotient rule') return -(2 * t * d + n) / (d * d);
          if (bug === 'sign flipped') return (2 * t * d - n) / (d * d);
          if (bug === 'smoothing forgotten above') return -(2 * t * d - (n - DiceLoss.smooth)) / (d * d);
          if (bug === 'target forgotten') return -(2 * d - n) / (d * d);
          return -(2 * t * d - n) / (d * d);
        });
        return [1 - n / d, dpred];
      }
    }.forward,
);

const triplet = entry(
  'triplet loss',
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
    [
      [0.7, -0.4],
      [0.4, -0.2],
      [2.1, -1.3],
    ],
  ],
  {
    bugs: {
      'anchor from the positive only': ['term-missing', 'overwritten-where-used-twice'],
      'negative pulled': 'sign-flipped',
      '2 forgotten': 'constant-factor',
      'positive and negative swapped': 'gradient-of-other-input',
      'condition forgotten': 'mask-missing',
      'mean forgotten': 'summed-instead-of-averaged',
      'condition inverted': 'mask-inverted',
    },
  },
  (bug) => {
    let [a, p, n]: Matrix[] = [[], [], []];
    let active: boolean[] = [];
    const distance = (u: Vector, v: Vector): number => sum(u.map((x, k) => (x - v[k]!) ** 2));
    const loss = {
      margin: 1,
      forward(anchor: Matrix, positive: Matrix, negative: Matrix): number {
        [a, p, n] = [anchor, positive, negative];
        const losses = anchor.map(
          (row, i) => distance(row, positive[i]!) - distance(row, negative[i]!) + this.margin,
        );
        active = losses.map((l) => l > 0);
        return sum(losses.map((l) => Math.max(0, l))) / losses.length;
      },
      backward(dloss: number): Matrix[] {
        const two = bug === '2 forgotten' ? 1 : 2;
        const count = bug === 'mean forgotten' ? 1 : active.length;
        const each = (f: (i: number, k: number) => number): Matrix =>
          a!.map((row, i) =>
            row.map((_, k) => {
              const isOn =
                bug === 'condition inverted' ? !active[i] : active[i] || bug === 'condition forgotten';
              return isOn ? (dloss * two * f(i, k)) / count : 0;
            }),
          );
        const dp = each((i, k) => p![i]![k]! - a![i]![k]!);
        const dn = each((i, k) => (bug === 'negative pulled' ? -1 : 1) * (a![i]![k]! - n![i]![k]!));
        const da = each((i, k) =>
          bug === 'anchor from the positive only' ? a![i]![k]! - p![i]![k]! : n![i]![k]! - p![i]![k]!,
        );
        return bug === 'positive and negative swapped' ? [da, dn, dp] : [da, dp, dn];
      },
    };
    return loss;
  },
);

const LOGITS: Matrix = [
  [0.5, -1.2, 0.8, 0.1],
  [1.1, 0.3, -0.7, 0.4],
  [-0.4, 0.9, 0.2, -1],
];

const labelSmoothing = entry(
  'cross-entropy with label smoothing',
  [LOGITS, [2, 0, 1]],
  {
    bugs: {
      'labels not smoothed in backward': 'wrong-factor',
      'uniform part forgotten': 'term-missing',
      'n forgotten': 'summed-instead-of-averaged',
      'number of classes forgotten': 'factor-missing',
      'labels forgotten': 'target-not-subtracted',
      'sign flipped': 'sign-flipped',
    },
  },
  (bug) =>
    new (class LabelSmoothingCrossEntropy {
      readonly #epsilon = 0.2;
      #probabilities: Matrix = [];
      #labels: Vector = [];
      forward(logits: Matrix, labels: Vector): number {
        this.#probabilities = logits.map(softmax);
        this.#labels = labels;
        const eps = this.#epsilon;
        return (
          -sum(
            this.#probabilities.flatMap((row, i) =>
              row.map((p, k) => (eps / row.length + (labels[i] === k ? 1 - eps : 0)) * Math.log(p)),
            ),
          ) / logits.length
        );
      }
      backward(dout = 1): Matrix {
        const eps = bug === 'labels not smoothed in backward' ? 0 : this.#epsilon;
        const n = bug === 'n forgotten' ? 1 : this.#labels.length;
        return this.#probabilities.map((row, i) =>
          row.map((p, k) => {
            const uniform = eps / (bug === 'number of classes forgotten' ? 1 : row.length);
            let q = uniform + (this.#labels[i] === k ? 1 - eps : 0);
            if (bug === 'uniform part forgotten') q -= uniform;
            if (bug === 'labels forgotten') q = 0;
            return ((bug === 'sign flipped' ? q - p : p - q) / n) * dout;
          }),
        );
      }
    })(),
);

const poisson = entry(
  'Poisson loss of log-rates',
  [
    [0.4, -0.6, 1.1],
    [2, 0, 3],
  ],
  {
    bugs: {
      'exp forgotten': 'wrong-factor',
      'count forgotten': ['target-not-subtracted', 'term-missing'],
      'by the rate': ['factor-missing', 'local-derivative-missing'],
      sum: 'summed-instead-of-averaged',
      'count minus rate': 'sign-flipped',
      'count added': ['term-sign-flipped', 'term-extra'],
    },
  },
  (bug) =>
    function poisson_nll(log_rate: number[], count: number[]): { loss: number; grad_log_rate: number[] } {
      const n = log_rate.length;
      const rate = log_rate.map(Math.exp);
      const loss = rate.reduce((total, r, i) => total + r - count[i]! * log_rate[i]!, 0) / n;
      const grad_log_rate = rate.map((r, i) => {
        const k = count[i]!;
        if (bug === 'exp forgotten') return (log_rate[i]! - k) / n;
        if (bug === 'count forgotten') return r / n;
        if (bug === 'by the rate') return (1 - k / r) / n;
        if (bug === 'sum') return r - k;
        if (bug === 'count minus rate') return (k - r) / n;
        if (bug === 'count added') return (r + k) / n;
        return (r - k) / n;
      });
      return { loss, grad_log_rate };
    },
);

export const heldOut2: readonly Entry[] = [
  ...[quantile, logCosh, vaeDivergence, focal, dice, triplet, labelSmoothing, poisson],
];
