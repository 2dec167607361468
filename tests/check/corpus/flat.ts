// Code on flat arrays with its own index arithmetic, private state, and functions of the newer kind.

import { sigmoid } from './arrays.js';
import { entry, type Entry } from './entry.js';

const numbers = (count: number, seed: number): Float64Array =>
  Float64Array.from({ length: count }, (_, i) =>
    Number((1.6 * Math.sin(7.3 * (i + 1) + 2.9 * seed)).toFixed(2)),
  );

const dense = entry(
  'dense layer on flat arrays',
  [numbers(12, 1)],
  {
    bugs: {
      'weights transposed': ['wrong-place', 'transposed', 'unexplained'],
      'bias not summed': 'not-summed-over-batch',
      'bias averaged': ['constant-factor', 'averaged-instead-of-summed'],
      'bias of the last sample': 'overwritten-where-used-twice',
      'weights of the last sample': 'overwritten-where-used-twice',
      'x forgotten': ['factor-missing', 'unexplained'],
      'weights forgotten': ['unexplained', 'factor-missing', 'constant-gradient'],
      'upstream forgotten': 'upstream-missing',
      'minus too much': 'sign-flipped',
      'index of the bias for that of the input': ['unexplained', 'wrong-factor'],
    },
  },
  (bug) =>
    new (class Dense {
      readonly #rows = 4;
      readonly #inputs = 3;
      readonly #outputs = 2;
      weights = numbers(6, 2);
      biases = numbers(2, 3);
      dWeights = new Float64Array(6);
      dBiases = new Float64Array(2);
      #x = new Float64Array(0);
      forward(x: Float64Array): Float64Array {
        this.#x = Float64Array.from(x);
        const y = new Float64Array(this.#rows * this.#outputs);
        for (let n = 0; n < this.#rows; n++)
          for (let o = 0; o < this.#outputs; o++) {
            let total = this.biases[o]!;
            for (let i = 0; i < this.#inputs; i++) {
              total += x[n * this.#inputs + i]! * this.weights[i * this.#outputs + o]!;
            }
            y[n * this.#outputs + o] = total;
          }
        return y;
      }
      backward(dy: Float64Array): Float64Array {
        const [rows, inputs, outputs] = [this.#rows, this.#inputs, this.#outputs];
        const dx = new Float64Array(rows * inputs);
        this.dWeights = new Float64Array(6);
        this.dBiases = bug === 'bias not summed' ? Float64Array.from(dy) : new Float64Array(2);
        for (let n = 0; n < rows; n++)
          for (let o = 0; o < outputs; o++) {
            const d = bug === 'upstream forgotten' ? 1 : dy[n * outputs + o]!;
            if (bug === 'bias of the last sample') this.dBiases[o] = d;
            else if (bug === 'bias averaged') this.dBiases[o]! += d / rows;
            else if (bug !== 'bias not summed') this.dBiases[o]! += d;
            for (let i = 0; i < inputs; i++) {
              const x = bug === 'x forgotten' ? 1 : this.#x[n * inputs + i]!;
              const sign = bug === 'minus too much' ? -1 : 1;
              const at = bug === 'weights transposed' ? o * inputs + i : i * outputs + o;
              if (bug === 'weights of the last sample') this.dWeights[at] = d * x;
              else this.dWeights[at]! += sign * d * x;
              const weight =
                bug === 'weights forgotten'
                  ? 1
                  : this.weights[(bug === 'index of the bias for that of the input' ? o : i) * outputs + o]!;
              dx[n * inputs + i]! += d * weight;
            }
          }
        return dx;
      }
    })(),
);

const C = Math.sqrt(2 / Math.PI);

const gelu = entry(
  'gelu by tanh',
  [[0.8, -0.6, 1.4, -1.7, 0.3]],
  {
    bugs: {
      'first factor only': 'overwritten-where-used-twice',
      'second factor only': 'overwritten-where-used-twice',
      'inner derivative forgotten': 'unexplained',
      '3 forgotten in the inner derivative': 'unexplained',
      'half forgotten': 'constant-factor',
      'upstream forgotten': 'upstream-missing',
      "sigmoid's form": 'unexplained',
    },
  },
  (bug) => {
    let x: number[] = [];
    const tanhAt = (v: number): number => Math.tanh(C * (v + 0.044715 * v ** 3));
    return {
      forward(values: number[]): number[] {
        x = values;
        return x.map((v) => 0.5 * v * (1 + tanhAt(v)));
      },
      backward: (dy: number[]): number[] =>
        x.map((v, i) => {
          const t = tanhAt(v);
          let inner = C * (1 + 3 * 0.044715 * v * v);
          if (bug === 'inner derivative forgotten') inner = 1;
          if (bug === '3 forgotten in the inner derivative') inner = C * (1 + 0.044715 * v * v);
          const [first, second] = [0.5 * (1 + t), 0.5 * v * (1 - t * t) * inner];
          const d = dy[i]!;
          if (bug === 'first factor only') return d * first;
          if (bug === 'second factor only') return d * second;
          if (bug === 'half forgotten') return 2 * d * (first + second);
          if (bug === 'upstream forgotten') return first + second;
          if (bug === "sigmoid's form") return d * (sigmoid(1.702 * v) + 0.1 * v);
          return d * (first + second);
        }),
    };
  },
);

const rmsNorm = entry(
  'RMS norm with gain',
  [
    [
      [0.5, -1.2, 0.8, 0.3],
      [1.1, 0.3, -0.7, -0.4],
    ],
    [1.2, 0.7, -0.5, 0.9],
  ],
  {
    bugs: {
      'root as a constant': 'statistics-as-constants',
      'gain forgotten': ['factor-missing', 'unexplained'],
      'path added': 'term-sign-flipped',
      'gain not summed': 'not-summed-over-batch',
      'gain from x': ['wrong-factor', 'factor-extra', 'unexplained'],
    },
  },
  (bug) => ({
    forward: (x: number[][], gain: number[]): number[][] =>
      x.map((row) => row.map((v, j) => (v / rms(row)) * gain[j]!)),
    backward(dy: number[][], x: number[][], gain: number[]): unknown[] {
      const dx = x.map((row, i) => {
        const r = rms(row);
        const g = dy[i]!.map((d, j) => (bug === 'gain forgotten' ? d : d * gain[j]!));
        const along = g.reduce((total, v, j) => total + v * row[j]!, 0) / (row.length * r * r);
        if (bug === 'root as a constant') return g.map((v) => v / r);
        if (bug === 'path added') return g.map((v, j) => (v + row[j]! * along) / r);
        return g.map((v, j) => (v - row[j]! * along) / r);
      });
      const parts = x.map((row, i) =>
        row.map((v, j) => (dy[i]![j]! * v) / (bug === 'gain from x' ? 1 : rms(row))),
      );
      const dgain = gain.map((_, j) => parts.reduce((total, row) => total + row[j]!, 0));
      return [dx, bug === 'gain not summed' ? parts : dgain];
    },
  }),
);

function rms(row: number[]): number {
  return Math.sqrt(row.reduce((total, v) => total + v * v, 0) / row.length);
}

const focal = entry(
  'squared hinge',
  [
    [0.4, -1.6, 2.2, 0.3, -0.5],
    [1, -1, 1, -1, 1],
  ],
  {
    bugs: {
      '2 forgotten': 'constant-factor',
      'margin forgotten': ['factor-missing', 'wrong-factor'],
      'label forgotten': ['factor-missing', 'wrong-factor'],
      'sign flipped': 'sign-flipped',
      'condition forgotten': 'mask-missing',
    },
  },
  (bug) => (score: number[], label: number[]) => {
    const loss = score.reduce((total, s, i) => total + Math.max(0, 1 - label[i]! * s) ** 2, 0);
    const dscore = score.map((s, i) => {
      const y = label[i]!;
      const margin = 1 - y * s;
      const m = bug === 'condition forgotten' ? margin : Math.max(0, margin);
      if (bug === '2 forgotten') return -y * m;
      if (bug === 'margin forgotten') return m > 0 ? -2 * y : 0;
      if (bug === 'label forgotten') return -2 * m;
      if (bug === 'sign flipped') return 2 * y * m;
      return -2 * y * m;
    });
    return { loss, dscore };
  },
);

const bilinear = entry(
  'bilinear form',
  [
    [0.5, -1.2, 0.8],
    [0.9, 0.4],
  ],
  {
    bugs: {
      'outer product transposed': 'transposed',
      'matrix without y': 'factor-missing',
      'upstream forgotten': 'upstream-missing',
      'minus too much': 'sign-flipped',
    },
  },
  (bug) =>
    new (class Bilinear {
      M = [
        [0.4, -0.7],
        [0.2, 0.9],
        [-0.3, 0.6],
      ];
      dM: number[][] = [];
      #x: number[] = [];
      #y: number[] = [];
      forward(x: number[], y: number[]): number {
        this.#x = x;
        this.#y = y;
        return x.reduce((total, v, i) => total + v * this.M[i]!.reduce((t, m, j) => t + m * y[j]!, 0), 0);
      }
      backward(dz: number): [dx: number[], dy: number[]] {
        const d = bug === 'upstream forgotten' ? 1 : dz;
        const [x, y] = [this.#x, this.#y];
        this.dM = x.map((a) => y.map((b) => d * a * (bug === 'matrix without y' ? 1 : b)));
        if (bug === 'outer product transposed') this.dM = y.map((b) => x.map((a) => d * a * b));
        if (bug === 'minus too much') this.dM = this.dM.map((row) => row.map((v) => -v));
        const dx = this.M.map((row) => d * row.reduce((t, m, j) => t + m * y[j]!, 0));
        const dy = y.map((_, j) => d * this.M.reduce((t, row, i) => t + row[j]! * x[i]!, 0));
        return [dx, dy];
      }
    })(),
);

const interpolation = entry(
  'linear interpolation',
  [[0.5, -1.2, 0.8], [0.9, 0.4, -0.3], 0.3],
  {
    bugs: {
      'weights swapped': ['gradient-of-other-input', 'wrong-factor'],
      '1 - t forgotten': ['factor-missing', 'local-derivative-missing'],
      't of b forgotten': ['factor-missing', 'local-derivative-missing'],
      'dt with the wrong sign': 'sign-flipped',
      'dt not summed': 'not-summed-over-batch',
      'dt without a': ['term-missing', 'unexplained'],
    },
  },
  (bug) => ({
    forward: (a: number[], b: number[], t: number): number[] => a.map((v, i) => v * (1 - t) + b[i]! * t),
    backward(dy: number[], a: number[], b: number[], t: number): unknown[] {
      const da = dy.map((d) => d * (1 - t));
      const db = dy.map((d) => d * t);
      const parts = dy.map((d, i) => d * (b[i]! - a[i]!));
      const dt = parts.reduce((total, v) => total + v, 0);
      if (bug === 'weights swapped') return [db, da, dt];
      if (bug === '1 - t forgotten') return [dy, db, dt];
      if (bug === 't of b forgotten') return [da, dy, dt];
      if (bug === 'dt with the wrong sign') return [da, db, -dt];
      if (bug === 'dt not summed') return [da, db, parts];
      if (bug === 'dt without a') return [da, db, dy.reduce((total, d, i) => total + d * b[i]!, 0)];
      return [da, db, dt];
    },
  }),
);

export const flat: readonly Entry[] = [dense, gelu, rmsNorm, focal, bilinear, interpolation];
