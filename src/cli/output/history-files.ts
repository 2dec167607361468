// The history of one or several runs as files for other programs.

/** For each series, a number per epoch. */
export type Series = Readonly<Record<string, readonly number[] | undefined>>;

/**
 * A line per epoch, a column per series; every number with all its digits.
 *
 * @example
 * historyCSV({ loss: [2, 1], accuracy: [0.5, 1] }); // 'epoch,loss,accuracy\n1,2,0.5\n2,1,1\n'
 */
export function historyCSV(series: Series): string {
  const columns = Object.entries(series).flatMap(([name, values]) => (values ? [{ name, values }] : []));
  const epochs = Math.max(0, ...columns.map(({ values }) => values.length));
  const rows = Array.from({ length: epochs }, (_, i) => [
    i + 1,
    ...columns.map(({ values }) => values[i] ?? ''),
  ]);
  return [['epoch', ...columns.map(({ name }) => name)], ...rows].map((row) => `${row.join(',')}\n`).join('');
}

/** A value as indented JSON, lists of numbers on one line. */
export function toJSON(value: unknown): string {
  return JSON.stringify(value, null, 2).replace(
    /\[\n\s+(-?[\d.e+-]+(?:,\s+-?[\d.e+-]+)*)\s+\]/g,
    (_, numbers: string) => `[${numbers.replace(/\s+/g, ' ')}]`,
  );
}
