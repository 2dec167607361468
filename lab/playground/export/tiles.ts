// The neurons' pictures as images of their own, for a document.

import { TILE, type Look } from '../look.js';
import { colorsOf, paint } from '../palette.js';

/** A `data:` address of a PNG for each neuron of a look, in the colours of a light page. */
export function tileImages({ tiles, scales }: Look): string[] {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [TILE, TILE];
  const context = canvas.getContext('2d');
  if (!context) return Array.from(scales, () => '');
  const colors = colorsOf(false);
  return Array.from(scales, (_, neuron) => {
    const image = new ImageData(TILE, TILE);
    paint(image, tiles.subarray(neuron * TILE * TILE, (neuron + 1) * TILE * TILE), colors);
    context.putImageData(image, 0, 0);
    return canvas.toDataURL();
  });
}
