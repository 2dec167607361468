// Printing as NumPy does: eight digits, columns aligned, long rows broken, long axes shortened in the middle.

import type { Shape } from './shape.js';

const DIGITS = 8; // after the point
const THRESHOLD = 1000; // elements; beyond it the middle of each axis is left out
const EDGE = 3; // entries kept at each end of a shortened axis
const WIDTH = 75; // of a line

/** The numbers of a tensor as text: what `str` gives in NumPy with its default options (below 1e-308 the digits may differ). */
export function printTensor(t: {
  readonly data: Float64Array;
  readonly shape: Shape;
  readonly dtype: string;
}): string {
  const { data, shape, dtype } = t;
  if (shape.length === 0) return single(data[0]!, dtype);
  if (data.length === 0) return '[]';
  const shown = shape.map((length) => shownIndices(length, data.length > THRESHOLD));
  const cells = align(shownElements(data, shape, shown), dtype);
  let next = 0;
  const layout = (axis: number, room: number): string => {
    const inner = shape.length - axis - 1;
    const indent = ' '.repeat(axis + 1);
    const parts = shown[axis]!.map((i) =>
      i === null ? '...' : inner === 0 ? cells[next++]! : layout(axis + 1, room - 1),
    );
    return `[${inner === 0 ? breakLines(parts, indent, room - 1) : parts.join('\n'.repeat(inner) + indent)}]`;
  };
  return layout(0, WIDTH);
}

/** A number in at most `digits` significant digits, without trailing zeros: 0.25, 1.5e-8, -0.671184. */
export function formatNumber(value: number, digits = 6): string {
  if (!Number.isFinite(value)) return nonFinite(value);
  if (value === 0) return '0'; // a negative zero too
  const text = value.toPrecision(digits);
  const [mantissa = text, exponent] = text.split('e');
  const trimmed = mantissa.includes('.') ? mantissa.replace(/\.?0+$/, '') : mantissa;
  return exponent === undefined ? trimmed : `${trimmed}e${exponent.replace('+', '')}`;
}

/** The indices of an axis that are printed; null stands for those left out. */
function shownIndices(length: number, shorten: boolean): (number | null)[] {
  const all = Array.from({ length }, (_, i) => i);
  return shorten && length > 2 * EDGE ? [...all.slice(0, EDGE), null, ...all.slice(-EDGE)] : all;
}

function shownElements(data: Float64Array, shape: Shape, shown: readonly (number | null)[][]): number[] {
  const positions = shape.reduce(
    (starts, length, axis) =>
      starts.flatMap((start) => shown[axis]!.filter((i) => i !== null).map((i) => start * length + i)),
    [0],
  );
  return positions.map((position) => data[position]!);
}

/** Words of one row, on as many lines as they need. */
function breakLines(words: readonly string[], indent: string, room: number): string {
  const [first = '', ...rest] = words;
  let text = '';
  let line = indent + first;
  for (const word of rest) {
    if (line.length + 1 + word.length > room) {
      text += `${line.trimEnd()}\n`;
      line = indent + word;
    } else {
      line += ` ${word}`;
    }
  }
  return (text + line).slice(indent.length);
}

/** A number that stands alone: all its digits. */
function single(value: number, dtype: string): string {
  if (dtype === 'bool') return value === 0 ? 'False' : 'True';
  if (dtype === 'int64') return String(value);
  if (!Number.isFinite(value)) return nonFinite(value);
  const size = Math.abs(value);
  const { whole, fraction, exponent } = write(value, size >= 1e16 || (size > 0 && size < 1e-4), Infinity);
  return exponent === ''
    ? `${whole}.${fraction || '0'}`
    : `${whole}${fraction && `.${fraction}`}e${widen(exponent, 2)}`;
}

/** The elements of an array as words of one width, decimal points below each other. */
function align(values: readonly number[], dtype: string): string[] {
  if (dtype === 'bool') return values.map((value) => (value === 0 ? 'False' : ' True'));
  const words = dtype === 'int64' ? values.map(String) : decimals(values);
  const width = Math.max(...words.map((word) => word.length));
  return words.map((word) => word.padStart(width));
}

function decimals(values: readonly number[]): string[] {
  const sizes = values.map(Math.abs).filter((size) => Number.isFinite(size) && size > 0);
  const [largest, smallest] = [Math.max(...sizes), Math.min(...sizes)];
  // One very large or very small number, and the whole array is written with exponents.
  const scientific = sizes.length > 0 && (largest >= 1e8 || smallest < 1e-4 || largest / smallest > 1000);
  const written = values.map((value) => (Number.isFinite(value) ? write(value, scientific, DIGITS) : null));
  const longest = Math.max(...written.map((number) => number?.fraction.length ?? 0));
  const places = Math.max(2, ...written.map((number) => (number ? number.exponent.length - 1 : 0)));
  return written.map((number, i) => {
    if (!number) return nonFinite(values[i]!);
    const { whole, fraction, exponent } = number;
    return scientific
      ? `${whole}.${fraction.padEnd(longest, '0')}e${widen(exponent, places)}`
      : `${whole}.${fraction.padEnd(longest)}`;
  });
}

/** The parts of a number, with at most `digits` digits after the point. */
function write(
  value: number,
  scientific: boolean,
  digits: number,
): { readonly whole: string; readonly fraction: string; readonly exponent: string } {
  const [number = '', exponent = ''] = inDigits(Math.abs(value), scientific, digits).split('e');
  const [whole = '', fraction = ''] = number.split('.');
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  return { whole: sign + whole, fraction: fraction.replace(/0+$/, ''), exponent };
}

/** The shortest text that means a number; where that is too long it is rounded, on a tie to the even digit. */
function inDigits(size: number, scientific: boolean, digits: number): string {
  const to = (count: number): string => (scientific ? size.toExponential(count) : size.toFixed(count));
  const shortest = scientific ? size.toExponential() : String(size);
  const [, fraction = ''] = shortest.split('e')[0]!.split('.');
  if (fraction.length <= digits) return shortest;
  // Digits beyond the 40th are 0 in a tie. `toFixed` and `toExponential` would go up, NumPy goes to the even digit.
  const exact = to(40);
  const tie = /[02468]50{31}(?=e|$)/.test(exact);
  return tie ? exact.replace(/50{31}(?=e|$)/, '') : to(digits);
}

/** An exponent with its sign and at least so many digits: `+05`. */
function widen(exponent: string, places: number): string {
  return exponent.charAt(0) + exponent.slice(1).padStart(places, '0');
}

function nonFinite(value: number): string {
  return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf';
}
