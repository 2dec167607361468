// Scaling: a step's time against width, batch and depth, with the roofline drawn in.

import { figure, line, type Panel } from '../src/plot/index.js';
import { entrants, OURS } from './entrants.js';
import { race, type RaceOptions, type Result } from './race.js';
import { leastTime, type Machine } from './roofline.js';
import { columns, short } from './table.js';
import { classifier, type Work } from './works.js';

/** One network, and how it did. */
export interface Point {
  readonly value: number;
  readonly work: Work;
  /** Microseconds, from the roofline. */
  readonly least: number;
  readonly results: readonly Result[];
}

/** What is varied, and the points. */
export interface Curve {
  readonly title: string;
  readonly points: readonly Point[];
}

const powersOfTwo = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, i) => 2 ** (from + i));

const STEPS = 8; // an epoch

const VARIED: readonly { title: string; values: number[]; quick: number[]; make: (value: number) => Work }[] =
  [
    {
      ...{ title: 'width (width-width-10, batch 64)', values: powersOfTwo(3, 10), quick: [8, 64, 256] },
      make: (width) => classifier([width, width, 10], 64, STEPS),
    },
    {
      ...{ title: 'batch (256-256-10)', values: powersOfTwo(0, 9), quick: [1, 16, 128] },
      make: (batch) => classifier([256, 256, 10], batch, STEPS),
    },
    {
      ...{ title: 'hidden layers (128 wide, batch 64)', values: powersOfTwo(0, 4), quick: [1, 4] },
      make: (depth) => classifier([...Array<number>(depth + 1).fill(128), 10], 64, STEPS),
    },
  ];

const COMPARED = [OURS, 'PyTorch, 1 thread'];

export async function measureScaling(
  machine: Machine,
  options: RaceOptions & { readonly quick: boolean },
): Promise<Curve[]> {
  const curves: Curve[] = [];
  const compared = entrants.filter(({ name }) => COMPARED.includes(name));
  for (const { title, values, quick, make } of VARIED) {
    const points: Point[] = [];
    for (const value of options.quick ? quick : values) {
      const work = make(value);
      const results = await race(work, compared, options);
      points.push({ value, work, least: leastTime(work, machine), results });
    }
    curves.push({ title, points });
  }
  return curves;
}

/** The time of a contender at each point, NaN where it was not timed. */
function timesOf({ points }: Curve, name: string): number[] {
  return points.map(({ results }) => results.find((result) => result.name === name)?.time?.median ?? NaN);
}

export function scalingTable(curves: readonly Curve[]): string {
  return curves
    .map((curve) => {
      const [ours, theirs] = COMPARED.map((name) => timesOf(curve, name)) as [number[], number[]];
      const rows = curve.points.map(({ value, least }, i) => [
        ...[String(value), short(least), short(ours[i]!), short(theirs[i]!)],
        `${Math.round((100 * least) / ours[i]!)} %`,
      ]);
      const head = ['', 'roofline, µs', 'ours', 'PyTorch', 'ours reaches'];
      return [`Against ${curve.title}`, ...columns([head, ...rows])].join('\n');
    })
    .join('\n\n');
}

export function scalingChart(curves: readonly Curve[]): string {
  const panels = curves.map((curve, i): Panel => {
    const label = (text: string): string | undefined => (i === 0 ? text : undefined);
    const through = (times: readonly number[]) =>
      curve.points.map(({ value }, k) => [Math.log2(value), times[k]!] as const);
    const least = curve.points.map((point) => point.least);
    return {
      title: `Against ${curve.title}`,
      xLabel: `log₂ of ${curve.title.split(' (')[0]}`,
      yLabel: 'µs a step',
      yScale: 'log',
      marks: [
        ...COMPARED.map((name) => line(through(timesOf(curve, name)), { label: label(name) })),
        line(through(least), { label: label('roofline'), dash: true, color: '#888' }),
      ],
    };
  });
  return figure({
    panels,
    width: 760,
    height: 320 * panels.length,
    title: 'Time of a training step',
  }).toSVG();
}
