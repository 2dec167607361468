// The playground's points: data sets, a curve, the brush, CSV files; and where neurons stand.

import { describe, expect, test } from 'vitest';
import { data } from '../../../src/index.js';
import { nearest, stroke, touch } from '../../../lab/playground/brush.js';
import { csvPoints, type Choice } from '../../../lab/playground/csv.js';
import { curveAt, pointsOf } from '../../../lab/playground/datasets.js';
import { layOut, neighbour, SIZES } from '../../../lab/playground/layout.js';
import { placesOf } from '../../../lab/playground/network.js';
import { colorsOf, shade } from '../../../lab/playground/palette.js';
import {
  DATA_SETS,
  DEFAULTS,
  withSet,
  type DataSettings,
  type Point,
} from '../../../lab/playground/settings.js';
import {
  gradientHistogram,
  histogram,
  troublesOf,
  type LayerStatistics,
} from '../../../lab/playground/statistics.js';

function settingsFor(set: DataSettings['set'], more: Partial<DataSettings> = {}): DataSettings {
  const points: Point[] = [
    [-1, 0, 0],
    [0.5, 0.25, 1],
    [1, 1, 1],
    [0, -2, 0],
  ];
  return { ...withSet(DEFAULTS.data, set), points, ...more };
}

describe.each(DATA_SETS)('the data set %s', (set) => {
  const settings = settingsFor(set);
  const { X, y, count, training, domain } = pointsOf(settings);

  test('has points of both classes within the plane shown, to the thousandth', () => {
    expect([X.length, y.length]).toEqual([2 * count, count]);
    expect(new Set(y)).toEqual(new Set([0, 1]));
    for (const value of X) {
      expect(value).toBeGreaterThan(domain[0]);
      expect(value).toBeLessThan(domain[1]);
      expect(value).toBe(Math.round(value * 1000) / 1000);
    }
  });

  test('keeps back its share for testing, and is the same for the same seed', () => {
    expect(count - training).toBe(Math.round(settings.testShare * count));
    expect(pointsOf(settings)).toEqual({ X, y, count, training, domain });
    const whole = pointsOf({ ...settings, testShare: 0 });
    const sorted = (points: Float64Array): number[] => [...points].sort((a, b) => a - b);
    expect(sorted(whole.X)).toEqual(sorted(X));
  });
});

test('moons are those of the library', () => {
  const { X, training } = pointsOf(settingsFor('moons', { testShare: 0 }));
  const moons = data.makeMoons({ nSamples: 200, noise: 0.15, randomState: 0 });
  expect(training).toBe(200);
  moons.X.data.forEach((value, i) => expect(X[i]).toBeCloseTo(value, 2));
});

test('a gate without noise is its truth table, and with more samples the table again and again', () => {
  const { X, y } = pointsOf(settingsFor('xor'));
  expect([[...X], [...y]]).toEqual([
    [0, 0, 0, 1, 1, 0, 1, 1],
    [0, 1, 1, 0],
  ]);
  expect(pointsOf(settingsFor('and', { samples: 12 })).y.reduce((sum, label) => sum + label)).toBe(3);
});

describe('a curve', () => {
  test('has class 1 above it', () => {
    const { X, y, count } = pointsOf(settingsFor('curve', { curve: 'x ** 2 - 1', noise: 0 }));
    for (let i = 0; i < count; i++) {
      const above = X[2 * i + 1]! - (X[2 * i]! ** 2 - 1);
      if (Math.abs(above) > 0.01) expect(y[i]).toBe(Number(above > 0));
    }
  });

  test('may be level', () => expect([...curveAt('0.5', [1, 2, 3])]).toEqual([0.5, 0.5, 0.5]));

  test.each(['sin(', 'x + y', 'foo(x)', ''])('that is no formula in x is refused: %j', (formula) => {
    expect(() => pointsOf(settingsFor('curve', { curve: formula }))).toThrow();
  });
});

test('no points at all are no points', () => {
  expect(pointsOf(settingsFor('own', { points: [] }))).toMatchObject({ count: 0, training: 0 });
});

describe('the brush', () => {
  test('paints a class where there is room, and not twice in one place', () => {
    const one = touch([], 1, [0.5, 0.12345], 4);
    expect(one).toEqual([[0.5, 0.123, 1]]);
    expect(touch(one, 0, [0.51, 0.123], 4)).toBe(one);
    expect(touch(one, 0, [0.7, 0.1], 4)).toHaveLength(2);
  });

  test('wipes what is near', () => {
    const points: Point[] = [
      [0, 0, 1],
      [1, 1, 0],
    ];
    expect(touch(points, 'eraser', [0.05, 0], 4)).toEqual([[1, 1, 0]]);
    expect(touch(points, 'eraser', [-1, -1], 4)).toBe(points);
  });

  test('leaves no gaps in a stroke, however fast it is', () => {
    const line = stroke(
      [],
      1,
      [
        [-2, 0],
        [2, 0],
      ],
      4,
    );
    const gaps = line.slice(1).map(([x1], i) => x1 - line[i]![0]);
    expect(line.length).toBeGreaterThan(30);
    expect(Math.max(...gaps)).toBeLessThan(0.11);
    expect(
      stroke(
        line,
        'eraser',
        [
          [-2, 0],
          [2, 0],
        ],
        4,
      ),
    ).toEqual([]);
  });

  test('finds the nearest point within reach', () => {
    const X = [0, 0, 1, 1, 1.2, 1];
    expect([nearest(X, [1.15, 1], 1), nearest(X, [0.2, 0], 1), nearest(X, [5, 5], 1)]).toEqual([2, 0, -1]);
  });
});

describe('a CSV file', () => {
  const rows = Array.from({ length: 60 }, (_, i) => `Flower ${i},${i},${i % 7},${i < 30 ? 'red' : 'blue'}`);
  const file = ['name,length,width,colour', ...rows].join('\n');
  const read = (text: string, choice: Choice | null = null) =>
    csvPoints(() => [text.slice(0, 40), text.slice(40)], choice);

  test('gives the first two columns of numbers, standardised, and the last column of few values', async () => {
    const { points, rows, choice } = await read(file);
    expect(choice).toEqual({ x1: 'length', x2: 'width', label: 'colour', one: 'red' });
    expect([rows, points.length]).toEqual([60, 60]);
    expect(points.map(([, , label]) => label)).toEqual(Array.from({ length: 60 }, (_, i) => Number(i < 30)));
    const mean = points.reduce((sum, [x1]) => sum + x1, 0) / 60;
    expect(mean).toBeCloseTo(0, 2);
    expect(points[59]![0]).toBeCloseTo((59 - 29.5) / Math.sqrt((60 ** 2 - 1) / 12), 2);
  });

  test('gives what one chooses: axes in any order, another class', async () => {
    const { points } = await read(file, { x1: 'width', x2: 'length', label: 'colour', one: 'blue' });
    const { points: usual } = await read(file);
    expect(points).toEqual(usual.map(([x1, x2, label]) => [x2, x1, 1 - label]));
  });

  test('without names, and with a number to be above or below of', async () => {
    const { points, choice } = await read(
      Array.from({ length: 50 }, (_, i) => `${i / 7};${-i};${i * i + 0.5}`).join('\r\n'),
    );
    expect(choice).toEqual({ x1: 'column 1', x2: 'column 2', label: 'column 3', one: null });
    const mean = Array.from({ length: 50 }, (_, i) => i * i + 0.5).reduce((sum, value) => sum + value) / 50;
    expect(points.map(([, , label]) => label)).toEqual(
      Array.from({ length: 50 }, (_, i) => Number(i * i + 0.5 > mean)),
    );
  });

  test('that is long keeps a fair sample, with gaps left out', async () => {
    function* pieces(): Generator<string> {
      yield 'a,b,y\n1,2,\n';
      for (let i = 0; i < 200; i++)
        yield Array.from({ length: 100 }, (_, k) => `${i * 100 + k},${k},${k % 2}\n`).join('');
    }
    const { points, rows } = await csvPoints(pieces);
    expect([rows, points.length]).toEqual([20_000, 1000]);
    const late = points.filter(([x1]) => x1 > 0).length; // of the second half
    expect(late).toBeGreaterThan(430);
    expect(late).toBeLessThan(570);
  });

  test('that is too narrow or broken is refused', async () => {
    await expect(read('a,b\n1,red\n2,blue\n')).rejects.toThrow('a, b');
    await expect(read('a,b,c\n1,2,0\n1,2\n')).rejects.toThrow(/line 3/);
  });
});

describe('the layout', () => {
  const widths = [2, 4, 3, 1];
  const { spots, connections, width, height, columns } = layOut(widths, 700);

  test('has a place for every neuron, columns in the middle, nothing on top of another', () => {
    expect(spots.length).toBe(10);
    expect(width).toBe(700);
    expect(columns.every((x, i) => i === 0 || x - columns[i - 1]! >= SIZES.least)).toBe(true);
    for (const { y } of spots) expect(y >= 0 && y + SIZES.tile <= height).toBe(true);
  });

  test('numbers connections as the weights are numbered', () => {
    const places = placesOf(widths);
    for (const { from, to, index } of connections) {
      const { weight, inputs } = places[to.column - 1]!;
      expect(index).toBe(weight + to.place * inputs + from.place);
    }
    expect(connections.length).toBe(2 * 4 + 4 * 3 + 3);
  });

  test('grows beyond a room that is too narrow', () => {
    expect(layOut([2, 8, 8, 8, 8, 1], 300).width).toBe(5 * SIZES.least + SIZES.tile);
  });

  test('is walked by arrow keys, and ends at the edges', () => {
    expect(neighbour(widths, { column: 1, place: 3 }, 'ArrowRight')).toEqual({ column: 2, place: 2 });
    expect(neighbour(widths, { column: 2, place: 0 }, 'ArrowDown')).toEqual({ column: 2, place: 1 });
    expect(neighbour(widths, { column: 0, place: 0 }, 'ArrowLeft')).toEqual({ column: 0, place: 0 });
    expect(neighbour(widths, { column: 3, place: 0 }, 'ArrowUp')).toEqual({ column: 3, place: 0 });
  });
});

test('shades go from the lowest colour to the highest, with zero in the middle', () => {
  expect([shade(-9, 0, 1), shade(0, 0, 1), shade(0.5, 0.5, 0.5), shade(1, 0, 1), shade(NaN, 0, 1)]).toEqual([
    0, 128, 128, 255, 128,
  ]);
  for (const isDark of [false, true]) expect(new Set(colorsOf(isDark)).size).toBeGreaterThan(90);
});

describe('statistics', () => {
  test('a histogram counts, and what lies beyond falls into its ends', () => {
    expect(histogram([-5, 0, 0.1, 0.6, 9], 0, 1, 2).counts).toEqual([3, 2]);
    expect(gradientHistogram([0, 1e-3, -1e-3, 1e9]).counts.reduce((sum, count) => sum + count)).toBe(4);
  });

  const layer = (more: Partial<LayerStatistics>): LayerStatistics => ({
    ...{ activations: histogram([], 0, 1), gradients: histogram([], 0, 1) },
    ...{ gradientSize: 0.1, saturated: 0, dead: 0, units: 4 },
    ...more,
  });
  test.each([
    [[{}, {}, {}], []],
    [[{ gradientSize: 1e-5 }, {}, {}], ['vanishing']],
    [[{ gradientSize: 50 }, {}, {}], ['exploding']],
    [[{ gradientSize: 2e3 }, { gradientSize: 1e3 }], ['huge']],
    [[{ saturated: 0.9 }, {}], ['saturated']],
    [[{ dead: 2 }, {}], ['dead']],
    [[{ gradientSize: 1e-12 }, { gradientSize: 1e-9 }], []],
    [[{ saturated: 1 }], []],
    [[], []],
  ])('of %j are the troubles %j', (layers, kinds) => {
    expect(troublesOf(layers.map(layer)).map(({ kind }) => kind)).toEqual(kinds);
  });
});
