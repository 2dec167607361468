// Held out: layers with weights, gates and normalisation, written before anything was run on them.

import {
  addRow,
  map,
  matmul,
  scale,
  sigmoid,
  sum,
  sumRows,
  transpose,
  zip,
  type Matrix,
  type Vector,
} from './arrays.js';
import { entry, type Entry } from './entry.js';

const X: Matrix = [
  [0.5, -1.2, 0.8],
  [1.1, 0.3, -0.7],
  [-0.4, 0.9, 0.2],
  [0.6, -0.1, 1.3],
];

const glu = entry(
  'gated linear unit by halves',
  [
    [
      [0.5, -1.2, 0.8, 0.3],
      [1.1, 0.3, -0.7, -0.4],
    ],
  ],
  {
    bugs: {
      'value: gate forgotten': ['factor-missing', 'local-derivative-missing'],
      'gate: value forgotten': 'factor-missing',
      "gate: sigmoid's derivative forgotten": ['factor-missing', 'local-derivative-missing'],
      'halves swapped': 'wrong-place',
      'gate: one minus forgotten': 'factor-missing',
      'gate not given': ['zero-gradient', 'term-missing'],
    },
  },
  (bug) =>
    new (class GLU {
      a: Matrix = [];
      gate: Matrix = [];
      forward(x: Matrix): Matrix {
        const half = x[0]!.length / 2;
        this.a = x.map((row) => row.slice(0, half));
        this.gate = x.map((row) => row.slice(half).map(sigmoid));
        return zip(this.a, this.gate, (a, g) => a * g);
      }
      backward(dout: Matrix): Matrix {
        const { a, gate } = this;
        return dout.map((row, i) => {
          const da = row.map((d, j) => (bug === 'value: gate forgotten' ? d : d * gate[i]![j]!));
          const db = row.map((d, j) => {
            const [v, g] = [a[i]![j]!, gate[i]![j]!];
            if (bug === 'gate: value forgotten') return d * g * (1 - g);
            if (bug === "gate: sigmoid's derivative forgotten") return d * v;
            if (bug === 'gate: one minus forgotten') return d * v * g;
            if (bug === 'gate not given') return 0;
            return d * v * g * (1 - g);
          });
          return bug === 'halves swapped' ? [...db, ...da] : [...da, ...db];
        });
      }
    })(),
);

const maxout = entry(
  'maxout layer',
  [X],
  {
    bugs: {
      'both pieces': 'mask-missing',
      'first piece always': 'wrong-place',
      'mask inverted': ['mask-inverted', 'wrong-place'],
      'bias not summed': 'not-summed-over-batch',
      'weights averaged': 'averaged-instead-of-summed',
      'x forgotten': 'factor-missing',
    },
  },
  (bug) =>
    new (class Maxout {
      // [pieces, inputs, units]
      W = [
        [
          [0.4, -0.7],
          [0.2, 0.9],
          [-0.3, 0.6],
        ],
        [
          [-0.5, 0.3],
          [0.8, -0.2],
          [0.1, 0.7],
        ],
      ];
      b = [
        [0.1, -0.2],
        [0.3, 0.05],
      ];
      grads: { W: number[][][]; b: unknown } = { W: [], b: [] };
      x: Matrix = [];
      winner: Matrix = [];
      forward(x: Matrix): Matrix {
        this.x = x;
        const z = this.W.map((w, p) => addRow(matmul(x, w), this.b[p]!));
        this.winner = zip(z[0]!, z[1]!, (u, v) => (u >= v ? 0 : 1));
        return zip(z[0]!, z[1]!, Math.max);
      }
      backward(dy: Matrix): Matrix {
        const dz = [0, 1].map((piece) =>
          zip(dy, this.winner, (d, k) => {
            if (bug === 'both pieces') return d;
            if (bug === 'first piece always') return piece === 0 ? d : 0;
            return (k === piece) !== (bug === 'mask inverted') ? d : 0;
          }),
        );
        this.grads.W = dz.map((d) => {
          if (bug === 'x forgotten') return this.x[0]!.map(() => sumRows(d));
          const dW = matmul(transpose(this.x), d);
          return bug === 'weights averaged' ? scale(dW, 1 / this.x.length) : dW;
        });
        this.grads.b = bug === 'bias not summed' ? dz : dz.map(sumRows);
        const parts = dz.map((d, p) => matmul(d, transpose(this.W[p]!)));
        return zip(parts[0]!, parts[1]!, (u, v) => u + v);
      }
    })(),
);

const highway = entry(
  'highway layer, elementwise',
  [
    [0.5, -1.2, 0.8],
    [0.9, 0.4, -0.3],
  ],
  {
    bugs: {
      'carried path forgotten': ['term-missing', 'overwritten-where-used-twice'],
      'transformed path forgotten': ['term-missing', 'overwritten-where-used-twice'],
      'gate: x not subtracted': 'term-missing',
      'gate: x added': 'term-sign-flipped',
      "gate: sigmoid's derivative forgotten": ['factor-missing', 'local-derivative-missing'],
      "tanh's derivative forgotten": ['factor-missing', 'local-derivative-missing'],
      'gate for carry': 'wrong-factor',
    },
  },
  (bug) => {
    let saved: { x: Vector; h: Vector; t: Vector };
    return {
      forward(x: Vector, gate: Vector): Vector {
        saved = { x, h: x.map(Math.tanh), t: gate.map(sigmoid) };
        return x.map((v, i) => saved.t[i]! * saved.h[i]! + (1 - saved.t[i]!) * v);
      },
      backward(dy: Vector): { dx: Vector; dgate: Vector } {
        const dx: Vector = [];
        const dgate: Vector = [];
        for (let i = 0; i < dy.length; i++) {
          const [d, x, h, t] = [dy[i]!, saved.x[i]!, saved.h[i]!, saved.t[i]!];
          const through = bug === "tanh's derivative forgotten" ? t : t * (1 - h * h);
          const carried = bug === 'gate for carry' ? t : 1 - t;
          if (bug === 'carried path forgotten') dx.push(d * through);
          else if (bug === 'transformed path forgotten') dx.push(d * carried);
          else dx.push(d * (through + carried));
          let difference = h - x;
          if (bug === 'gate: x not subtracted') difference = h;
          if (bug === 'gate: x added') difference = h + x;
          const local = bug === "gate: sigmoid's derivative forgotten" ? 1 : t * (1 - t);
          dgate.push(d * difference * local);
        }
        return { dx, dgate };
      },
    };
  },
);

const groupNorm = entry(
  'group norm',
  [
    [
      [0.5, -1.2, 0.8, 0.3, 1.6, -0.2],
      [1.1, 0.3, -0.7, -0.4, 0.2, 0.9],
    ],
  ],
  {
    bugs: {
      'mean and deviation as constants': 'statistics-as-constants',
      'deviation as a constant': 'variance-path-forgotten',
      'mean as a constant': 'mean-path-forgotten',
      'gamma forgotten': 'factor-missing',
      'gamma from x': 'wrong-factor',
      'beta not summed': 'not-summed-over-batch',
      'deviation forgotten': 'factor-missing',
      'sums for means': 'summed-instead-of-averaged',
    },
  },
  (bug) =>
    new (class GroupNorm {
      gamma = [1.2, 0.7, -0.5, 0.9, 1.1, 0.4];
      beta = [0.1, 0.2, -0.3, 0, 0.4, -0.1];
      gammaGrad: unknown = [];
      betaGrad: unknown = [];
      #groups = 2;
      #hat: Matrix = [];
      #std: Matrix = [];
      #x: Matrix = [];
      #size = 3;
      forward(x: Matrix): Matrix {
        this.#x = x;
        this.#size = x[0]!.length / this.#groups;
        this.#std = [];
        this.#hat = x.map((row) => {
          const out: Vector = [];
          const stds: Vector = [];
          for (let g = 0; g < this.#groups; g++) {
            const part = row.slice(g * this.#size, (g + 1) * this.#size);
            const mu = sum(part) / part.length;
            const std = Math.sqrt(sum(part.map((v) => (v - mu) ** 2)) / part.length + 1e-5);
            stds.push(std);
            out.push(...part.map((v) => (v - mu) / std));
          }
          this.#std.push(stds);
          return out;
        });
        return this.#hat.map((row) => row.map((v, c) => v * this.gamma[c]! + this.beta[c]!));
      }
      backward(dy: Matrix): Matrix {
        const basis = bug === 'gamma from x' ? this.#x : this.#hat;
        this.gammaGrad = sumRows(zip(dy, basis, (d, h) => d * h));
        this.betaGrad = bug === 'beta not summed' ? dy : sumRows(dy);
        return dy.map((row, i) => {
          const dhat = row.map((d, c) => (bug === 'gamma forgotten' ? d : d * this.gamma[c]!));
          return dhat.map((d, c) => {
            const g = Math.floor(c / this.#size);
            const from = g * this.#size;
            const own = dhat.slice(from, from + this.#size);
            const n = bug === 'sums for means' ? 1 : this.#size;
            const m1 = sum(own) / n;
            const m2 = sum(own.map((v, k) => v * this.#hat[i]![from + k]!)) / n;
            const std = bug === 'deviation forgotten' ? 1 : this.#std[i]![g]!;
            if (bug === 'mean and deviation as constants') return d / std;
            if (bug === 'deviation as a constant') return (d - m1) / std;
            if (bug === 'mean as a constant') return (d - this.#hat[i]![c]! * m2) / std;
            return (d - m1 - this.#hat[i]![c]! * m2) / std;
          });
        });
      }
    })(),
);

const weightNorm = entry(
  'neuron with weight norm',
  [[0.7, -1.2, 0.4]],
  {
    bugs: {
      'g: length forgotten': 'factor-missing',
      'v: projection forgotten': ['term-missing', 'statistics-as-constants'],
      'v: projection added': 'term-sign-flipped',
      'v: g forgotten': 'factor-missing',
      'v: length forgotten': 'factor-missing',
      'x: direction for weights': 'factor-missing',
      'x: v for weights': ['factor-missing', 'wrong-factor'],
    },
  },
  (bug) =>
    new (class WeightNormNeuron {
      v = [0.5, -0.3, 0.8];
      g = 1.4;
      b = 0.2;
      dv: Vector = [];
      dg = 0;
      db = 0;
      private x: Vector = [];
      private get length(): number {
        return Math.sqrt(this.v.reduce((t, a) => t + a * a, 0));
      }
      private get direction(): Vector {
        return this.v.map((a) => a / this.length);
      }
      forward(x: Vector): number {
        this.x = x;
        return x.reduce((t, a, i) => t + a * this.g * this.direction[i]!, this.b);
      }
      backward(dy: number): Vector {
        const { x, v, g, length, direction } = this;
        const dw = x.map((a) => a * dy);
        const along = dw.reduce((t, a, i) => t + a * direction[i]!, 0);
        this.db = dy;
        this.dg = bug === 'g: length forgotten' ? along * length : along;
        this.dv = dw.map((a, i) => {
          if (bug === 'v: projection forgotten') return (g / length) * a;
          if (bug === 'v: projection added') return (g / length) * (a + along * direction[i]!);
          if (bug === 'v: g forgotten') return (a - along * direction[i]!) / length;
          if (bug === 'v: length forgotten') return g * (a - along * direction[i]!);
          return (g / length) * (a - along * direction[i]!);
        });
        if (bug === 'x: direction for weights') return direction.map((a) => a * dy);
        if (bug === 'x: v for weights') return v.map((a) => a * dy);
        return direction.map((a) => g * a * dy);
      }
    })(),
);

const film = entry(
  'scale and shift of each channel by a condition',
  [X, [0.6, -0.4]],
  {
    bugs: {
      'condition not summed': 'not-summed-over-batch',
      'condition from the scale only': ['term-missing', 'overwritten-where-used-twice'],
      'condition from the shift only': ['term-missing', 'overwritten-where-used-twice'],
      '1 + forgotten': ['term-missing', 'overwritten-where-used-twice'],
      'scale: x forgotten': 'factor-missing',
      'shift averaged': 'averaged-instead-of-summed',
    },
  },
  (bug) => {
    const Ws: Matrix = [
      [0.4, -0.7, 0.3],
      [0.2, 0.9, -0.1],
    ];
    const Wt: Matrix = [
      [-0.5, 0.3, 0.6],
      [0.8, -0.2, 0.5],
    ];
    const times = (c: Vector, w: Matrix): Vector => matmul([c], w)[0]!;
    return {
      forward: (x: Matrix, cond: Vector): Matrix => {
        const [s, t] = [times(cond, Ws), times(cond, Wt)];
        return map(x, (v, _, j) => v * (1 + s[j]!) + t[j]!);
      },
      backward: (dy: Matrix, x: Matrix, cond: Vector): [Matrix, unknown] => {
        const s = times(cond, Ws);
        const dx = map(dy, (d, _, j) => d * ((bug === '1 + forgotten' ? 0 : 1) + s[j]!));
        const products = zip(dy, x, (d, v) => (bug === 'scale: x forgotten' ? d : d * v));
        const ds = sumRows(products);
        let dt = sumRows(dy);
        if (bug === 'shift averaged') dt = dt.map((v) => v / dy.length);
        if (bug === 'condition not summed') {
          const [left, right] = [matmul(products, transpose(Ws)), matmul(dy, transpose(Wt))];
          return [dx, zip(left, right, (u, v) => u + v)];
        }
        const a = Ws.map((row) => sum(row.map((w, j) => w * ds[j]!)));
        const b = Wt.map((row) => sum(row.map((w, j) => w * dt[j]!)));
        if (bug === 'condition from the scale only') return [dx, a];
        if (bug === 'condition from the shift only') return [dx, b];
        return [dx, a.map((v, k) => v + b[k]!)];
      },
    };
  },
);

export const heldOut4: readonly Entry[] = [glu, maxout, highway, groupNorm, weightNorm, film];
