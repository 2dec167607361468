// Results as text for the terminal.

import type { Learned } from './accuracy.js';
import { OURS } from './entrants.js';
import { outcomesOf, type Outcome } from './goals.js';
import type { Result } from './race.js';
import type { Size } from './size.js';
import type { Spread } from './statistics.js';
import { operations, parameterCount, type Work } from './works.js';

/** Three significant digits, without an exponent. */
export function short(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(3)));
}

function spread({ lower, upper }: Spread): string {
  return `${short(lower)} – ${short(upper)}`;
}

/** A work's times, those who were not timed and why, and the goals. */
export function raceTable(work: Work, results: readonly Result[]): string {
  const ours = results.find(({ name }) => name === OURS)?.time?.median ?? NaN;
  const notes = [...new Set(results.flatMap(({ note, time }) => (note && time ? note : [])))];
  const sign = ({ note }: Result): string => (note ? ` [${notes.indexOf(note) + 1}]` : '');
  const rows = results
    .flatMap((result) => (result.time ? [{ ...result, time: result.time }] : []))
    .sort((a, b) => a.time.median - b.time.median)
    .map((result) => [
      result.name + sign(result),
      short(result.time.median),
      spread(result.time),
      Number.isNaN(ours) ? '' : short(result.time.median / ours),
      result.precision,
      (result.error ?? NaN).toExponential(0),
      short(result.first ?? NaN),
    ]);
  const head = ['', 'µs a step', 'quartiles', '× ours', 'in', 'loss off by', 'first epoch, ms'];
  return [
    headOf(work),
    ...columns([head, ...rows]),
    ...notes.map((note, i) => `[${i + 1}] ${note}`),
    ...results.flatMap(({ name, trouble }) => (trouble ? `not timed: ${name}: ${trouble}` : [])),
    ...outcomesOf(work.name, results).map(outcomeLine),
  ].join('\n');
}

function headOf(work: Work): string {
  const { name, layers, batch, optimizer, precision } = work;
  const size = `${parameterCount(work).toLocaleString('en')} parameters`;
  const arithmetic = `${short(operations(work) / 1e6)} MFLOP a step`;
  return `${name}: ${layers.join('-')}, batch ${batch}, ${optimizer}, ${precision}; ${size}, ${arithmetic}`;
}

function outcomeLine({ peer, factor, found, reached }: Outcome): string {
  return `${reached ? '✓' : '✗'} ${short(found)} × as fast as ${peer}, the goal is ${short(factor)}`;
}

/** What was learned of the digits, and how long it took. */
export function learningTable(learned: readonly Learned[]): string {
  const percent = (share = NaN): string => `${(100 * share).toFixed(2)} %`;
  const rows = learned.flatMap(({ name, test, training, time }) =>
    time ? [[name, percent(test), percent(training), short(time.median), spread(time)]] : [],
  );
  return [
    "MNIST's digits, 784-128-10, ten epochs of Adam on 8,000, tested on 2,000 others",
    ...columns([['', 'test', 'training', 'ms', 'quartiles'], ...rows]),
    ...learned.flatMap(({ name, trouble }) => (trouble ? `not measured: ${name}: ${trouble}` : [])),
  ].join('\n');
}

/** What a page would load of each library. */
export function sizeTable(sizes: readonly Size[]): string {
  const kilobytes = (bytes: number): string => short(bytes / 1000);
  const rows = sizes.map(({ name, minified, gzipped, trouble }) =>
    trouble ? [name, trouble] : [name, kilobytes(minified), kilobytes(gzipped)],
  );
  return ['Size of the library in a page', ...columns([['', 'minified, KB', 'gzipped, KB'], ...rows])].join(
    '\n',
  );
}

/** Cells under each other, the first column to the left and the rest to the right. */
export function columns(rows: readonly (readonly string[])[]): string[] {
  const width = (i: number): number => Math.max(...rows.map((row) => row[i]?.length ?? 0));
  return rows.map((row) =>
    row.map((cell, i) => (i === 0 ? cell.padEnd(width(i)) : cell.padStart(width(i) + 2))).join(''),
  );
}
