// Numbers as the lab prints them.

/** A value with at most `digits` digits that count, a true minus sign, and lists in brackets. */
export function show(value: unknown, digits = 5): string {
  if (Array.isArray(value)) return `[${value.map((element) => show(element, digits)).join(', ')}]`;
  if (typeof value !== 'number') return String(value);
  if (!Number.isFinite(value)) return String(value).replace('Infinity', '∞').replace('-', '−');
  if (value === 0) return '0';
  const text = String(Number(value.toPrecision(digits)));
  return text.replaceAll('-', '−');
}

/** A value with a fixed number of decimals and a true minus sign. */
export function fixed(value: number, decimals = 4): string {
  return value.toFixed(decimals).replace('-', '−');
}
