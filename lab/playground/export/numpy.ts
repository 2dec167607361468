// The training as Python with NumPy alone, in the style of the notes: every backward pass is written out.
// Without dropout it gives the playground's numbers, up to rounding.

import type { Activation, Settings } from '../settings.js';
import {
  activationClass,
  activationName,
  DROPOUT,
  LINEAR,
  LOSS_CLASSES,
  MODEL,
  optimizerClass,
} from './numpy-parts.js';
import {
  endsInSigmoid,
  layersOf,
  list,
  partsOf,
  pythonPoints,
  widthsOf,
  wrapped,
  type Recipe,
} from './recipe.js';

/** The code, to be run with Python and NumPy. */
export function toNumPy(recipe: Recipe): string {
  const { settings, epochs } = recipe;
  const { training, data, network } = settings;
  const { train, test } = partsOf(recipe);
  const hasTest = test.y.length > 0;
  const hasDropout = network.layers.some(({ dropout }) => dropout > 0);
  const loss = LOSS_CLASSES[training.loss];
  const optimizer = optimizerClass(training.optimizer);
  const used = usedActivations(settings);
  const classes = [
    LINEAR,
    ...used.map(activationClass),
    ...(hasDropout ? [DROPOUT] : []),
    ...[MODEL, loss.code, optimizer.code],
  ];
  return [
    '# From the playground of Chainrule.',
    ...(used.includes('gelu') ? ['from math import erf', ''] : []),
    'import numpy as np',
    '',
    ...classes,
    '',
    '# Points of the plane, and what the output should be for each.',
    pythonPoints('', train, 'np.array', 'float'),
    ...(hasTest
      ? ['# Points that it does not learn from.', pythonPoints('_test', test, 'np.array', 'float')]
      : []),
    model(settings),
    'layers = [part for part in model.parts if isinstance(part, Linear)]',
    ...(recipe.weights ? assigned(recipe.weights, settings) : []),
    '',
    `loss = ${loss.name}()`,
    `optimizer = ${optimizer.name}(lr=${training.learningRate})`,
    `order = np.random.RandomState(${data.seed})`,
    '',
    `for epoch in range(${epochs}):`,
    '    total, rows = 0.0, order.permutation(len(X))',
    `    for start in range(0, len(X), ${training.batchSize}):`,
    `        batch = rows[start : start + ${training.batchSize}]`,
    '        J = loss.forward(model.forward(X[batch]), y[batch])',
    '        model.backward(loss.backward())',
    ...penalty(settings),
    '        for i, layer in enumerate(layers):',
    '            optimizer.step(2 * i, layer.w, layer.dJ_dw)',
    '            optimizer.step(2 * i + 1, layer.b, layer.dJ_db)',
    '        total += J * len(batch)',
    '',
    `print(f"epoch ${epochs}: loss {total / len(X)}")`,
    ...(hasDropout && hasTest ? ['for part in model.parts:', '    part.training = False'] : []),
    ...(hasTest ? ['print(f"test {loss.forward(model.forward(X_test), y_test)}")'] : []),
    '',
  ].join('\n');
}

function usedActivations(settings: Settings): readonly Exclude<Activation, 'linear'>[] {
  const all = settings.network.layers.map(({ activation }) => activation);
  if (endsInSigmoid(settings.training.loss)) all.push('sigmoid');
  return [...new Set(all)].filter((activation) => activation !== 'linear');
}

function model(settings: Settings): string {
  const widths = widthsOf(settings);
  const { layers, seed } = settings.network;
  const parts = widths.slice(1).flatMap((units, i) => {
    const linear = `Linear(${widths[i]}, ${units}, rng)`;
    const layer = layers[i];
    if (!layer) return [linear, ...(endsInSigmoid(settings.training.loss) ? ['Sigmoid()'] : [])];
    return [
      linear,
      ...(layer.activation === 'linear' ? [] : [`${activationName(layer.activation)}()`]),
      ...(layer.dropout > 0 ? [`Dropout(${layer.dropout}, np.random.RandomState(${seed + i}))`] : []),
    ];
  });
  return [
    `rng = np.random.RandomState(${seed})`,
    'model = Model([',
    ...parts.map((part) => `    ${part},`),
    '])',
  ].join('\n');
}

function assigned(weights: ArrayLike<number>, settings: Settings): string[] {
  const values = layersOf(weights, widthsOf(settings)).map(
    ({ weight, bias }) =>
      `    (\n        [\n${wrapped(weight.map(list), '            ')}        ],\n        ${list(bias)},\n    ),`,
  );
  return [
    '',
    '# The weights that it had reached.',
    'weights = [',
    ...values,
    ']',
    'for layer, (w, b) in zip(layers, weights):',
    '    layer.w, layer.b = np.array(w), np.array(b)',
  ];
}

function penalty({ training: { penalty, strength } }: Settings): string[] {
  if (penalty === 'none' || strength === 0) return [];
  const term = penalty === 'l1' ? 'np.sign(layer.w)' : 'layer.w';
  return ['        for layer in layers:', `            layer.dJ_dw += ${strength} * ${term}`];
}
