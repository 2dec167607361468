// What a classifier makes of the plane: its probabilities as areas, its decision as a line, the data on top.

import { ShapeError, ValueError } from '../errors.js';
import { formatShape, Tensor, tensor, toTensor, type TensorLike } from '../tensor/index.js';
import { contourLine, filledContours, type Grid } from './contours.js';
import { figure, type Figure } from './figure.js';
import { dots, type DotSymbol } from './marks.js';
import { paletteColor } from './theme.js';

/** The texts of a decision boundary plot. */
export interface BoundaryLabels {
  /** Default: none. */
  readonly title?: string | undefined;
  /** The axes. Defaults `'x₁'` and `'x₂'`. */
  readonly x?: string | undefined;
  readonly y?: string | undefined;
  /** The classes in the legend. Default `'class 0'`, `'class 1'`, … */
  readonly classes?: readonly string[] | undefined;
  /** The line in the legend. Default `'p = 0.5'`, for more than two classes `'boundary'`. */
  readonly boundary?: string | undefined;
}

/** What `decisionBoundary` needs, and its options. */
export interface DecisionBoundaryOptions {
  /** Points, [n, 2]. */
  readonly X: TensorLike;
  /** The class of each, 0, 1, …: [n] or [n, 1]. */
  readonly y: TensorLike;
  /**
   * The model: for points [m, 2], the probability of class 1 ([m] or [m, 1]), a score for each class ([m, classes]),
   * or, for more than two classes, the index of the class ([m]).
   */
  readonly predict: (points: Tensor) => Tensor | ArrayLike<number>;
  /** Points of the grid along each axis. Default 100. */
  readonly resolution?: number | undefined;
  readonly labels?: BoundaryLabels | undefined;
  /** In pixels. Default 640. */
  readonly width?: number | undefined;
  /** In pixels. Default 560. */
  readonly height?: number | undefined;
}

const SYMBOLS: readonly DotSymbol[] = ['circle', 'triangle', 'square', 'diamond'];
const MARGIN = 0.12; // of the data's extent, added on each side
const LEVELS = [0, 0.2, 0.4, 0.6, 0.8]; // lead of a class; for two classes p = 0.5, 0.6, … 0.9

/**
 * Plots how a classifier divides the plane. The further a class leads, the denser its colour; the line is where no
 * class leads, and the points are the data, each class with its own colour and shape.
 * Throws a `ShapeError` if `X`, `y` or a prediction has the wrong shape, a `ValueError` if a class is no whole number.
 *
 * @example
 * const predict = ({ shape, data }) =>
 *   Array.from({ length: shape[0] }, (_, i) => 1 / (1 + Math.exp(-data[2 * i])));
 * decisionBoundary({ X: [[-1, 0], [1, 0.5]], y: [0, 1], predict }).toSVG();
 */
export function decisionBoundary({
  X,
  y,
  predict,
  resolution = 100,
  labels = {},
  width = 640,
  height = 560,
}: DecisionBoundaryOptions): Figure {
  if (!(Number.isInteger(resolution) && resolution >= 2)) {
    throw new ValueError(
      `decisionBoundary: resolution must be a whole number of at least 2, got ${resolution}`,
    );
  }
  const points = pointsOf(X);
  const classes = classesOf(y, points.length);
  const inData = classes.reduce((count, label) => Math.max(count, label + 1), 2);

  const xDomain = widened(points.map(([x]) => x));
  const yDomain = widened(points.map(([, height]) => height));
  const leads = leadsOf(predict(gridPoints(xDomain, yDomain, resolution)), resolution ** 2, inData);
  const grids = leads.map((values): Grid => ({
    xDomain,
    yDomain,
    columns: resolution,
    rows: resolution,
    values,
  }));

  const boundary = labels.boundary ?? (leads.length === 2 ? 'p = 0.5' : 'boundary');
  return figure({
    width,
    height,
    panels: [
      {
        title: labels.title,
        xLabel: labels.x ?? 'x₁',
        yLabel: labels.y ?? 'x₂',
        marks: [
          ...grids.map((grid, k) => filledContours(grid, { levels: LEVELS, color: paletteColor(k) })),
          // the last class borders on the others only, so its line is drawn already
          ...grids
            .slice(0, -1)
            .map((grid, k) => contourLine(grid, 0, { label: k === 0 ? boundary : undefined })),
          ...grids.flatMap((_, k) => {
            const members = points.filter((_, i) => classes[i] === k);
            const label = labels.classes?.[k] ?? `class ${k}`;
            const symbol = SYMBOLS[k % SYMBOLS.length];
            return members.length > 0 ? [dots(members, { label, color: paletteColor(k), symbol })] : [];
          }),
        ],
      },
    ],
  });
}

function pointsOf(X: TensorLike): (readonly [number, number])[] {
  const { shape, data } = toTensor(X);
  if (shape.length !== 2 || shape[1] !== 2 || shape[0] === 0) {
    throw new ShapeError(
      `decisionBoundary: X must be points [n, 2] with n at least 1, got ${formatShape(shape)}`,
    );
  }
  return Array.from({ length: data.length / 2 }, (_, i) => [data[2 * i]!, data[2 * i + 1]!] as const);
}

function classesOf(y: TensorLike, length: number): number[] {
  const { shape, data } = toTensor(y);
  if (data.length !== length) {
    throw new ShapeError(
      `decisionBoundary: y must hold a class for each of the ${length} points, got ${formatShape(shape)}`,
    );
  }
  const bad = data.find((label) => !Number.isInteger(label) || label < 0);
  if (bad !== undefined) {
    throw new ValueError(`decisionBoundary: a class in y is a whole number 0, 1, …, got ${bad}`);
  }
  return Array.from(data);
}

/** The extent of the finite values with a margin on both sides. */
function widened(values: readonly number[]): [number, number] {
  const finite = values.filter(Number.isFinite);
  const low = finite.reduce((least, value) => Math.min(least, value), Infinity);
  const high = finite.reduce((greatest, value) => Math.max(greatest, value), -Infinity);
  const margin = (high - low) * MARGIN || 1;
  return finite.length === 0 ? [0, 1] : [low - margin, high + margin];
}

function gridPoints(
  [left, right]: readonly [number, number],
  [bottom, top]: readonly [number, number],
  resolution: number,
): Tensor {
  const points = Float64Array.from({ length: 2 * resolution ** 2 }, (_, i) => {
    const [row, column] = [Math.floor(i / 2 / resolution), Math.floor(i / 2) % resolution];
    return i % 2 === 0
      ? left + ((right - left) * column) / (resolution - 1)
      : bottom + ((top - bottom) * row) / (resolution - 1);
  });
  return tensor(points, { shape: [resolution ** 2, 2] });
}

/** For each class, how far its score lies above the best of the others, at each point. */
function leadsOf(prediction: Tensor | ArrayLike<number>, points: number, inData: number): Float64Array[] {
  const values = prediction instanceof Tensor ? prediction.data : prediction;
  const columns = values.length / points;
  if (!Number.isInteger(columns) || (columns !== 1 && columns < inData)) {
    throw new ShapeError(
      `decisionBoundary: predict must give [${points}] or [${points}, ${inData}] for ${points} points ` +
        `of ${inData} classes, got ${values.length} numbers`,
    );
  }
  const all = Array.from({ length: Math.max(inData, columns) }, (_, k) => k);
  const score = (point: number, k: number): number => {
    if (columns > 1) return values[point * columns + k]!;
    const value = values[point]!;
    if (all.length > 2) return value === k ? 1 : 0;
    return k === 1 ? value : 1 - value;
  };
  return all.map((k) => {
    const others = all.filter((other) => other !== k);
    return Float64Array.from(
      { length: points },
      (_, point) => score(point, k) - Math.max(...others.map((other) => score(point, other))),
    );
  });
}
