// Lesson 1 in the lab: the numbers of the sigmoid, the graph that is drawn, and the moments of the two passes.

import { describe, expect, test } from 'vitest';
import { derive, SIGMOID, valuesFor } from '../../../lab/lessons/1-chain-rule/derive.js';
import { factorsOf } from '../../../lab/lessons/1-chain-rule/factors.js';
import { graphOf, layOut, pointsOf } from '../../../lab/lessons/1-chain-rule/graph.js';
import { lengthOf, momentAt } from '../../../lab/lessons/1-chain-rule/passes.js';
import { chainRule } from '../../../lessons/index.js';
import type { Derivation } from '../../../src/index.js';

const size = { width: 100, height: 50, gap: 20, passage: 30 };

function derivationOf(source: string, at: Readonly<Record<string, number>>): Derivation {
  const result = derive(source, at);
  if ('error' in result) throw new Error(result.error);
  return result.derivation;
}

describe('the sigmoid', () => {
  test.each([0, 1.5, -3])('has the numbers of the lesson at z = %s', (z) => {
    const { steps, gradients } = derivationOf(SIGMOID, { z });
    const expected = chainRule(z);
    expect(steps.map(({ name }) => name)).toEqual(['z1', 'z2', 'z3', 'a']);
    for (const { name, value } of steps) {
      expect(value).toBeCloseTo(expected[name as 'z1' | 'z2' | 'z3' | 'a'], 14);
    }
    expect(gradients['z']).toBeCloseTo(expected.da_dz, 14);
  });

  test('at 0 is 0.5 with derivative 0.25, the product of four factors', () => {
    const derivation = derivationOf(SIGMOID, { z: 0 });
    expect(derivation.value).toBe(0.5);
    expect(derivation.gradients).toEqual({ z: 0.25 });
    expect(factorsOf(derivation)?.map(({ value }) => value)).toEqual([-0.25, 1, 1, -1]);
  });
});

test('new variables begin at 1, known ones keep their value, and a typing error gives none', () => {
  expect(valuesFor('w*z + b', { z: 3 })).toEqual({ w: 1, z: 3, b: 1 });
  expect(valuesFor('1 +', {})).toBeNull();
  expect(derive('1 +', {})).toHaveProperty('error');
});

describe('the graph', () => {
  test('puts every box after those it uses', () => {
    const { boxes, arrows } = graphOf(derivationOf('(a - b)**2 / (a + b)', { a: 3, b: 1 }));
    const layer = new Map(boxes.map((box) => [box.name, box.layer]));
    expect(arrows.length).toBeGreaterThan(4);
    for (const { from, to } of arrows) expect(layer.get(from)!).toBeLessThan(layer.get(to)!);
  });

  test('runs across where there is room, else down, and no two boxes overlap', () => {
    const graph = graphOf(derivationOf('tanh(w*x + b)', { w: 1, x: 1, b: 1 }));
    for (const width of [900, 320]) {
      const { places, across } = layOut(graph, width, size);
      expect(across).toBe(width === 900);
      const corners = [...places.values()];
      corners.forEach((a, i) =>
        corners.slice(i + 1).forEach((b) => {
          expect(Math.abs(a.x - b.x) >= size.width || Math.abs(a.y - b.y) >= size.height).toBe(true);
        }),
      );
    }
  });
});

describe('an arrow that skips layers', () => {
  test.each([
    'x * exp(x)',
    'x * tanh(exp(x))',
    '(a - b)**2 / (a + b)',
    'a*exp(a*b)*tanh(a)*b',
    'x/(1+exp(-x))',
  ])('passes no box of %s, on a screen and on a phone', (source) => {
    const graph = graphOf(derivationOf(source, { x: 1, a: 1, b: 2 }));
    for (const width of [1200, 320]) {
      const plan = layOut(graph, width, size);
      const long = graph.arrows.filter((arrow) => plan.passages.get(arrow)!.length > 0);
      expect(long.length).toBeGreaterThan(0);
      for (const arrow of graph.arrows) {
        const points = pointsOf(arrow, plan, size, 10);
        points.slice(1).forEach((to, i) => {
          const from = points[i]!;
          for (const { x, y } of plan.places.values()) {
            const [left, right] = [Math.min(from.x, to.x), Math.max(from.x, to.x)];
            const [top, bottom] = [Math.min(from.y, to.y), Math.max(from.y, to.y)];
            const isPast = right <= x || left >= x + size.width || bottom <= y || top >= y + size.height;
            // Curves stay in the gap between two layers, straight lines within their layer.
            expect(isPast, `${arrow.from} to ${arrow.to}`).toBe(true);
          }
        });
      }
    }
  });
});

describe('the passes', () => {
  const derivation = derivationOf(SIGMOID, { z: 0 });

  test('begin with the variable alone and end with every derivative', () => {
    expect([...momentAt(derivation, 0).valued]).toEqual(['z']);
    expect(momentAt(derivation, 0).derived.size).toBe(0);
    expect(momentAt(derivation, lengthOf(derivation)).derived).toEqual(new Set(['z', 'z1', 'z2', 'z3', 'a']));
  });

  test('go back last to first', () => {
    const back = [5, 6, 7, 8].map((at) => momentAt(derivation, at).step);
    expect(back).toEqual(['a', 'z3', 'z2', 'z1']);
  });

  test('give a derivative only when every use of its value has passed back', () => {
    const square = derivationOf('x * exp(x)', { x: 1 });
    const known = [2, 3, 4].map((at) => momentAt(square, at).derived.has('x'));
    expect(known).toEqual([false, false, true]);
  });
});
