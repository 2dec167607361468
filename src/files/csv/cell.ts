// What a field of a table says: nothing, a number, a date.

const MISSING = new Set(['', 'na', 'n/a', 'nan', 'null', '?']);

/** @internal Whether a field stands for a value that is not there: empty, NA, N/A, NaN, null, ?, in capitals or not. */
export function isMissing(field: string): boolean {
  return field.length <= 4 && MISSING.has(field.toLowerCase());
}

/** @internal The finite number that a field says, as programs write them (a point, no thousands); null if it says none. */
export function numberIn(field: string): number | null {
  if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(field)) return null;
  const value = Number(field);
  return Number.isFinite(value) ? value : null;
}

/** @internal Whether a field looks like a day: 2024-01-31, 31.1.2024, 1/31/24, with a time or without. */
export function isDate(field: string): boolean {
  return /^(?:\d{4}([-/.])\d{1,2}\1\d{1,2}|\d{1,2}([-/.])\d{1,2}\2(?:\d{4}|\d{2}))(?:[T ]\d{1,2}:\d{2}.*)?$/.test(
    field,
  );
}
