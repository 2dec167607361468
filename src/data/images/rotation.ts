// Pictures turned by chance.

import { ValueError } from '../../errors.js';
import { randomTransform, type ImageTransform, type PlaneSize } from './transform.js';
import type { FillOptions } from './shift.js';

/**
 * In training, turns each picture about its centre by an angle from `-degrees` to `degrees`, counter-clockwise; pixels are
 * interpolated (bilinear), and what comes in is `fill` (default 0). Goes with
 * `torchvision.transforms.RandomRotation(degrees, InterpolationMode.BILINEAR)`. Throws a `ValueError` for degrees outside 0 to 180.
 *
 * @example
 * randomRotation(10).train(zeros([8, 1, 28, 28]), new RandomState(0)).shape; // [8, 1, 28, 28]
 */
export function randomRotation(degrees: number, { fill = 0 }: FillOptions = {}): ImageTransform {
  if (!(degrees >= 0 && degrees <= 180)) {
    throw new ValueError(`randomRotation: degrees must be from 0 to 180, got ${String(degrees)}`);
  }
  return randomTransform(
    'randomRotation',
    (random) => random.uniform(-degrees, degrees),
    (from, to, size, angle) => rotate(from, to, size, angle, fill),
  );
}

/** @internal Turns one plane by an angle in degrees. Equals `torch.nn.functional.grid_sample` on the turned grid, bilinear. */
export function rotate(
  from: Float64Array,
  to: Float64Array,
  { height, width }: PlaneSize,
  angle: number,
  fill: number,
): void {
  const [cos, sin] = [Math.cos((angle * Math.PI) / 180), Math.sin((angle * Math.PI) / 180)];
  const [middleX, middleY] = [(width - 1) / 2, (height - 1) / 2];
  const at = (x: number, y: number): number =>
    x >= 0 && x < width && y >= 0 && y < height ? from[y * width + x]! : fill;
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      // Where the pixel comes from: turned back. Rows count downwards, so this is clockwise to the eye.
      const [dx, dy] = [column - middleX, row - middleY];
      const [x, y] = [middleX + dx * cos - dy * sin, middleY + dx * sin + dy * cos];
      const [left, top] = [Math.floor(x), Math.floor(y)];
      const [s, t] = [x - left, y - top];
      const upper = (1 - s) * at(left, top) + s * at(left + 1, top);
      const lower = (1 - s) * at(left, top + 1) + s * at(left + 1, top + 1);
      to[row * width + column] = (1 - t) * upper + t * lower;
    }
  }
}
