// Held out: recurrent cells, convolution, pooling and resampling, written before anything was run on them.

import { dot, sigmoid, sum, zeros, type Matrix, type Vector } from './arrays.js';
import { entry, type Entry } from './entry.js';

const gru = entry(
  'step of a GRU',
  [
    [0.5, -1.2],
    [0.3, -0.6],
  ],
  {
    bugs: {
      'h: carried path forgotten': ['term-missing', 'overwritten-where-used-twice'],
      'h: path through the candidate forgotten': ['term-missing', 'overwritten-where-used-twice'],
      'h: path through the gates forgotten': ['term-missing', 'overwritten-where-used-twice'],
      'reset gate forgotten in the candidate': 'factor-missing',
      "tanh's derivative forgotten": ['factor-missing', 'local-derivative-missing'],
      'update gate: sign of the difference': ['sign-flipped', 'term-sign-flipped'],
      'weights transposed': ['factor-not-transposed', 'transposed'],
      'bias forgotten': 'bias-forgotten',
    },
  },
  (bug) =>
    new (class GRUCell {
      Wz: Matrix = [
        [0.4, -0.7, 0.3, 0.5],
        [0.2, 0.9, -0.4, 0.1],
      ];
      Wr: Matrix = [
        [-0.3, 0.6, 0.8, -0.2],
        [0.5, 0.1, -0.6, 0.7],
      ];
      Wc: Matrix = [
        [0.9, -0.1, 0.2, 0.6],
        [-0.5, 0.4, 0.7, -0.3],
      ];
      b = [0.1, -0.2];
      dWz: Matrix = [];
      dWr: Matrix = [];
      dWc: Matrix = [];
      db: Vector = [];
      cache: Record<'x' | 'h' | 'z' | 'r' | 'c', Vector> | undefined;
      forward(x: Vector, h: Vector): Vector {
        const both = [...x, ...h];
        const z = this.Wz.map((row) => sigmoid(dot(row, both)));
        const r = this.Wr.map((row) => sigmoid(dot(row, both)));
        const reset = [...x, ...h.map((v, k) => v * r[k]!)];
        const c = this.Wc.map((row, k) => Math.tanh(dot(row, reset) + this.b[k]!));
        this.cache = { x, h, z, r, c };
        return z.map((u, k) => u * h[k]! + (1 - u) * c[k]!);
      }
      backward(dh_next: Vector): [dx: Vector, dh: Vector] {
        const { x, h, z, r, c } = this.cache!;
        const both = [...x, ...h];
        const outer = (a: Vector, b: Vector): Matrix => a.map((u) => b.map((v) => u * v));
        const back = (W: Matrix, d: Vector): Vector =>
          both.map((_, j) => sum(W.map((row, i) => row[j]! * d[i]!)));
        const dc = dh_next.map((d, k) => d * (1 - z[k]!));
        const da = dc.map((d, k) => (bug === "tanh's derivative forgotten" ? d : d * (1 - c[k]! ** 2)));
        const sign = bug === 'update gate: sign of the difference' ? -1 : 1;
        const dz = dh_next.map((d, k) => sign * d * (h[k]! - c[k]!) * z[k]! * (1 - z[k]!));
        let dreset = back(this.Wc, da);
        if (bug === 'weights transposed') {
          dreset = [...dreset.slice(0, 2), ...this.Wc.map((row) => row[2]! * da[0]! + row[3]! * da[1]!)];
        }
        const dr = r.map((v, k) => dreset[2 + k]! * h[k]! * v * (1 - v));
        this.dWc = outer(da, [...x, ...h.map((v, k) => v * r[k]!)]);
        this.dWz = outer(dz, both);
        this.dWr = outer(dr, both);
        this.db = bug === 'bias forgotten' ? [0, 0] : da;
        const gates = back(this.Wz, dz).map((v, j) => v + back(this.Wr, dr)[j]!);
        const dh = h.map((_, k) => {
          const carried = dh_next[k]! * z[k]!;
          const candidate = dreset[2 + k]! * (bug === 'reset gate forgotten in the candidate' ? 1 : r[k]!);
          if (bug === 'h: carried path forgotten') return candidate + gates[2 + k]!;
          if (bug === 'h: path through the candidate forgotten') return carried + gates[2 + k]!;
          if (bug === 'h: path through the gates forgotten') return carried + candidate;
          return carried + candidate + gates[2 + k]!;
        });
        return [x.map((_, k) => dreset[k]! + gates[k]!), dh];
      }
    })(),
);

const stridedConvolution = entry(
  'convolution with stride, padding and channels',
  [
    [
      [0.5, -1.2, 0.8, 0.1, 1.1, -0.3],
      [0.7, 0.4, -0.6, 0.9, -0.2, 1.3],
    ],
  ],
  {
    bugs: {
      'stride forgotten in the gradient of x': 'wrong-place',
      'padding not cut off': 'wrong-place',
      'kernel flipped in the gradient of x': 'kernel-not-flipped',
      'bias not summed': 'not-summed-over-batch',
      'bias averaged': ['averaged-instead-of-summed', 'constant-factor'],
      'x assigned': 'overwritten-where-used-twice',
      'weights: last position only': 'overwritten-where-used-twice',
      'one output channel only': ['term-missing', 'overwritten-where-used-twice'],
    },
  },
  (bug) =>
    new (class Conv1d {
      readonly #stride = 2;
      readonly #pad = 1;
      // [out channels, in channels, width]
      weight = [
        [
          [0.4, -0.7, 0.2],
          [0.9, 0.3, -0.5],
        ],
        [
          [-0.2, 0.8, 0.6],
          [0.1, -0.4, 0.7],
        ],
      ];
      bias = [0.1, -0.3];
      dweight: number[][][] = [];
      dbias: Vector | Matrix = [];
      #padded: Matrix = [];
      forward(x: Matrix): Matrix {
        this.#padded = x.map((row) => [...zeros(this.#pad), ...row, ...zeros(this.#pad)]);
        const width = this.weight[0]![0]!.length;
        const size = Math.floor((x[0]!.length + 2 * this.#pad - width) / this.#stride) + 1;
        return this.weight.map((w, o) =>
          zeros(size).map((_, t) =>
            w.reduce(
              (total, kernel, c) =>
                total + kernel.reduce((s, v, k) => s + v * this.#padded[c]![t * this.#stride + k]!, 0),
              this.bias[o]!,
            ),
          ),
        );
      }
      backward(dout: Matrix): Matrix {
        const dpadded = this.#padded.map((row) => zeros(row.length));
        this.dweight = this.weight.map((w) => w.map((kernel) => zeros(kernel.length)));
        this.dbias = dout.map(sum);
        if (bug === 'bias not summed') this.dbias = dout;
        if (bug === 'bias averaged') this.dbias = dout.map((row) => sum(row) / row.length);
        dout.forEach((row, o) =>
          row.forEach((d, t) =>
            this.weight[o]!.forEach((kernel, c) =>
              kernel.forEach((v, k) => {
                const at = t * this.#stride + k;
                if (bug === 'weights: last position only')
                  this.dweight[o]![c]![k] = d * this.#padded[c]![at]!;
                else this.dweight[o]![c]![k]! += d * this.#padded[c]![at]!;
                if (bug === 'one output channel only' && o > 0) return;
                const w = bug === 'kernel flipped in the gradient of x' ? kernel.at(-1 - k)! : v;
                const to = bug === 'stride forgotten in the gradient of x' ? t + k : at;
                if (bug === 'x assigned') dpadded[c]![to] = d * w;
                else dpadded[c]![to]! += d * w;
              }),
            ),
          ),
        );
        const from = bug === 'padding not cut off' ? 0 : this.#pad;
        return dpadded.map((row) => row.slice(from, from + row.length - 2 * this.#pad));
      }
    })(),
);

const averagePooling = entry(
  'average pooling with overlap',
  [[0.5, -1.2, 0.8, 0.1, 1.1, -0.3, 0.7]],
  {
    bugs: {
      'width forgotten': ['summed-instead-of-averaged', 'constant-factor'],
      assigned: 'overwritten-where-used-twice',
      'stride for width': 'constant-factor',
      'to the first element': ['wrong-place', 'term-missing', 'overwritten-where-used-twice'],
      'upstream forgotten': 'upstream-missing',
    },
  },
  (bug) => {
    const [width, stride] = [3, 2];
    return {
      forward: (x: Vector): Vector =>
        zeros(Math.floor((x.length - width) / stride) + 1).map(
          (_, t) => sum(x.slice(t * stride, t * stride + width)) / width,
        ),
      backward: (dy: Vector, x: Vector): Vector => {
        const dx = zeros(x.length);
        dy.forEach((upstream, t) => {
          const d = bug === 'upstream forgotten' ? 1 : upstream;
          for (let k = 0; k < width; k++) {
            let share = d / width;
            if (bug === 'width forgotten') share = d;
            if (bug === 'stride for width') share = d / stride;
            const at = t * stride + k;
            if (bug === 'assigned') dx[at] = share;
            else if (bug !== 'to the first element' || k === 0) dx[at]! += share;
          }
        });
        return dx;
      },
    };
  },
);

const stridedMax = entry(
  'max pooling by stored indices',
  [Float64Array.of(0.5, -1.2, 0.8, 0.1, 1.1, -0.3, 0.7, 0.4)],
  {
    bugs: {
      'all of the window': 'mask-missing',
      'index within the window': 'wrong-place',
      assigned: 'overwritten-where-used-twice',
      'maximum times upstream': 'factor-extra',
      'smallest for largest': ['wrong-place', 'mask-inverted'],
    },
  },
  (bug) =>
    new (class MaxPool1d {
      kernel_size = 4;
      stride = 2;
      indices = new Int32Array();
      lowest = new Int32Array();
      input: Float64Array = new Float64Array();
      forward(input: Float64Array): Float64Array {
        this.input = input;
        const size = Math.floor((input.length - this.kernel_size) / this.stride) + 1;
        this.indices = new Int32Array(size);
        this.lowest = new Int32Array(size);
        const out = new Float64Array(size);
        for (let t = 0; t < size; t++) {
          const from = t * this.stride;
          const window = input.subarray(from, from + this.kernel_size);
          out[t] = Math.max(...window);
          this.indices[t] = from + window.indexOf(out[t]!);
          this.lowest[t] = from + window.indexOf(Math.min(...window));
        }
        return out;
      }
      backward(grad: Float64Array): Float64Array {
        const dx = new Float64Array(this.input.length);
        for (let t = 0; t < grad.length; t++) {
          const g = grad[t]!;
          const best = this.indices[t]!;
          if (bug === 'all of the window') {
            for (let k = 0; k < this.kernel_size; k++) dx[t * this.stride + k]! += g;
          } else if (bug === 'index within the window') dx[best - t * this.stride]! += g;
          else if (bug === 'assigned') dx[best] = g;
          else if (bug === 'maximum times upstream') dx[best]! += g * this.input[best]!;
          else if (bug === 'smallest for largest') dx[this.lowest[t]!]! += g;
          else dx[best]! += g;
        }
        return dx;
      }
    })(),
);

const upsampling = entry(
  'linear upsampling by two',
  [[0.5, -1.2, 0.8, 0.1]],
  {
    bugs: {
      'left neighbour only': ['term-missing', 'overwritten-where-used-twice'],
      'right neighbour only': ['term-missing', 'overwritten-where-used-twice'],
      'halves forgotten': 'factor-missing',
      assigned: 'overwritten-where-used-twice',
      'odd outputs forgotten': 'term-missing',
    },
  },
  (bug) => ({
    forward(x: number[]): number[] {
      const y: number[] = [];
      for (let i = 0; i < x.length; i++) {
        y.push(x[i]!);
        if (i + 1 < x.length) y.push(0.5 * x[i]! + 0.5 * x[i + 1]!);
      }
      return y;
    },
    backward(dy: number[]): number[] {
      const dx: number[] = new Array<number>((dy.length + 1) / 2).fill(0);
      const half = bug === 'halves forgotten' ? 1 : 0.5;
      const give = (i: number, v: number): void => {
        dx[i] = bug === 'assigned' ? v : dx[i]! + v;
      };
      dy.forEach((d, k) => {
        const i = Math.floor(k / 2);
        if (k % 2 === 0) return give(i, d);
        if (bug === 'odd outputs forgotten') return;
        if (bug !== 'right neighbour only') give(i, half * d);
        if (bug !== 'left neighbour only') give(i + 1, half * d);
      });
      return dx;
    },
  }),
);

const recurrentSum = entry(
  'exponential moving average over time',
  [[0.5, -1.2, 0.8, 0.1, 1.1], 0.3],
  {
    bugs: {
      'through time forgotten': ['term-missing', 'overwritten-where-used-twice'],
      'decay forgotten through time': 'factor-missing',
      'share forgotten': ['factor-missing', 'constant-factor'],
      'decay: state not subtracted': 'term-missing',
      'decay: last step only': ['term-missing', 'overwritten-where-used-twice'],
      'decay and share swapped': 'wrong-factor',
    },
  },
  (bug) => {
    let [xs, states]: Vector[] = [[], []];
    let a = 0;
    return {
      forward(x: Vector, share: number): Vector {
        xs = x;
        a = share;
        states = [];
        for (const v of x) states.push((1 - share) * (states.at(-1) ?? 0) + share * v);
        return states;
      },
      backward(dy: Vector): [dx: Vector, dshare: number] {
        const dx = zeros(dy.length);
        let [dshare, carried] = [0, 0];
        for (let t = dy.length - 1; t >= 0; t--) {
          const ds = dy[t]! + (bug === 'through time forgotten' ? 0 : carried);
          const before = t > 0 ? states![t - 1]! : 0;
          dx[t] = ds * (bug === 'share forgotten' ? 1 : bug === 'decay and share swapped' ? 1 - a : a);
          const step = ds * (xs![t]! - (bug === 'decay: state not subtracted' ? 0 : before));
          if (bug !== 'decay: last step only' || t === dy.length - 1) dshare += step;
          carried =
            ds * (bug === 'decay forgotten through time' ? 1 : bug === 'decay and share swapped' ? a : 1 - a);
        }
        return [dx, dshare];
      },
    };
  },
);

export const heldOut5: readonly Entry[] = [
  ...[gru, stridedConvolution, averagePooling, stridedMax],
  ...[upsampling, recurrentSum],
];
