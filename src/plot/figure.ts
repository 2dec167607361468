// A figure: panels in rows and columns on one sheet, written as a single SVG document.

import { ValueError } from '../errors.js';
import { layoutPanel, type Panel } from './panel.js';
import { element, escapeText, text } from './svg.js';
import { FONT_FAMILY, INK, LIGHT, SIZE, STYLE } from './theme.js';

/** What a figure shows and how large it is. */
export interface FigureOptions {
  /** Row by row, from the top left. */
  readonly panels: readonly Panel[];
  /** In pixels. Default 640. */
  readonly width?: number | undefined;
  /** In pixels. Default 360 for each row of panels. */
  readonly height?: number | undefined;
  /** How many panels stand side by side. Default 1: one over the other. */
  readonly columns?: number | undefined;
  readonly title?: string | undefined;
  /** What a screen reader says of the figure. Default: the titles of the figure and its panels. */
  readonly description?: string | undefined;
}

/** A finished drawing. */
export interface Figure {
  /** In pixels. */
  readonly width: number;
  readonly height: number;
  /** A complete SVG document; the same input gives the same text. */
  toSVG(): string;
}

/**
 * Draws panels, one over the other, as one figure. The SVG needs no script and no font file, has its own paper
 * (light or dark with the reader's system) and is named for screen readers.
 * Throws a `ValueError` for no panels, no marks, or a size that leaves no room to draw.
 *
 * @example
 * const chart = figure({
 *   panels: [{ title: 'Loss', xLabel: 'epoch', marks: [line([2.2, 1.1, 0.6]), rule(1)] }],
 * });
 * chart.toSVG().startsWith('<svg'); // true
 */
export function figure({
  panels,
  columns = 1,
  width = 640,
  height = 360 * Math.ceil(panels.length / columns),
  title,
  description = [title, ...panels.map((panel) => panel.title)].filter(Boolean).join('; ') || 'Chart',
}: FigureOptions): Figure {
  if (panels.length === 0) throw new ValueError('figure: expected at least one panel, got none');
  if (!(Number.isInteger(columns) && columns > 0)) {
    throw new ValueError(`figure: columns must be a whole number of at least 1, got ${columns}`);
  }
  if (!(Number.isFinite(width) && Number.isFinite(height))) {
    throw new ValueError(`figure: width and height must be finite numbers, got ${width} and ${height}`);
  }

  const { padding, gap } = SIZE;
  const rows = Math.ceil(panels.length / columns);
  const top = padding + (title === undefined ? 0 : 36);
  const cellWidth = (width - 2 * padding - 2 * gap * (columns - 1)) / columns;
  const cellHeight = (height - top - padding - gap * (rows - 1)) / rows;
  const layouts = panels.map((panel, i) =>
    layoutPanel(panel, {
      left: padding + (i % columns) * (cellWidth + 2 * gap),
      top: top + Math.floor(i / columns) * (cellHeight + gap),
      width: cellWidth,
      height: cellHeight,
    }),
  );
  const drawn = layouts.map((layout, i) => {
    const sameColumn = layouts.filter((_, other) => other % columns === i % columns);
    return layout.draw(Math.max(...sameColumn.map(({ gutter }) => gutter)));
  });

  const attributes = {
    xmlns: 'http://www.w3.org/2000/svg',
    class: 'chainrule-plot',
    width,
    height,
    viewBox: `0 0 ${width} ${height}`,
    role: 'img',
    'aria-label': description,
    color: LIGHT.ink,
    fill: INK,
    'font-family': FONT_FAMILY,
    'font-size': SIZE.text,
  };
  const svg = element(
    'svg',
    attributes,
    element('title', {}, escapeText(description)),
    element('style', {}, STYLE),
    element('rect', { class: 'paper', width, height, rx: 8, fill: LIGHT.paper }),
    title === undefined
      ? ''
      : text(title, padding, padding + 20, { 'font-size': SIZE.figureTitle, 'font-weight': 'bold' }),
    ...drawn,
  );
  return { width, height, toSVG: () => svg };
}
