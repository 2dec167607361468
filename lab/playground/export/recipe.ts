// What is to be written down as code: a training, and the weights that it begins from.

import type { Points } from '../datasets.js';
import { targetOf } from '../objective.js';
import type { LossName, Settings } from '../settings.js';

/** A training to write down. */
export interface Recipe {
  readonly settings: Settings;
  readonly points: Points;
  readonly epochs: number;
  /** All weights and biases; null for those that the seed gives. */
  readonly weights: ArrayLike<number> | null;
}

/** Rows of points, and their targets. */
export interface Part {
  readonly X: readonly (readonly [number, number])[];
  readonly y: readonly number[];
}

/** The samples for training, and those for testing. */
export function partsOf({ points, settings }: Recipe): { readonly train: Part; readonly test: Part } {
  const part = (from: number, to: number): Part => ({
    X: range(from, to).map((i) => [points.X[2 * i]!, points.X[2 * i + 1]!]),
    y: range(from, to).map((i) => targetOf(settings.training.loss, points.y[i]!)),
  });
  return { train: part(0, points.training), test: part(points.training, points.count) };
}

/** The weight matrix and the bias of each layer, taken out of all numbers in a row. */
export function layersOf(
  weights: ArrayLike<number>,
  widths: readonly number[],
): readonly { readonly weight: readonly (readonly number[])[]; readonly bias: readonly number[] }[] {
  let at = 0;
  const take = (count: number): number[] => range(at, (at += count)).map((i) => weights[i]!);
  return widths.slice(1).map((units, layer) => {
    const inputs = widths[layer]!;
    return { weight: range(0, units).map(() => take(inputs)), bias: take(units) };
  });
}

/** Units of each layer, inputs first. */
export function widthsOf({ network }: Settings): readonly number[] {
  return [2, ...network.layers.map(({ units }) => units), 1];
}

/** Whether the output is a probability, by a sigmoid. */
export function endsInSigmoid(loss: LossName): boolean {
  return loss === 'bce' || loss === 'mse';
}

/**
 * Values as code, as many to a line as fit: between the brackets, with a comma after each.
 *
 * @example
 * wrapped(['1', '2'], '  '); // '  1, 2,\n'
 */
export function wrapped(values: readonly string[], indent: string, width = 100): string {
  const lines: string[] = [];
  let line = indent;
  for (const value of values) {
    if (line.length > indent.length && line.length + value.length + 2 > width) {
      lines.push(line.trimEnd());
      line = indent;
    }
    line += `${value}, `;
  }
  if (line.length > indent.length) lines.push(line.trimEnd());
  return lines.map((one) => `${one}\n`).join('');
}

/** A list of numbers as code. */
export function list(values: readonly number[]): string {
  return `[${values.join(', ')}]`;
}

/** Points as arrays in Python, `X` and `y` with the given ending; `array` makes one of a list, of numbers of type `dtype`. */
export function pythonPoints(ending: string, { X, y }: Part, array: string, dtype: string): string {
  return [
    `X${ending} = ${array}([`,
    wrapped(X.map(list), '    ') + `], dtype=${dtype})`,
    `y${ending} = ${array}([`,
    wrapped(y.map(String), '    ') + `], dtype=${dtype}).reshape(-1, 1)`,
    '',
  ].join('\n');
}

/** Numbers from one to below another. */
export function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);
}
