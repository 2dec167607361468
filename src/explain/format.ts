// Values on one line: a number as it is, a small array whole, a large one by its first elements and its shape.

import { formatNumber, formatShape, toTensor, type NestedArray } from '../tensor/index.js';

const WHOLE = 6; // elements that are all shown

/** `0.25`, `[1, 2, 3]`, or `[0.1, 0.2, 0.3, …] (shape [100, 2])`. Numbers have up to six digits. */
export function formatValue(value: NestedArray): string {
  if (!Array.isArray(value))
    return typeof value === 'boolean' ? String(value) : formatNumber(value as number);
  const { data, shape } = toTensor(value);
  if (data.length > WHOLE) {
    const first = Array.from(data.slice(0, 3), (element) => formatNumber(element));
    return `[${first.join(', ')}, …] (shape ${formatShape(shape)})`;
  }
  return `[${value.map(formatValue).join(', ')}]`;
}
