// The smallest change to a backward pass that makes it right.

import { describe, expect, test } from 'vitest';
import { check } from '../../src/check/index.js';
import { edited, editsOf } from '../../src/check/repair/edits.js';
import { tokensOf } from '../../src/check/repair/tokens.js';

const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));
const mish = (x: number): number => x * Math.tanh(Math.log1p(Math.exp(x)));

describe('mish: one thing is wrong in a derivative of two paths', () => {
  const right =
    'const t = Math.tanh(Math.log1p(Math.exp(x))); return t + x * (1 - t * t) / (1 + Math.exp(-x));';
  const backward = (body: string): unknown => new Function(`return (x) => { ${body} }`)();
  test('right', () => expect(check([mish, backward(right)], { inputs: [0.7] }).verdict).toBe('right'));

  test.each([
    ['t + x', 't - x', 'term-sign-flipped', '- stands where + belongs'],
    ['(1 - t * t)', '(1 - t)', 'factor-missing', 't is there once and belongs there twice'],
    ['(1 - t * t)', '(1 + t * t)', 'term-sign-flipped', '+ stands where - belongs'],
    ['Math.exp(-x)', 'Math.exp(x)', 'sign-flipped', 'a minus is missing before x'],
    ['t + x * (1 - t * t)', '(t + x) * (1 - t * t)', 'misplaced-parenthesis', 'the brackets of (t + x)'],
    [' / (1 + Math.exp(-x))', '', 'factor-missing', 'the division by (1 + Math.exp(-x)) is missing'],
    ['x * (1 - t * t)', 'x * t', 'wrong-factor', 't stands where (1 - t * t) belongs'],
    ['x * (1', '(1', 'factor-missing', 'the factor x is missing'],
    ['log1p', 'log', 'wrong-factor', 'Math.exp(x) stands where (1 + Math.exp(x)) belongs'],
    ['t + x', 't * t + x', 'factor-extra', 'the factor t is too many'],
  ])('%s written as %s', (part, wrong, cause, mistake) => {
    const [finding] = check([mish, backward(right.replace(part, wrong))], { inputs: [0.7] }).findings;
    expect(finding).toMatchObject({ cause });
    expect(finding!.message).toContain(mistake);
    // The line that it says to write is right.
    const line = /Write: (.*)$/.exec(finding!.correction!)![1]!;
    const body = /=> \{ (.*) \}$/.exec(line)?.[1] ?? line;
    expect(check([mish, backward(body)], { inputs: [0.7] }).verdict).toBe('right');
  });
});

describe('a mistake is called by what stands where what belongs', () => {
  const right =
    'backward(dy) { return dy.map((_, i) => ((this.x[i] > 0 ? 2 * this.x[i] : 0.1) * dy[i]) / this.x.length); }';
  class Layer {
    x: number[] = [];
    y: number[] = [];
    forward(x: number[]): number[] {
      this.x = x;
      this.y = x.map((v) => (v > 0 ? v * v : 0.1 * v) / x.length);
      return this.y;
    }
  }
  const layer = (text: string): object =>
    Object.assign(new Layer(), new Function(`return { ${text} }`)() as object);
  const inputs = [[0.7, -0.4, 1.3, -1.1, 0.2]];
  test('right', () => expect(check(layer(right), { inputs }).verdict).toBe('right'));

  test.each([
    ['this.x[i] > 0', 'dy[i] > 0', 'mask-of-upstream'],
    ['this.x[i] > 0', 'this.x[i] < 0', 'mask-inverted'],
    ['2 * this.x[i]', '2 * this.y[i]', 'taken-at-output'],
    ['2 * this.x[i]', '2 * this.x[0]', 'wrong-place'],
    ['2 * this.x[i]', '3 * this.x[i]', 'constant-factor'],
    [' * dy[i]', '', 'upstream-missing'],
  ])('%s written as %s', (part, wrong, cause) => {
    const [finding] = check(layer(right.replace(part, wrong)), { inputs }).findings;
    expect(finding!.cause).toBe(cause);
    const line = /Write: (.*)$/.exec(finding!.correction!)![1]!;
    expect(check(layer(line), { inputs }).verdict).toBe('right');
  });
});

test('an edit that spoils another derivative is not proposed', () => {
  class Product {
    kept: [number, number] = [0, 0];
    forward(a: number, b: number): number {
      this.kept = [a, b];
      return a * a * b;
    }
    backward(dy: number): [number, number] {
      const [a, b] = this.kept;
      const shared = a * b;
      return [dy * shared, dy * (shared - a * b + a * a)]; // 2 * shared, and the other is right
    }
  }
  const { findings } = check(new Product(), { inputs: [0.7, 1.3] });
  expect(findings).toMatchObject([{ slot: 'a', cause: 'constant-factor' }]);
  expect(findings[0]!.correction).not.toMatch(/Write: const shared/);
});

test('a loop that begins too late', () => {
  class Powers {
    x = 0;
    forward(x: number): number {
      this.x = x;
      return x + x * x + x * x * x;
    }
    backward(dy: number): number {
      let sum = 0;
      for (let k = 2; k <= 3; k++) sum += k * this.x ** (k - 1);
      return sum * dy;
    }
  }
  const [finding] = check(new Powers(), { inputs: [0.7] }).findings;
  expect(finding!.correction).toContain('for (let k = 1; k <= 3; k++)');
});

test('a mistake with a name keeps it, and its correction shows the line as it should be', () => {
  class Sigmoid {
    a = 0;
    forward(z: number): number {
      this.a = sigmoid(z);
      return this.a;
    }
    backward(dy: number): number {
      return -this.a * (1 - this.a) * dy;
    }
  }
  const [finding] = check(new Sigmoid(), { inputs: [0.3] }).findings;
  expect(finding!.cause).toBe('sign-flipped');
  expect(finding!.correction).toMatch(/Write: return this\.a \* \(1 - this\.a\) \* dy;$/);
});

test('private fields are no hindrance', () => {
  class Mish {
    #x = 0;
    #t = 0;
    forward(x: number): number {
      this.#x = x;
      this.#t = Math.tanh(Math.log1p(Math.exp(x)));
      return x * this.#t;
    }
    backward(dy: number): number {
      return dy * (this.#t - (this.#x * (1 - this.#t * this.#t)) / (1 + Math.exp(-this.#x)));
    }
  }
  const [finding] = check(new Mish(), { inputs: [0.7] }).findings;
  expect(finding!.cause).toBe('term-sign-flipped');
  expect(finding!.correction).toMatch(/^Write: return dy \* \(this\.#t \+ this\.#x \* /);
});

test('a strided convolution whose backward forgot the stride', () => {
  class Convolution {
    w = [0.3, -0.5, 0.8];
    dw: number[] = [];
    x: number[] = [];
    forward(x: number[]): number[] {
      this.x = x;
      const y: number[] = [];
      for (let t = 0; 2 * t + 3 <= x.length; t++) {
        y.push(this.w.reduce((sum, w, k) => sum + w * x[2 * t + k]!, 0));
      }
      return y;
    }
    backward(dy: number[]): number[] {
      const dx = this.x.map(() => 0);
      this.dw = [0, 0, 0];
      for (let t = 0; t < dy.length; t++) {
        for (let k = 0; k < 3; k++) {
          this.dw[k]! += dy[t]! * this.x[2 * t + k]!;
          dx[t + k]! += dy[t]! * this.w[k]!;
        }
      }
      return dx;
    }
  }
  const { findings } = check(new Convolution(), { inputs: [[1, 2, -0.5, 0.3, 0.8, 1.1, -0.7]] });
  expect(findings[0]!.correction).toMatch(/dx\[(?:t \* 2|2 \* t) \+ k\] \+= dy\[t\] \* this\.w\[k\];$/);
});

test('code that uses what only its own file knows is left as it is: no change is proposed', () => {
  const half = (x: number): number => x / 2;
  const pair = [(x: number) => mish(x), (x: number) => half(x) + sigmoid(x)];
  const [finding] = check(pair, { inputs: [0.7] }).findings;
  expect(finding).toMatchObject({ cause: 'unexplained', correction: null });
});

test('every edit gives another text, and none touches the head of a loop or the parameters', () => {
  const text = 'f(a, b) { let s = 0; for (let i = 0; i < a.length; i++) s += a[i] * (1 - b); return s / 2; }';
  const texts = [...editsOf(text, 'javascript')].map((edit) => edited(text, edit.changes));
  expect(texts.length).toBeGreaterThan(200);
  for (const each of texts) {
    expect(each).not.toBe(text);
    expect(each.startsWith('f(a, b) {')).toBe(true);
    expect(each).toMatch(/for \(let i = [01]; i < a\.length; i\+\+\)/); // only where it begins
  }
});

test('a text is taken apart without its spaces and comments', () => {
  const texts = tokensOf('x ** 2 /* no */ + this.#a["b"] // end\n>>> 1.5e-3', 'javascript').map(
    ({ text }) => text,
  );
  expect(texts).toEqual(['x', '**', '2', '+', 'this', '.', '#a', '[', '"b"', ']', '>>>', '1.5e-3']);
  const inPython = tokensOf('self.x // 2 # no\n@ y', 'python').map(({ text }) => text);
  expect(inPython).toEqual(['self', '.', 'x', '//', '2', '@', 'y']);
});

describe('a place among the numbers', () => {
  const forward = (x: number[]): number[] => [0, 1, 2, 3].map((t) => 0.5 * x[t]! - 2 * x[t + 1]! + x[t + 2]!);
  const backward =
    '(x, g) => { const dx = x.map(() => 0); const k = [0.5, -2, 1]; for (let t = 0; t < g.length; t++) for (let j = 0; j < 3; j++) dx[t + j] += k[j] * g[t]; return dx; }';
  const inputs = [[0.4, -1.1, 0.9, 1.6, -0.3, 0.2]];
  const pair = (text: string): unknown => [forward, new Function(`return ${text}`)()];
  test('right', () => expect(check(pair(backward), { inputs }).verdict).toBe('right'));

  test.each([
    ['dx[t + j]', 'dx[t]'],
    ['k[j]', 'k[2 - j]'],
    ['* g[t]', '* g[j]'],
  ])('%s written as %s', (part, wrong) => {
    const [finding] = check(pair(backward.replace(part, wrong)), { inputs }).findings;
    expect(finding!.cause).toMatch(/^(wrong-place|kernel-not-flipped)$/);
  });
});

test('a division that reaches one term of two is a misplaced parenthesis', () => {
  const forward = (p: number[], y: number[]): number =>
    -p.reduce((sum, v, i) => sum + y[i]! * Math.log(v) + (1 - y[i]!) * Math.log(1 - v), 0) / p.length;
  const backward =
    '(p, y) => { const n = p.length; return p.map((v, i) => -y[i] / v + (1 - y[i]) / (1 - v) / n); }';
  const right = backward.replace('-y[i] / v', '-y[i] / v / n');
  const inputs = [
    [0.2, 0.7, 0.4],
    [1, 0, 1],
  ];
  expect(check([forward, new Function(`return ${right}`)()], { inputs }).verdict).toBe('right');
  const [finding] = check([forward, new Function(`return ${backward}`)()], { inputs }).findings;
  expect(finding).toMatchObject({ cause: 'misplaced-parenthesis', slot: 'p' });
});
