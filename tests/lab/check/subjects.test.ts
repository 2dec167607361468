// What is checked of a module: whatever has both passes, under whichever of the usual names.

import { expect, test } from 'vitest';
import { subjectsIn } from '../../../lab/check/subjects.js';

const f = (x: number): number => x;
const df = (dy: number): number => dy;
const bceLoss = (p: number, y: number): number => p - y;

class Double {
  forward = (x: number): number => 2 * x;
}
class Scale {
  readonly by: number;
  constructor(by: number) {
    this.by = by;
  }
  forward(x: number): number {
    return this.by * x;
  }
}
class Helper {
  help(): void {}
}

const found = (namespace: Record<string, unknown>, source = ''): string[] =>
  subjectsIn(namespace, source).map(({ kind, name }) => `${kind} ${name}`);

test.each([
  [{ Double }, ['class Double']],
  [{ Scale }, ['unmade Scale']],
  [{ Scale, mine: new Scale(3) }, ['ready mine']], // the object stands for its class
  [{ Helper, number: 3, list: [1, 2], nothing: null }, []],
  [{ forward: f, backward: df }, ['ready forward']],
  [{ f, df }, ['ready f']],
  [{ relu: f, reluBackward: df, other: () => 0 }, ['ready relu']],
  [{ relu_forward: f, relu_backward: df }, ['ready relu']],
  [{ pair: [f, df] }, ['ready pair']],
  [{ bceLoss, f }, ['ready bceLoss']],
  [{ layer: { forward: f, backward: df } }, ['ready layer']],
  [{ default: Double }, ['class Double']],
])('%o', (namespace, expected) => {
  expect(found(namespace)).toEqual(expected);
});

test('a class is made anew when it is asked for', () => {
  const [double] = subjectsIn({ Double }, '');
  expect(double?.kind === 'class' && double.make()).toBeInstanceOf(Double);
});

test('they come in the order of the text, each once', () => {
  const source = 'export class Scale {} export class Double {}';
  expect(found({ Double, Scale, again: Double }, source)).toEqual(['unmade Scale', 'class Double']);
});
