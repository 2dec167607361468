// The few helpers on plain nested arrays that a learner writes before the first layer.

export type Vector = number[];
export type Matrix = number[][];

export const zeros = (n: number): Vector => new Array<number>(n).fill(0);
export const zerosLike = (a: Matrix): Matrix => a.map((row) => zeros(row.length));
export const sum = (a: Vector): number => a.reduce((total, x) => total + x, 0);
export const transpose = (a: Matrix): Matrix => a[0]!.map((_, j) => a.map((row) => row[j]!));
export const dot = (a: Vector, b: Vector): number => sum(a.map((x, i) => x * b[i]!));
export const matmul = (a: Matrix, b: Matrix): Matrix =>
  a.map((row) => transpose(b).map((column) => dot(row, column)));
export const map = (a: Matrix, f: (x: number, i: number, j: number) => number): Matrix =>
  a.map((row, i) => row.map((x, j) => f(x, i, j)));
export const zip = (a: Matrix, b: Matrix, f: (x: number, y: number) => number): Matrix =>
  map(a, (x, i, j) => f(x, b[i]![j]!));
export const zipRow = (a: Vector, b: Vector, f: (x: number, y: number) => number): Vector =>
  a.map((x, i) => f(x, b[i]!));
export const scale = (a: Matrix, factor: number): Matrix => map(a, (x) => x * factor);
export const addRow = (a: Matrix, row: Vector): Matrix => map(a, (x, _, j) => x + row[j]!);
/** Sum over axis 0: one number for each column. */
export const sumRows = (a: Matrix): Vector => transpose(a).map(sum);
/** Sum over axis 1: one number for each row. */
export const sumColumns = (a: Matrix): Vector => a.map(sum);
export const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));
export const softmax = (z: Vector): Vector => {
  const largest = Math.max(...z);
  const powers = z.map((x) => Math.exp(x - largest));
  return powers.map((x) => x / sum(powers));
};
