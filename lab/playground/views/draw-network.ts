// The network on one canvas: lines, neurons' pictures, biases. One picture costs a frame less than hundreds of elements.

import { SIZES, type Layout } from '../layout.js';
import { TILE, type Look } from '../look.js';
import { colorsOf, inksOf, paint } from '../palette.js';

/** How it is drawn. */
export interface NetworkStyle {
  readonly isDark: boolean;
  /** Pixels of the canvas for a pixel of the layout. */
  readonly ratio: number;
  /** The place of the weight or bias to stress; null for none. */
  readonly stressed: number | null;
  /** Where the biases stand among the numbers, layer by layer. */
  readonly biases: readonly number[];
}

/** How a value is drawn as a line: a share of the widest, 0 to 1. */
export function shareOf(look: Look): (value: number) => number {
  const values = look.view === 'forward' ? look.weights : look.gradients;
  let most = look.view === 'forward' ? 1 : 1e-12;
  for (const value of values) most = Math.max(most, Math.abs(value));
  return (value) => Math.abs(value) / most;
}

/** The width and the opacity of a line of such a share. */
export function lineOf(share: number): { readonly width: number; readonly opacity: number } {
  return { width: 0.6 + 6 * share, opacity: 0.3 + 0.7 * Math.sqrt(share) };
}

/** Draws a look at a network; nothing where the two do not belong together. */
export function drawNetwork(
  context: CanvasRenderingContext2D,
  layout: Layout,
  look: Look,
  { isDark, ratio, stressed, biases }: NetworkStyle,
): void {
  if (look.scales.length !== layout.spots.length || look.weights.length !== biases.at(-1)! + 1) return;
  const values = look.view === 'forward' ? look.weights : look.gradients;
  const share = shareOf(look);
  const { below, above, ink, paper } = inksOf(isDark);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, layout.width, layout.height + BELOW);

  for (const { index, path } of layout.connections) {
    const value = values[index]!;
    const { width, opacity } = lineOf(share(value));
    const line = new Path2D(path);
    if (index === stressed) {
      context.globalAlpha = 1;
      context.strokeStyle = ink;
      context.lineWidth = width + 4;
      context.stroke(line);
    }
    context.globalAlpha = index === stressed ? 1 : opacity;
    context.strokeStyle = value < 0 ? below : above;
    context.lineWidth = width;
    context.stroke(line);
  }
  context.globalAlpha = 1;

  const tile = scratch();
  const image = new ImageData(TILE, TILE);
  const colors = colorsOf(isDark);
  layout.spots.forEach(({ x, y }, neuron) => {
    paint(image, look.tiles.subarray(neuron * TILE * TILE, (neuron + 1) * TILE * TILE), colors);
    tile.putImageData(image, 0, 0);
    context.drawImage(tile.canvas, x, y, SIZES.tile, SIZES.tile);
  });

  for (const { x, y, column, place } of layout.spots) {
    if (column === 0) continue;
    const index = biases[column - 1]! + place;
    const value = values[index]!;
    context.beginPath();
    context.arc(x, y + SIZES.tile, 2.5 + 3.5 * share(value), 0, 2 * Math.PI);
    context.fillStyle = value < 0 ? below : above;
    context.strokeStyle = index === stressed ? ink : paper;
    context.lineWidth = index === stressed ? 2.5 : 1.5;
    context.fill();
    context.stroke();
  }
}

/** Room below the last neuron for its bias. */
export const BELOW = 8;

let kept: OffscreenCanvasRenderingContext2D | null = null;

/** A canvas of one picture's size, made once. */
function scratch(): OffscreenCanvasRenderingContext2D {
  kept ??= new OffscreenCanvas(TILE, TILE).getContext('2d')!;
  return kept;
}
