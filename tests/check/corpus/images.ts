// Layers on images and sequences, [batch, channels, height, width], written with loops as the CS231n exercises do.

import { sum, type Matrix, type Vector } from './arrays.js';
import { entry, type Entry } from './entry.js';

type Volume = number[][][];
type Images = number[][][][];

/** Numbers that look random and are always the same. */
function numbers(count: number, seed: number): number[] {
  return Array.from({ length: count }, (_, i) =>
    Number((1.7 * Math.sin(12.9 * (i + 1) + 4.1 * seed)).toFixed(2)),
  );
}

function images(n: number, c: number, h: number, w: number, seed = 1): Images {
  const flat = numbers(n * c * h * w, seed);
  let at = 0;
  return Array.from({ length: n }, () =>
    Array.from({ length: c }, () =>
      Array.from({ length: h }, () => Array.from({ length: w }, () => flat[at++]!)),
    ),
  );
}

const mapImages = (x: Images, f: (v: number, n: number, c: number, i: number, j: number) => number): Images =>
  x.map((volume, n) => volume.map((plane, c) => plane.map((row, i) => row.map((v, j) => f(v, n, c, i, j)))));

const each = (x: Images, visit: (v: number, n: number, c: number, i: number, j: number) => void): void => {
  mapImages(x, (v, n, c, i, j) => {
    visit(v, n, c, i, j);
    return 0;
  });
};

const zerosLike = (x: Images): Images => mapImages(x, () => 0);

const convolution = entry(
  'convolution layer, as in CS231n',
  [images(2, 1, 3, 3), images(2, 1, 3, 3, 2), [0.1, -0.2]],
  {
    bugs: {
      'kernel not flipped': 'kernel-not-flipped',
      'bias summed over the batch only': 'not-summed-over-batch',
      'bias of the last sample': 'overwritten-where-used-twice',
      'weights assigned': 'overwritten-where-used-twice',
      'dx assigned': 'overwritten-where-used-twice',
      'padding kept': ['wrong-place', 'unexplained'],
      'weights averaged over the batch': 'averaged-instead-of-summed',
      'db and dw swapped': 'gradient-of-other-input',
    },
  },
  (bug) => {
    type Cache = [Images, Images, Vector];
    const at = (x: Images, n: number, c: number, i: number, j: number): number => x[n]![c]![i]?.[j] ?? 0; // padding of 1
    return {
      forward(x: Images, w: Images, b: Vector): [out: Images, cache: Cache] {
        const out = x.map((_, n) =>
          w.map((filter, f) =>
            x[0]![0]!.map((row, i) =>
              row.map((_, j) => {
                let total = b[f]!;
                filter.forEach((plane, c) =>
                  plane.forEach((line, p) =>
                    line.forEach((v, q) => (total += v * at(x, n, c, i + p - 1, j + q - 1))),
                  ),
                );
                return total;
              }),
            ),
          ),
        );
        return [out, [x, w, b]];
      },
      backward(dout: Images, [x, w, b]: Cache): unknown[] {
        const [dx, dw] = [zerosLike(x), zerosLike(w)];
        each(dout, (d, n, f, i, j) =>
          w[f]!.forEach((plane, c) =>
            plane.forEach((line, p) =>
              line.forEach((v, q) => {
                const [r, s] = [i + p - 1, j + q - 1];
                if (dx[n]![c]![r]?.[s] === undefined) return;
                const weight = bug === 'kernel not flipped' ? plane[2 - p]![2 - q]! : v;
                if (bug === 'dx assigned') dx[n]![c]![r]![s] = d * weight;
                else if (bug === 'padding kept') dx[n]![c]![i]![j]! += d * weight;
                else dx[n]![c]![r]![s]! += d * weight;
                if (bug === 'weights assigned') dw[f]![c]![p]![q] = d * x[n]![c]![r]![s]!;
                else dw[f]![c]![p]![q]! += d * x[n]![c]![r]![s]!;
              }),
            ),
          ),
        );
        const perImage = dout.map((volume) => volume.map((plane) => sum(plane.flat())));
        let db: unknown = b.map((_, f) => sum(perImage.map((row) => row[f]!)));
        if (bug === 'bias summed over the batch only') {
          db = dout[0]!.map((plane, f) =>
            plane.map((row, i) => row.map((_, j) => sum(dout.map((v) => v[f]![i]![j]!)))),
          );
        }
        if (bug === 'bias of the last sample') db = perImage.at(-1);
        const average = bug === 'weights averaged over the batch' ? 1 / x.length : 1;
        const scaled = mapImages(dw, (v) => v * average);
        return bug === 'db and dw swapped' ? [dx, db, scaled] : [dx, scaled, db];
      },
    };
  },
);

const maxPool = entry(
  'max pooling of images',
  [images(2, 1, 4, 4, 3)],
  {
    bugs: {
      'to all of the window': 'mask-missing',
      'spread over the window': 'mask-missing',
      'to the corner of the window': ['wrong-place', 'mask-missing'],
      'upstream forgotten': 'upstream-missing',
      'times the largest': 'factor-extra',
      'largest of the whole image': ['unexplained', 'mask-missing', 'wrong-on-one-side'],
    },
  },
  (bug) =>
    new (class MaxPool {
      x: Images = [];
      forward(x: Images): Images {
        this.x = x;
        return x.map((volume) =>
          volume.map((plane) => [0, 1].map((i) => [0, 1].map((j) => Math.max(...this.window(plane, i, j))))),
        );
      }
      window(plane: Matrix, i: number, j: number): Vector {
        return [
          plane[2 * i]![2 * j]!,
          plane[2 * i]![2 * j + 1]!,
          plane[2 * i + 1]![2 * j]!,
          plane[2 * i + 1]![2 * j + 1]!,
        ];
      }
      backward(dout: Images): Images {
        return mapImages(this.x, (v, n, c, i, j) => {
          const [p, q] = [i >> 1, j >> 1];
          const plane = this.x[n]![c]!;
          const d = bug === 'upstream forgotten' ? 1 : dout[n]![c]![p]![q]!;
          const largest = Math.max(...this.window(plane, p, q));
          if (bug === 'to all of the window') return d;
          if (bug === 'spread over the window') return d / 4;
          if (bug === 'to the corner of the window') return i % 2 === 0 && j % 2 === 0 ? d : 0;
          if (bug === 'times the largest') return v === largest ? d * v : 0;
          if (bug === 'largest of the whole image') return v === Math.max(...plane.flat()) ? d : 0;
          return v === largest ? d : 0;
        });
      }
    })(),
);

const averagePool = entry(
  'global average pooling',
  [images(2, 3, 2, 2, 4)],
  {
    bugs: {
      'count forgotten': ['constant-factor', 'summed-instead-of-averaged'],
      'width only': 'constant-factor',
      'upstream forgotten': 'upstream-missing',
      'batch for channels': ['unexplained', 'wrong-place'],
    },
  },
  (bug) => {
    let x: Images = [];
    return {
      forward(images: Images): Matrix {
        x = images;
        return images.map((volume) => volume.map((plane) => sum(plane.flat()) / plane.flat().length));
      },
      backward: (dout: Matrix): Images =>
        mapImages(x, (_, n, c) => {
          const d = dout[n]![c]!;
          const size = x[0]![0]!.length;
          if (bug === 'count forgotten') return d;
          if (bug === 'width only') return d / size;
          if (bug === 'upstream forgotten') return 1 / size ** 2;
          if (bug === 'batch for channels') return dout[(n + c) % 2]![c]! / size ** 2;
          return d / size ** 2;
        }),
    };
  },
);

const batchNorm = entry(
  'batch norm of images',
  [images(2, 2, 2, 3, 5)],
  {
    bugs: {
      'mean and variance as constants': 'statistics-as-constants',
      'variance path forgotten': 'variance-path-forgotten',
      'gamma forgotten': 'factor-missing',
      'beta not summed over the image': 'not-summed-over-batch',
      'gamma without x hat': 'factor-missing',
      'count of the batch only': ['unexplained', 'summed-instead-of-averaged'],
      'beta averaged': 'averaged-instead-of-summed',
    },
  },
  (bug) =>
    new (class BatchNorm2d {
      gamma: Vector = [1.3, -0.6];
      beta: Vector = [0.2, 0.1];
      xHat: Images = [];
      std: Vector = [];
      dgamma: Vector = [];
      dbeta: unknown = [];
      forward(x: Images): Images {
        const channel = (c: number): Vector => x.flatMap((volume) => volume[c]!.flat());
        const mean = this.gamma.map((_, c) => sum(channel(c)) / channel(c).length);
        this.std = this.gamma.map((_, c) =>
          Math.sqrt(sum(channel(c).map((v) => (v - mean[c]!) ** 2)) / channel(c).length + 1e-5),
        );
        this.xHat = mapImages(x, (v, _, c) => (v - mean[c]!) / this.std[c]!);
        return mapImages(this.xHat, (v, _, c) => v * this.gamma[c]! + this.beta[c]!);
      }
      backward(dy: Images): Images {
        const { gamma, xHat, std } = this;
        const total = (of: (d: number, h: number) => number): Vector =>
          gamma.map((_, c) =>
            sum(dy.flatMap((volume, n) => volume[c]!.flat().map((d, k) => of(d, xHat[n]![c]!.flat()[k]!)))),
          );
        this.dgamma = total((d, h) => (bug === 'gamma without x hat' ? d : d * h));
        this.dbeta = total((d) => d);
        const count = bug === 'count of the batch only' ? dy.length : dy.length * dy[0]![0]!.flat().length;
        if (bug === 'beta averaged') this.dbeta = total((d) => d / count);
        if (bug === 'beta not summed over the image') {
          this.dbeta = dy[0]!.map((plane, c) =>
            plane.map((row, i) => row.map((_, j) => sum(dy.map((v) => v[c]![i]![j]!)))),
          );
        }
        const [sums, products] = [total((d) => d), total((d, h) => d * h)];
        return mapImages(dy, (d, n, c, i, j) => {
          const [h, g, s] = [xHat[n]![c]![i]![j]!, bug === 'gamma forgotten' ? 1 : gamma[c]!, std[c]!];
          if (bug === 'mean and variance as constants') return (g * d) / s;
          if (bug === 'variance path forgotten') return (g * (d - sums[c]! / count)) / s;
          return (g * (d - sums[c]! / count - (h * products[c]!) / count)) / s;
        });
      }
    })(),
);

const flatten = entry(
  'flatten and affine, as in CS231n',
  [
    images(2, 2, 2, 2, 6),
    [numbers(3, 7), ...[1, 2, 3, 4, 5, 6, 7].map((k) => numbers(3, 7 + k))],
    [0.1, -0.2, 0.3],
  ],
  {
    bugs: {
      'db not summed': 'not-summed-over-batch',
      'dw averaged': 'averaged-instead-of-summed',
      'dw without x': 'factor-missing',
      'dx without w': ['unexplained', 'factor-missing'],
      'dw of the first sample': ['not-summed-over-batch', 'overwritten-where-used-twice'],
    },
    variants: ['dx left flat'],
  },
  (bug) => ({
    forward(x: Images, w: Matrix, b: Vector): [out: Matrix, cache: unknown] {
      const rows = x.map((volume) => volume.flat(2));
      return [rows.map((row) => b.map((v, j) => v + sum(row.map((u, i) => u * w[i]![j]!)))), { x, w }];
    },
    backward(dout: Matrix, cache: { x: Images; w: Matrix }): unknown[] {
      const { x, w } = cache;
      const rows = x.map((volume) => volume.flat(2));
      const flat = dout.map((row) =>
        w.map((line) => sum(row.map((d, j) => d * (bug === 'dx without w' ? 1 : line[j]!)))),
      );
      const dx = mapImages(x, (_, n, c, i, j) => flat[n]![4 * c + 2 * i + j]!);
      const samples = bug === 'dw of the first sample' ? [0] : [...rows.keys()];
      const dw = w.map((line, i) =>
        line.map((_, j) => {
          const total = sum(samples.map((n) => (bug === 'dw without x' ? 1 : rows[n]![i]!) * dout[n]![j]!));
          return bug === 'dw averaged' ? total / rows.length : total;
        }),
      );
      const db = dout[0]!.map((_, j) => sum(dout.map((row) => row[j]!)));
      return [bug === 'dx left flat' ? flat : dx, dw, bug === 'db not summed' ? dout : db];
    },
  }),
);

const sequence = entry(
  'layer over a sequence, [batch, time, features]',
  [images(1, 2, 3, 2, 8)[0]!],
  {
    bugs: {
      'bias summed over the batch only': 'not-summed-over-batch',
      'bias summed over the time only': 'not-summed-over-batch',
      'weights of the last step': 'overwritten-where-used-twice',
      'bias averaged': ['averaged-instead-of-summed', 'constant-factor'],
      'weights transposed': 'transposed',
      "tanh's derivative forgotten": 'local-derivative-missing',
    },
  },
  (bug) =>
    new (class TimeDense {
      W: Matrix = [
        [0.4, -0.7],
        [0.2, 0.9],
      ];
      b: Vector = [0.1, -0.2];
      x: Volume = [];
      y: Volume = [];
      dW: Matrix = [];
      db: unknown = [];
      forward(x: Volume): Volume {
        this.x = x;
        this.y = x.map((rows) =>
          rows.map((row) => this.b.map((v, j) => Math.tanh(v + sum(row.map((u, i) => u * this.W[i]![j]!))))),
        );
        return this.y;
      }
      backward(dy: Volume): Volume {
        const { x, y, W } = this;
        const dz = dy.map((rows, n) =>
          rows.map((row, t) =>
            row.map((d, j) => (bug === "tanh's derivative forgotten" ? d : d * (1 - y[n]![t]![j]! ** 2))),
          ),
        );
        const steps = dz.flatMap((rows, n) => rows.map((d, t) => ({ d, x: x[n]![t]!, t })));
        const used = bug === 'weights of the last step' ? steps.filter(({ t }) => t === 2) : steps;
        this.dW = W.map((row, i) =>
          row.map((_, j) => {
            const [p, q] = bug === 'weights transposed' ? [j, i] : [i, j];
            return sum(used.map(({ d, x }) => x[p]! * d[q]!));
          }),
        );
        const db = this.b.map((_, j) => sum(steps.map(({ d }) => d[j]!)));
        this.db = bug === 'bias averaged' ? db.map((d) => d / steps.length) : db;
        if (bug === 'bias summed over the batch only')
          this.db = dz[0]!.map((row, t) => row.map((_, j) => sum(dz.map((r) => r[t]![j]!))));
        if (bug === 'bias summed over the time only')
          this.db = dz.map((rows) => rows[0]!.map((_, j) => sum(rows.map((r) => r[j]!))));
        return dz.map((rows) => rows.map((row) => W.map((line) => sum(row.map((d, j) => d * line[j]!)))));
      }
    })(),
);

export const imageLayers: readonly Entry[] = [
  convolution,
  maxPool,
  averagePool,
  batchNorm,
  flatten,
  sequence,
];
