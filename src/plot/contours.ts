// The marks for a function of two variables, sampled on a grid: areas above levels, and the line at one level.

import { contours } from 'd3-contour';
import { ValueError } from '../errors.js';
import { stroked, strokeKey, type Frame, type LineOptions, type Mark, type MarkOptions } from './mark.js';
import { element, round } from './svg.js';
import { INK } from './theme.js';

/** Values on a grid of `columns` by `rows` points, evenly spaced from edge to edge, both edges included. */
export interface Grid {
  readonly xDomain: readonly [from: number, to: number];
  readonly yDomain: readonly [from: number, to: number];
  readonly columns: number;
  readonly rows: number;
  /** Row by row, beginning at the lowest y; in a row from the lowest x. NaN counts as below every level. */
  readonly values: ArrayLike<number>;
}

type Vertex = readonly [column: number, row: number];

/**
 * The areas in which a grid's values are at least each of `levels`, laid over each other: the higher, the denser.
 * `opacity` (default 0.1) is one layer's. Throws a `ValueError` if the grid's sizes do not fit each other.
 *
 * @example
 * const slope = { xDomain: [0, 1], yDomain: [0, 1], columns: 2, rows: 2, values: [0, 1, 0, 1] };
 * filledContours(slope, { levels: [0.5, 0.7, 0.9], color: '#D55E00' });
 */
export function filledContours(
  grid: Grid,
  options: MarkOptions & { readonly levels: readonly number[]; readonly opacity?: number | undefined },
): Mark {
  const { levels, opacity = 0.1, label, color } = options;
  checkGrid(grid, 'filledContours');
  const areas = levels.map((level) => rings(grid, level)).filter((area) => area.length > 0);
  return {
    covers: { x: grid.xDomain, y: grid.yDomain },
    fills: true,
    label,
    color,
    draw: (frame, fill) =>
      areas
        .map((area) => area.map((ring) => `${toPath(ring, grid, frame)}Z`).join(''))
        .map((d) => element('path', { d, fill, 'fill-opacity': opacity, 'fill-rule': 'evenodd' }))
        .join(''),
    drawKey: (x, y, fill) =>
      element('rect', { x: x - 12, y: y - 6, width: 24, height: 12, fill, 'fill-opacity': 0.5 }),
  };
}

/**
 * The line along which a grid's values are `level`.
 * Throws a `ValueError` if the grid's sizes do not fit each other.
 *
 * @example
 * const slope = { xDomain: [0, 1], yDomain: [0, 1], columns: 2, rows: 2, values: [0, 1, 0, 1] };
 * contourLine(slope, 0.5, { label: 'p = 0.5' });
 */
export function contourLine(
  grid: Grid,
  level: number,
  { label, color = INK, dash = false }: LineOptions = {},
): Mark {
  checkGrid(grid, 'contourLine');
  const lines = rings(grid, level).flatMap((ring) => withoutEdges(ring, grid));
  return {
    covers: { x: grid.xDomain, y: grid.yDomain },
    fills: true,
    label,
    color,
    draw: (frame, color) =>
      lines.length === 0 ? '' : stroked(lines.map((line) => toPath(line, grid, frame)).join(''), color, dash),
    drawKey: strokeKey(dash),
  };
}

/** The outlines of the area at or above a level, closed, in grid positions from 0 to `columns - 1` and `rows - 1`. */
function rings({ columns, rows, values }: Grid, level: number): Vertex[][] {
  // d3-contour puts the value of position i at i + 0.5 and closes its outlines half a cell outside the grid
  const place = (c: number, last: number): number => Math.min(last, Math.max(0, c - 0.5));
  const data = Array.from(values, (value) => (Number.isNaN(value) ? -Infinity : value));
  return contours()
    .size([columns, rows])
    .contour(data, level)
    .coordinates.flat()
    .map((ring) => ring.map(([x = 0, y = 0]) => [place(x, columns - 1), place(y, rows - 1)]));
}

/** The parts of an outline that do not run along the grid's edge. */
function withoutEdges(ring: readonly Vertex[], { columns, rows }: Grid): Vertex[][] {
  const lines: Vertex[][] = [];
  let open = false;
  for (const [i, to] of ring.entries()) {
    const from = ring[i - 1];
    if (from === undefined) continue;
    const alongEdge =
      (from[0] === to[0] && (to[0] === 0 || to[0] === columns - 1)) ||
      (from[1] === to[1] && (to[1] === 0 || to[1] === rows - 1));
    if (!alongEdge) {
      if (open) lines.at(-1)!.push(to);
      else lines.push([from, to]);
    }
    open = !alongEdge;
  }
  return lines;
}

/** Leaves out vertices that lie within a hundredth of a cell of the line between their neighbours. */
function simplify(vertices: readonly Vertex[]): Vertex[] {
  const kept: Vertex[] = [];
  for (const [i, vertex] of vertices.entries()) {
    const before = kept.at(-1);
    const after = vertices[i + 1];
    if (before && after) {
      const [ux, uy] = [after[0] - before[0], after[1] - before[1]];
      const [vx, vy] = [vertex[0] - before[0], vertex[1] - before[1]];
      const between = ux * vx + uy * vy > 0;
      if (between && Math.abs(ux * vy - uy * vx) <= 0.01 * Math.hypot(ux, uy)) continue;
    }
    kept.push(vertex);
  }
  return kept;
}

function toPath(vertices: readonly Vertex[], grid: Grid, frame: Frame): string {
  const at = ([from, to]: readonly [number, number], position: number, last: number): number =>
    from + ((to - from) * position) / last;
  const points = simplify(vertices).map(([column, row]) => {
    const x = frame.x(at(grid.xDomain, column, grid.columns - 1));
    const y = frame.y(at(grid.yDomain, row, grid.rows - 1));
    return `${round(x)},${round(y)}`;
  });
  return `M${points.join('L')}`;
}

function checkGrid({ columns, rows, values }: Grid, where: string): void {
  const whole = Number.isInteger(columns) && Number.isInteger(rows);
  if (!whole || columns < 2 || rows < 2 || values.length !== columns * rows) {
    throw new ValueError(
      `${where}: expected at least 2 columns by 2 rows and a value for each point, ` +
        `got ${columns} × ${rows} and ${values.length} values`,
    );
  }
}
