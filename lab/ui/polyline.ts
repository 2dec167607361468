// The path of a line through points.

/**
 * SVG path data, to a tenth of a pixel.
 *
 * @example
 * polyline([[0, 1], [2, 3]]); // 'M0 1L2 3'
 */
export function polyline(points: readonly (readonly [number, number])[]): string {
  const round = (value: number): number => Math.round(value * 10) / 10;
  return points.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${round(x)} ${round(y)}`).join('');
}

/** The ends of the line w1 x1 + w2 x2 + b = 0 on a rectangle somewhat larger than the plane shown; null without weights. */
export function boundary(
  w1: number,
  w2: number,
  b: number,
  reach: number,
): readonly [readonly [number, number], readonly [number, number]] | null {
  const square = w1 ** 2 + w2 ** 2;
  if (!(square > 0)) return null;
  const [x, y] = [(-b * w1) / square, (-b * w2) / square]; // the point of the line next to the origin
  const [dx, dy] = [(-w2 / Math.sqrt(square)) * reach, (w1 / Math.sqrt(square)) * reach];
  return [
    [x - dx, y - dy],
    [x + dx, y + dy],
  ];
}
