import { describe, expect, test } from 'vitest';
import { ValueError } from '../../src/errors.js';
import { contourLine, dots, figure, filledContours, type Grid, type Mark } from '../../src/plot/index.js';
import { all, byClass, parse, reader, vertices } from './svg-reader.js';

function sampled(f: (x: number, y: number) => number, size = 41): Grid {
  const at = (i: number) => -2 + (4 * i) / (size - 1);
  const values = Array.from({ length: size * size }, (_, i) => f(at(i % size), at(Math.floor(i / size))));
  return { xDomain: [-2, 2], yDomain: [-2, 2], columns: size, rows: size, values };
}

/** The vertices of all paths of the first mark, in data coordinates, and the frame. */
function drawn(...marks: Mark[]) {
  const panel = byClass(parse(figure({ panels: [{ marks }] }).toSVG()), 'panel')[0]!;
  const paths = all(byClass(panel, 'mark')[0]!, ({ name }) => name === 'path');
  return paths.map((path) => vertices(path).map((run) => run.map(reader(panel))));
}

describe('a contour line', () => {
  test('of x² + y² = 1 is the unit circle', () => {
    const [[circle, ...more] = []] = drawn(
      contourLine(
        sampled((x, y) => x * x + y * y),
        1,
      ),
    );
    expect(more).toHaveLength(0);
    expect(circle!.length).toBeGreaterThan(20);
    for (const [x, y] of circle!) expect(Math.hypot(x, y)).toBeCloseTo(1, 2);
    expect(circle!.at(-1)).toEqual(circle![0]);
  });

  test('of x = 0.5 is one straight line from edge to edge, without the frame round it', () => {
    const lines = drawn(
      contourLine(
        sampled((x) => x),
        0.5,
      ),
    ).flat();
    expect(lines).toHaveLength(1);
    const ends = lines[0]!.toSorted(([, a], [, b]) => a - b);
    expect(ends).toHaveLength(2);
    expect(ends.flat()).toEqual([0.5, -2, 0.5, 2].map((value) => expect.closeTo(value, 1)));
  });

  test('of y = -1 lies low: rows begin at the lowest y', () => {
    const [line] = drawn(
      contourLine(
        sampled((_, y) => y),
        -1,
      ),
    ).flat();
    for (const [, y] of line!) expect(y).toBeCloseTo(-1, 2);
  });

  test('is not where the level is never reached', () => {
    expect(
      drawn(
        contourLine(
          sampled((x) => x),
          5,
        ),
      ),
    ).toEqual([]);
    expect(
      drawn(
        contourLine(
          sampled(() => 1),
          0,
        ),
      ),
    ).toEqual([]); // above it everywhere
  });

  test('keeps its place when other marks widen the axes', () => {
    const lines = drawn(contourLine(sampled((x) => x), 0.5), dots([[-4, -4], [4, 4]])).flat(); // prettier-ignore
    expect(lines).toHaveLength(1);
    for (const [x, y] of lines[0]!) {
      expect(x).toBeCloseTo(0.5, 1);
      expect(Math.abs(y)).toBeLessThan(2.01);
    }
  });
});

describe('filled contours', () => {
  const area = (rings: [number, number][][]) =>
    rings.reduce((sum, ring) => sum + Math.abs(shoelace(ring)), 0);
  const shoelace = (ring: [number, number][]) =>
    ring.reduce((sum, [x, y], i) => {
      const [nextX, nextY] = ring[(i + 1) % ring.length]!;
      return sum + (x * nextY - nextX * y) / 2;
    }, 0);

  test('cover the areas at or above their levels', () => {
    const areas = drawn(
      filledContours(
        sampled((x) => x),
        { levels: [-3, -1, 0, 1, 3] },
      ),
    ).map(area);
    expect(areas).toEqual([16, 12, 8, 4].map((value) => expect.closeTo(value, 1)));
  });

  test('of 1 - x² - y² ≥ 0 cover a disc of area π', () => {
    const [disc] = drawn(
      filledContours(
        sampled((x, y) => 1 - x * x - y * y),
        { levels: [0] },
      ),
    );
    expect(area(disc!)).toBeCloseTo(Math.PI, 1);
  });

  test('leave out what is NaN', () => {
    const [half] = drawn(
      filledContours(
        sampled((x) => (x < 0 ? NaN : 1)),
        { levels: [0] },
      ),
    );
    for (const [x] of half!.flat()) expect(x).toBeGreaterThan(-0.11);
  });
});

test.each<[string, Partial<Grid>]>([
  ['too few values', { values: [1, 2, 3] }],
  ['a single row', { columns: 4, rows: 1, values: [1, 2, 3, 4] }],
  ['half a column', { columns: 1.5, rows: 2, values: [1, 2, 3] }],
])('a grid with %s is an error', (_, wrong) => {
  const grid = { ...sampled((x) => x, 2), ...wrong };
  expect(() => contourLine(grid, 0)).toThrow(ValueError);
  expect(() => filledContours(grid, { levels: [0] })).toThrow(/expected at least 2 columns by 2 rows/);
});
