// The output over the plane on a canvas, and on another one what lies on it: samples, the chosen one, the cross of the keyboard.

import { contours } from 'd3-contour';
import type { Points } from '../datasets.js';
import { PLANE } from '../look.js';
import { colorsOf, inksOf, paint, shade } from '../palette.js';

/** What both canvases need to know. */
interface Sheet {
  /** Along each side. */
  readonly pixels: number;
  /** Pixels of the canvas for a pixel of the page. */
  readonly ratio: number;
  readonly isDark: boolean;
}

/** Draws the output, class 1 from the threshold on, and the line between the classes. */
export function drawPlane(
  context: CanvasRenderingContext2D,
  plane: Float32Array,
  { threshold, pixels, ratio, isDark }: Sheet & { readonly threshold: number },
): void {
  const reach = threshold === 0.5 ? 0.5 : 1;
  const shades = Uint8Array.from(plane, (value) => shade(value, threshold, reach));
  const image = new ImageData(PLANE, PLANE);
  paint(image, shades, colorsOf(isDark));
  const small = scratch();
  small.putImageData(image, 0, 0);
  context.imageSmoothingEnabled = true;
  // The outermost values belong to the very edge, so half a cell on each side is cut off.
  context.drawImage(small.canvas, 0.5, 0.5, PLANE - 1, PLANE - 1, 0, 0, pixels, pixels);

  const scale = pixels / (PLANE - 1);
  const outlines = contours().size([PLANE, PLANE]).contour(Array.from(plane), threshold).coordinates.flat();
  context.strokeStyle = inksOf(isDark).ink;
  context.lineWidth = 1.6 * ratio;
  context.beginPath();
  for (const outline of outlines) {
    outline.forEach(([x = 0, y = 0], i) => {
      const at = [(x - 0.5) * scale, pixels - (y - 0.5) * scale] as const;
      if (i === 0) context.moveTo(...at);
      else context.lineTo(...at);
    });
  }
  context.stroke();
}

/** What lies on the plane. */
interface Marks extends Sheet {
  readonly showsTraining: boolean;
  readonly showsTest: boolean;
  /** The sample of derivations, to be circled; null for none. */
  readonly chosen: number | null;
  /** The cross of the keyboard, in the plane. */
  readonly cross: readonly [number, number] | null;
}

/** Draws samples, the chosen one's circle, and the cross. */
export function drawMarks(context: CanvasRenderingContext2D, points: Points, marks: Marks): void {
  const { pixels, ratio, isDark, showsTraining, showsTest, chosen, cross } = marks;
  const [from, to] = points.domain;
  const place = (x1: number, x2: number): readonly [number, number] => [
    ((x1 - from) / (to - from)) * pixels,
    (1 - (x2 - from) / (to - from)) * pixels,
  ];
  const sample = (i: number): readonly [number, number] => place(points.X[2 * i]!, points.X[2 * i + 1]!);
  const radius = (points.count > 300 ? 3.2 : 4.2) * ratio;
  const { ink, paper } = inksOf(isDark);
  context.clearRect(0, 0, pixels, pixels);
  for (let i = points.count - 1; i >= 0; i--) {
    const isTest = i >= points.training;
    if (isTest ? !showsTest : !showsTraining) continue;
    drawPoint(context, sample(i), points.y[i]!, { radius, isTest, isDark });
  }
  if (chosen !== null && chosen < points.count) {
    context.strokeStyle = ink;
    context.lineWidth = 2 * ratio;
    context.beginPath();
    context.arc(...sample(chosen), radius * 2.2, 0, 2 * Math.PI);
    context.stroke();
  }
  if (!cross) return;
  const [x, y] = place(...cross);
  const arm = 9 * ratio;
  for (const [color, width] of [[paper, 4] as const, [ink, 2] as const]) {
    context.strokeStyle = color;
    context.lineWidth = width * ratio;
    context.beginPath();
    context.moveTo(x - arm, y);
    context.lineTo(x + arm, y);
    context.moveTo(x, y - arm);
    context.lineTo(x, y + arm);
    context.stroke();
  }
}

/** How a sample looks. */
interface PointStyle {
  /** In pixels of the canvas. */
  readonly radius: number;
  readonly isTest: boolean;
  readonly isDark: boolean;
}

/** Draws a sample: class 0 round, class 1 a square on its corner; filled for training, an outline for testing. */
function drawPoint(
  context: CanvasRenderingContext2D,
  [x, y]: readonly [number, number],
  label: number,
  { radius, isTest, isDark }: PointStyle,
): void {
  const { classes, paper } = inksOf(isDark);
  const color = classes[label === 1 ? 1 : 0];
  context.beginPath();
  if (label === 1) {
    const reach = radius * 1.25;
    context.moveTo(x, y - reach);
    context.lineTo(x + reach, y);
    context.lineTo(x, y + reach);
    context.lineTo(x - reach, y);
    context.closePath();
  } else {
    context.arc(x, y, radius, 0, 2 * Math.PI);
  }
  context.fillStyle = isTest ? paper : color;
  context.strokeStyle = isTest ? color : paper;
  context.lineWidth = radius * (isTest ? 0.5 : 0.35);
  context.fill();
  context.stroke();
}

let kept: OffscreenCanvasRenderingContext2D | null = null;

/** A canvas of the picture's own size, made once. */
function scratch(): OffscreenCanvasRenderingContext2D {
  kept ??= new OffscreenCanvas(PLANE, PLANE).getContext('2d')!;
  return kept;
}
