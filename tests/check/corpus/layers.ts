// Layers with weights and a batch: neurons, affine layers in several styles, bias, embedding, normalisation, dropout.

import {
  addRow,
  dot,
  map,
  matmul,
  scale,
  sigmoid,
  sum,
  sumColumns,
  sumRows,
  transpose,
  zeros,
  zerosLike,
  zip,
  zipRow,
  type Matrix,
  type Vector,
} from './arrays.js';
import { entry, type Entry } from './entry.js';

const neuron = entry(
  'affine function of the class notes',
  [[0.7, -1.2]],
  {
    bugs: {
      'x forgotten': ['factor-missing', 'local-derivative-missing'],
      'weights for x': 'wrong-factor',
      'bias not updated': 'bias-forgotten',
      'bias times x': 'unexplained',
      'plus for minus': 'sign-flipped',
      'updated first': 'updated-before-upstream',
      'x for weights': 'wrong-factor',
      'bias doubled': 'constant-factor',
      'sum returned': 'summed-too-far',
      'upstream alone': ['local-derivative-missing', 'factor-missing'],
    },
    variants: ['in place'],
  },
  (bug) =>
    new (class AffineFunction {
      w = [0.4, -0.9];
      b = 0.3;
      #x: Vector = [];
      forward(x: Vector): number {
        this.#x = x;
        return dot(x, this.w) + this.b;
      }
      backward(dJ_dz: number, lr: number): Vector | number {
        const x = this.#x;
        let dx: Vector | number = this.w.map((w) => w * dJ_dz);
        if (bug === 'x for weights') dx = x.map((v) => v * dJ_dz);
        if (bug === 'sum returned') dx = sum(dx);
        if (bug === 'upstream alone') dx = this.w.map(() => dJ_dz);
        let dw = x.map((v) => v * dJ_dz);
        if (bug === 'x forgotten') dw = x.map(() => dJ_dz);
        if (bug === 'weights for x') dw = this.w.map((w) => w * dJ_dz);
        if (bug === 'plus for minus') dw = dw.map((d) => -d);
        let db = dJ_dz;
        if (bug === 'bias not updated') db = 0;
        if (bug === 'bias times x') db = dJ_dz * sum(x);
        if (bug === 'bias doubled') db = 2 * dJ_dz;
        if (bug === 'in place') dw.forEach((d, i) => (this.w[i]! -= lr * d));
        else this.w = zipRow(this.w, dw, (w, d) => w - lr * d);
        this.b -= lr * db;
        if (bug === 'updated first') dx = this.w.map((w) => w * dJ_dz);
        return dx;
      }
    })(),
);

const sigmoidNeuron = entry(
  'neuron with sigmoid in one class',
  [[0.7, -1.2, 0.4]],
  {
    bugs: {
      "sigmoid's derivative forgotten": 'local-derivative-missing',
      'z for a': 'taken-at-input',
      'x forgotten': 'factor-missing',
      '1 - a forgotten': 'factor-missing',
      'upstream forgotten': 'upstream-missing',
      'bias as the weights': ['unexplained', 'summed-too-far'],
      'sigmoid of a': ['taken-at-output', 'wrong-factor'],
    },
  },
  (bug) =>
    new (class Neuron {
      w = [0.5, -0.3, 0.8];
      b = -0.2;
      x: Vector = [];
      z = 0;
      a = 0;
      dw: Vector = [];
      db = 0;
      forward(x: Vector): number {
        this.x = x;
        this.z = dot(x, this.w) + this.b;
        this.a = sigmoid(this.z);
        return this.a;
      }
      backward(da: number): Vector {
        const { a, z, x, w } = this;
        let dz = da * a * (1 - a);
        if (bug === "sigmoid's derivative forgotten") dz = da;
        if (bug === 'z for a') dz = da * z * (1 - z);
        if (bug === '1 - a forgotten') dz = da * a;
        if (bug === 'upstream forgotten') dz = a * (1 - a);
        if (bug === 'sigmoid of a') dz = da * sigmoid(a) * (1 - sigmoid(a));
        this.dw = x.map((v) => (bug === 'x forgotten' ? dz : dz * v));
        this.db = bug === 'bias as the weights' ? sum(this.dw) : dz;
        return w.map((v) => v * dz);
      }
    })(),
);

const BATCH: Matrix = [
  [0.5, -1.2, 0.8],
  [1.1, 0.3, -0.7],
  [-0.4, 0.9, 0.2],
  [0.6, -0.1, 1.3],
];

const linear = entry(
  'linear layer',
  [BATCH],
  {
    bugs: {
      'bias not summed': 'not-summed-over-batch',
      'bias summed over the features': 'summed-over-wrong-axis',
      'bias summed over everything': 'summed-too-far',
      'bias averaged': 'averaged-instead-of-summed',
      'bias of the last sample': 'overwritten-where-used-twice',
      'bias zero': 'bias-forgotten',
      'weights transposed': 'transposed',
      'weights averaged': 'averaged-instead-of-summed',
      'weights of the last sample': 'overwritten-where-used-twice',
      'weights without x': 'factor-missing',
      'minus too much': 'sign-flipped',
      'upstream forgotten': 'upstream-missing',
      'all averaged': 'averaged-instead-of-summed',
      'weights not summed': 'not-summed-over-batch',
    },
    variants: ['one loop', 'bias kept as a row'],
  },
  (bug) =>
    new (class Linear {
      W: Matrix = [
        [0.2, -0.5],
        [0.7, 0.1],
        [-0.3, 0.9],
      ]; // [in, out]
      b: Vector = [0.1, -0.2];
      x: Matrix = [];
      dW: Matrix | Matrix[] = [];
      db: Vector | Matrix | number = [];
      forward(x: Matrix): Matrix {
        this.x = x;
        return addRow(matmul(x, this.W), this.b);
      }
      backward(dy: Matrix): Matrix {
        const { x, W } = this;
        const n = x.length;
        this.dW = matmul(transpose(x), dy);
        this.db = sumRows(dy);
        if (bug === 'one loop') {
          const dW = zerosLike(W);
          x.forEach((row, s) => row.forEach((v, i) => dy[s]!.forEach((d, j) => (dW[i]![j]! += v * d))));
          this.dW = dW;
        }
        if (bug === 'bias kept as a row') this.db = [sumRows(dy)];
        if (bug === 'bias not summed') this.db = dy;
        if (bug === 'bias summed over the features') this.db = sumColumns(dy);
        if (bug === 'bias summed over everything') this.db = sum(dy.flat());
        if (bug === 'bias averaged') this.db = sumRows(dy).map((d) => d / n);
        if (bug === 'bias of the last sample') this.db = dy.at(-1)!;
        if (bug === 'bias zero') this.db = this.b.map(() => 0);
        if (bug === 'weights transposed') this.dW = transpose(this.dW as Matrix);
        if (bug === 'weights averaged') this.dW = scale(this.dW as Matrix, 1 / n);
        if (bug === 'weights of the last sample') this.dW = matmul(transpose([x.at(-1)!]), [dy.at(-1)!]);
        if (bug === 'weights without x') this.dW = W.map(() => sumRows(dy));
        if (bug === 'minus too much') this.dW = scale(this.dW as Matrix, -1);
        if (bug === 'upstream forgotten')
          this.dW = matmul(
            transpose(x),
            map(dy, () => 1),
          );
        if (bug === 'weights not summed') this.dW = x.map((row, s) => matmul(transpose([row]), [dy[s]!]));
        if (bug === 'all averaged') {
          this.dW = scale(this.dW as Matrix, 1 / n);
          this.db = sumRows(dy).map((d) => d / n);
        }
        return matmul(dy, transpose(W));
      }
    })(),
);

const SQUARE: Matrix = [
  [0.5, -1.2, 0.8],
  [1.1, 0.3, -0.7],
  [-0.4, 0.9, 0.2],
];

const squareLinear = entry(
  'linear layer, square, as in CS231n',
  [
    SQUARE,
    [
      [0.2, -0.5, 0.3],
      [0.7, 0.1, -0.8],
      [-0.3, 0.9, 0.4],
    ],
    [0.1, -0.2, 0.3],
  ],
  {
    bugs: {
      'W not transposed': 'factor-not-transposed',
      'x not transposed': 'factor-not-transposed',
      'dW transposed': 'transposed',
      'dx transposed': 'transposed',
      'dx the upstream': 'local-derivative-missing',
      'dw before dx': 'gradient-of-other-input',
      'db summed over the features': 'summed-over-wrong-axis',
      'db not summed': 'not-summed-over-batch',
      'factors swapped': ['wrong-factor', 'factor-not-transposed'],
      'x for W': 'wrong-factor',
      'db a number': 'summed-too-far',
    },
  },
  (bug) => ({
    forward: (x: Matrix, w: Matrix, b: Vector): [out: Matrix, cache: [Matrix, Matrix, Vector]] => [
      addRow(matmul(x, w), b),
      [x, w, b],
    ],
    backward(dout: Matrix, cache: [Matrix, Matrix, Vector]): unknown[] {
      const [x, w] = cache;
      const dx = matmul(dout, transpose(w));
      const dw = matmul(transpose(x), dout);
      const db = sumRows(dout);
      if (bug === 'W not transposed') return [matmul(dout, w), dw, db];
      if (bug === 'x not transposed') return [dx, matmul(x, dout), db];
      if (bug === 'dW transposed') return [dx, transpose(dw), db];
      if (bug === 'dx transposed') return [transpose(dx), dw, db];
      if (bug === 'dx the upstream') return [dout, dw, db];
      if (bug === 'dw before dx') return [dw, dx, db];
      if (bug === 'db summed over the features') return [dx, dw, sumColumns(dout)];
      if (bug === 'db not summed') return [dx, dw, dout];
      if (bug === 'factors swapped') return [dx, matmul(dout, transpose(x)), db];
      if (bug === 'x for W') return [matmul(dout, transpose(x)), dw, db];
      if (bug === 'db a number') return [dx, dw, sum(db)];
      return [dx, dw, db];
    },
  }),
);

const bias = entry(
  'bias',
  [BATCH, [0.3, -0.1, 0.5]],
  {
    bugs: {
      'not summed': 'not-summed-over-batch',
      'wrong axis': 'summed-over-wrong-axis',
      averaged: 'averaged-instead-of-summed',
      'first sample only': ['not-summed-over-batch', 'overwritten-where-used-twice'],
      zero: ['bias-forgotten', 'zero-gradient'],
      'times the bias': 'factor-extra',
    },
    variants: ['as a row'],
  },
  (bug) => ({
    forward: (x: Matrix, b: Vector): Matrix => addRow(x, b),
    backward(dy: Matrix, _x: Matrix, b: Vector): { dx: Matrix; db: unknown } {
      const db = sumRows(dy);
      if (bug === 'as a row') return { dx: dy, db: [db] };
      if (bug === 'not summed') return { dx: dy, db: dy };
      if (bug === 'wrong axis') return { dx: dy, db: sumColumns(dy) };
      if (bug === 'averaged') return { dx: dy, db: db.map((d) => d / dy.length) };
      if (bug === 'first sample only') return { dx: dy, db: dy[0] };
      if (bug === 'zero') return { dx: dy, db: db.map(() => 0) };
      if (bug === 'times the bias') return { dx: dy, db: zipRow(db, b, (d, v) => d * v) };
      return { dx: dy, db };
    },
  }),
);

const embedding = entry(
  'embedding',
  [[2, 0, 2, 1, 3, 2]],
  {
    bugs: {
      'assigned instead of added': 'overwritten-where-used-twice',
      'first use only': 'overwritten-where-used-twice',
      averaged: ['averaged-instead-of-summed', 'constant-factor'],
      'times the entry': 'factor-extra',
      'minus too much': 'sign-flipped',
    },
  },
  (bug) =>
    new (class Embedding {
      table: Matrix = [
        [0.1, -0.4],
        [0.8, 0.3],
        [-0.6, 0.2],
        [0.5, 0.9],
      ];
      dtable: Matrix = [];
      #indices: number[] = [];
      forward(indices: number[]): Matrix {
        this.#indices = indices;
        return indices.map((i) => [...this.table[i]!]);
      }
      backward(dy: Matrix): void {
        const dtable = zerosLike(this.table);
        const seen = new Set<number>();
        this.#indices.forEach((row, s) => {
          dy[s]!.forEach((d, j) => {
            if (bug === 'assigned instead of added') dtable[row]![j] = d;
            else if (bug === 'first use only') dtable[row]![j]! += seen.has(row) ? 0 : d;
            else if (bug === 'averaged') dtable[row]![j]! += d / dy.length;
            else if (bug === 'times the entry') dtable[row]![j]! += d * this.table[row]![j]!;
            else if (bug === 'minus too much') dtable[row]![j]! -= d;
            else dtable[row]![j]! += d;
          });
          seen.add(row);
        });
        this.dtable = dtable;
      }
    })(),
);

const dropout = entry(
  'dropout with a fixed mask',
  [[0.8, -0.6, 1.4, -1.7, 0.3, -0.2]],
  {
    bugs: {
      'mask forgotten': ['mask-missing', 'local-derivative-missing', 'unexplained'],
      'scale forgotten': 'constant-factor',
      'scale twice': ['constant-factor', 'local-derivative-twice'],
      'mask inverted': 'mask-inverted',
      'upstream forgotten': 'upstream-missing',
      'times x': 'factor-extra',
    },
  },
  (bug) => {
    const keep = 0.75;
    const mask = [1, 0, 1, 1, 0, 1];
    let x: Vector = [];
    return {
      forward(values: Vector): Vector {
        x = values;
        return values.map((v, i) => (v * mask[i]!) / keep);
      },
      backward: (dout: Vector): Vector =>
        dout.map((d, i) => {
          if (bug === 'mask forgotten') return d / keep;
          if (bug === 'scale forgotten') return d * mask[i]!;
          if (bug === 'scale twice') return (d * mask[i]!) / keep ** 2;
          if (bug === 'mask inverted') return (d * (1 - mask[i]!)) / keep;
          if (bug === 'upstream forgotten') return mask[i]! / keep;
          if (bug === 'times x') return (d * x[i]! * mask[i]!) / keep;
          return (d * mask[i]!) / keep;
        }),
    };
  },
);

const layerNorm = entry(
  'layer norm',
  [BATCH],
  {
    bugs: {
      'mean and variance as constants': 'statistics-as-constants',
      'variance path forgotten': 'variance-path-forgotten',
      'mean path forgotten': 'mean-path-forgotten',
      'gamma forgotten': 'factor-missing',
      'deviation forgotten': 'factor-missing',
      'sums for means': 'summed-instead-of-averaged',
      'sign of the variance path': 'term-sign-flipped',
      'gamma: x for x hat': 'wrong-factor',
      'gamma: x hat forgotten': 'factor-missing',
      'gamma: not summed': 'not-summed-over-batch',
      'beta: not summed': 'not-summed-over-batch',
      'beta: averaged': 'averaged-instead-of-summed',
      'beta: zero': 'bias-forgotten',
      'upstream alone': 'local-derivative-missing',
    },
    variants: ['in three steps'],
  },
  (bug) =>
    new (class LayerNorm {
      gamma: Vector = [1.2, 0.7, -0.5];
      beta: Vector = [0.1, 0.2, -0.3];
      x: Matrix = [];
      xHat: Matrix = [];
      std: Vector = [];
      dgamma: Vector | Matrix = [];
      dbeta: Vector | Matrix = [];
      forward(x: Matrix): Matrix {
        this.x = x;
        this.std = x.map((row) => {
          const mean = sum(row) / row.length;
          return Math.sqrt(sum(row.map((v) => (v - mean) ** 2)) / row.length + 1e-5);
        });
        this.xHat = x.map((row, i) => {
          const mean = sum(row) / row.length;
          return row.map((v) => (v - mean) / this.std[i]!);
        });
        return this.xHat.map((row) => row.map((v, j) => v * this.gamma[j]! + this.beta[j]!));
      }
      backward(dy: Matrix): Matrix {
        const { x, xHat, std, gamma } = this;
        const n = gamma.length;
        this.dgamma = sumRows(zip(dy, bug === 'gamma: x for x hat' ? x : xHat, (d, v) => d * v));
        if (bug === 'gamma: x hat forgotten') this.dgamma = sumRows(dy);
        if (bug === 'gamma: not summed') this.dgamma = zip(dy, xHat, (d, v) => d * v);
        this.dbeta = sumRows(dy);
        if (bug === 'beta: not summed') this.dbeta = dy;
        if (bug === 'beta: averaged') this.dbeta = this.dbeta.map((d) => (d as number) / dy.length);
        if (bug === 'beta: zero') this.dbeta = gamma.map(() => 0);
        if (bug === 'upstream alone') return dy;
        return dy.map((row, i) => {
          const g = bug === 'gamma forgotten' ? row : zipRow(row, gamma, (d, c) => d * c);
          const h = xHat[i]!;
          if (bug === 'in three steps') {
            const dVar = sum(g.map((v, j) => (v * h[j]! * std[i]! * -0.5) / std[i]! ** 3));
            const dMean = -sum(g) / std[i]!;
            return g.map((v, j) => v / std[i]! + (dVar * 2 * h[j]! * std[i]!) / n + dMean / n);
          }
          const [total, along] = [sum(g), dot(g, h)];
          return g.map((v, j) => {
            const s = std[i]!;
            if (bug === 'mean and variance as constants') return v / s;
            if (bug === 'variance path forgotten') return (v - total / n) / s;
            if (bug === 'mean path forgotten') return (v - (h[j]! * along) / n) / s;
            if (bug === 'deviation forgotten') return v - total / n - (h[j]! * along) / n;
            if (bug === 'sums for means') return (v - total - h[j]! * along) / s;
            if (bug === 'sign of the variance path') return (v - total / n + (h[j]! * along) / n) / s;
            return (v - total / n - (h[j]! * along) / n) / s;
          });
        });
      }
    })(),
);

const batchNorm = entry(
  'batch norm, as in CS231n',
  [BATCH, [1.2, 0.7, -0.5], [0.1, 0.2, -0.3]],
  {
    bugs: {
      'mean and variance as constants': 'statistics-as-constants',
      'variance path forgotten': 'variance-path-forgotten',
      'mean path forgotten': 'mean-path-forgotten',
      'gamma forgotten': 'factor-missing',
      'variance for deviation': 'factor-extra',
      'dgamma without x hat': ['factor-missing', 'gradient-of-other-input'],
      'dgamma and dbeta swapped': 'gradient-of-other-input',
      'dbeta over the features': 'summed-over-wrong-axis',
    },
    variants: ['compact'],
  },
  (bug) => {
    interface Cache {
      readonly xHat: Matrix;
      readonly std: Vector;
      readonly gamma: Vector;
    }
    return {
      forward(x: Matrix, gamma: Vector, beta: Vector): [out: Matrix, cache: Cache] {
        const n = x.length;
        const mean = sumRows(x).map((s) => s / n);
        const centred = map(x, (v, _, j) => v - mean[j]!);
        const std = sumRows(map(centred, (v) => v * v)).map((s) => Math.sqrt(s / n + 1e-5));
        const xHat = map(centred, (v, _, j) => v / std[j]!);
        return [map(xHat, (v, _, j) => v * gamma[j]! + beta[j]!), { xHat, std, gamma }];
      },
      backward(dout: Matrix, { xHat, std, gamma }: Cache): [dx: Matrix, dgamma: Vector, dbeta: Vector] {
        const n = dout.length;
        const g = bug === 'gamma forgotten' ? dout : map(dout, (d, _, j) => d * gamma[j]!);
        const [total, along] = [sumRows(g), sumRows(zip(g, xHat, (a, b) => a * b))];
        const dx = map(g, (v, i, j) => {
          const [s, h] = [std[j]!, xHat[i]![j]!];
          if (bug === 'mean and variance as constants') return v / s;
          if (bug === 'variance path forgotten') return (v - total[j]! / n) / s;
          if (bug === 'mean path forgotten') return (v - (h * along[j]!) / n) / s;
          if (bug === 'variance for deviation') return (v - total[j]! / n - (h * along[j]!) / n) / s ** 2;
          if (bug === 'compact') return (n * v - total[j]! - h * along[j]!) / (n * s);
          return (v - total[j]! / n - (h * along[j]!) / n) / s;
        });
        const dgamma = sumRows(zip(dout, xHat, (d, v) => d * v));
        const dbeta = sumRows(dout);
        if (bug === 'dgamma without x hat') return [dx, dbeta, dbeta];
        if (bug === 'dgamma and dbeta swapped') return [dx, dbeta, dgamma];
        if (bug === 'dbeta over the features') return [dx, dgamma, sumColumns(dout)];
        return [dx, dgamma, dbeta];
      },
    };
  },
);

const unitLength = entry(
  'division by the length',
  [[0.8, -0.6, 1.4, 0.3]],
  {
    bugs: {
      'length as a constant': 'statistics-as-constants',
      'projection added': 'term-sign-flipped',
      'upstream forgotten': 'upstream-missing',
      'length forgotten': 'factor-missing',
    },
  },
  (bug) => {
    let y: Vector = zeros(4);
    let length = 1;
    return {
      forward(x: Vector): Vector {
        length = Math.hypot(...x);
        y = x.map((v) => v / length);
        return y;
      },
      backward(dy: Vector): Vector {
        const along = dot(dy, y);
        return dy.map((d, i) => {
          if (bug === 'length as a constant') return d / length;
          if (bug === 'projection added') return (d + y[i]! * along) / length;
          if (bug === 'upstream forgotten') return (1 - y[i]! * sum(y)) / length;
          if (bug === 'length forgotten') return d - y[i]! * along;
          return (d - y[i]! * along) / length;
        });
      },
    };
  },
);

export const layers: readonly Entry[] = [
  ...[neuron, sigmoidNeuron, linear, squareLinear, bias, embedding],
  ...[dropout, layerNorm, batchNorm, unitLength],
];
