import { describe, expect, test } from 'vitest';
import { ValueError } from '../../src/errors.js';
import { historyPlot, PALETTE } from '../../src/plot/index.js';
import { all, byClass, parse, reader, ticks, vertices } from './svg-reader.js';

// Shaped like lesson 4's two runs: the right derivative learns, the published one does not.
const epochs = Array.from({ length: 30 }, (_, epoch) => epoch);
const right = {
  loss: epochs.map((epoch) => 0.06 + 1.92 * Math.exp(-epoch / 7)),
  accuracy: epochs.map((epoch) => Math.min(1, 0.5 + epoch / 20)),
};
const published = { loss: epochs.map((epoch) => 2.214 - 0.011 * epoch), accuracy: epochs.map(() => 0.5) };

const panelsOf = (...options: Parameters<typeof historyPlot>) =>
  byClass(parse(historyPlot(...options).toSVG()), 'panel');
const curves = (panel: ReturnType<typeof parse>) =>
  all(byClass(panel, 'marks')[0]!, ({ name }) => name === 'path');

describe('a history plot', () => {
  test('is 10 × 5 inches at 100 pixels an inch: loss over accuracy', () => {
    const labels = { loss: 'BCELoss per epoch' };
    const root = parse(historyPlot(right, { labels }).toSVG());
    expect(root.attributes).toMatchObject({ width: '1000', height: '500' });
    const titles = all(root, ({ attributes }) => attributes['font-weight'] === 'bold');
    expect(titles.map(({ text }) => text)).toEqual(['BCELoss per epoch', 'Accuracy per epoch']);
    expect(Number(titles[0]!.attributes.y)).toBeLessThan(Number(titles[1]!.attributes.y));
  });

  test('shows the numbers it is given', () => {
    for (const [i, series] of [right.loss, right.accuracy].entries()) {
      const panel = panelsOf(right)[i]!;
      const [curve] = vertices(curves(panel)[0]!);
      for (const [epoch, pixel] of curve!.entries()) {
        const [x, y] = reader(panel)(pixel);
        expect(x).toBeCloseTo(epoch + 1, 1);
        expect(y).toBeCloseTo(series[epoch]!, 2);
      }
    }
  });

  test('has accuracy on an axis from 0 to 1 whatever the values', () => {
    const { y } = ticks(panelsOf({ loss: [1, 1], accuracy: [0.5, 0.5] })[1]!);
    expect([...y.keys()].at(0)).toBe('0.0');
    expect([...y.keys()].at(-1)).toBe('1.0');
  });

  test('overlays runs in the same colours in both panels, named once', () => {
    const panels = panelsOf({ 'published derivative': published, 'right derivative': right });
    for (const panel of panels) {
      expect(curves(panel).map(({ attributes }) => attributes.stroke)).toEqual(PALETTE.slice(0, 2));
    }
    const legends = panels.flatMap((panel) => byClass(panel, 'legend'));
    const names = legends.flatMap((legend) => all(legend, ({ name }) => name === 'text'));
    expect(names.map(({ text }) => text)).toEqual(['published derivative', 'right derivative']);
  });

  test('of one run has no legend', () => {
    expect(panelsOf(right).flatMap((panel) => byClass(panel, 'legend'))).toEqual([]);
  });

  test('without accuracy is one panel', () => {
    expect(panelsOf({ loss: [2, 1] })).toHaveLength(1);
    expect(historyPlot({ loss: [2, 1] }).height).toBe(250);
  });

  test('dashes validation series beside the training series', () => {
    const [panel] = panelsOf({ loss: [2, 1], validationLoss: [2.1, 1.2] });
    expect(curves(panel!).map(({ attributes }) => 'stroke-dasharray' in attributes)).toEqual([false, true]);
    expect(byClass(panel!, 'legend')[0]!.text).toBe('trainingvalidation');
  });

  test('plots other series when asked', () => {
    const history = { loss: [2, 1], learningRate: [0.1, 0.01] };
    const titles = panelsOf(history, { series: ['loss', 'learningRate'], labels: { learningRate: 'Rate' } });
    expect(titles.map(({ children }) => children[0]!.text)).toEqual(['Loss per epoch', 'Rate']);
  });

  test('takes all its texts in Korean', () => {
    const labels = { title: '수업 4', loss: '손실', accuracy: '정확도', epoch: '에포크' };
    const texts = all(
      parse(historyPlot({ '올바른 도함수': right }, { labels }).toSVG()),
      ({ name }) => name === 'text',
    );
    const words = texts.map(({ text }) => text).filter((text) => !/^[\d.]+$/.test(text));
    expect(words.toSorted()).toEqual(['올바른 도함수', ...Object.values(labels)].toSorted());
  });

  test('of a run that diverges stops where it stopped being a number', () => {
    const [panel] = panelsOf({ loss: [1, 10, Infinity, NaN, NaN] });
    expect(vertices(curves(panel!)[0]!)[0]).toHaveLength(2);
    expect([...ticks(panel!).x.keys()].at(-1)).toBe('5');
  });

  test('of no epochs is an error that says so', () => {
    expect(() => historyPlot({ loss: [] })).toThrow(ValueError);
    expect(() => historyPlot({ loss: [] })).toThrow(
      'historyPlot: expected at least one epoch of loss or accuracy, got none in 1 run',
    );
    expect(() => historyPlot({})).toThrow('got none in 0 runs');
  });
});
