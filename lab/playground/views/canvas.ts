// Canvases that are as many pixels wide as their place on the page needs.

/** Pixels of a canvas for a pixel of the page: those of the screen, three at most. */
export const RATIO = Math.min(3, globalThis.devicePixelRatio || 1);

/**
 * The context of a canvas of such a size; null where there is none, or nothing to draw on. The size is set here and not in the markup,
 * so that it is never set after the drawing, which would wipe it.
 */
export function contextOf(
  canvas: HTMLCanvasElement | undefined,
  width: number,
  height: number,
): CanvasRenderingContext2D | null {
  if (!canvas || width <= 0 || height <= 0) return null;
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  return canvas.getContext('2d');
}
