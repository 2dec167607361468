// The training as Python with PyTorch. Without dropout it gives the playground's numbers, up to rounding.

import type { Activation, Settings } from '../settings.js';
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

/** The code, to be run with Python, NumPy and PyTorch. */
export function toPyTorch(recipe: Recipe): string {
  const { settings, epochs } = recipe;
  const { training, data } = settings;
  const { train, test } = partsOf(recipe);
  const hasTest = test.y.length > 0;
  return [
    '# From the playground of Chainrule.',
    'import numpy as np',
    'import torch',
    'from torch import nn',
    '',
    'torch.set_default_dtype(torch.float64)',
    '',
    '# Points of the plane, and what the output should be for each.',
    pythonPoints('', train, 'torch.tensor', 'torch.float64'),
    ...(hasTest
      ? [
          '# Points that it does not learn from.',
          pythonPoints('_test', test, 'torch.tensor', 'torch.float64'),
        ]
      : []),
    model(settings),
    ...(recipe.weights ? assigned(recipe.weights, settings) : drawn(settings)),
    '',
    lossCode(settings),
    `optimizer = ${optimizer(training)}`,
    `order = np.random.RandomState(${data.seed})`,
    '',
    `for epoch in range(${epochs}):`,
    '    total = 0.0',
    `    for rows in torch.tensor(order.permutation(len(X))).split(${training.batchSize}):`,
    '        loss = loss_of(model(X[rows]), y[rows])',
    `        objective = loss${penalty(settings)}`,
    '        optimizer.zero_grad()',
    '        objective.backward()',
    '        optimizer.step()',
    '        total += loss.item() * len(rows)',
    '',
    'model.eval()',
    `print(f"epoch ${epochs}: loss {total / len(X)}")`,
    ...(hasTest
      ? ['with torch.no_grad():', '    print(f"test {loss_of(model(X_test), y_test).item()}")']
      : []),
    '',
  ].join('\n');
}

const MODULES: Readonly<Record<Exclude<Activation, 'linear'>, string>> = {
  ...{ tanh: 'Tanh', sigmoid: 'Sigmoid', relu: 'ReLU', leakyRelu: 'LeakyReLU', elu: 'ELU' },
  ...{ gelu: 'GELU', silu: 'SiLU', softplus: 'Softplus' },
};

function model(settings: Settings): string {
  const widths = widthsOf(settings);
  const parts = widths.slice(1).flatMap((units, i) => {
    const linear = `nn.Linear(${widths[i]}, ${units})`;
    const layer = settings.network.layers[i];
    if (!layer) return [linear, ...(endsInSigmoid(settings.training.loss) ? ['nn.Sigmoid()'] : [])];
    return [
      linear,
      ...(layer.activation === 'linear' ? [] : [`nn.${MODULES[layer.activation]}()`]),
      ...(layer.dropout > 0 ? [`nn.Dropout(${layer.dropout})`] : []),
    ];
  });
  return ['model = nn.Sequential(', ...parts.map((part) => `    ${part},`), ')'].join('\n');
}

/** The first weights of the seed, by NumPy's generator, which the playground draws from. */
function drawn({ network: { seed } }: Settings): string[] {
  return [
    '',
    '# The same first weights as in the playground.',
    `rng = np.random.RandomState(${seed})`,
    'with torch.no_grad():',
    '    for layer in model:',
    '        if isinstance(layer, nn.Linear):',
    '            bound = 1 / np.sqrt(layer.in_features)',
    '            for parameter in (layer.weight, layer.bias):',
    '                parameter.copy_(torch.tensor(rng.uniform(-bound, bound, tuple(parameter.shape))))',
  ];
}

function assigned(weights: ArrayLike<number>, settings: Settings): string[] {
  const values = layersOf(weights, widthsOf(settings)).flatMap(({ weight, bias }) => [
    `    [\n${wrapped(weight.map(list), '        ')}    ],`,
    `    ${list(bias)},`,
  ]);
  return [
    '',
    '# The weights that it had reached.',
    'weights = [',
    ...values,
    ']',
    'with torch.no_grad():',
    '    for parameter, values in zip(model.parameters(), weights):',
    '        parameter.copy_(torch.tensor(values))',
  ];
}

function lossCode({ training: { loss } }: Settings): string {
  switch (loss) {
    case 'bce':
      return 'loss_of = nn.BCELoss()';
    case 'bceWithLogits':
      return 'loss_of = nn.BCEWithLogitsLoss()';
    case 'mse':
      return 'loss_of = nn.MSELoss()';
    case 'hinge':
      return ['def loss_of(z, y):', '    return torch.clamp(1 - y * z, min=0).mean()', '', ''].join('\n');
  }
}

function penalty({ training: { penalty, strength } }: Settings): string {
  if (penalty === 'none' || strength === 0) return '';
  const term = penalty === 'l1' ? 'w.abs().sum()' : '(w**2).sum() / 2';
  return ` + ${strength} * sum(${term} for w in model.parameters() if w.ndim == 2)`;
}

function optimizer({ optimizer: name, learningRate }: Settings['training']): string {
  const lr = `model.parameters(), lr=${learningRate}`;
  switch (name) {
    case 'sgd':
      return `torch.optim.SGD(${lr})`;
    case 'momentum':
      return `torch.optim.SGD(${lr}, momentum=0.9)`;
    case 'rmsprop':
      return `torch.optim.RMSprop(${lr})`;
    case 'adagrad':
      return `torch.optim.Adagrad(${lr})`;
    case 'adam':
      return `torch.optim.Adam(${lr})`;
  }
}
