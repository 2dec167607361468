// Painting points: adding one where there is room, and wiping away those that are near.

import { rounded } from './datasets.js';
import { LIMITS, type Point } from './settings.js';

/** What the brush does: paints a class, or wipes. */
export type Brush = 0 | 1 | 'eraser';

/** Points closer together than this share of the plane's side would be a blot. */
const SPACING = 0.02;
/** How far the eraser reaches. */
const REACH = 0.04;

/** The points after a touch of the brush at a place, on a plane of such a side. */
export function touch(
  points: readonly Point[],
  brush: Brush,
  [x1, x2]: readonly [number, number],
  side: number,
): readonly Point[] {
  const distance = ([u, v]: Point): number => Math.hypot(u - x1, v - x2);
  if (brush === 'eraser') {
    const left = points.filter((point) => distance(point) > REACH * side);
    return left.length === points.length ? points : left;
  }
  const isTaken = points.some((point) => distance(point) < SPACING * side);
  if (isTaken || points.length >= LIMITS.points[1]) return points;
  return [...points, [rounded(x1), rounded(x2), brush]];
}

/** The points after a stroke of the brush from one place to another, without gaps, however far they are apart. */
export function stroke(
  points: readonly Point[],
  brush: Brush,
  [from, to]: readonly [readonly [number, number], readonly [number, number]],
  side: number,
): readonly Point[] {
  const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
  const touches = Math.max(1, Math.ceil(length / (1.2 * SPACING * side)));
  let painted = points;
  for (let i = 1; i <= touches; i++) {
    const at = (axis: 0 | 1): number => from[axis] + ((to[axis] - from[axis]) * i) / touches;
    painted = touch(painted, brush, [at(0), at(1)], side);
  }
  return painted;
}

/** The nearest of points `[x1, x2, …]` within a reach, by its place; -1 for none. */
export function nearest(X: ArrayLike<number>, [x1, x2]: readonly [number, number], reach: number): number {
  let [best, least] = [-1, reach];
  for (let i = 0; 2 * i < X.length; i++) {
    const distance = Math.hypot(X[2 * i]! - x1, X[2 * i + 1]! - x2);
    if (distance <= least) [best, least] = [i, distance];
  }
  return best;
}
