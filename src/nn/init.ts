// How parameters begin.

import { ValueError } from '../errors.js';
import type { RandomState } from '../random/index.js';
import {
  full,
  ones as onesOf,
  sizeOf,
  tensor,
  zeros as zerosOf,
  type Shape,
  type Tensor,
} from '../tensor/index.js';

/**
 * Draws a parameter of a shape, `[outputs, inputs, …kernel]` for a weight; `fanIn` is the number of inputs that meet in one
 * output. Those by Glorot, He and Saxe are for weights; under them a parameter of a single axis, a bias, begins at 0.
 */
export type Initializer = (shape: Shape, fanIn: number, random: RandomState) => Tensor;

/** Uniform within ±1/√fanIn, which is what PyTorch draws for `Linear` and convolutions. The default. */
export const uniform: Initializer = (shape, fanIn, random) => {
  const bound = fanIn > 0 ? 1 / Math.sqrt(fanIn) : 0;
  return random.uniform(-bound, bound, shape);
};

/** Standard normal, as the class notes draw theirs. */
export const standardNormal: Initializer = (shape, _, random) => random.standardNormal(shape);

/** All zeros: right for a bias; for the weights of a hidden layer it leaves all units the same for ever. */
export const zeros: Initializer = (shape) => zerosOf(shape);

/** All ones. */
export const ones: Initializer = (shape) => onesOf(shape);

/** One number everywhere. */
export function constant(value: number): Initializer {
  return (shape) => full(shape, value);
}

/** Normal with this mean (default 0) and standard deviation (default 1). Equals `torch.nn.init.normal_`. */
export function normal(mean = 0, deviation = 1): Initializer {
  if (!(deviation >= 0))
    throw new ValueError(`init.normal: a deviation is at least 0, got ${String(deviation)}`);
  return (shape, _, random) => random.normal(mean, deviation, shape);
}

/** Uniform within ±√(6 / fanIn), for layers before a ReLU. Equals `torch.nn.init.kaiming_uniform_`. He et al., 2015. */
export const kaimingUniform: Initializer = weights((_, fanIn) => uniformOf(2 / fanIn));

/** Normal with variance 2 / fanIn, for layers before a ReLU. Equals `torch.nn.init.kaiming_normal_`. He et al., 2015. */
export const kaimingNormal: Initializer = weights((_, fanIn) => normalOf(2 / fanIn));

/**
 * Uniform within ±√(6 / (fanIn + fanOut)), for layers before a tanh or a sigmoid. Equals `torch.nn.init.xavier_uniform_`.
 * Glorot and Bengio, 2010.
 */
export const xavierUniform: Initializer = weights((shape) => uniformOf(2 / fans(shape)));

/** Normal with variance 2 / (fanIn + fanOut). Equals `torch.nn.init.xavier_normal_`. Glorot and Bengio, 2010. */
export const xavierNormal: Initializer = weights((shape) => normalOf(2 / fans(shape)));

/**
 * Rows of length 1 at right angles to each other (columns, if there are fewer of them). Goes with
 * `torch.nn.init.orthogonal_`. Saxe et al., 2014.
 */
export const orthogonal: Initializer = weights((shape) => (_, random) => {
  const [rows, columns] = [shape[0]!, sizeOf(shape.slice(1))];
  const isTall = rows > columns;
  const matrix = random.standardNormal([Math.min(rows, columns), Math.max(rows, columns)]);
  const square = orthonormal(matrix);
  return (isTall ? square.transpose() : square).reshape(shape).detach();
});

/** Draws a shape. */
type Draw = (shape: Shape, random: RandomState) => Tensor;

/** An initializer of weights; what has a single axis begins at 0. */
function weights(drawOf: (shape: Shape, fanIn: number) => Draw): Initializer {
  return (shape, fanIn, random) => (shape.length < 2 ? zerosOf(shape) : drawOf(shape, fanIn)(shape, random));
}

function uniformOf(variance: number): Draw {
  const bound = Math.sqrt(3 * variance);
  return (shape, random) => random.uniform(-bound, bound, shape);
}

function normalOf(variance: number): Draw {
  return (shape, random) => random.normal(0, Math.sqrt(variance), shape);
}

/** fanIn + fanOut of a weight `[outputs, inputs, …kernel]`. */
function fans(shape: Shape): number {
  return (shape[0]! + shape[1]!) * sizeOf(shape.slice(2));
}

/** The rows made orthonormal one after the other (Gram-Schmidt), twice over, since once leaves rounding. */
function orthonormal(matrix: Tensor): Tensor {
  const [count, length] = matrix.shape as [number, number];
  const rows = Array.from({ length: count }, (_, i) => matrix.data.slice(i * length, (i + 1) * length));
  const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, x, j) => sum + x * b[j]!, 0);
  for (const [i, row] of [...rows.entries(), ...rows.entries()]) {
    for (const before of rows.slice(0, i)) {
      const along = dot(row, before);
      row.forEach((x, j) => (row[j] = x - along * before[j]!));
    }
    const size = Math.sqrt(dot(row, row));
    row.forEach((x, j) => (row[j] = x / size));
  }
  return tensor(Float64Array.from(rows.flatMap((row) => [...row])), { shape: matrix.shape });
}
