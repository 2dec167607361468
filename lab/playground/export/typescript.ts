// The training as TypeScript with this library. It gives the playground's numbers to the last bit.

import type { Activation, Settings } from '../settings.js';
import {
  endsInSigmoid,
  layersOf,
  list,
  partsOf,
  widthsOf,
  wrapped,
  type Part,
  type Recipe,
} from './recipe.js';

/** The code, to be run with Node once `chainrule` is installed. */
export function toTypeScript(recipe: Recipe): string {
  const { settings, epochs } = recipe;
  const { training, data } = settings;
  const { train, test } = partsOf(recipe);
  const hasTest = test.y.length > 0;
  const names = ['fit', 'nn', 'optim', ...(recipe.weights ? ['tensor'] : []), 'RandomState'].sort(byName);
  return [
    '// From the playground of Chainrule.',
    `import { ${names.join(', ')} } from 'chainrule';`,
    '',
    '// Points of the plane, and what the output should be for each.',
    points('', train),
    ...(hasTest ? ['// Points that it does not learn from.', points('Test', test)] : []),
    model(settings),
    ...(recipe.weights ? ['', assigned(recipe.weights, settings)] : []),
    '',
    lossCode(settings),
    '',
    'const history = await fit(model, X, y, {',
    '  loss,',
    `  optimizer: ${optimizer(training)},`,
    `  epochs: ${epochs},`,
    `  batchSize: ${training.batchSize},`,
    `  randomState: ${data.seed},`,
    ...(hasTest ? ['  validation: { X: XTest, y: yTest },'] : []),
    '});',
    `console.log(\`epoch ${epochs}: loss \${history.loss.at(-1)}${hasTest ? ', test ${history.val_loss?.at(-1)}' : ''}\`);`,
    '',
  ].join('\n');
}

function byName(a: string, b: string): number {
  return a.toLowerCase() < b.toLowerCase() ? -1 : 1;
}

function points(name: string, { X, y }: Part): string {
  return [
    `const X${name} = [`,
    wrapped(X.map(list), '  ') + '];',
    `const y${name} = [`,
    wrapped(y.map(String), '  ') + '];',
    '',
  ].join('\n');
}

function model(settings: Settings): string {
  const { layers, seed } = settings.network;
  const widths = widthsOf(settings);
  const parts = widths.slice(1).flatMap((units, i) => {
    const linear = `nn.linear(${widths[i]}, ${units}, { randomState })`;
    const layer = layers[i];
    if (!layer) return [linear, ...(endsInSigmoid(settings.training.loss) ? ['nn.sigmoid()'] : [])];
    return [
      linear,
      ...(layer.activation === 'linear' ? [] : [`nn.${layer.activation satisfies Activation}()`]),
      ...(layer.dropout > 0 ? [`nn.dropout(${layer.dropout}, { randomState: ${seed + i} })`] : []),
    ];
  });
  return [
    `const randomState = new RandomState(${seed});`,
    'const model = nn.sequential(',
    ...parts.map((part) => `  ${part},`),
    ');',
  ].join('\n');
}

/** The weights as they are, in the order of `model.parameters()`. */
function assigned(weights: ArrayLike<number>, settings: Settings): string {
  const values = layersOf(weights, widthsOf(settings)).flatMap(({ weight, bias }) => [
    `  [\n${wrapped(weight.map(list), '    ')}  ],`,
    `  ${list(bias)},`,
  ]);
  return [
    '// The weights that it had reached.',
    'const weights = [',
    ...values,
    '];',
    'weights.forEach((values, i) => model.parameters()[i]?.assign(tensor(values)));',
  ].join('\n');
}

const LOSSES = {
  bce: ['bceLoss', 'probabilities'],
  bceWithLogits: ['bceWithLogitsLoss', 'scores'],
  mse: ['mseLoss', 'values'],
  hinge: ['hingeLoss', 'values'],
} as const;

function lossCode({ training: { loss, penalty, strength } }: Settings): string {
  const [name, predictions] = LOSSES[loss];
  if (penalty === 'none' || strength === 0) return `const loss = nn.${name}();`;
  const term = penalty === 'l1' ? 'w.abs().sum()' : 'w.mul(w).sum().div(2)';
  return [
    `const ${loss} = nn.${name}();`,
    'const matrices = model.parameters().filter(({ ndim }) => ndim === 2);',
    `// What pulls the weights to 0 (${penalty.toUpperCase()}) belongs to the loss.`,
    `const loss = new nn.Loss('${loss} + ${penalty}', '${predictions}', (p, y) => {`,
    `  const pull = matrices.map((w) => ${term}).reduce((sum, part) => sum.add(part));`,
    `  return ${loss}.forward(p, y).add(pull.mul(${strength}));`,
    '});',
  ].join('\n');
}

function optimizer({ optimizer: name, learningRate }: Settings['training']): string {
  return name === 'momentum'
    ? `optim.sgd({ learningRate: ${learningRate}, momentum: 0.9 })`
    : `optim.${name}({ learningRate: ${learningRate} })`;
}
