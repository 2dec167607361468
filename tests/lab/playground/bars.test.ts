// A bar of a histogram opens: its values are those of the network's samples, each with a derivation that ends in it.

import { expect, test } from 'vitest';
import { barOf, SHOWN, targetIn, type BarPlace } from '../../../lab/playground/bars.js';
import { derive } from '../../../lab/playground/derivation.js';
import { observerOf } from '../../../lab/playground/look.js';
import { DEFAULTS } from '../../../lab/playground/settings.js';
import {
  BINS,
  endsOf,
  GRADIENT_POWERS,
  gradientHistogram,
  histogram,
} from '../../../lab/playground/statistics.js';
import { trainerOf } from '../../../lab/playground/trainer.js';

const trainer = trainerOf(DEFAULTS);
trainer.advance(40);
const observer = observerOf(trainer);
const { layers } = observer.look('forward');

const bars = layers.flatMap((statistics, layer) =>
  (['activations', 'gradients'] as const).flatMap((of) =>
    Array.from({ length: BINS }, (_, bin): [BarPlace, number] => [
      { layer, of, bin },
      statistics[of].counts[bin]!,
    ]),
  ),
);

test('every bar holds as many values as it is high', () => {
  for (const [place, count] of bars) {
    const { units } = observer.bar(place);
    expect(units.reduce((sum, unit) => sum + unit.count, 0)).toBe(count);
    for (const unit of units) expect(unit.values.length).toBe(Math.min(unit.count, SHOWN));
  }
});

test('every value is what its derivation ends in', () => {
  for (const [place] of bars.filter(([, count]) => count > 0 && count < 9)) {
    for (const { unit, values } of observer.bar(place).units) {
      const { sample, value } = values[0]!;
      const { own, value: derivative, isTraining } = derive(trainer, targetIn(place, unit), sample);
      expect(isTraining).toBe(true);
      expect(place.of === 'activations' ? own : derivative).toBeCloseTo(value, 12);
      const [from, to] = endsOf(layers[place.layer]![place.of], place.bin);
      const scaled = place.of === 'activations' ? value : Math.log10(Math.abs(value));
      expect(scaled).toBeGreaterThanOrEqual(from);
      expect(scaled).toBeLessThanOrEqual(to);
    }
  }
});

test('gradients beyond the ends, and none at all, are in the bars at the ends', () => {
  const gradients = [0, 1e-12, -0.1, 1e9];
  const statistics = {
    ...{ activations: histogram([], 0, 1), gradients: gradientHistogram(gradients) },
    ...{ gradientSize: 0, saturated: 0, dead: 0, units: 2 },
  };
  const at = (bin: number): unknown => barOf({ layer: 0, of: 'gradients', bin }, gradients, statistics).units;
  expect(at(0)).toEqual([
    { unit: 0, count: 1, values: [{ sample: 0, value: 0 }] },
    { unit: 1, count: 1, values: [{ sample: 0, value: 1e-12 }] },
  ]);
  expect(at(BINS - 1)).toEqual([{ unit: 1, count: 1, values: [{ sample: 1, value: 1e9 }] }]);
  expect(endsOf(statistics.gradients, 0)[0]).toBe(GRADIENT_POWERS[0]);
});

test('a layer that is gone has nothing in its bars', () => {
  expect(observer.bar({ layer: 9, of: 'gradients', bin: 3 }).units).toEqual([]);
});
