// Options of functions that slide over axes: a whole number for each axis, or one for all.

import { ValueError } from '../errors.js';

/** A whole number for each axis, or one for all of them. */
export type PerAxis = number | readonly number[];

/** One number for each of `axes` axes. Throws a `ValueError` for another count and for numbers below `least`. */
export function perAxis(
  where: string,
  option: string,
  given: PerAxis,
  axes: number,
  least: 0 | 1 = 1,
): readonly number[] {
  const numbers = typeof given === 'number' ? new Array<number>(axes).fill(given) : [...given];
  if (numbers.length !== axes || numbers.some((n) => !Number.isInteger(n) || n < least)) {
    throw new ValueError(
      `${where}: ${option} must be a whole number of at least ${least}` +
        `${axes > 1 ? `, or ${axes} of them` : ''}, got ${String(given)}`,
    );
  }
  return numbers;
}

/** `, stride=[2, 2]` for each option that is not its default for all axes. */
export function formatPerAxis(options: {
  readonly [name: string]: readonly [numbers: readonly number[] | undefined, usual: number];
}): string {
  return Object.entries(options)
    .filter(([, [numbers, usual]]) => numbers?.some((n) => n !== usual))
    .map(([name, [numbers]]) => `, ${name}=[${numbers?.join(', ')}]`)
    .join('');
}
