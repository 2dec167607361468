// Functions in which elements meet: softmax, convolution, pooling, attention, recurrence, residual paths.

import {
  addRow,
  dot,
  map,
  matmul,
  scale,
  sigmoid,
  softmax,
  sum,
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

const softmaxVector = entry(
  'softmax of a vector',
  [[0.8, -0.6, 1.4, 0.3]],
  {
    bugs: {
      'diagonal only': 'softmax-jacobian-diagonal-only',
      'sum forgotten': 'term-missing',
      'factor in front forgotten': 'factor-missing',
      'factor in the sum forgotten': 'factor-missing',
      'sum added': 'term-sign-flipped',
      'factor for dy only': 'misplaced-parenthesis',
      'mean for the sum': 'averaged-instead-of-summed',
      'upstream alone': 'local-derivative-missing',
      'upstream forgotten': ['upstream-missing', 'zero-gradient', 'unexplained'],
      'scores for probabilities': 'taken-at-input',
    },
    variants: ['whole Jacobian', 'not stabilised'],
  },
  (bug) =>
    new (class Softmax {
      x: Vector = [];
      s: Vector = [];
      forward(x: Vector): Vector {
        this.x = x;
        const powers = x.map(Math.exp);
        this.s = bug === 'not stabilised' ? powers.map((p) => p / sum(powers)) : softmax(x);
        return this.s;
      }
      backward(dy: Vector): Vector {
        const { s, x } = this;
        const along = dot(dy, s);
        if (bug === 'whole Jacobian') {
          return s.map((_, j) => sum(dy.map((d, i) => d * s[i]! * ((i === j ? 1 : 0) - s[j]!))));
        }
        return dy.map((d, i) => {
          const p = s[i]!;
          if (bug === 'diagonal only') return d * p * (1 - p);
          if (bug === 'sum forgotten') return d * p;
          if (bug === 'factor in front forgotten') return d - along;
          if (bug === 'factor in the sum forgotten') return p * (d - sum(dy));
          if (bug === 'sum added') return p * (d + along);
          if (bug === 'factor for dy only') return p * d - along;
          if (bug === 'mean for the sum') return p * (d - along / dy.length);
          if (bug === 'upstream alone') return d;
          if (bug === 'upstream forgotten') return p * (1 - p);
          if (bug === 'scores for probabilities') return x[i]! * (d - dot(dy, x));
          return p * (d - along);
        });
      }
    })(),
);

const ROWS: Matrix = [
  [0.5, -1.2, 0.8, 0.1],
  [1.1, 0.3, -0.7, 0.4],
  [-0.4, 0.9, 0.2, -1],
];

const softmaxRows = entry(
  'softmax of each row',
  [ROWS],
  {
    bugs: {
      'diagonal only': 'softmax-jacobian-diagonal-only',
      'sum over the batch': 'summed-over-wrong-axis',
      'sum over everything': 'summed-too-far',
      'divided by n': 'averaged-instead-of-summed',
    },
  },
  (bug) => {
    let s: Matrix = [];
    return {
      forward(x: Matrix): Matrix {
        s = x.map(softmax);
        return s;
      },
      backward(dy: Matrix): Matrix {
        const products = zip(dy, s, (d, p) => d * p);
        return map(s, (p, i, j) => {
          const d = dy[i]![j]!;
          if (bug === 'diagonal only') return d * p * (1 - p);
          if (bug === 'sum over the batch') return p * (d - sumRows(products)[j]!);
          if (bug === 'sum over everything') return p * (d - sum(products.flat()));
          if (bug === 'divided by n') return (p * (d - sum(products[i]!))) / dy.length;
          return p * (d - sum(products[i]!));
        });
      },
    };
  },
);

const logSoftmax = entry(
  'log-softmax',
  [ROWS],
  {
    bugs: {
      'sum forgotten': ['term-missing', 'softmax-jacobian-diagonal-only'],
      'softmax forgotten': 'factor-missing',
      'output for softmax': 'taken-at-output',
      'term added': 'term-sign-flipped',
      'upstream alone': ['local-derivative-missing', 'overwritten-where-used-twice', 'term-missing'],
      'upstream of the second term forgotten': 'upstream-missing',
      'sum over the batch': 'summed-over-wrong-axis',
    },
  },
  (bug) => {
    let y: Matrix = [];
    return {
      forward(x: Matrix): Matrix {
        y = x.map((row) => softmax(row).map(Math.log));
        return y;
      },
      backward: (dy: Matrix): Matrix =>
        map(dy, (d, i, j) => {
          const p = Math.exp(y[i]![j]!);
          if (bug === 'sum forgotten') return d - p * d;
          if (bug === 'softmax forgotten') return d - sum(dy[i]!);
          if (bug === 'output for softmax') return d - y[i]![j]! * sum(dy[i]!);
          if (bug === 'term added') return d + p * sum(dy[i]!);
          if (bug === 'upstream alone') return d;
          if (bug === 'upstream of the second term forgotten') return d - p;
          if (bug === 'sum over the batch') return d - p * sumRows(dy)[j]!;
          return d - p * sum(dy[i]!);
        }),
    };
  },
);

const convolution = entry(
  'convolution in one dimension',
  [
    [0.5, -1.2, 0.8, 0.1, 1.1, -0.3, 0.7],
    [0.4, -0.7, 0.2],
  ],
  {
    bugs: {
      'kernel not flipped': 'kernel-not-flipped',
      'kernel gradient reversed': 'kernel-not-flipped',
      'dx assigned': 'overwritten-where-used-twice',
      'dw assigned': 'overwritten-where-used-twice',
      'dw averaged': ['averaged-instead-of-summed', 'constant-factor'],
      'kernel forgotten': 'factor-missing',
      'x forgotten': 'factor-missing',
      'upstream forgotten': 'upstream-missing',
    },
  },
  (bug) =>
    new (class Conv1d {
      x: Vector = [];
      w: Vector = [];
      forward(x: Vector, w: Vector): Vector {
        this.x = x;
        this.w = w;
        return zeros(x.length - w.length + 1).map((_, i) => sum(w.map((v, k) => v * x[i + k]!)));
      }
      backward(dy: Vector): [dx: Vector, dw: Vector] {
        const { x, w } = this;
        const [dx, dw] = [zeros(x.length), zeros(w.length)];
        dy.forEach((upstream, i) => {
          const d = bug === 'upstream forgotten' ? 1 : upstream;
          w.forEach((v, k) => {
            const weight = bug === 'kernel forgotten' ? 1 : bug === 'kernel not flipped' ? w.at(-1 - k)! : v;
            if (bug === 'dx assigned') dx[i + k] = d * weight;
            else dx[i + k]! += d * weight;
            const at = bug === 'kernel gradient reversed' ? w.length - 1 - k : k;
            const value = bug === 'x forgotten' ? 1 : x[i + k]!;
            if (bug === 'dw assigned') dw[at] = d * value;
            else dw[at]! += d * value;
          });
        });
        return [dx, bug === 'dw averaged' ? dw.map((v) => v / dy.length) : dw];
      }
    })(),
);

const IMAGE: Matrix = [
  [0.5, -1.2, 0.8, 0.1],
  [1.1, 0.3, -0.7, 0.4],
  [-0.4, 0.9, 0.2, -1],
  [0.6, -0.1, 1.3, 0.2],
];

const convolution2d = entry(
  'convolution of an image',
  [IMAGE],
  {
    bugs: {
      'kernel not flipped': 'kernel-not-flipped',
      'kernel gradient reversed': 'kernel-not-flipped',
      'kernel transposed': ['factor-not-transposed', 'kernel-not-flipped'],
      'bias not summed': 'not-summed-over-batch',
      'bias averaged': ['averaged-instead-of-summed', 'constant-factor'],
      'last patch only': 'overwritten-where-used-twice',
      'bias forgotten': 'bias-forgotten',
    },
  },
  (bug) =>
    new (class Conv2d {
      kernel: Matrix = [
        [0.4, -0.7],
        [0.2, 0.9],
      ];
      bias = 0.1;
      x: Matrix = [];
      dkernel: Matrix = [];
      dbias: unknown = 0;
      forward(x: Matrix): Matrix {
        this.x = x;
        const size = x.length - 1;
        return zeros(size).map((_, i) =>
          zeros(size).map(
            (_, j) => sum(map(this.kernel, (v, a, b) => v * x[i + a]![j + b]!).flat()) + this.bias,
          ),
        );
      }
      backward(dy: Matrix): Matrix {
        const { kernel, x } = this;
        const dx = zerosLike(x);
        this.dkernel = zerosLike(kernel);
        map(dy, (d, i, j) => {
          map(kernel, (v, a, b) => {
            let weight = v;
            if (bug === 'kernel not flipped') weight = kernel[1 - a]![1 - b]!;
            if (bug === 'kernel transposed') weight = kernel[b]![a]!;
            dx[i + a]![j + b]! += d * weight;
            const [p, q] = bug === 'kernel gradient reversed' ? [1 - a, 1 - b] : [a, b];
            if (bug === 'last patch only') this.dkernel[p]![q] = d * x[i + a]![j + b]!;
            else this.dkernel[p]![q]! += d * x[i + a]![j + b]!;
            return 0;
          });
          return 0;
        });
        this.dbias = sum(dy.flat());
        if (bug === 'bias not summed') this.dbias = dy;
        if (bug === 'bias averaged') this.dbias = sum(dy.flat()) / 9;
        if (bug === 'bias forgotten') this.dbias = 0;
        return dx;
      }
    })(),
);

const maxPool = entry(
  'max pooling',
  [[0.5, -1.2, 0.8, 0.1, 1.1, -0.3]],
  {
    bugs: {
      'to all of the window': 'mask-missing',
      'spread over the window': 'mask-missing',
      'to the smallest': 'mask-inverted',
      zero: 'zero-gradient',
      'times the value': 'factor-extra',
      'upstream forgotten': 'upstream-missing',
    },
  },
  (bug) => {
    let x: Vector = [];
    return {
      forward(values: Vector): Vector {
        x = values;
        return zeros(values.length / 2).map((_, i) => Math.max(x[2 * i]!, x[2 * i + 1]!));
      },
      backward(dy: Vector): Vector {
        return x.map((v, i) => {
          const d = dy[Math.floor(i / 2)]!;
          const isLargest = v > x[i ^ 1]!;
          if (bug === 'to all of the window') return d;
          if (bug === 'spread over the window') return d / 2;
          if (bug === 'to the smallest') return isLargest ? 0 : d;
          if (bug === 'zero') return 0;
          if (bug === 'times the value') return isLargest ? d * v : 0;
          if (bug === 'upstream forgotten') return isLargest ? 1 : 0;
          return isLargest ? d : 0;
        });
      },
    };
  },
);

const meanPool = entry(
  'mean of each row',
  [ROWS],
  {
    bugs: {
      'n forgotten': ['constant-factor', 'summed-instead-of-averaged'],
      'wrong n': 'constant-factor',
      'times the value': ['factor-extra', 'wrong-factor'],
      'upstream forgotten': 'upstream-missing',
    },
  },
  (bug) => {
    let x: Matrix = [];
    return {
      forward(values: Matrix): Vector {
        x = values;
        return values.map((row) => sum(row) / row.length);
      },
      backward: (dy: Vector): Matrix =>
        map(x, (v, i) => {
          const d = dy[i]!;
          if (bug === 'n forgotten') return d;
          if (bug === 'wrong n') return d / x.length;
          if (bug === 'times the value') return (d * v) / 4;
          if (bug === 'upstream forgotten') return 1 / 4;
          return d / 4;
        }),
    };
  },
);

const residual = entry(
  'residual block',
  [BATCH_OF_TWO()],
  {
    bugs: {
      'direct path forgotten': 'overwritten-where-used-twice',
      'branch forgotten': 'overwritten-where-used-twice',
      "tanh's derivative forgotten": ['unexplained', 'local-derivative-missing', 'constant-gradient'],
      'direct path doubled': 'term-extra',
      'weights without the local derivative': 'local-derivative-missing',
      'weights of the output': ['wrong-factor', 'taken-at-output'],
    },
  },
  (bug) =>
    new (class Residual {
      W: Matrix = [
        [0.4, -0.7, 0.1],
        [0.2, 0.9, -0.5],
        [-0.3, 0.6, 0.8],
      ];
      x: Matrix = [];
      h: Matrix = [];
      dW: Matrix = [];
      forward(x: Matrix): Matrix {
        this.x = x;
        this.h = map(matmul(x, this.W), Math.tanh);
        return zip(x, this.h, (a, b) => a + b);
      }
      backward(dy: Matrix): Matrix {
        const { x, h, W } = this;
        const dz = zip(dy, h, (d, v) => d * (1 - v * v));
        this.dW = matmul(transpose(x), bug === 'weights without the local derivative' ? dy : dz);
        if (bug === 'weights of the output') this.dW = matmul(transpose(zip(x, h, (a, b) => a + b)), dz);
        const branch = matmul(bug === "tanh's derivative forgotten" ? dy : dz, transpose(W));
        if (bug === 'direct path forgotten') return branch;
        if (bug === 'branch forgotten') return dy;
        if (bug === 'direct path doubled') return zip(branch, dy, (a, b) => a + 2 * b);
        return zip(branch, dy, (a, b) => a + b);
      }
    })(),
);

function BATCH_OF_TWO(): Matrix {
  return [
    [0.5, -1.2, 0.8],
    [1.1, 0.3, -0.7],
  ];
}

const rnnStep = entry(
  'step of a recurrent network',
  [
    BATCH_OF_TWO(),
    [
      [0.3, -0.4],
      [-0.2, 0.6],
    ],
  ],
  {
    bugs: {
      "tanh's derivative forgotten": 'local-derivative-missing',
      'z for h': 'taken-at-input',
      'bias not summed': 'not-summed-over-batch',
      'recurrent weights not transposed': 'factor-not-transposed',
      'recurrent weights from x': ['unexplained', 'wrong-shape'],
      'recurrent gradient transposed': 'transposed',
      'new state for the old one': ['wrong-factor', 'taken-at-output'],
      'upstream forgotten': 'upstream-missing',
    },
  },
  (bug) =>
    new (class RNNCell {
      Wx: Matrix = [
        [0.4, -0.7],
        [0.2, 0.9],
        [-0.3, 0.6],
      ];
      Wh: Matrix = [
        [0.5, -0.1],
        [0.3, 0.8],
      ];
      b: Vector = [0.1, -0.2];
      kept = { x: [] as Matrix, hPrev: [] as Matrix, z: [] as Matrix, h: [] as Matrix };
      dWx: Matrix = [];
      dWh: Matrix = [];
      db: Vector | Matrix = [];
      forward(x: Matrix, hPrev: Matrix): Matrix {
        const z = addRow(
          zip(matmul(x, this.Wx), matmul(hPrev, this.Wh), (a, c) => a + c),
          this.b,
        );
        const h = map(z, Math.tanh);
        this.kept = { x, hPrev, z, h };
        return h;
      }
      backward(dh: Matrix): [dx: Matrix, dhPrev: Matrix] {
        const { x, hPrev, z, h } = this.kept;
        let dz = zip(dh, h, (d, v) => d * (1 - v * v));
        if (bug === "tanh's derivative forgotten") dz = dh;
        if (bug === 'z for h') dz = zip(dh, z, (d, v) => d * (1 - v * v));
        if (bug === 'upstream forgotten') dz = map(h, (v) => 1 - v * v);
        this.dWx = matmul(transpose(x), dz);
        this.dWh = matmul(transpose(bug === 'new state for the old one' ? h : hPrev), dz);
        if (bug === 'recurrent gradient transposed') this.dWh = transpose(this.dWh);
        if (bug === 'recurrent weights from x') this.dWh = this.dWx;
        this.db = bug === 'bias not summed' ? dz : sumRows(dz);
        const back = bug === 'recurrent weights not transposed' ? this.Wh : transpose(this.Wh);
        return [matmul(dz, transpose(this.Wx)), matmul(dz, back)];
      }
    })(),
);

const rnn = entry(
  'recurrent network over time',
  [
    [
      [0.5, -1.2],
      [1.1, 0.3],
      [-0.4, 0.9],
    ],
    [0.2, -0.3],
  ],
  {
    bugs: {
      'path through time forgotten': 'overwritten-where-used-twice',
      'weights assigned': 'overwritten-where-used-twice',
      'last state only': ['unexplained', 'overwritten-where-used-twice'],
      "tanh's derivative forgotten": ['unexplained', 'local-derivative-missing', 'constant-gradient'],
      'upstream forgotten': 'upstream-missing',
      'bias assigned': 'overwritten-where-used-twice',
    },
  },
  (bug) =>
    new (class RNN {
      Wx: Matrix = [
        [0.4, -0.7],
        [0.2, 0.9],
      ];
      Wh: Matrix = [
        [0.5, -0.1],
        [0.3, 0.8],
      ];
      b: Vector = [0.1, -0.2];
      #x: Matrix = [];
      #h: Matrix = [];
      dWx: Matrix = [];
      dWh: Matrix = [];
      db: Vector = [];
      forward(x: Matrix, h0: Vector): Matrix {
        this.#x = x;
        this.#h = [h0];
        for (const row of x) {
          const z = zipRow(
            matmul([row], this.Wx)[0]!,
            matmul([this.#h.at(-1)!], this.Wh)[0]!,
            (a, c) => a + c,
          );
          this.#h.push(zipRow(z, this.b, (a, c) => Math.tanh(a + c)));
        }
        return this.#h.slice(1);
      }
      backward(dy: Matrix): [dx: Matrix, dh0: Vector] {
        const [x, h] = [this.#x, this.#h];
        const add = (a: Matrix, c: Matrix): Matrix => zip(a, c, (p, q) => p + q);
        let [dWx, dWh, db] = [zerosLike(this.Wx), zerosLike(this.Wh), zeros(2)];
        let dNext = zeros(2);
        const dx: Matrix = [];
        for (let t = x.length - 1; t >= 0; t--) {
          let dh = zipRow(dy[t]!, dNext, (a, c) => a + c);
          if (bug === 'path through time forgotten') dh = dy[t]!;
          if (bug === 'last state only' && t < x.length - 1) dh = dNext;
          if (bug === 'upstream forgotten') dh = dNext.map((d) => d + 1);
          const dz =
            bug === "tanh's derivative forgotten" ? dh : zipRow(dh, h[t + 1]!, (d, v) => d * (1 - v * v));
          const [stepX, stepH] = [matmul(transpose([x[t]!]), [dz]), matmul(transpose([h[t]!]), [dz])];
          dWx = bug === 'weights assigned' ? stepX : add(dWx, stepX);
          dWh = bug === 'weights assigned' ? stepH : add(dWh, stepH);
          db = bug === 'bias assigned' ? dz : zipRow(db, dz, (a, c) => a + c);
          dx.unshift(matmul([dz], transpose(this.Wx))[0]!);
          dNext = matmul([dz], transpose(this.Wh))[0]!;
        }
        this.dWx = dWx;
        this.dWh = dWh;
        this.db = db;
        return [dx, dNext];
      }
    })(),
);

const attention = entry(
  'attention',
  [
    [
      [0.5, -1.2],
      [1.1, 0.3],
      [-0.4, 0.9],
    ],
    [
      [0.2, 0.7],
      [-0.6, 0.4],
      [0.9, -0.1],
    ],
    [
      [1, 0.3],
      [-0.5, 0.8],
      [0.4, -0.7],
    ],
  ],
  {
    bugs: {
      'scale forgotten': 'constant-factor',
      'scale twice': 'constant-factor',
      'dV not transposed': ['factor-not-transposed', 'wrong-factor'],
      'dQ and dK swapped': 'gradient-of-other-input',
      'softmax diagonal only': 'softmax-jacobian-diagonal-only',
      'softmax forgotten': 'local-derivative-missing',
      'dK not transposed': 'factor-not-transposed',
      'dV the upstream': 'local-derivative-missing',
    },
  },
  (bug) => ({
    forward(Q: Matrix, K: Matrix, V: Matrix): [out: Matrix, cache: Matrix[]] {
      const A = scale(matmul(Q, transpose(K)), 1 / Math.sqrt(Q[0]!.length)).map(softmax);
      return [matmul(A, V), [Q, K, V, A]];
    },
    backward(dout: Matrix, cache: Matrix[]): [dQ: Matrix, dK: Matrix, dV: Matrix] {
      const [Q, K, V, A] = cache as [Matrix, Matrix, Matrix, Matrix];
      const dA = matmul(dout, transpose(V));
      let dS = A.map((row, i) => row.map((a, j) => a * (dA[i]![j]! - dot(row, dA[i]!))));
      if (bug === 'softmax diagonal only') dS = zip(A, dA, (a, d) => a * (1 - a) * d);
      if (bug === 'softmax forgotten') dS = dA;
      const root = Math.sqrt(Q[0]!.length);
      const factor = bug === 'scale forgotten' ? 1 : bug === 'scale twice' ? 1 / root ** 2 : 1 / root;
      const dQ = scale(matmul(dS, K), factor);
      const dK = scale(matmul(bug === 'dK not transposed' ? dS : transpose(dS), Q), factor);
      const dV = matmul(bug === 'dV not transposed' ? A : transpose(A), dout);
      if (bug === 'dQ and dK swapped') return [dK, dQ, dV];
      if (bug === 'dV the upstream') return [dQ, dK, dout];
      return [dQ, dK, dV];
    },
  }),
);

const cumulative = entry(
  'cumulative sum',
  [[0.5, -1.2, 0.8, 0.1]],
  {
    bugs: {
      'in the same direction': 'factor-not-transposed',
      'upstream alone': 'local-derivative-missing',
      'upstream of the last one only': 'overwritten-where-used-twice',
    },
  },
  (bug) => ({
    forward: (x: Vector): Vector => x.map((_, i) => sum(x.slice(0, i + 1))),
    backward: (dy: Vector): Vector =>
      dy.map((d, i) => {
        if (bug === 'in the same direction') return sum(dy.slice(0, i + 1));
        if (bug === 'upstream alone') return d;
        if (bug === 'upstream of the last one only') return dy.at(-1)!;
        return sum(dy.slice(i));
      }),
  }),
);

const gate = entry(
  'gated unit',
  [
    [0.5, -1.2, 0.8],
    [0.9, 0.4, -0.6],
  ],
  {
    bugs: {
      'gate forgotten': ['local-derivative-missing', 'factor-missing'],
      "sigmoid's derivative forgotten": ['factor-missing', 'local-derivative-missing'],
      'value forgotten': 'factor-missing',
      '1 - g forgotten': 'factor-missing',
      swapped: 'gradient-of-other-input',
      'gate of the wrong input': 'wrong-factor',
    },
  },
  (bug) =>
    new (class GLU {
      x: Vector = [];
      z: Vector = [];
      g: Vector = [];
      forward(x: Vector, z: Vector): Vector {
        this.x = x;
        this.z = z;
        this.g = z.map(sigmoid);
        return zipRow(x, this.g, (a, b) => a * b);
      }
      backward(dy: Vector): [dx: Vector, dz: Vector] {
        const { x, g } = this;
        const dx = dy.map((d, i) => {
          if (bug === 'gate forgotten') return d;
          if (bug === 'gate of the wrong input') return d * sigmoid(x[i]!);
          return d * g[i]!;
        });
        const dz = dy.map((d, i) => {
          const [v, s] = [x[i]!, g[i]!];
          if (bug === "sigmoid's derivative forgotten") return d * v;
          if (bug === 'value forgotten') return d * s * (1 - s);
          if (bug === '1 - g forgotten') return d * v * s;
          return d * v * s * (1 - s);
        });
        return bug === 'swapped' ? [dz, dx] : [dx, dz];
      }
    })(),
);

export const arrangements: readonly Entry[] = [
  ...[softmaxVector, softmaxRows, logSoftmax, convolution, convolution2d, maxPool, meanPool],
  ...[residual, rnnStep, rnn, attention, cumulative, gate],
];
