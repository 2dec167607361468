// The marks for series and points: lines, dots, and a horizontal rule.

import {
  line as linePath,
  symbol,
  symbolCircle,
  symbolDiamond,
  symbolSquare,
  symbolTriangle,
} from 'd3-shape';
import { ValueError } from '../errors.js';
import { stroked, strokeKey, type LineOptions, type Mark, type MarkOptions } from './mark.js';
import { element, round } from './svg.js';
import { INK } from './theme.js';

type Pair = readonly [x: number, y: number];

/** Pairs `[x, y]`, or the y values alone, which then stand at x = 1, 2, 3, … as epochs do. */
export type Points = readonly Pair[] | ArrayLike<number>;

const SYMBOLS = {
  circle: symbolCircle,
  triangle: symbolTriangle,
  square: symbolSquare,
  diamond: symbolDiamond,
} as const;

/** The shape of a dot. */
export type DotSymbol = keyof typeof SYMBOLS;

const pathThrough = linePath<Pair>().digits(2);

/**
 * A line through points. A NaN or infinite value leaves a gap; a point between two gaps is shown as a dot.
 * Throws a `ValueError` if there are no points.
 *
 * @example
 * line([2.2, 1.1, 0.6], { label: 'loss' });
 */
export function line(points: Points, { label, color, dash = false }: LineOptions = {}): Mark {
  const pairs = toPairs(points, 'line');
  return {
    covers: covered(pairs),
    label,
    color,
    draw: ({ x, y }, color) =>
      unbroken(pairs.map(([a, b]) => [x(a), y(b)]))
        .map((run) => {
          const [[cx, cy], ...rest] = run;
          return rest.length === 0
            ? element('circle', { cx, cy, r: 3.5, fill: color })
            : stroked(pathThrough(run) ?? '', color, dash);
        })
        .join(''),
    drawKey: strokeKey(dash),
  };
}

/**
 * A dot at each point; points with a NaN or infinite value are left out. `symbol` (default `'circle'`) is the dot's
 * shape, `radius` (default 4) its size in pixels. Throws a `ValueError` if there are no points.
 *
 * @example
 * dots([[3.1, 1.6], [1.5, 0.7]], { label: 'class 1', symbol: 'triangle' });
 */
export function dots(
  points: Points,
  options: MarkOptions & {
    readonly symbol?: DotSymbol | undefined;
    readonly radius?: number | undefined;
  } = {},
): Mark {
  const { label, color, symbol: shape = 'circle', radius = 4 } = options;
  const pairs = toPairs(points, 'dots');
  const d = symbol(SYMBOLS[shape], Math.PI * radius ** 2).digits(2)() ?? '';
  const dot = (x: number, y: number, fill: string): string => {
    const transform = `translate(${round(x)} ${round(y)})`;
    return element('path', { d, transform, fill, stroke: 'white' });
  };
  return {
    covers: covered(pairs),
    label,
    color,
    draw: ({ x, y }, color) =>
      unbroken(pairs.map(([a, b]) => [x(a), y(b)]))
        .flat()
        .map(([px, py]) => dot(px, py, color))
        .join(''),
    drawKey: dot,
  };
}

/**
 * A horizontal line across the panel at a height `y`. Throws a `ValueError` unless `y` is finite.
 *
 * @example
 * rule(0.5, { label: 'chance' });
 */
export function rule(y: number, { label, color = INK, dash = true }: LineOptions = {}): Mark {
  if (!Number.isFinite(y)) throw new ValueError(`rule: expected a finite height y, got ${y}`);
  return {
    covers: { x: [], y: [y] },
    label,
    color,
    draw: (frame, color) =>
      stroked(`M${round(frame.left)},${round(frame.y(y))}H${round(frame.right)}`, color, dash, 1.25),
    drawKey: strokeKey(dash, 1.25),
  };
}

function toPairs(points: Points, where: string): Pair[] {
  const pairs = Array.from(points as ArrayLike<Pair | number>, (point, i): Pair =>
    typeof point === 'number' ? [i + 1, point] : point,
  );
  if (pairs.length === 0) throw new ValueError(`${where}: expected at least one point, got none`);
  return pairs;
}

/** All x, so that a series that diverges keeps its length; y where there is a point to show. */
function covered(pairs: readonly Pair[]): Mark['covers'] {
  const x = pairs.map(([value]) => value).filter(Number.isFinite);
  return { x, y: unbroken(pairs).flatMap((run) => run.map(([, value]) => value)) };
}

/** The stretches of points between those that are not finite. */
function unbroken(pairs: readonly Pair[]): (readonly [Pair, ...Pair[]])[] {
  const runs: [Pair, ...Pair[]][] = [];
  let open = false;
  for (const pair of pairs) {
    const isPoint = pair.every(Number.isFinite);
    if (isPoint && open) runs.at(-1)?.push(pair);
    else if (isPoint) runs.push([pair]);
    open = isPoint;
  }
  return runs;
}
