// Inputs and options to call every function with, the ones still to be written included: a function that is not defined for
// all numbers, or has options, gets a line in `special`; the others need none.

import { ShapeError } from '../../src/errors.js';
import { functions, type FunctionName } from '../../src/functions/index.js';
import { tensor, type Operation, type Tensor } from '../../src/tensor/index.js';
import { awayFromZero, fill, uniform } from './numeric.js';

/** Tensors to call a function with, and the options that follow them. */
export type Sample = readonly [inputs: readonly Tensor[], ...rest: readonly unknown[]];

const random = uniform(1);
const normal = awayFromZero(2);
const positive = (...shape: number[]): Tensor => fill(shape, () => 0.2 + 2 * random());
const probabilities = (...shape: number[]): Tensor => fill(shape, () => 0.05 + 0.9 * random());
const signs = (...shape: number[]): Tensor => fill(shape, () => (random() < 0.5 ? -1 : 1));
const indices = (below: number, ...shape: number[]): Tensor =>
  fill(shape, () => Math.floor(below * random()));

const reductions = (): Sample[] => [
  [[normal(3, 4)]],
  [[normal()]],
  [[normal(2, 3, 2)], 1],
  [[normal(2, 3, 2)], [0, -1], { keepDims: true }],
  [[normal(0, 3)], 1],
];
const alongAxes = (): Sample[] => [[[normal(3, 4)]], [[normal(2, 3, 2)], 0], [[normal(2, 3)], -2]];
const losses = (prediction: typeof normal, ...rest: unknown[]): Sample[] => [
  [[prediction(3, 4), probabilities(3, 4)], ...rest],
  [[prediction(3), probabilities(3)], { reduction: 'sum' }],
  [[prediction(2, 1), probabilities(2, 1)], { reduction: 'none' }],
  [[prediction(), probabilities()]],
];

const classLosses = (scores: typeof normal): Sample[] => [
  [[scores(4, 3), indices(3, 4)], { classWeights: [0.5, 2, 1] }],
  [[scores(4, 3), tensor([0, -1, 2, 1])], { ignoreIndex: -1, reduction: 'none' }],
  [
    [
      scores(2, 2, 3),
      tensor([
        [1, 1],
        [0, 2],
      ]),
    ],
    { classWeights: [1, 3, 0.5], ignoreIndex: 1, reduction: 'sum' },
  ],
];

const special: { readonly [name in FunctionName]?: readonly Sample[] } = {
  log: [[[positive(3, 4)]], [[positive()]]],
  log1p: [[[positive(3, 4)]], [[probabilities(2).neg()]]],
  sqrt: [[[positive(3, 4)]], [[positive()]]],
  pow: [[[positive(3, 4), normal(3, 4)]], [[positive(3, 1), normal(4)]], [[positive(), normal(2)]]],
  leakyRelu: [[[normal(3, 4)]], [[normal(3)], { negativeSlope: 0.3 }], [[normal(0, 2)]]],
  elu: [[[normal(3, 4)]], [[normal(3)], { alpha: 2.5 }], [[normal(0, 2)]]],
  sum: reductions(),
  mean: reductions(),
  max: reductions(),
  min: reductions(),
  argmax: alongAxes(),
  softmax: alongAxes(),
  logSoftmax: alongAxes(),
  matmul: [
    [[normal(3, 4), normal(4, 2)]],
    [[normal(3), normal(3)]],
    [[normal(3), normal(2, 3, 2)]],
    [[normal(2, 1, 2, 3), normal(2, 3, 1)]],
    [[normal(2, 2, 3), normal(3)]],
    [[normal(2, 0), normal(0, 2)]],
  ],
  transpose: [[[normal(3, 4)]], [[normal(2, 3, 2)], [2, 0, 1]], [[normal(2, 2, 3)]], [[normal()]]],
  reshape: [
    [[normal(3, 4)], [2, 6]],
    [[normal(3, 4)], -1],
    [[normal(2, 3)], [3, 1, -1]],
    [[normal()], [1]],
    [[normal(0, 3)], [3, 0]],
  ],
  broadcastTo: [
    [[normal(3, 1)], [2, 3, 4]],
    [[normal()], [2]],
    [[normal(2)], [2]],
    [[normal(1)], [0]],
  ],
  slice: [
    [[normal(3, 4)], 1],
    [[normal(3, 4)], null, [-1, 0, -2]],
    [[normal(3, 4)]],
    [[normal(3, 4)], [2, 2]],
  ],
  placeSlice: [
    [[normal(4)], [3, 4], 1],
    [[normal(3, 2)], [3, 4], null, [-1, 0, -2]],
  ],
  concatPair: [
    [[normal(2, 3), normal(1, 3)]],
    [[normal(2, 1), normal(2, 3)], -1],
    [[normal(0, 2), normal(1, 2)]],
  ],
  gather: [[[normal(3, 4), indices(4, 3, 2)]], [[normal(3, 2), indices(3, 5, 2).neg()], 0]],
  scatterAdd: [
    [
      [normal(3, 5), indices(4, 3, 5)],
      [3, 4],
    ],
    [[normal(4, 2), indices(3, 4, 2)], [3, 2], 0],
  ],
  pad: [
    [[normal(2, 3)], [1, [0, 2]]],
    [[normal(2, 1, 3)], [[2, 0]], -1.5],
    [[normal(0, 2)], [1]],
    [[normal()], []],
  ],
  windows: [
    [[normal(5)], [3]],
    [[normal(2, 4, 5)], [2, 3], { step: [2, 1], dilation: [1, 2] }],
    [[normal(7)], [2], { step: 3, dilation: 2 }],
    [[normal(0, 3, 3)], [2, 2]],
  ],
  foldWindows: [
    [[normal(3, 3)], [5]],
    [[normal(2, 2, 3, 2, 1)], [4, 5], { step: [2, 1], dilation: [1, 2] }],
    [[normal(2, 2)], [7], { step: 3, dilation: 2 }],
    [[normal(0, 2, 2, 2, 2)], [3, 3]],
  ],
  conv1d: [
    [[normal(2, 2, 5), normal(3, 2, 3)]],
    [[normal(1, 4, 6), normal(2, 2, 2)], { stride: 2, padding: 1, dilation: 3, groups: 2 }],
    [[normal(0, 1, 3), normal(1, 1, 2)]],
  ],
  conv2d: [
    [[normal(2, 2, 3, 4), normal(3, 2, 2, 3)]],
    [
      [normal(1, 2, 5, 4), normal(2, 1, 2, 2)],
      { stride: [2, 1], padding: [1, 2], dilation: [3, 1], groups: 2 },
    ],
    [[normal(1, 3, 2, 2), normal(2, 3, 1, 1)], { stride: 2 }],
  ],
  maxPool2d: [
    [[normal(2, 4, 5)], 2],
    [[normal(1, 2, 5, 5)], [3, 2], { stride: [2, 1], padding: [1, 0] }],
    [[normal(3, 3)], 3],
  ],
  avgPool2d: [
    [[normal(2, 4, 5)], 2],
    [[normal(1, 2, 5, 5)], [3, 2], { stride: [2, 1], padding: [1, 0] }],
    [[normal(0, 3, 3)], 2],
  ],
  standardize: [
    [[normal(3, 4)]],
    [[normal(2, 3, 2)], [0, -1]],
    [[normal(3, 4)], 1, { epsilon: 0.3 }],
    [[normal(0, 3)], 1],
  ],
  bce: losses(probabilities),
  bceWithLogits: losses(normal),
  mse: losses(normal),
  huber: losses(normal, { delta: 0.7 }),
  crossEntropy: [
    [[normal(4, 3), indices(3, 4)]],
    [[normal(2, 2, 3), indices(3, 2, 2)], { reduction: 'sum' }],
    [[normal(2, 3), indices(3, 2)], { reduction: 'none' }],
    [[normal(3), indices(3)]],
    ...classLosses(normal),
    [[normal(4, 3), indices(3, 4)], { labelSmoothing: 0.2 }],
    [
      [normal(4, 3), tensor([0, 2, -100, 1])],
      { labelSmoothing: 0.3, classWeights: [0.5, 2, 0], ignoreIndex: -100 },
    ],
    [[normal(3), indices(3)], { labelSmoothing: 1, reduction: 'none' }],
  ],
  nll: [[[normal(4, 3), indices(3, 4)]], [[normal(3), indices(3)]], ...classLosses(normal)],
  klDiv: [...losses(normal), [[normal(3, 2), normal(3, 2)], { logTarget: true, reduction: 'batchMean' }]],
  l1: losses(normal),
  hinge: [
    [[normal(3, 4), signs(3, 4)]],
    [[normal(3), signs(3)], { reduction: 'sum' }],
    [[normal(), signs()], { reduction: 'none' }],
  ],
};

/** A library function, called with anything. */
export type Call = ((...args: readonly unknown[]) => Tensor) & { readonly operation: Operation };

/** Every function with its samples. */
export const samples: readonly {
  readonly name: FunctionName;
  readonly call: Call;
  readonly samples: readonly Sample[];
}[] = (Object.entries(functions) as unknown as [FunctionName, Call][]).map(([name, call]) => ({
  name,
  call,
  samples: special[name] ?? usual(call),
}));

function usual(call: Call): Sample[] {
  const count = call.operation.inputs.length;
  const repeated = (...shapes: number[][]): Sample => [
    Array.from({ length: count }, (_, i) => normal(...shapes[i % shapes.length]!)),
  ];
  const [first, ...others] = [
    repeated([3, 4]),
    ...(count > 1 ? [repeated([3, 1], [2, 1, 4], [4]), repeated([2], [])] : []),
    repeated([]),
    repeated([0, 4]),
  ];
  return [first!, ...others.filter((sample) => accepts(call, sample))];
}

function accepts(call: Call, [inputs, ...rest]: Sample): boolean {
  try {
    call(...inputs, ...rest);
    return true;
  } catch (error) {
    if (error instanceof ShapeError) return false;
    throw error;
  }
}

/** Shapes and options, for a test's title. */
export function describeSample([inputs, ...rest]: Sample): string {
  const shapes = inputs.map((input) => `[${input.shape.join(', ')}]`);
  return [...shapes, ...rest.map((option) => JSON.stringify(option))].join(' ');
}
