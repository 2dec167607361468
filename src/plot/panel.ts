// One panel of a figure: head, axes and marks, laid out in a rectangle.

import { ValueError } from '../errors.js';
import { layoutAxis, type Axis } from './axis.js';
import { layoutHead } from './legend.js';
import type { Frame, Mark } from './mark.js';
import { element, text, textWidth } from './svg.js';
import { INK, paletteColor, SIZE } from './theme.js';

/** A pair of axes with marks on them. */
export interface Panel {
  /** What to draw, in this order. */
  readonly marks: readonly Mark[];
  readonly title?: string | undefined;
  readonly xLabel?: string | undefined;
  readonly yLabel?: string | undefined;
  /** The part of the axis to show. Default: what the marks cover, for y widened to round numbers. */
  readonly xDomain?: readonly [from: number, to: number] | undefined;
  readonly yDomain?: readonly [from: number, to: number] | undefined;
  /** Default `'linear'`. On `'log'`, values of 0 and below leave gaps. */
  readonly yScale?: 'linear' | 'log' | undefined;
}

/** A rectangle in pixels. */
export interface Rectangle {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** A panel that knows how much room its y axis needs and waits to hear how much it gets. */
export interface PanelLayout {
  readonly gutter: number;
  readonly draw: (gutter: number) => string;
}

const TICK = 5;
const TICK_LABEL = 9; // pixels between frame and tick label
const LEAST = 40; // pixels of frame below which a chart cannot be read

/** Lays out a panel. Panels in one column should be drawn with the same gutter, the largest of theirs. */
export function layoutPanel(panel: Panel, place: Rectangle): PanelLayout {
  const { marks, title, xLabel, yLabel } = panel;
  if (marks.length === 0) throw new ValueError('figure: a panel needs at least one mark, got none');

  const colors = colorsOf(marks);
  const keys = marks.flatMap(({ label, drawKey }, i) =>
    label === undefined || !drawKey
      ? []
      : [{ label, draw: (x: number, y: number) => drawKey(x, y, colors[i]!) }],
  );
  const head = layoutHead(title, keys, place.width);
  const filled = marks.some(({ fills }) => fills);
  const inset = filled ? 0 : SIZE.inset;
  const top = place.top + head.height;
  const bottom = place.top + place.height - (SIZE.text + TICK_LABEL) - (xLabel === undefined ? 0 : 22);
  const right = place.left + place.width;
  const y = layoutAxis(
    'y',
    marks.flatMap(({ covers }) => covers.y),
    [bottom - inset, top + inset],
    { domain: panel.yDomain, log: panel.yScale === 'log', nice: !filled },
  );
  const widest = Math.max(0, ...y.ticks.map(({ label }) => textWidth(label, SIZE.text)));

  return {
    gutter: widest + TICK_LABEL + (yLabel === undefined ? 0 : 28),
    draw: (gutter) => {
      const left = place.left + gutter;
      if (right - left < LEAST || bottom - top < LEAST) {
        throw new ValueError(
          `figure: there is no room for a panel: ${Math.round(right - left)} × ${Math.round(bottom - top)} ` +
            `pixels are left for its frame, expected at least ${LEAST} × ${LEAST}`,
        );
      }
      const x = layoutAxis(
        'x',
        marks.flatMap(({ covers }) => covers.x),
        [left + inset, right - inset],
        { domain: panel.xDomain, log: false, nice: false },
      );
      const frame: Frame = { x: x.scale, y: y.scale, left, right, top, bottom };
      return element(
        'g',
        { class: 'panel' },
        head.draw(place.left, place.top),
        filled ? '' : drawGrid(frame, y),
        drawMarks(marks, colors, frame),
        drawAxes(frame, x, y, filled),
        xLabel === undefined ? '' : centred(xLabel, (left + right) / 2, bottom + TICK_LABEL + 32),
        yLabel === undefined ? '' : drawYLabel(yLabel, place.left + 12, (top + bottom) / 2),
      );
    },
  };
}

/** Each mark's colour: its own, or the palette's next one. */
function colorsOf(marks: readonly Mark[]): string[] {
  let next = 0;
  return marks.map(({ color }) => color ?? paletteColor(next++));
}

function drawGrid({ left, right }: Frame, y: Axis): string {
  const lines = y.ticks.map(({ position }) =>
    element('line', { x1: left, y1: position, x2: right, y2: position }),
  );
  return element('g', { class: 'grid', stroke: INK, 'stroke-opacity': 0.13 }, ...lines);
}

/** The marks in an inner `<svg>`, which cuts off what lies outside the frame and needs no id to do so. */
function drawMarks(marks: readonly Mark[], colors: readonly string[], frame: Frame): string {
  const { left: x, top: y, right, bottom } = frame;
  const [width, height] = [right - x, bottom - y];
  const viewBox = [x, y, width, height].map((edge) => edge.toFixed(2)).join(' ');
  const drawn = marks.map((mark, i) => element('g', { class: 'mark' }, mark.draw(frame, colors[i]!)));
  return element('svg', { class: 'marks', x, y, width, height, viewBox }, ...drawn);
}

/** Axes and their labels. The y axis has ticks where an area hides the grid. */
function drawAxes({ left, right, bottom }: Frame, x: Axis, y: Axis, filled: boolean): string {
  const ticks = [
    ...x.ticks.map(({ position: at }) => element('line', { x1: at, y1: bottom, x2: at, y2: bottom + TICK })),
    ...(filled ? y.ticks : []).map(({ position: at }) =>
      element('line', { x1: left - TICK, y1: at, x2: left, y2: at }),
    ),
  ];
  const baseline = element('line', { x1: left, y1: bottom, x2: right, y2: bottom });
  const xLabels = x.ticks.map(({ position, label }) => centred(label, position, bottom + TICK_LABEL + 11));
  const yLabels = y.ticks.map(({ position, label }) =>
    text(label, left - TICK_LABEL, position + 5, { 'text-anchor': 'end' }),
  );
  return (
    element('g', { class: 'axis', stroke: INK, 'stroke-opacity': 0.6 }, baseline, ...ticks) +
    element('g', { class: 'ticks', 'fill-opacity': 0.85 }, ...xLabels, ...yLabels)
  );
}

function centred(content: string, x: number, y: number): string {
  return text(content, x, y, { 'text-anchor': 'middle' });
}

function drawYLabel(content: string, x: number, y: number): string {
  const transform = `rotate(-90 ${x.toFixed(2)} ${y.toFixed(2)})`;
  return text(content, x, y, { 'text-anchor': 'middle', transform });
}
