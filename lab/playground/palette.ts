// The colours of values: plum below 0, teal above, the page's own colour at 0. Two that most colour-blind people tell apart, and
// neither of the two that mean forward and backward.

/** Red, green, blue. */
type RGB = readonly [number, number, number];

interface Palette {
  readonly below: RGB;
  readonly zero: RGB;
  readonly above: RGB;
}

const LIGHT: Palette = { below: [173, 88, 168], zero: [248, 248, 246], above: [26, 150, 131] };
const DARK: Palette = { below: [176, 84, 172], zero: [23, 29, 39], above: [30, 160, 138] };

/** The colours of lines below and above 0, each 3 : 1 against the card, and of the samples of class 0 and 1. */
export interface Inks {
  readonly below: string;
  readonly above: string;
  readonly classes: readonly [string, string];
  readonly ink: string;
  readonly paper: string;
}

/** The inks on a light or on a dark page. */
export function inksOf(isDark: boolean): Inks {
  return isDark
    ? {
        below: '#c26bbd',
        above: '#26ad95',
        classes: ['#f3b5ef', '#7fe8d2'],
        ink: '#e8ecf2',
        paper: '#181e28',
      }
    : {
        below: '#ad58a8',
        above: '#128571',
        classes: ['#7d1f78', '#00594b'],
        ink: '#18202d',
        paper: '#ffffff',
      };
}

/** Colours for 0 (lowest) to 255 (highest), 128 being zero, as the words of an `ImageData`. */
export function colorsOf(isDark: boolean): Uint32Array {
  return Uint32Array.from({ length: 256 }, (_, i) => word(mix(isDark ? DARK : LIGHT, (i - 128) / 127)));
}

/** The place of a value among the 256 colours: `middle` at 128, `middle` ± `reach` at the ends. */
export function shade(value: number, middle: number, reach: number): number {
  const place = Math.round(128 + (127 * (value - middle)) / reach);
  return Math.min(255, Math.max(0, Number.isNaN(place) ? 128 : place));
}

/** Pixels, as an `ImageData` has them. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;
}

/** Writes a square of shades, lowest row first, into an image, highest row first. */
export function paint(image: Picture, shades: Uint8Array, colors: Uint32Array): void {
  const { width, height, data } = image;
  const words = new Uint32Array(data.buffer);
  for (let row = 0; row < height; row++) {
    const from = (height - 1 - row) * width;
    for (let column = 0; column < width; column++) {
      words[row * width + column] = colors[shades[from + column]!]!;
    }
  }
}

function mix({ below, zero, above }: Palette, share: number): RGB {
  const end = share < 0 ? below : above;
  const part = Math.min(1, Math.abs(share));
  const at = (i: number): number => Math.round(zero[i]! + (end[i]! - zero[i]!) * part);
  return [at(0), at(1), at(2)];
}

/** The bytes of a pixel as one number, in the order of the machine (every browser runs on little-endian ones). */
function word([red, green, blue]: RGB): number {
  return (255 << 24) | (blue << 16) | (green << 8) | red;
}
