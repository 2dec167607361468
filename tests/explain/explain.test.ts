import { describe, expect, test } from 'vitest';
import {
  chain,
  explain,
  functions,
  grad,
  nn,
  RandomState,
  tensor,
  ValueError,
  type Step,
} from '../../src/index.js';

class Function1 {
  forward(z: number): number {
    return -z;
  }
  backward(da_dz1: number): number {
    return -da_dz1;
  }
}

class Function2 {
  #z2 = 0;
  forward(z1: number): number {
    this.#z2 = Math.exp(z1);
    return this.#z2;
  }
  backward(da_dz2: number): number {
    return da_dz2 * this.#z2;
  }
}

describe('lesson 1: the sigmoid as four functions, at z = 0', () => {
  const explanation = explain('1/(1+exp(-z))', { at: { z: 0 } });

  test('the value is 0.5 and the derivative 0.25', () => {
    expect(explanation.value).toBe(0.5);
    expect(explanation.gradients).toEqual({ z: 0.25 });
  });

  test('every step has its formula, value, local derivative, upstream and product', () => {
    const rows = explanation.steps.map(({ name, formula, value, gradient, inputs }) => {
      const by = inputs.find(({ derivative }) => derivative !== null)!;
      return [
        name,
        formula,
        value,
        by.derivative!.formula,
        by.derivative!.value,
        gradient,
        by.derivative!.product,
      ];
    });
    expect(rows).toEqual([
      ['v1', '-z', -0, '-1', -1, -0.25, 0.25],
      ['v2', 'exp(v1)', 1, 'v2', 1, -0.25, -0.25],
      ['v3', '1 + v2', 2, '1', 1, -0.25, -0.25],
      ['y', '1 / v3', 0.5, '-1 / v3 ** 2', -0.25, 1, -0.25],
    ]);
  });

  test('as text', () => {
    expect(explanation.toText().split('\n')).toEqual([
      'y = 0.5',
      '',
      'Forward',
      '  z              = 0',
      '  v1  = -z       = 0',
      '  v2  = exp(v1)  = 1',
      '  v3  = 1 + v2   = 2',
      '  y   = 1 / v3   = 0.5',
      '',
      'Backward: upstream * local derivative = product',
      '  dy_dv3  = dy_dy * (-1 / v3 ** 2)  = 1 * (-1 / 2 ** 2)  = -0.25',
      '  dy_dv2  = dy_dv3 * 1              = -0.25 * 1          = -0.25',
      '  dy_dv1  = dy_dv2 * v2             = -0.25 * 1          = -0.25',
      '  dy_dz   = dy_dv1 * -1             = -0.25 * -1         = 0.25',
      '',
      'Gradients',
      '  dy_dz  = 0.25',
    ]);
  });

  test('as Markdown with LaTeX', () => {
    const lines = explanation.toMarkdown().split('\n');
    expect(lines).toContain('| $v_{2}$ | $e^{v_{1}}$ | $1$ |');
    expect(lines).toContain(
      '| $\\frac{\\partial y}{\\partial v_{3}}$ | ' +
        '$\\frac{\\partial y}{\\partial v_{3}} = \\frac{-1}{v_{3}^{2}} = -0.25$ | $1$ | $-0.25$ |',
    );
  });

  test('as a page that loads nothing', () => {
    const page = explanation.toHTML({ lang: 'ko' });
    expect(page).toMatch(/^<!doctype html>\n<html lang="ko">/);
    expect(page).not.toMatch(/<script|src=|href=|url\(/);
    const opened = page.match(/<(math|table|tr|td|mrow|mfrac|section)[ >]/g)!.length;
    const closed = page.match(/<\/(math|table|tr|td|mrow|mfrac|section)>/g)!.length;
    expect(opened).toBe(closed);
  });

  test('as JSON that reads back', () => {
    const read = JSON.parse(JSON.stringify(explanation)) as typeof explanation;
    expect(read).toMatchObject({ value: 0.5, gradients: { z: 0.25 } });
    expect(read.steps).toHaveLength(4);
  });
});

test('a value that is used more than once sums what each use passed back', () => {
  const explanation = explain('x**2 + x*w', { at: { x: 3, w: 5 } });
  const x = explanation.leaves.find(({ name }) => name === 'x')!;
  expect(x.contributions.map(({ product }) => product).sort()).toEqual([5, 6]);
  expect(x.gradient).toBe(11);
  expect(explanation.toText()).toMatch(/dy_dx {2}= [56] \+ [56] {2}= 11/);
});

describe('the upstream times the local derivative is the product, at every step of every explanation', () => {
  test.each([
    ['sigmoid(w * x + b)', { w: 2, x: -1, b: 0.5 }],
    ['silu(x) - gelu(x) * tanh(x)', { x: 0.7 }],
    ['log(1 + exp(x)) / sqrt(x)', { x: 1.5 }],
    ['bce(sigmoid(z), 1)', { z: 0.3 }],
    ['max(a, b) ** a', { a: 1.5, b: 0.5 }],
  ])('%s', (source, at) => {
    const check = (steps: readonly Step[]): void => {
      for (const step of steps) {
        for (const { derivative } of step.inputs) {
          if (derivative?.value === null || derivative === null) continue;
          expect(derivative.product as number).toBeCloseTo(
            (step.gradient as number) * (derivative.value as number),
            12,
          );
        }
        if (step.contributions.length > 0) {
          const sum = step.contributions.reduce((total, { product }) => total + (product as number), 0);
          expect(step.gradient as number).toBeCloseTo(sum, 12);
        }
        check(step.stages);
      }
    };
    check(explain(source, { at }).steps);
  });
});

test('a composite opens into its stages, which end at the same value and pass back the same derivative', () => {
  const [step] = explain(functions.sigmoid, { inputs: [0.3] }).steps;
  expect(step!.stages.map(({ operation }) => operation)).toEqual(['neg', 'exp', 'add', 'reciprocal']);
  expect(step!.stages.at(-1)).toMatchObject({ name: 'y', value: step!.value });
  const first = step!.stages[0]!.inputs[0]!.derivative!.product;
  expect(first).toBeCloseTo(step!.inputs[0]!.derivative!.product as number, 15);
});

describe('names', () => {
  test('tensors keep theirs, and no two values share one', () => {
    const w = tensor(2, { name: 'w', requiresGrad: true });
    const also = tensor(3, { name: 'w', requiresGrad: true });
    const J = w.mul(also).named('J');
    const { output, leaves, gradients } = explain(J);
    expect(output).toBe('J');
    expect(leaves.map(({ name }) => name)).toEqual(['w', 'w_2']);
    expect(gradients).toEqual({ w: 3, w_2: 2 });
  });

  test('a variable called v1 or y is not mistaken for a step', () => {
    const { steps, gradients } = explain('exp(v1) * y', { at: { v1: 0, y: 2 } });
    expect(new Set(steps.map(({ name }) => name)).size).toBe(2);
    expect(steps.every(({ name }) => !['v1', 'y'].includes(name))).toBe(true);
    expect(gradients).toEqual({ v1: 2, y: 1 });
  });
});

test('only the variables asked for are reported', () => {
  const explanation = explain('w * x + b', { at: { w: 2, x: 3, b: 1 }, wrt: ['w'] });
  expect(explanation.gradients).toEqual({ w: 3 });
  expect(explanation.toText()).toMatch(/dy_dw/);
  expect(explanation.toText()).not.toMatch(/dy_d[xb]/);
  expect(() => explain('w * x', { at: { w: 2, x: 3 }, wrt: ['q'] })).toThrow(/no variable q/);
});

test('arrays: the gradient of a sum of many elements', () => {
  const { gradients } = explain('sum(x @ w)', { at: { x: [[1, 2]], w: [[3], [4]] } });
  expect(gradients).toEqual({ x: [[3, 4]], w: [[1], [2]] });
});

test('a module is explained by its graph, parameters by name', () => {
  const model = nn.sequential(nn.linear(2, 1, { randomState: 0 }), nn.sigmoid());
  const explanation = explain(model, { inputs: [[[1, 0]]] });
  const x = tensor([[1, 0]], { requiresGrad: true });
  const [dx, dw] = grad(model.forward(x), [x, model.parameters()[0]!]);
  expect(explanation.gradients['x']).toEqual(dx.toArray());
  expect(explanation.gradients['weight']).toEqual(dw.toArray());
});

describe('a learner’s chain', () => {
  const parts = () => [new Function1(), new Function2()];

  test('has each part’s value, local derivative, upstream and product', () => {
    const { value, gradients, steps } = explain(chain(parts()), { inputs: [0.5] });
    expect(value).toBe(Math.exp(-0.5));
    expect(gradients).toEqual({ x: -Math.exp(-0.5) });
    expect(steps.map(({ operation, gradient }) => [operation, gradient])).toEqual([
      ['Function1', Math.exp(-0.5)],
      ['Function2', 1],
    ]);
  });

  test('mixes classes, library functions and modules', () => {
    const mixed = chain([new Function1(), functions.exp, nn.sigmoid()]);
    const expected = explain('sigmoid(exp(-x))', { at: { x: 0.5 } });
    expect(explain(mixed, { inputs: [0.5] }).gradients['x']).toBeCloseTo(
      expected.gradients['x'] as number,
      15,
    );
  });

  test('an object alone is a chain of one', () => {
    expect(explain(new Function1(), { inputs: [2] }).gradients).toEqual({ x: -1 });
  });
});

describe('what cannot be explained says why', () => {
  test('nothing to differentiate', () => {
    expect(explain('1 + 2').toText()).toMatch(/y = 3[\s\S]*Nothing here requires a gradient/);
  });
  test('a class without inputs', () => {
    // @ts-expect-error inputs are missing
    expect(() => explain(new Function1())).toThrow(ValueError);
  });
  test('something that is neither', () => {
    // @ts-expect-error a number has no passes
    expect(() => explain(5, { inputs: [1] })).toThrow(/expected an object with forward and backward/);
  });
});

test('words can be another language’s', () => {
  const labels = { ...englishLabels(), forward: '순전파', backward: '역전파' };
  expect(explain('x * 2', { at: { x: 1 } }).toText({ labels })).toMatch(/순전파[\s\S]*역전파/);
});

test('large arrays are shortened, and wide rows are stacked', () => {
  const x = new RandomState(0).randn(20, 5).detach({ requiresGrad: true }).named('x');
  const text = explain(x.tanh().sum()).toText({ width: 80 });
  expect(text).toMatch(/x += \[1\.76405, 0\.400157, 0\.978738, …\] \(shape \[20, 5\]\)/);
  expect(text).toMatch(/dy_dv1 = broadcast\(dy_dy\)\n {9}= \[1, 1, 1, …\]/);
});

function englishLabels() {
  return {
    ...{
      forward: 'Forward',
      backward: 'Backward',
      gradients: 'Gradients',
      value: 'value',
      formula: 'formula',
    },
    ...{ derivative: 'derivative', local: 'local', upstream: 'upstream', product: 'product', sums: 'sums' },
    ...{ inside: 'Inside {name} = {operation}', noGradient: 'none' },
  };
}
