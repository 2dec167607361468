// What a chart is made of: marks, which know the data they show and draw themselves in the frame they are given.

import { element } from './svg.js';

/** Where a mark draws: data values to pixels, and the frame's edges in pixels. */
export interface Frame {
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/**
 * One layer of a panel, drawn over the layers before it. Any object of this shape is a mark.
 *
 * @example
 * const cross: Mark = {
 *   covers: { x: [0], y: [0] },
 *   draw: ({ x, y }, color) => `<text x="${x(0)}" y="${y(0)}" fill="${color}">×</text>`,
 * };
 */
export interface Mark {
  /** Data values that the axes must reach; finite ones only. */
  readonly covers: { readonly x: readonly number[]; readonly y: readonly number[] };
  /** SVG elements that show the data. */
  readonly draw: (frame: Frame, color: string) => string;
  /** Default: the next colour of the palette. */
  readonly color?: string | undefined;
  /** The mark's name in the legend, which shows marks that have both a name and a sample. */
  readonly label?: string | undefined;
  /** The sample beside the name, 24 pixels wide, centred at (x, y). */
  readonly drawKey?: ((x: number, y: number, color: string) => string) | undefined;
  /** Whether the mark covers an area up to its very edge, so that the axes should end there. Default false. */
  readonly fills?: boolean | undefined;
}

/** What all marks may be given. */
export interface MarkOptions {
  /** The name in the legend. Default: not in the legend. */
  readonly label?: string | undefined;
  /** Any CSS colour. Default: the next colour of the palette; the text's colour for `rule` and `contourLine`. */
  readonly color?: string | undefined;
}

/** What marks that are lines may be given. */
export interface LineOptions extends MarkOptions {
  /** Whether the line is dashed. Default false, for `rule` true. */
  readonly dash?: boolean | undefined;
}

/** A stroke along an SVG path. */
export function stroked(d: string, color: string, dash: boolean, width = 2): string {
  return element('path', {
    d,
    fill: 'none',
    stroke: color,
    'stroke-width': width,
    'stroke-linejoin': 'round',
    'stroke-dasharray': dash ? `${3 * width} ${2 * width}` : undefined,
  });
}

/** The legend's sample of such a stroke. */
export function strokeKey(dash: boolean, width = 2): NonNullable<Mark['drawKey']> {
  return (x, y, color) => stroked(`M${x - 12},${y}h24`, color, dash, width);
}
