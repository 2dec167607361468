// Printing as NumPy does: eight digits, columns aligned, long axes shortened in the middle.

import type { Shape } from './shape.js';

const THRESHOLD = 1000; // elements; beyond it the middle of each axis is left out
const EDGE = 3; // entries kept at each end of a shortened axis

/** The numbers of a tensor as text, in NumPy's layout with its default of eight digits. */
export function printTensor(t: {
  readonly data: Float64Array;
  readonly shape: Shape;
  readonly dtype: string;
}): string {
  const { data, shape, dtype } = t;
  const shorten = data.length > THRESHOLD;
  const rows: string[] = [];
  const collect = (axis: number, offset: number, stride: number): void => {
    if (axis === shape.length) {
      rows.push(offset < 0 ? '' : element(data[offset]!, dtype));
      return;
    }
    const inner = stride / shape[axis]!;
    for (const i of shown(shape[axis]!, shorten))
      if (i !== null) collect(axis + 1, offset + i * inner, inner);
  };
  if (data.length > 0) collect(0, 0, data.length);
  const cells = align(rows);
  let next = 0;
  const layout = (axis: number): string => {
    if (axis === shape.length) return cells[next++]!;
    const parts = shown(shape[axis]!, shorten).map((i) => (i === null ? '...' : layout(axis + 1)));
    const depth = shape.length - axis - 1;
    const separator = depth === 0 ? ' ' : '\n'.repeat(depth) + ' '.repeat(axis + 1);
    return `[${parts.join(separator)}]`;
  };
  return data.length === 0 ? `[] (shape [${shape.join(', ')}])` : layout(0);
}

/** A number in at most `digits` significant digits, without trailing zeros: 0.25, 1.5e-8, -0.671184. */
export function formatNumber(value: number, digits = 6): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf';
  if (Object.is(value, -0)) return '-0';
  const text = value.toPrecision(digits);
  const [mantissa = text, exponent] = text.split('e');
  const trimmed = mantissa.includes('.') ? mantissa.replace(/\.?0+$/, '') : mantissa;
  return exponent === undefined ? trimmed : `${trimmed}e${exponent.replace('+', '')}`;
}

function shown(length: number, shorten: boolean): (number | null)[] {
  const all = Array.from({ length }, (_, i) => i);
  return shorten && length > 2 * EDGE ? [...all.slice(0, EDGE), null, ...all.slice(-EDGE)] : all;
}

function element(value: number, dtype: string): string {
  if (dtype === 'bool') return value === 0 ? 'False' : 'True';
  return dtype === 'int64' ? String(value) : formatNumber(value, 8);
}

/** Pads numbers so that their decimal points stand below each other. */
function align(cells: readonly string[]): string[] {
  const split = cells.map((cell) => {
    const point = /^[^.e]*/.exec(cell)![0].length;
    return [point, cell.length - point] as const;
  });
  const before = Math.max(...split.map(([left]) => left));
  const after = Math.max(...split.map(([, right]) => right));
  return cells.map((cell, i) => ' '.repeat(before - split[i]![0]) + cell + ' '.repeat(after - split[i]![1]));
}
