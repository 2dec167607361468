// Networks of affine layers with an activation between them, and what gets lost on the way back through the layers.

import { sameShape, type Tensor } from '../../tensor/index.js';
import type { Evidence, Observation } from '../evidence.js';
import { mistakesIn, type Formula, type Mistake, type Reading } from './formula.js';
import { attempt, isClose } from './match.js';

/** The derivative of an activation by what goes in and what comes out; a wrong one may look at what comes back, too. */
type Slope = (z: Tensor, a: Tensor, da: Tensor) => Tensor;

/** An activation, and its derivative in terms of what goes in and what comes out. */
interface Activation {
  readonly name: string;
  readonly of: (z: Tensor) => Tensor;
  readonly slope: Slope;
  /** The same as people write it: a formula of one number, which can be put the wrong one. */
  readonly formula: (u: Tensor) => Tensor;
  readonly isOfOutput: boolean;
  /** Whether the derivative is 1 where something passes and 0 elsewhere. */
  readonly isMask?: boolean;
  /** A slip in it, and what it is. */
  readonly slips: readonly (readonly [words: string, slope: Slope])[];
}

const not = (x: Tensor): Tensor => x.neg().add(1);

const ACTIVATIONS: readonly Activation[] = [
  {
    name: 'tanh',
    of: (z) => z.tanh(),
    slope: (_, a) => not(a.mul(a)),
    formula: (u) => not(u.mul(u)),
    isOfOutput: true,
    slips: [['1 - a for 1 - a²', (_, a) => not(a)]],
  },
  {
    name: 'sigmoid',
    of: (z) => z.sigmoid(),
    slope: (_, a) => a.mul(not(a)),
    formula: (u) => u.mul(not(u)),
    isOfOutput: true,
    slips: [
      ['a for a * (1 - a)', (_, a) => a],
      ['1 - a for a * (1 - a)', (_, a) => not(a)],
    ],
  },
  {
    name: 'relu',
    of: (z) => z.relu(),
    slope: (z) => z.greater(0).mul(1),
    formula: (u) => u.greater(0).mul(1),
    isOfOutput: false,
    isMask: true,
    slips: [],
  },
];

/** A quantity that the network is made of, by name. */
interface Named {
  readonly name: string;
  readonly of: (observation: Observation) => Tensor;
}

/** One affine layer. */
interface Layer {
  readonly weights: Named;
  readonly bias: Named | null;
}

/** Mistakes in the derivative of a network by its input, its weights and its biases. */
export const network = mistakesIn((evidence) => {
  const layers = layersOf(evidence);
  if (!layers) return [];
  const activation = ACTIVATIONS.find((each) =>
    evidence.observations.every((observation) => {
      const output = attempt(() => run(layers, each, observation).at(-1)!.z);
      return (
        output !== null &&
        sameShape(output.shape, observation.output.shape) &&
        isClose(output, observation.output)
      );
    }),
  );
  return activation ? [reading(evidence, layers, activation)] : [];
});

/** Weights in the order in which their shapes fit together, from the first input to the output; null if they do not. */
function layersOf({ specimen, observations }: Evidence): Layer[] | null {
  const [first] = observations as [Observation, ...Observation[]];
  const all: Named[] = [
    ...specimen.inputNames
      .slice(1)
      .map((name, i) => ({ name, of: ({ inputs }: Observation) => inputs[i + 1]! })),
    ...specimen.parameters.map(({ path }) => ({
      name: path,
      of: ({ parameters }: Observation) => parameters.get(path)!,
    })),
  ];
  const [x] = first.inputs as [Tensor, ...Tensor[]];
  const matrices = all.filter((each) => each.of(first).ndim === 2 && each.of(first).shape[0] !== 1);
  if (x.ndim !== 2 || matrices.length < 2 || matrices.length > 5) return null;
  let width = x.shape[1]!;
  const rest = all.filter((each) => !matrices.includes(each));
  const layers: Layer[] = [];
  for (const weights of matrices) {
    const [rows, columns] = weights.of(first).shape as [number, number];
    if (rows !== width) return null;
    width = columns;
    const at = rest.findIndex(
      (each) => each.of(first).size === columns && each.of(first).shape.at(-1) === columns,
    );
    layers.push({ weights, bias: at >= 0 ? rest.splice(at, 1)[0]! : null });
  }
  return width === first.output.shape.at(-1) ? layers : null;
}

/** What each layer gets, and its scores. */
function run(
  layers: readonly Layer[],
  activation: Activation,
  observation: Observation,
): { readonly x: Tensor; readonly z: Tensor }[] {
  let [x] = observation.inputs as [Tensor, ...Tensor[]];
  return layers.map(({ weights, bias }, l) => {
    if (l > 0) x = activation.of(x);
    const own = x;
    const z = x.matmul(weights.of(observation));
    x = bias ? z.add(bias.of(observation)) : z;
    return { x: own, z: x };
  });
}

/** One way back through a layer and the activation before it. */
interface Back {
  readonly slope?: Slope;
  readonly isTurned?: boolean;
  /** What the layer's weights are multiplied with, in place of what went into it. */
  readonly features?: number;
}

function reading({ slot }: Evidence, layers: readonly Layer[], activation: Activation): Reading {
  /** The derivative by the slot, with other ways back at some layers. */
  const from =
    (wayAt: (layer: number) => Back): Formula =>
    (observation) => {
      const passed = run(layers, activation, observation);
      let d = observation.upstream;
      for (let l = layers.length - 1; l >= 0; l--) {
        const { weights, bias } = layers[l]!;
        const { slope = activation.slope, isTurned = false, features = l } = wayAt(l);
        const { shape } = observation.value;
        if (slot.name === weights.name) return passed[features]!.x.transpose().matmul(d).reshape(shape);
        if (slot.name === bias?.name) return d.sum(0).reshape(shape);
        const w = weights.of(observation);
        d = d.matmul(isTurned ? w : w.transpose());
        if (l > 0) d = d.mul(slope(passed[l - 1]!.z, passed[l]!.x, d));
      }
      return d.reshape(observation.value.shape);
    };
  const hidden = Array.from({ length: layers.length - 1 }, (_, i) => i + 1);
  const places: readonly (readonly number[])[] = [
    ...hidden.map((l) => [l]),
    ...(hidden.length > 1 ? [hidden] : []),
  ];
  const after = (at: readonly number[]): string =>
    at.length > 1 ? 'the hidden layers' : layers.length > 2 ? `hidden layer ${at[0]}` : 'the hidden layer';
  const slopeAt =
    (at: readonly number[], slope: NonNullable<Back['slope']>): ((layer: number) => Back) =>
    (layer) =>
      at.includes(layer) ? { slope } : {};
  const { name, formula, isOfOutput, isMask, of } = activation;
  const into = `In your derivative by ${slot.name},`;
  return {
    right: from(() => ({})),
    correction: `On the way back through each hidden layer: da = dz @ Wᵀ of the layer above, then dz = da * ${name}'`,
    mistakes: () => [
      ...places.flatMap((at): Mistake[] => [
        {
          cause: isMask ? 'mask-missing' : 'local-derivative-missing',
          message: `${into} the derivative of ${name} after ${after(at)} is missing.`,
          formula: from(slopeAt(at, (z) => z.mul(0).add(1))),
        },
        ...(isMask
          ? [
              {
                cause: 'mask-of-upstream' as const,
                message: `${into} the mask of ${name} after ${after(at)} is made of what comes back: it must be made of what went in.`,
                formula: from(slopeAt(at, (_, __, da) => formula(da))),
              },
              {
                cause: 'mask-inverted' as const,
                message: `${into} the mask of ${name} after ${after(at)} is the wrong way round.`,
                formula: from(slopeAt(at, (z) => not(formula(z)))),
              },
            ]
          : []),
        {
          cause: isOfOutput ? 'taken-at-input' : 'taken-at-output',
          message: `${into} the derivative of ${name} after ${after(at)} is taken at ${isOfOutput ? 'z, what goes into it, where what comes out belongs' : 'what comes out of it, where what goes in belongs'}.`,
          formula: from(slopeAt(at, (z, a) => formula(isOfOutput ? z : a))),
        },
        {
          cause: 'taken-at-output',
          message: `${into} ${name} is applied once too often after ${after(at)}: its derivative is taken at its result.`,
          formula: from(slopeAt(at, (_, a) => formula(of(a)))),
        },
        {
          cause: 'local-derivative-twice',
          message: `${into} the derivative of ${name} after ${after(at)} is there twice.`,
          formula: from(slopeAt(at, (z, a, da) => activation.slope(z, a, da).pow(2))),
        },
        ...activation.slips.map(([words, slope]): Mistake => ({
          cause: 'factor-missing',
          message: `${into} the derivative of ${name} after ${after(at)} is wrong: ${words}.`,
          formula: from(slopeAt(at, slope)),
        })),
      ]),
      ...layers.flatMap(({ weights }, l): Mistake[] => [
        {
          cause: 'factor-not-transposed',
          message: `${into} ${weights.name} must be transposed on the way back.`,
          formula: from((layer) => ({ isTurned: layer === l })),
        },
        ...layers.map((_, features): Mistake => ({
          cause: 'wrong-factor',
          message: `${into} the upstream of the layer is multiplied with what goes into layer ${features + 1}: it must be what goes into this one.`,
          formula: from((layer) => (layer === l ? { features } : {})),
        })),
      ]),
    ],
  };
}
