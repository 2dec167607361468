// An axis: from the data's extent to a domain, a scale to pixels, and ticks whose labels do not touch.

import { scaleLinear, scaleLog } from 'd3-scale';
import { ValueError } from '../errors.js';
import { textWidth } from './svg.js';
import { SIZE } from './theme.js';

type Interval = readonly [from: number, to: number];

/** A laid out axis: the position in pixels of any value, and the ticks. */
export interface Axis {
  readonly scale: (value: number) => number;
  readonly ticks: readonly { readonly position: number; readonly label: string }[];
}

const MOST_TICKS = 8;

/**
 * Lays out an axis from pixel to pixel (`range`). The domain is the extent of the (finite) values unless given, and
 * `nice` widens it to round numbers. Whole x values, such as epochs, get whole ticks.
 * Throws a `ValueError` for a domain that is not two finite, increasing numbers.
 */
export function layoutAxis(
  which: 'x' | 'y',
  values: readonly number[],
  range: Interval,
  { domain, log, nice }: { domain: Interval | undefined; log: boolean; nice: boolean },
): Axis {
  const [low, high] = checkDomain(which, domain, log) ?? extent(values, log);
  const scale = (log ? scaleLog() : scaleLinear()).domain([low, high]).range(range);
  if (nice && !domain && !log) scale.nice();

  const length = Math.abs(range[1] - range[0]);
  const steps = which === 'x' && values.every(Number.isInteger) ? Math.floor(high - low) : Infinity;
  const fitting = Math.round(length / (which === 'x' ? 80 : 40));
  const needs = (label: string): number => SIZE.text + (which === 'x' ? textWidth(label, SIZE.text) : 8);
  for (let count = Math.max(1, Math.min(MOST_TICKS, steps, fitting)); ; count--) {
    const places = log ? roundest(scale.ticks(count)) : scale.ticks(count);
    const format = tickFormat(places, log, scale.tickFormat(count));
    const ticks = places.map((place) => ({ position: scale(place), label: format(place) }));
    if (count <= 1 || ticks.reduce((sum, { label }) => sum + needs(label), 0) <= length)
      return { scale, ticks };
  }
}

function checkDomain(which: string, domain: Interval | undefined, log: boolean): Interval | undefined {
  if (domain === undefined) return undefined;
  const [low, high] = domain;
  if (Number.isFinite(low) && Number.isFinite(high) && low < high && (low > 0 || !log)) return domain;
  throw new ValueError(
    `figure: ${which}Domain must be two finite numbers, the smaller first` +
      `${log ? ' and both above 0 on a log scale' : ''}, got [${low}, ${high}]`,
  );
}

/** From the least to the greatest value; round a single value, half of it to both sides. */
function extent(values: readonly number[], log: boolean): Interval {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (log && value <= 0) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (low > high) return log ? [0.1, 1] : [0, 1];
  if (low < high) return [low, high];
  const margin = Math.abs(low) / 2 || 1;
  return [low - margin, high + margin];
}

/** Of a log scale's ticks the powers of ten; where these are few, also 2 and 5 times them; else all. */
function roundest(ticks: readonly number[]): readonly number[] {
  const among = (digits: string): number[] =>
    ticks.filter((tick) => digits.includes(tick.toExponential()[0]!));
  return [among('1'), among('125')].find((some) => some.length > 2) ?? ticks;
}

/** 1,000 and 0.25; but 2e−8 and 1e6 where that would be a row of zeros: on a log scale tick by tick, else for all. */
function tickFormat(ticks: readonly number[], log: boolean, usual: (value: number) => string) {
  const isShort = (size: number): boolean => size < 1e6 && size >= 1e-3;
  const scientific = (value: number): string =>
    value === 0 ? '0' : Number(value.toPrecision(6)).toExponential().replace('e+', 'e').replaceAll('-', '−');
  if (log) return (value: number) => (isShort(value) ? value.toLocaleString('en-US') : scientific(value));
  return isShort(Math.max(...ticks.map(Math.abs))) ? usual : scientific;
}
