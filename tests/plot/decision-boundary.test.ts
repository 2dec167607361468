import { describe, expect, test } from 'vitest';
import { ShapeError, ValueError } from '../../src/errors.js';
import { decisionBoundary, PALETTE } from '../../src/plot/index.js';
import { tensor, type Tensor } from '../../src/tensor/index.js';
import { all, byClass, parse, reader, vertices } from './svg-reader.js';

const X = [[-1, 0], [0, 1], [1, 0], [0, -1]]; // prettier-ignore
const y = [0, 0, 1, 1];
const rows = ({ data, shape }: Tensor) =>
  Array.from({ length: shape[0]! }, (_, i) => [data[2 * i]!, data[2 * i + 1]!] as const);
const sigmoid = (points: Tensor) => rows(points).map(([x1, x2]) => 1 / (1 + Math.exp(x2 - x1)));
const nearest = (points: Tensor) => rows(points).map(([x1, x2]) => (x1 > 0.5 ? 2 : x2 > 0 ? 1 : 0));

const panelOf = (options: Parameters<typeof decisionBoundary>[0]) =>
  byClass(parse(decisionBoundary(options).toSVG()), 'panel')[0]!;
const pathsWith = (panel: ReturnType<typeof panelOf>, key: string, value?: string) =>
  all(byClass(panel, 'marks')[0]!, ({ name, attributes }) =>
    name === 'path' && key in attributes && (value === undefined || attributes[key] === value)); // prettier-ignore
const boundaries = (panel: ReturnType<typeof panelOf>) =>
  pathsWith(panel, 'stroke', 'currentColor').flatMap((path) =>
    vertices(path).map((run) => run.map(reader(panel))),
  );

describe('a decision boundary', () => {
  test('has its p = 0.5 line where the model says 0.5', () => {
    const lines = boundaries(panelOf({ X, y, predict: sigmoid }));
    expect(lines).toHaveLength(1);
    for (const [x1, x2] of lines[0]!) expect(x1).toBeCloseTo(x2, 1);
    expect(lines[0]!.map(([x1]) => Math.abs(x1))).toEqual(lines[0]!.map(() => expect.closeTo(1.24, 1)));
  });

  test('has it in its exact place, off the middle too', () => {
    const predict = (points: Tensor) => rows(points).map(([x1]) => 1 / (1 + Math.exp(-4 * (x1 - 0.9))));
    const places = boundaries(panelOf({ X, y, predict })).flat();
    expect(places.length).toBeGreaterThan(1);
    for (const [x1] of places) expect(x1).toBeCloseTo(0.9, 2);
  });

  test('shows the points of each class in its own colour and shape', () => {
    const panel = panelOf({ X, y, predict: sigmoid });
    const points = pathsWith(panel, 'transform').map(({ attributes }) => attributes);
    expect(points.map(({ fill }) => fill)).toEqual([PALETTE[0], PALETTE[0], PALETTE[1], PALETTE[1]]);
    expect(points[0]!.d).not.toBe(points[2]!.d);
    const places = points.map(({ transform }) => {
      const [px = 0, py = 0] = transform!.match(/-?[\d.]+/g)!.map(Number);
      return reader(panel)([px, py]).map((value) => Math.round(value * 100) / 100 + 0);
    });
    expect(places).toEqual(X);
  });

  test('colours each side by its class, denser the surer: ten bands for p < 0.1 to p > 0.9', () => {
    const panel = panelOf({ X, y, predict: (points) => sigmoid(points).map((p) => (p - 0.5) * 1.2 + 0.5) });
    const bands = pathsWith(panel, 'fill-opacity');
    const colors = bands.map(({ attributes }) => attributes.fill);
    expect(colors).toEqual([...Array<string>(5).fill(PALETTE[0]!), ...Array<string>(5).fill(PALETTE[1]!)]);
    for (const band of bands) {
      const side = band.attributes.fill === PALETTE[1] ? 1 : -1;
      for (const [x1, x2] of vertices(band).flat().map(reader(panel))) {
        expect(side * (x1 - x2)).toBeGreaterThan(-0.02);
      }
    }
  });

  test('asks the model once, for a grid of points that reaches beyond the data', () => {
    const asked: Tensor[] = [];
    panelOf({ X, y, resolution: 20, predict: (points) => (asked.push(points), sigmoid(points)) });
    expect(asked.map(({ shape }) => shape)).toEqual([[400, 2]]);
    expect(Math.min(...asked[0]!.data)).toBeLessThan(-1);
    expect(Math.max(...asked[0]!.data)).toBeGreaterThan(1);
  });

  test('is the same for tensors as for numbers', () => {
    const options = { X: tensor(X), y: tensor(y, { shape: [4, 1] }) };
    const predict = (points: Tensor) => tensor(sigmoid(points), { shape: [points.shape[0]!, 1] });
    expect(decisionBoundary({ ...options, predict }).toSVG()).toBe(
      decisionBoundary({ X, y, predict: sigmoid }).toSVG(),
    );
  });

  test('of three classes lies where the index of the class changes', () => {
    const lines = boundaries(panelOf({ X, y: [0, 1, 2, 0], predict: nearest }));
    for (const [x1, x2] of lines.flat()) {
      const apart = Math.min(Math.abs(x1 - 0.5), x1 < 0.55 ? Math.abs(x2) : Infinity);
      expect(apart).toBeLessThan(0.03);
    }
    expect(lines.length).toBeGreaterThan(1);
  });

  test('of three classes colours the area of each index in the colour of its class', () => {
    const panel = panelOf({ X, y: [0, 1, 2, 0], predict: nearest });
    const third = pathsWith(panel, 'fill-opacity').filter(({ attributes }) => attributes.fill === PALETTE[2]);
    const places = third.flatMap((band) => vertices(band).flat().map(reader(panel)));
    expect(Math.min(...places.map(([x1]) => x1))).toBeCloseTo(0.5, 1);
    expect(Math.max(...places.map(([x1]) => x1))).toBeCloseTo(1.24, 1);
  });

  test('of three classes takes a score for each', () => {
    const scores = (points: Tensor) =>
      tensor(
        rows(points).flatMap(([x1, x2]) => [-x1, x1, x2 - 10]),
        { shape: [points.shape[0]!, 3] },
      );
    const panel = panelOf({ X, y: [0, 1, 2, 0], predict: scores });
    for (const [x1] of boundaries(panel).flat()) expect(x1).toBeCloseTo(0, 1);
    expect(byClass(panel, 'legend')[0]!.text).toBe('boundaryclass 0class 1class 2');
  });

  test('takes all its texts in Korean', () => {
    const labels = {
      title: '결정 경계',
      x: '특성 1',
      y: '특성 2',
      classes: ['고양이', '개'],
      boundary: '경계',
    };
    const texts = all(panelOf({ X, y, predict: sigmoid, labels }), ({ name }) => name === 'text');
    const words = texts.map(({ text }) => text).filter((text) => !/^[−\d.]+$/.test(text));
    expect(words.toSorted()).toEqual(Object.values(labels).flat().toSorted());
  });

  test.each<[string, Partial<Parameters<typeof decisionBoundary>[0]>, new () => Error, RegExp]>([
    ['no points', { X: [], y: [] }, ShapeError, /X must be points \[n, 2\] .* got \[0\]/],
    ['three features', { X: [[1, 2, 3]], y: [0] }, ShapeError, /got \[1, 3\]/],
    ['a missing class', { y: [0, 1] }, ShapeError, /a class for each of the 4 points, got \[2\]/],
    ['half a class', { y: [0, 0.5, 1, 1] }, ValueError, /whole number 0, 1, …, got 0.5/],
    [
      'too few predictions',
      { predict: () => [0.5] },
      ShapeError,
      /predict must give \[10000\] .* got 1 numbers/,
    ],
    ['a resolution of 1', { resolution: 1 }, ValueError, /at least 2, got 1/],
  ])('with %s is an error that says so', (_, wrong, kind, message) => {
    const make = () => decisionBoundary({ X, y, predict: sigmoid, ...wrong });
    expect(make).toThrow(kind);
    expect(make).toThrow(message);
  });
});
