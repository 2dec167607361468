// The playground's pictures as SVG documents: the output over the plane, the losses, the network.

import { functions, type Tensor } from '../../../src/index.js';
import { decisionBoundary, figure, line } from '../../../src/plot/index.js';
import type { Curve } from '../curve.js';
import type { Points } from '../datasets.js';
import { layOut, SIZES } from '../layout.js';
import type { Look } from '../look.js';
import { buildNetwork, placesOf, thresholdOf } from '../network.js';
import { inksOf } from '../palette.js';
import type { Settings } from '../settings.js';
import { lineOf, shareOf } from '../views/draw-network.js';
import { widthsOf } from './recipe.js';

/** The output over the plane, with all samples. */
export function planeFigure(
  settings: Settings,
  points: Points,
  weights: ArrayLike<number>,
  labels: { readonly title: string; readonly classes: readonly string[] },
): string {
  const { loss } = settings.training;
  const { model, assign } = buildNetwork(settings.network, loss);
  assign(weights);
  const isScore = thresholdOf(loss) === 0;
  const predict = (samples: Tensor): Tensor => {
    const output = model.predict(samples);
    return isScore ? functions.sigmoid(output) : output;
  };
  const X = Array.from(points.y, (_, i) => [points.X[2 * i]!, points.X[2 * i + 1]!]);
  const boundary = isScore ? 'z = 0' : 'p = 0.5';
  return decisionBoundary({ X, y: points.y, predict, labels: { ...labels, boundary } }).toSVG();
}

/** The losses over the epochs. */
export function lossFigure(
  { moments, last }: Curve,
  labels: { readonly title: string; readonly epoch: string; readonly train: string; readonly test: string },
): string {
  const all = last && last !== moments.at(-1) ? [...moments, last] : moments;
  const test = all.flatMap(({ epoch, test }) => (test === null ? [] : [[epoch, test] as const]));
  const marks = [
    line(
      all.map(({ epoch, train }) => [epoch, train] as const),
      { label: labels.train },
    ),
    ...(test.length > 0 ? [line(test, { label: labels.test, dash: true })] : []),
  ];
  return figure({ panels: [{ title: labels.title, xLabel: labels.epoch, yLabel: 'J', marks }] }).toSVG();
}

/** The network on a light paper, with a picture of every neuron given as the address of an image (`data:`). */
export function networkFigure(
  settings: Settings,
  look: Look,
  tiles: readonly string[],
  title: string,
): string {
  const widths = widthsOf(settings);
  const { width, height, spots, connections } = layOut(widths, 110 * widths.length);
  const { below, above, paper, ink } = inksOf(false);
  const values = look.view === 'forward' ? look.weights : look.gradients;
  const share = shareOf(look);
  const biases = placesOf(widths).map(({ bias }) => bias);
  const color = (value: number): string => (value < 0 ? below : above);
  const lines = connections.map(({ path, index }) => {
    const value = values[index]!;
    const { width: wide, opacity } = lineOf(share(value));
    return `<path d="${path}" fill="none" stroke="${color(value)}" stroke-width="${wide.toFixed(2)}" stroke-opacity="${opacity.toFixed(2)}"/>`;
  });
  const neurons = spots.map(({ x, y, column, place }, i) => {
    const square = `x="${x}" y="${y}" width="${SIZES.tile}" height="${SIZES.tile}"`;
    const picture = `<image ${square} href="${tiles[i]}"/><rect ${square} fill="none" stroke="${ink}" stroke-opacity="0.5"/>`;
    if (column === 0)
      return `${picture}<text x="${x + 4}" y="${y + 14}" fill="${ink}">x${place === 0 ? '₁' : '₂'}</text>`;
    const value = values[biases[column - 1]! + place]!;
    const radius = (2.5 + 3.5 * share(value)).toFixed(2);
    return `${picture}<circle cx="${x}" cy="${y + SIZES.tile}" r="${radius}" fill="${color(value)}" stroke="${paper}" stroke-width="1.5"/>`;
  });
  const margin = 16;
  const box = `${-margin} ${-margin} ${width + 2 * margin} ${height + 2 * margin}`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width + 2 * margin}" height="${height + 2 * margin}" viewBox="${box}"`,
    ` font-family="system-ui, sans-serif" font-size="12" role="img"><title>${title}</title>`,
    `<rect x="${-margin}" y="${-margin}" width="100%" height="100%" fill="${paper}"/>`,
    ...lines,
    ...neurons,
    '</svg>',
  ].join('');
}
