import { describe, expect, test } from 'vitest';
import { ValueError } from '../../src/errors.js';
import { dots, figure, line, PALETTE, rule, type Panel } from '../../src/plot/index.js';
import { all, byClass, parse, reader, ticks, vertices } from './svg-reader.js';

const panelOf = (panel: Panel) => byClass(parse(figure({ panels: [panel] }).toSVG()), 'panel')[0]!;
const paths = (panel: ReturnType<typeof panelOf>) =>
  all(byClass(panel, 'marks')[0]!, ({ name }) => name === 'path');

describe('a figure', () => {
  const makePanels = (): Panel[] => [
    { title: 'one', marks: [line([1, 3, 2], { label: 'a' })] },
    { title: 'two', xLabel: 'x', yLabel: 'y', marks: [dots([[0.1234567, 1 / 3]]), rule(0.2)] },
  ];
  const panels = makePanels();

  test('is well-formed, of the size asked for, and named for screen readers', () => {
    const root = parse(figure({ panels, width: 700, height: 500, title: 'both' }).toSVG());
    expect(root.name).toBe('svg');
    expect(root.attributes).toMatchObject({
      xmlns: 'http://www.w3.org/2000/svg',
      width: '700',
      height: '500',
      viewBox: '0 0 700 500',
      role: 'img',
      'aria-label': 'both; one; two',
    });
    expect(root.children[0]).toMatchObject({ name: 'title', text: 'both; one; two' });
  });

  test('says what it is told to say to screen readers', () => {
    const root = parse(figure({ panels, description: 'Loss falls.' }).toSVG());
    expect(root.attributes['aria-label']).toBe('Loss falls.');
  });

  test('is the same text for the same input', () => {
    expect(figure({ panels: makePanels() }).toSVG()).toBe(figure({ panels: makePanels() }).toSVG());
  });

  test('writes no number with more than 2 decimals', () => {
    const svg = figure({ panels: [...panels, { marks: [line([Math.PI, Math.E, Math.SQRT2])] }] }).toSVG();
    expect(svg.match(/\d\.\d{3,}/g)).toBeNull();
  });

  test('stands alone: it refers to nothing outside itself, and has no ids to clash on a page', () => {
    expect(figure({ panels }).toSVG()).not.toMatch(/\b(href|src|id)=|url\(|@import|@font-face/);
  });

  test('puts panels one over the other, with their frames aligned', () => {
    const frames = byClass(
      parse(figure({ panels: [{ marks: [line([1, 2])] }, { marks: [line([1e5, 2e5])] }] }).toSVG()),
      'marks',
    ).map(({ attributes }) => attributes);
    expect(frames[0]!.x).toBe(frames[1]!.x);
    expect(Number(frames[1]!.y)).toBeGreaterThan(Number(frames[0]!.y) + Number(frames[0]!.height));
  });

  test('puts panels side by side in columns', () => {
    const [left, right, below] = byClass(
      parse(figure({ columns: 2, panels: [1, 2, 3].map(() => ({ marks: [line([1, 2])] })) }).toSVG()),
      'marks',
    ).map(({ attributes }) => attributes);
    expect(left!.y).toBe(right!.y);
    expect(Number(right!.x)).toBeGreaterThan(Number(left!.x) + Number(left!.width));
    expect(below!.x).toBe(left!.x);
  });

  test('shows any text as it is', () => {
    const nasty = `a < b && "c" > 'd' <script>alert(1)</script> 한국어`;
    const root = parse(
      figure({
        title: nasty,
        panels: [{ title: nasty, xLabel: nasty, yLabel: nasty, marks: [line([1, 2], { label: nasty })] }],
      }).toSVG(),
    );
    const texts = all(root, ({ name }) => name === 'text').filter(({ text }) => text === nasty);
    expect(texts).toHaveLength(5);
    expect(all(root, ({ name }) => name === 'script')).toHaveLength(0);
  });

  test('replaces characters that XML forbids', () => {
    const root = parse(figure({ title: 'a\u0000b\uD800c', panels }).toSVG());
    expect(root.attributes['aria-label']).toBe('a\uFFFDb\uFFFDc; one; two');
  });

  test.each<[string, () => unknown, RegExp]>([
    ['no panels', () => figure({ panels: [] }), /at least one panel, got none/],
    ['no marks', () => figure({ panels: [{ marks: [] }] }), /at least one mark, got none/],
    ['no points', () => line([]), /line: expected at least one point, got none/],
    ['no dots', () => dots([]), /dots: expected at least one point, got none/],
    ['no height', () => rule(NaN), /rule: expected a finite height y, got NaN/],
    ['no room', () => figure({ panels, width: 100, height: 60 }), /no room for a panel/],
    ['an endless figure', () => figure({ panels, width: Infinity }), /finite numbers, got Infinity/],
    ['half a column', () => figure({ panels, columns: 0.5 }), /whole number of at least 1, got 0.5/],
    ['a backward domain', () => panelOf({ xDomain: [2, 1], marks: [line([1])] }), /xDomain .* got \[2, 1\]/],
    [
      'a log scale to 0',
      () => panelOf({ yScale: 'log', yDomain: [0, 1], marks: [line([1])] }),
      /yDomain .*above 0.* got \[0, 1\]/,
    ],
  ])('with %s is a sentence', (_, make, message) => {
    expect(make).toThrow(ValueError);
    expect(make).toThrow(message);
  });
});

describe('marks', () => {
  test('stand where the axes say', () => {
    const points = [[0, 10], [2, 40], [4, 30], [6, 20]] as const; // prettier-ignore
    const panel = panelOf({ marks: [line(points), dots(points)] });
    const { x, y } = ticks(panel);
    const expected = points.map(([a, b]) => [x.get(String(a)), y.get(String(b))]);
    const [curve, ...symbols] = paths(panel);
    expect(vertices(curve!)).toEqual([expected]);
    expect(symbols.map(({ attributes }) => attributes.transform)).toEqual(
      expected.map(([px, py]) => `translate(${px} ${py})`),
    );
  });

  test('of y values alone stand at x = 1, 2, 3, …', () => {
    const series = panelOf({ marks: [line([5, 7, 6])] });
    const pairs = panelOf({ marks: [line([[1, 5], [2, 7], [3, 6]])] }); // prettier-ignore
    expect(paths(series)).toEqual(paths(pairs));
    expect(paths(panelOf({ marks: [line(Float64Array.of(5, 7, 6))] }))).toEqual(paths(pairs));
  });

  test('NaN and infinite values make gaps, and a lone point between gaps is a dot', () => {
    const values = [1, 2, NaN, 3, Infinity, 4, 5, -Infinity];
    const panel = panelOf({ marks: [line(values)] });
    expect(paths(panel).flatMap(vertices).map((run) => run.length)).toEqual([2, 2]); // prettier-ignore
    const [dot, ...more] = all(byClass(panel, 'marks')[0]!, ({ name }) => name === 'circle');
    expect(more).toHaveLength(0);
    const [x, y] = reader(panel)([Number(dot!.attributes.cx), Number(dot!.attributes.cy)]);
    expect([x, y]).toEqual([expect.closeTo(4, 2), expect.closeTo(3, 2)]);
    const svg = figure({ panels: [{ marks: [line(values), dots(values)] }] }).toSVG();
    expect(svg).not.toMatch(/NaN|Infinity/);
    expect(svg.match(/translate/g)).toHaveLength(5);
  });

  test('a series of NaN alone keeps its epochs and draws nothing', () => {
    const panel = panelOf({ marks: [line([NaN, NaN, NaN])] });
    expect([...ticks(panel).x.keys()]).toEqual(['1', '2', '3']);
    expect(byClass(panel, 'mark').map(({ children }) => children)).toEqual([[]]);
  });

  test('a series of one value is a dot over its epoch', () => {
    const panel = panelOf({ marks: [line([0.7])] });
    const dot = all(panel, ({ name }) => name === 'circle')[0]!;
    expect([...ticks(panel).x]).toEqual([['1', Number(dot.attributes.cx)]]);
  });

  test.each([[0], [0.5], [-3], [1e9], [1e-9]])('a constant series of %d lies inside the frame', (value) => {
    const panel = panelOf({ marks: [line([value, value, value])] });
    const frame = byClass(panel, 'marks')[0]!.attributes;
    const height = vertices(paths(panel)[0]!)[0]![0]![1];
    expect(height).toBeGreaterThan(Number(frame.y) + 10);
    expect(height).toBeLessThan(Number(frame.y) + Number(frame.height) - 10);
    expect(ticks(panel).y.size).toBeGreaterThan(1);
  });

  test('take the palette in turn unless given a colour', () => {
    const panel = panelOf({ marks: [line([1, 2]), line([2, 1], { color: 'red' }), rule(1), line([1, 1])] });
    expect(paths(panel).map(({ attributes }) => attributes.stroke)).toEqual([
      PALETTE[0],
      'red',
      'currentColor',
      PALETTE[1],
    ]);
  });

  test('a rule crosses the frame at its height', () => {
    const panel = panelOf({ marks: [line([0, 4]), rule(2)] });
    const frame = byClass(panel, 'marks')[0]!.attributes;
    const right = Number(frame.x) + Number(frame.width);
    expect(paths(panel)[1]!.attributes.d).toBe(`M${frame.x},${ticks(panel).y.get('2.0')}H${right}`);
  });

  test('with a label are in the legend with their sample; others are not', () => {
    const panel = panelOf({ marks: [line([1, 2], { label: 'seen', color: 'red' }), line([2, 1])] });
    const legend = byClass(panel, 'legend');
    expect(legend.map(({ text }) => text)).toEqual(['seen']);
    expect(legend[0]!.children[0]!.attributes.stroke).toBe('red');
    expect(byClass(panelOf({ marks: [line([1, 2])] }), 'legend')).toHaveLength(0);
  });

  test('a legend too long for one row goes on in the next', () => {
    const marks = Array.from({ length: 12 }, (_, i) => line([i, 1], { label: `learning rate ${i}` }));
    const texts = all(
      byClass(panelOf({ title: 'rates', marks }), 'legend')[0]!,
      ({ name }) => name === 'text',
    );
    const places = texts.map(({ attributes }) => [Number(attributes.x), Number(attributes.y)] as const);
    expect(new Set(places.map(([, y]) => y)).size).toBeGreaterThan(1);
    expect(new Set(places.map(String)).size).toBe(12);
    expect(Math.max(...places.map(([x]) => x))).toBeLessThan(640 - 8 * 14);
  });
});

describe('axes', () => {
  test.each([
    ['epochs', [1, 30]],
    ['many epochs', [1, 12_000]],
    ['large numbers', [0, 123_456_789]],
    ['small numbers', [0, 2.5e-8]],
    ['negative numbers', [-1234.5, 1234.5]],
    ['a narrow range', [1000.001, 1000.0018]],
  ])('label %s without overlap', (_, [from = 0, to = 0]) => {
    const { x, y } = ticks(panelOf({ marks: [line([[from, from], [to, to]])] })); // prettier-ignore
    for (const places of [x, y]) expect(places.size).toBeGreaterThan(1);
    const along = [...x];
    for (const [i, [label, place]] of along.slice(1).entries()) {
      const [before, placeBefore] = along[i]!;
      expect(place - placeBefore).toBeGreaterThan(((label.length + before.length) / 2) * 14 * 0.5);
    }
    const heights = [...y.values()];
    for (const [i, height] of heights.slice(1).entries()) expect(heights[i]! - height).toBeGreaterThan(18);
  });

  test('end in round numbers where nothing else is asked', () => {
    const { y } = ticks(panelOf({ marks: [line([0.3, 9.7])] }));
    expect([...y.keys()]).toEqual(expect.arrayContaining(['0', '10']));
  });

  test('have few labels however long they are', () => {
    const chart = figure({ width: 3000, height: 2000, panels: [{ marks: [line([0.3, 9.7, 0.5])] }] });
    const { x, y } = ticks(byClass(parse(chart.toSVG()), 'panel')[0]!);
    for (const { size } of [x, y]) expect(size).toBeLessThan(13);
  });

  test('write numbers as people read them', () => {
    const labels = (from: number, to: number) => [...ticks(panelOf({ marks: [line([from, to])] })).y.keys()];
    expect(labels(0, 20_000)).toContain('10,000');
    expect(labels(0, 4e6)).toContain('2e6');
    expect(labels(0, 4e-8)).toContain('2e−8');
    expect(labels(-1, 1)).toContain('−0.2');
  });

  test('count epochs in whole numbers', () => {
    expect([...ticks(panelOf({ marks: [line([3, 2])] })).x.keys()]).toEqual(['1', '2']);
  });

  test('on a log scale give each decade the same height, and 0 and below leave gaps', () => {
    const panel = panelOf({ yScale: 'log', marks: [line([100, 10, 1, 0, 0.1, -1, 0.01, 0.001])] });
    const { y } = ticks(panel);
    const heights = ['100', '10', '1', '0.1', '0.01', '0.001'].map((label) => y.get(label)!);
    const steps = heights.slice(1).map((height, i) => height - heights[i]!);
    for (const step of steps) expect(step).toBeCloseTo(steps[0]!, 1);
    expect(paths(panel).flatMap(vertices).map((run) => run.length)).toEqual([3, 2]); // prettier-ignore
    expect(all(byClass(panel, 'marks')[0]!, ({ name }) => name === 'circle')).toHaveLength(1);
  });

  test('on a log scale of little more than a decade still have labels', () => {
    const { y } = ticks(panelOf({ yScale: 'log', marks: [line([2.2, 1, 0.09])] }));
    expect([...y.keys()]).toEqual(expect.arrayContaining(['0.1', '0.2', '0.5', '1', '2']));
  });
});
