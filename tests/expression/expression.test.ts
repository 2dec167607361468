import { describe, expect, test } from 'vitest';
import { evaluate, ExpressionError, parse, print, toLatex, variablesOf } from '../../src/expression/index.js';
import { functions } from '../../src/functions/index.js';
import { tensor } from '../../src/tensor/index.js';

const at = (source: string, scope: Record<string, number> = {}): unknown =>
  evaluate(
    parse(source),
    Object.fromEntries(Object.entries(scope).map(([name, value]) => [name, tensor(value)])),
    source,
  ).toArray();

describe('an expression means what it means in Python', () => {
  test.each([
    ['-2**2', -4],
    ['2**3**2', 512],
    ['2**-1', 0.5],
    ['2^10', 1024],
    ['1/(1+exp(-z))', 0.5],
    ['1 - 2 - 3', -4],
    ['8 / 4 / 2', 1],
    ['-3 - -2', -1],
    ['2 * 3 + 4 * 5', 26],
    ['+z + 1.5e1 + .5', 15.5],
    ['max(1, 2) + min(1, 2)', 3],
    ['max([4, 9, 2])', 9],
    ['ln(e) + cos(pi)', 0],
    ['[1, 2, 3] @ [4, 5, 6]', 32],
    ['[[1, 2], [3, 4]] @ [1, 1]', [3, 7]],
    ['[10, 20, 30][1]', 20],
    ['[10, 20, 30][::-1]', [30, 20, 10]],
    ['[[1, 2], [3, 4]][1, 0]', 3],
    ['[10, 20, 30][-2:]', [20, 30]],
    ['sum([[1, 2], [3, 4]], axis=0)', [4, 6]],
    ['sum([[1, 2], [3, 4]], axis=1, keepDims=1)', [[3], [7]]],
    ['where(1 < 2, 10, 20)', 10],
    ['leaky_relu(-1, negativeSlope=0.5)', -0.5],
    ['2 × 3 − 4 · 1', 2],
  ])('%s', (source, expected) => expect(at(source, { z: 0 })).toEqual(expected));

  test('a variable called e is the variable', () => expect(at('e + 1', { e: 5 })).toBe(6));
});

describe('an expression that does not parse gets a message that points at the spot', () => {
  test.each([
    ['1/(1+exp(-z)', 12, 'expected ")" to close "(", got the end'],
    ['1 +', 3, 'expected a number, a name or "(", got the end'],
    ['2x', 1, 'write the product out: 2*x'],
    ['x y', 2, 'expected a sign after x, as in x*y'],
    ['(1)(2)', 3, 'write the product out: (…)*(…)'],
    ['x $ y', 2, '"$" has no meaning here'],
    ['', 0, 'the expression is empty'],
    ['1 + * 2', 4, 'expected a number, a name or "(", got "*"'],
    ['x)', 1, '")" closes nothing'],
    ['x[a]', 2, 'expected a whole number or a range such as 1:3, got "a"'],
    ['x 😀', 2, '"😀" has no meaning here'],
    ['('.repeat(300), 200, 'the expression is nested too deeply'],
  ])('%s', (source, position, reason) => {
    const error = (() => {
      try {
        return parse(source);
      } catch (thrown) {
        return thrown;
      }
    })();
    expect(error).toBeInstanceOf(ExpressionError);
    expect(error).toMatchObject({ position, reason });
    expect((error as Error).message.split('\n').at(-1)).toBe(`  ${' '.repeat(position)}^`);
  });

  test.each([
    ['exq(1)', 0, /no function exq/],
    ['1 + Sigmoid(0)', 4, /did you mean sigmoid/],
    ['x + 1', 0, /x has no value/],
    ['exp + 1', 0, /exp is a function: write exp\(…\)/],
    ['matmul(1)', 0, /matmul takes 2 arguments, got 1/],
  ])('%s names something unknown', (source, position, reason) => {
    expect(() => at(source)).toThrow(reason);
    expect(() => at(source)).toThrow(expect.objectContaining({ position }));
  });
});

describe('printing gives the expression back', () => {
  test.each([
    '1 / (1 + exp(-z))',
    '(a + b) * c - d',
    'a - (b - c)',
    'a / (b * c)',
    '(-x) ** 2',
    '-x ** 2',
    '2 ** -x',
    '(a ** b) ** c',
    'sum(x, axis=0)[1:, 2]',
    '[1, -2, x]',
    '-(a + b)',
    'a * -b',
  ])('%s', (source) => expect(print(parse(source))).toBe(source));

  test('variables come in the order in which they appear, without functions and constants', () => {
    expect(variablesOf(parse('exp(w * x) + b * pi + x'))).toEqual(['w', 'x', 'b']);
  });
});

test.each([
  ['1 / (1 + exp(-z1))', '\\frac{1}{1 + e^{-z_{1}}}'],
  ['sqrt(alpha) * x ** 2', '\\sqrt{\\alpha} \\cdot x^{2}'],
  ['(a + b) ** 2', '\\left(a + b\\right)^{2}'],
  ['(a / b) ** 2', '\\left(\\frac{a}{b}\\right)^{2}'],
  ['dy @ transpose(b)', 'dy \\, b^\\top'],
  ['1.5e-8 * x', '1.5 \\cdot 10^{-8} \\cdot x'],
])('%s in LaTeX', (source, expected) => expect(toLatex(parse(source))).toBe(expected));

describe('every formula of the library is an expression', () => {
  const attributes = {
    axis: 1,
    alpha: 1,
    negativeSlope: 0.01,
    delta: 1,
    shape: [2],
    ranges: [1],
    keepDims: false,
    ...{ before: [1], after: [0], value: 0, size: [3], lengths: [5], kernel: [2, 2], epsilon: 1e-5 },
    ...{ step: [2], stride: [2], padding: [1], dilation: [2], groups: 2 },
  };
  const formulas = Object.values(functions).flatMap(({ operation }) => [
    [`${operation.name} itself`, operation.formula] as const,
    ...Object.entries(operation.derivatives).map(
      ([by, derivative]) => [`${operation.name} by ${by}`, derivative!.formula] as const,
    ),
  ]);
  test.each(formulas)('%s', (_, formula) => {
    const source = typeof formula === 'string' ? formula : formula(attributes);
    expect(print(parse(source))).toBe(source);
  });
});

describe('the formula of an element-by-element function, computed, is its value, and so is its derivative’s', () => {
  // ±0.5 and 0.9 lie in the domain of every function: of the logarithm of 1 + x, and of probabilities when positive.
  const points = [
    [0.9, 0.5, 0.3],
    [0.4, 0.6, 0.8],
  ];
  const elementByElement = Object.values(functions).filter(({ operation }) =>
    Object.values(operation.derivatives).some((derivative) => 'local' in derivative!),
  );
  const cases = elementByElement.flatMap((call) =>
    points.map((point) => [call.operation.name, call, point] as const),
  );
  test.each(cases)('%s', (_, call, point) => {
    const { operation } = call;
    const inputs = operation.inputs.map((_, i) => tensor(point[i]!));
    const defaults = { alpha: 1, negativeSlope: 0.01, delta: 1 };
    const written = (formula: typeof operation.formula): string =>
      typeof formula === 'string' ? formula : formula(defaults);
    const y = tensor(operation.value(inputs, [], defaults)[0]!);
    const scope = { ...Object.fromEntries(operation.inputs.map((name, i) => [name, inputs[i]!])), y };
    expect(evaluate(parse(written(operation.formula)), scope).item()).toBeCloseTo(y.item(), 14);
    for (const derivative of Object.values(operation.derivatives)) {
      if (!derivative || !('local' in derivative)) continue;
      const expected = derivative.local(scope, defaults).item();
      expect(evaluate(parse(written(derivative.formula)), scope).item()).toBeCloseTo(expected, 14);
    }
  });
});
