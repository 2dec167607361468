// A decision boundary as it comes about: a network learns to tell two moons apart, filmed every few epochs. The film is an SVG
// that moves by CSS, without a script; where people ask for less motion it stands still at its last frame.

import { data, fit, nn, optim, type Callback, type Tensor } from '../src/index.js';
import {
  contourLine,
  dots,
  figure,
  filledContours,
  PALETTE,
  type Grid,
  type Mark,
} from '../src/plot/index.js';
import type { ExampleOptions, Result } from './example.js';

const SIDE = 36; // points of the grid along each axis
const X_DOMAIN = [-1.6, 2.6] as const;
const Y_DOMAIN = [-1.2, 1.7] as const;
const SECONDS = 0.18; // that a frame is seen
const HOLD = 8; // frames for which the last one stays

interface Shot {
  readonly epoch: number;
  readonly accuracy: number;
  /** The probability of class 1 less 0.5, at each point of the grid. */
  readonly grid: Grid;
}

/** Trains and films; `accuracy` is that of the last epoch, on the points that it learns from. */
export async function main({ epochs = 120, print = console.log }: ExampleOptions = {}): Promise<Result> {
  const { X, y } = data.makeMoons({ nSamples: 200, noise: 0.18, randomState: 0 });
  const model = nn.sequential(nn.mlp([2, 16, 16, 1], { randomState: 0 }), nn.sigmoid());
  const shots: Shot[] = [];
  const camera: Callback = {
    onEpochEnd({ epoch, epochs, logs }) {
      if (!isFilmed(epoch) && epoch < epochs) return;
      shots.push({ epoch, accuracy: logs['accuracy'] ?? NaN, grid: gridOf(model) });
      print(`epoch ${epoch}: loss ${logs['loss']?.toFixed(4)}, accuracy ${logs['accuracy']?.toFixed(4)}`);
    },
  };
  const history = await fit(model, X, y, {
    loss: nn.bceLoss(),
    optimizer: optim.adam({ learningRate: 0.01 }),
    epochs,
    batchSize: 20,
    randomState: 0,
    callbacks: [camera],
  });

  const points = (label: number): [number, number][] =>
    [...y.data.keys()].filter((i) => y.data[i] === label).map((i) => [X.data[2 * i]!, X.data[2 * i + 1]!]);
  const movie = figure({
    panels: [
      {
        marks: [
          film(shots),
          dots(points(0), { label: 'class 0', color: PALETTE[0] }),
          dots(points(1), { label: 'class 1', color: PALETTE[1], symbol: 'triangle' }),
        ],
        title: 'Two moons',
      },
    ],
    height: 480,
    description: `A decision boundary that bends between two moons in ${epochs} epochs`,
  });
  return {
    figures: { accuracy: history.accuracy?.at(-1) ?? NaN, frames: shots.length },
    files: { 'moons-movie.svg': movie.toSVG() },
  };
}

/** Every epoch at first, when most happens, then fewer and fewer. */
function isFilmed(epoch: number): boolean {
  return epoch % Math.max(1, Math.floor(epoch / 8)) === 0;
}

/** What the network says at every point of the grid. */
function gridOf(model: nn.Module): Grid {
  const at = ([from, to]: readonly [number, number], i: number): number =>
    from + ((to - from) * i) / (SIDE - 1);
  const places = Array.from({ length: SIDE * SIDE }, (_, i) => [
    at(X_DOMAIN, i % SIDE),
    at(Y_DOMAIN, Math.floor(i / SIDE)),
  ]);
  const p: Tensor = model.predict(places);
  return {
    xDomain: X_DOMAIN,
    yDomain: Y_DOMAIN,
    columns: SIDE,
    rows: SIDE,
    values: p.data.map((each) => each - 0.5),
  };
}

/** A mark that shows one shot after the other, over and over. Any object of this shape is a mark. */
function film(shots: readonly Shot[]): Mark {
  const length = (shots.length + HOLD) * SECONDS;
  const share = (frames: number): string => `${((100 * frames) / (shots.length + HOLD)).toFixed(3)}%`;
  const style =
    `.film-shot{visibility:hidden;animation:${length.toFixed(2)}s step-end infinite film-shot}` +
    `.film-shot:last-of-type{animation-name:film-last}` +
    `@keyframes film-shot{0%{visibility:visible}${share(1)}{visibility:hidden}}` +
    `@keyframes film-last{0%{visibility:visible}${share(1 + HOLD)}{visibility:hidden}}` +
    `@media(prefers-reduced-motion:reduce){.film-shot{animation:none}.film-shot:last-of-type{visibility:visible}}`;
  return {
    covers: { x: X_DOMAIN, y: Y_DOMAIN },
    fills: true,
    draw: (frame) => {
      const drawn = shots.map(({ epoch, accuracy, grid }, i) => {
        const against = { ...grid, values: Float64Array.from(grid.values, (value) => -value) };
        const areas = [against, grid].map((side, k) =>
          filledContours(side, { levels: [0, 0.2, 0.4], color: PALETTE[k] }),
        );
        const marks = [...areas, contourLine(grid, 0)].map((mark) =>
          mark.draw(frame, mark.color ?? 'currentColor'),
        );
        const caption = `epoch ${epoch}, accuracy ${(100 * accuracy).toFixed(1)} %`;
        const text = `<text x="${frame.left + 12}" y="${frame.bottom - 12}">${caption}</text>`;
        return `<g class="film-shot" style="animation-delay:${(i * SECONDS).toFixed(2)}s">${marks.join('')}${text}</g>`;
      });
      return `<style>${style}</style>${drawn.join('')}`;
    },
  };
}
