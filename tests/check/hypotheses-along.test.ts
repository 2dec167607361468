// Derivatives of very many elements: compared along random directions, and diagnosed along them.

import { describe, expect, test } from 'vitest';
import { check } from '../../src/check/index.js';
import { map, matmul, scale, sumRows, transpose, addRow, type Matrix, type Vector } from './corpus/arrays.js';

const numbers = (rows: number, columns: number, seed: number): Matrix =>
  Array.from({ length: rows }, (_, i) =>
    Array.from({ length: columns }, (_, j) => Math.sin(12.9 * (i * columns + j + 1) + seed)),
  );

/** An affine layer of 24 inputs and outputs with a bug, or without. */
function layer(bug: string): unknown {
  return new (class Affine {
    W = numbers(24, 24, 1);
    b = numbers(1, 24, 2)[0]!;
    x: Matrix = [];
    dW: Matrix = [];
    db: Vector | Matrix = [];
    forward(x: Matrix): Matrix {
      this.x = x;
      return addRow(matmul(x, this.W), this.b);
    }
    backward(dy: Matrix): Matrix {
      this.dW = matmul(transpose(this.x), bug === 'upstream forgotten' ? map(dy, () => 1) : dy);
      if (bug === 'sign flipped') this.dW = scale(this.dW, -1);
      if (bug === 'transposed') this.dW = transpose(this.dW);
      if (bug === 'averaged') this.dW = scale(this.dW, 1 / dy.length);
      if (bug === 'one element') this.dW[3]![5]! *= 2;
      if (bug === 'nonsense') this.dW = map(this.dW, (d, i, j) => d * (1 + Math.sin(i + 2 * j)));
      this.db = bug === 'bias not summed' ? dy : sumRows(dy);
      return matmul(dy, bug === 'W not transposed' ? this.W : transpose(this.W));
    }
  })();
}

const reportOn = (bug: string): ReturnType<typeof check> =>
  check(layer(bug), { inputs: [numbers(5, 24, 3)] });

describe('a layer of 24 by 24', () => {
  test('is right when it is right, up to a chance that is told', () => {
    const { verdict, chanceOfMiss } = reportOn('none');
    expect(verdict).toBe('right');
    expect(chanceOfMiss).toBeGreaterThan(0);
    expect(chanceOfMiss).toBeLessThan(0.01);
  });

  test.each([
    ['sign flipped', 'sign-flipped', 'W'],
    ['transposed', 'transposed', 'W'],
    ['averaged', 'averaged-instead-of-summed', 'W'],
    ['upstream forgotten', 'upstream-missing', 'W'],
    ['bias not summed', 'not-summed-over-batch', 'b'],
    ['W not transposed', 'factor-not-transposed', 'x'],
    ['nonsense', 'unexplained', 'W'],
  ])('%s: %s', (bug, cause, slot) => {
    const { verdict, findings } = reportOn(bug);
    expect(verdict).toBe('wrong');
    expect(findings[0]).toMatchObject({ cause, slot });
  });

  test('one wrong element among 576 is found', () => {
    const [finding] = reportOn('one element').findings;
    expect(finding).toMatchObject({ slot: 'W', index: [3, 5] });
    expect(finding!.found).toBeCloseTo(2 * finding!.expected!, 6);
  });
});
