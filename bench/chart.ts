// The chart of a race: for every work a row a contender, a dot at the median and a line across the quartiles, on a logarithmic
// axis of its own.

import { scaleLog } from 'd3-scale';
import { PALETTE } from '../src/plot/index.js';
import { OURS } from './entrants.js';
import type { Result } from './race.js';
import { short } from './table.js';
import type { Work } from './works.js';

const WIDTH = 760;
const NAMES = 200; // pixels for the names of contenders
const RIGHT = 130; // and for the numbers
const ROW = 22;
const HEAD = 48;

export function raceChart(
  races: readonly { readonly work: Work; readonly results: readonly Result[] }[],
): string {
  let top = 36;
  const parts = races.map(({ work, results }) => {
    const timed = results
      .flatMap(({ name, time }) => (time ? { name, ...time } : []))
      .sort((a, b) => a.median - b.median);
    const part = panel(`${work.name}, batch ${work.batch}`, timed, top);
    top += HEAD + ROW * timed.length;
    return part;
  });
  const height = top + 12;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" role="img" ` +
      `aria-label="Time of a training step" font-family="sans-serif" font-size="13" fill="#222">`,
    `<rect width="${WIDTH}" height="${height}" rx="8" fill="white"/>`,
    `<text x="16" y="28" font-size="16" font-weight="bold">A training step: microseconds, median and quartiles</text>`,
    ...parts,
    `</svg>\n`,
  ].join('\n');
}

interface Row {
  readonly name: string;
  readonly median: number;
  readonly lower: number;
  readonly upper: number;
}

function panel(title: string, rows: readonly Row[], top: number): string {
  const ours = rows.find(({ name }) => name === OURS)?.median;
  const [low, high] = [Math.min(...rows.map((row) => row.lower)), Math.max(...rows.map((row) => row.upper))];
  const x = scaleLog()
    .domain([low / 1.5, high * 1.5])
    .range([NAMES, WIDTH - RIGHT]);
  const bottom = top + HEAD + ROW * rows.length - 8;
  const powers = x.ticks().filter((tick) => Number.isInteger(Math.log10(tick)));
  const grid = powers.map((tick) => {
    const at = x(tick).toFixed(1);
    const label = `<text x="${at}" y="${top + HEAD - 14}" text-anchor="middle" font-size="11" fill="#777">${short(tick)}</text>`;
    return `<path d="M${at},${top + HEAD - 10}V${bottom}" stroke="#ddd"/>${label}`;
  });
  const drawn = rows.map(({ name, median, lower, upper }, i) => {
    const y = top + HEAD + ROW * i + 2;
    const color = name.startsWith('chainrule') ? PALETTE[0] : '#777';
    const ratio = ours === undefined ? '' : ` (${short(median / ours)} ×)`;
    return [
      `<text x="${NAMES - 10}" y="${y + 4}" text-anchor="end">${name}</text>`,
      `<path d="M${x(lower).toFixed(1)},${y}H${x(upper).toFixed(1)}" stroke="${color}" stroke-width="3"/>`,
      `<circle cx="${x(median).toFixed(1)}" cy="${y}" r="5" fill="${color}"/>`,
      `<text x="${WIDTH - RIGHT + 8}" y="${y + 4}">${short(median)}${ratio}</text>`,
    ].join('');
  });
  return [`<text x="16" y="${top + 24}" font-weight="bold">${title}</text>`, ...grid, ...drawn].join('\n');
}
