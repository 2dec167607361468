// How every chart looks: colours, sizes, and what changes on a dark page.

/**
 * Colours of series and classes, in the order they are given out: the palette of Okabe and Ito (2008), which people
 * with any kind of colour blindness can tell apart. Its black and yellow are left out: one is the ink, one too pale.
 */
export const PALETTE: readonly string[] = ['#0072B2', '#D55E00', '#009E73', '#CC79A7', '#E69F00', '#56B4E9'];

/** The palette's colour at a position; after the last it begins again. */
export function paletteColor(position: number): string {
  return PALETTE[position % PALETTE.length]!;
}

/** The colour of text, axes and emphasised lines: dark on a light page, light on a dark one. */
export const INK = 'currentColor';

/** Sizes in pixels. */
export const SIZE = {
  text: 14,
  title: 16,
  figureTitle: 20,
  /** Free space round the figure. */
  padding: 16,
  /** Free space between panels. */
  gap: 14,
  /** How far data stay away from the frame's edges, so that a line along the edge is seen whole. */
  inset: 7,
} as const;

/** The figure's paper and ink on a light page, as plain attributes: what a renderer without CSS shows. */
export const LIGHT = { paper: '#ffffff', ink: '#1f2328' } as const;
const DARK = { paper: '#15191f', ink: '#e6e8eb' } as const;

/** The reader's system font, which has Korean where Korean is read; `toPNG` brings Nanum Gothic along. */
export const FONT_FAMILY = "system-ui, 'Segoe UI', 'Apple SD Gothic Neo', 'Nanum Gothic', sans-serif";

/**
 * Dark mode without a script. A figure that is a document of its own (an image in a README) follows the reader's
 * system; one inside an HTML page follows that page's `color-scheme`, which is light unless the page says otherwise,
 * and shrinks to fit it.
 */
export const STYLE =
  'svg:root{color-scheme:light dark}' +
  '@supports(color:light-dark(#fff,#000)){' +
  `.chainrule-plot{color:light-dark(${LIGHT.ink},${DARK.ink})}` +
  `.chainrule-plot>.paper{fill:light-dark(${LIGHT.paper},${DARK.paper})}` +
  '.chainrule-plot:not(:root){max-width:100%;height:auto}}';
