// Layers have PyTorch's values, gradients, running statistics and names; compiled they compute the same; `check` agrees.

import { describe, expect, test } from 'vitest';
import { check, compile, grad, nn, RandomState, type Tensor } from '../../src/index.js';
import { expectClose, numbers, read, readFixture, type Written } from '../functions/reference.js';

interface Case {
  readonly name: string;
  readonly layer: string;
  readonly args: readonly unknown[];
  readonly train: boolean;
  /** Forward passes, of which the last one counts. */
  readonly steps: number;
  /** Before the first of them, by PyTorch's names. */
  readonly state: Readonly<Record<string, Written>>;
  readonly inputs: readonly Written[];
  readonly mask: Written | null;
  readonly output: Written;
  readonly cotangent: Written;
  readonly gradients: readonly (Written | null)[];
  readonly parameterGradients: Readonly<Record<string, Written>>;
  /** After the last. */
  readonly buffers: Readonly<Record<string, Written>>;
}

const { cases } = readFixture<{ cases: readonly Case[] }>('torch-layers.json');

/** The layer of a case with its state, and a call of it on the case's inputs. */
function prepare(c: Case) {
  const make = (nn as unknown as Record<string, (...args: readonly unknown[]) => nn.Module>)[c.layer]!;
  const layer = make(...c.args).train(c.train);
  const owned = [...layer.namedParameters(), ...layer.namedBuffers({ persistent: true })];
  expect(owned.map(([name]) => name).sort()).toEqual(Object.keys(c.state).sort());
  for (const [name, tensor] of owned) tensor.assign(read(c.state[name]!));
  const inputs = c.inputs.map((input, i) => read(input, { requiresGrad: c.gradients[i] !== null }));
  const mask = c.mask && read(c.mask, typeof c.mask.values[0] === 'boolean' ? { dtype: 'bool' } : {});
  const call = (xs: readonly Tensor[]): Tensor =>
    mask
      ? (layer as nn.MultiheadAttention).forward(xs[0]!, xs[1] ?? xs[0], xs[2] ?? xs[1] ?? xs[0], mask)
      : layer.forward(...xs);
  const wanted = [...inputs.filter(({ requiresGrad }) => requiresGrad), ...layer.parameters()];
  const upstream = read(c.cotangent);
  const all = (xs: readonly Tensor[]): Tensor[] => {
    const y = call(xs);
    return [y, ...(wanted.length > 0 ? grad(y, wanted, { upstream }) : [])];
  };
  return { layer, inputs, call, all };
}

describe.each([...new Set(cases.map(({ layer }) => layer))])('%s', (name) => {
  const own = cases.filter(({ layer }) => layer === name);

  test.each(own)('equals PyTorch: $name', (c) => {
    const { layer, inputs, call, all } = prepare(c);
    for (let step = 1; step < c.steps; step++) call(inputs);
    const [output, ...gradients] = all(inputs);
    const close = { relative: 1e-9, absolute: 1e-13 };
    expectClose(output!, read(c.output), 'value', close);
    const expected = [
      ...c.gradients.filter((gradient) => gradient !== null),
      ...layer.namedParameters().map(([name]) => c.parameterGradients[name]!),
    ];
    gradients.forEach((gradient, i) => expectClose(gradient, read(expected[i]!), `gradient ${i}`, close));
    for (const [name, buffer] of layer.namedBuffers({ persistent: true })) {
      expectClose(buffer, read(c.buffers[name]!), name);
    }
  });

  describe.each([
    ['float64', 1e-11],
    ['float32', 2e-4],
  ] as const)('in %s', (precision, tolerance) => {
    test.each(own)('compiles to the interpreter’s numbers: $name', (c) => {
      const [interpreted, compiled] = [prepare(c), prepare(c)];
      const expected = interpreted.all(interpreted.inputs);
      const step = compile(() => compiled.all(compiled.inputs), { precision });
      const actual = step() as Tensor[];
      expected.forEach((tensor, i) =>
        expectClose(actual[i]!, tensor, `result ${i}`, { relative: tolerance, absolute: tolerance }),
      );
      const buffers = compiled.layer.namedBuffers({ persistent: true });
      interpreted.layer
        .namedBuffers({ persistent: true })
        .forEach(([name, buffer], i) =>
          expectClose(buffers[i]![1], buffer, name, { relative: tolerance, absolute: tolerance }),
        );
    });
  });
});

describe('check finds every layer right', () => {
  // The first case of each layer; numbers of rows have no derivative.
  const firsts = cases.filter((c, i) => cases.findIndex(({ layer }) => layer === c.layer) === i);
  test.each(firsts.filter(({ layer }) => layer !== 'embedding' && layer !== 'transformerBlock'))(
    '$name',
    (c) => {
      const { layer, inputs } = prepare(c);
      const report = check(layer, { inputs: inputs.map((input) => input.detach()) });
      expect([report.verdict, report.findings]).toEqual(['right', []]);
    },
  );
});

test('check finds a block of a transformer right', () => {
  const block = nn.transformerBlock(2, 1, { hidden: 2, randomState: 0 });
  const x = new RandomState(1).standardNormal([1, 2, 2]);
  expect(check(block, { inputs: [x] }).verdict).toBe('right');
});

test('the fixtures hold every recurrent layer’s names', () => {
  const lstm = cases.find(({ layer }) => layer === 'lstm')!;
  expect(Object.keys(lstm.state)).toEqual(['weight_ih_l0', 'weight_hh_l0', 'bias_ih_l0', 'bias_hh_l0']);
  expect(numbers(lstm.state['bias_ih_l0']!)).toHaveLength(8);
});
