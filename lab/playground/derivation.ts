// The whole derivation of one number of the network, for one sample: from the loss down to it, with formulas and numbers.
// The gradients and the formulas of loss and activations are those of the library's `explain` and `grad`.

import { meanSection } from './mean.js';
import * as math from './notation.js';
import { targetOf } from './objective.js';
import {
  a,
  activationAt,
  b,
  biasAt,
  hasActivation,
  inputsOf,
  isOutput,
  J,
  lossStep,
  numbersOf,
  outputAt,
  sceneOf,
  unitsOf,
  w,
  weightAt,
  y,
  z,
  type Scene,
} from './scene.js';
import type { Trainer } from './trainer.js';

/** A number to derive. Layers, units and inputs count from 0; layer 0 is the first hidden one, or the output where there is none. */
export type Target =
  | { readonly kind: 'weight'; readonly layer: number; readonly unit: number; readonly input: number }
  | { readonly kind: 'bias'; readonly layer: number; readonly unit: number }
  | { readonly kind: 'neuron'; readonly layer: number; readonly unit: number }
  /** The weighted sum of a neuron, before its activation. */
  | { readonly kind: 'sum'; readonly layer: number; readonly unit: number }
  | { readonly kind: 'input'; readonly input: number }
  | { readonly kind: 'loss' };

/** One line: what is equal, each side MathML to be put into `<math>`, and the number that it comes to. */
export interface Line {
  readonly sides: readonly string[];
  readonly value: number;
}

/** Lines under one heading. */
export interface Section {
  readonly title: 'loss' | 'output' | 'hidden' | 'end' | 'all' | 'test' | 'sample';
  /** The hidden layer, from 1. */
  readonly layer: number | null;
  readonly lines: readonly Line[];
}

/** The derivation of a target. */
export interface NetworkDerivation {
  readonly target: Target;
  readonly sample: number;
  readonly x: readonly [number, number];
  readonly label: number;
  /** Whether the network learns from this sample. */
  readonly isTraining: boolean;
  /** From the sample to the loss. */
  readonly forward: readonly Section[];
  /** From the loss to the target. */
  readonly backward: readonly Section[];
  /** The target's own number for this sample. */
  readonly own: number;
  /** The derivative of this sample's loss by the target, or the loss itself: the last line of `backward` before the mean over samples. */
  readonly value: number;
}

/** The derivation of a target for a sample, by its place among the trainer's points; evaluation mode, so that nothing is left out. */
export function derive(trainer: Trainer, target: Target, sample: number): NetworkDerivation {
  const { network, points, settings } = trainer;
  const at = Math.min(Math.max(0, sample), points.count - 1);
  const x = [points.X[2 * at]!, points.X[2 * at + 1]!] as const;
  const label = points.y[at]!;
  const scene = sceneOf(trainer, x, targetOf(settings.training.loss, label));
  const backward = backwardSections(scene, target);
  const { value } = backward.at(-1)!.lines.at(-1)!;
  const all = meanSection(scene, target, at);
  return {
    ...{
      target,
      sample: at,
      x,
      label,
      isTraining: at < points.training,
      own: ownNumber(scene, target),
      value,
    },
    forward: forwardSections(scene, network.layers.length),
    backward: all ? [...backward, all] : backward,
  };
}

function ownNumber(scene: Scene, target: Target): number {
  switch (target.kind) {
    case 'weight':
      return weightAt(scene, target.layer, target.unit, target.input);
    case 'bias':
      return biasAt(scene, target.layer, target.unit);
    case 'sum':
      return scene.pass.z[target.layer]!.data[target.unit]!;
    case 'neuron':
      return outputAt(scene, target.layer, target.unit);
    case 'input':
      return scene.x[target.input]!;
    case 'loss':
      return scene.loss.item();
  }
}

// Forward.

function forwardSections(scene: Scene, layers: number): Section[] {
  const { x, target } = scene;
  const given = [...x.map((value, i) => [a(scene, -1, i), value] as const), [y, target] as const];
  const sections: Section[] = [
    {
      ...{ title: 'sample', layer: null },
      lines: given.map(([name, value]) => ({ sides: [name, math.number(value)], value })),
    },
  ];
  for (let layer = 0; layer < layers; layer++) {
    const lines = places(unitsOf(scene, layer)).flatMap((unit) => forwardLines(scene, layer, unit));
    sections.push({ ...sectionOf(scene, layer), lines });
  }
  sections.push({ title: 'loss', layer: null, lines: [lossLine(scene)] });
  return sections;
}

/** z = Σ w a + b, and a = f(z). */
function forwardLines(scene: Scene, layer: number, unit: number): Line[] {
  const inputs = places(inputsOf(scene, layer));
  const bias = biasAt(scene, layer, unit);
  const value = scene.pass.z[layer]!.data[unit]!;
  const symbols = inputs.map((i) => math.product(w(scene, layer, unit, i), a(scene, layer - 1, i)));
  const numbers = inputs.map((i) =>
    math.product(math.factor(weightAt(scene, layer, unit, i)), math.factor(outputAt(scene, layer - 1, i))),
  );
  const lines = [
    {
      sides: [
        z(scene, layer, unit),
        math.sum([...symbols, b(scene, layer, unit)]),
        math.sum([...numbers, math.factor(bias)]),
        math.number(value),
      ],
      value,
    },
  ];
  if (hasActivation(scene, layer)) {
    const { text } = activationAt(scene, layer, unit);
    const output = outputAt(scene, layer, unit);
    lines.push({
      sides: [a(scene, layer, unit), math.formula(text), math.number(output)],
      value: output,
    });
  }
  return lines;
}

// Backward.

function backwardSections(scene: Scene, target: Target): Section[] {
  const last = scene.pass.z.length - 1;
  const sections: Section[] = [
    { title: 'loss', layer: null, lines: [lossLine(scene), lossDerivative(scene)] },
  ];
  if (target.kind === 'loss') return [{ ...sections[0]!, lines: [lossLine(scene)] }];
  const lowest = target.kind === 'input' ? 0 : target.layer;
  for (let layer = last; layer >= lowest; layer--) {
    const isTargets = layer === lowest && 'unit' in target;
    const units = isTargets ? [target.unit] : places(unitsOf(scene, layer));
    // The derivative by a neuron's output is where its own derivation ends.
    const stopsAtOutput = isTargets && target.kind === 'neuron';
    if (stopsAtOutput && layer === last) return sections;
    const lines = units.flatMap((unit) => [
      ...(layer === last ? [] : [throughWeights(scene, layer, unit)]),
      ...(stopsAtOutput || !hasActivation(scene, layer) ? [] : throughActivation(scene, layer, unit)),
    ]);
    if (lines.length > 0) sections.push({ ...sectionOf(scene, layer), lines });
  }
  if (target.kind !== 'neuron' && target.kind !== 'sum') {
    sections.push({ title: 'end', layer: null, lines: [lastLine(scene, target)] });
  }
  return sections;
}

function lossLine(scene: Scene): Line {
  const { step } = lossStep(scene);
  const value = scene.loss.item();
  return { sides: [J, math.formula(step.formula), math.number(value)], value };
}

function lossDerivative(scene: Scene): Line {
  const last = scene.pass.a.length - 1;
  const { derivative } = lossStep(scene);
  const value = Number(derivative.product);
  const sides = [math.partial(J, a(scene, last, 0)), math.formula(derivative.formula)];
  return { sides: [...sides, ...numbersOf(derivative.numbers), math.number(value)], value };
}

/** dJ/da = Σ dJ/dz · w over the units of the next layer. Layer -1 are the inputs. */
function throughWeights(scene: Scene, layer: number, unit: number): Line {
  const next = layer + 1;
  const units = places(unitsOf(scene, next));
  const value = layer < 0 ? scene.dx[unit]! : scene.da[layer]![unit]!;
  const terms = units.map((k) =>
    math.product(math.factor(scene.dz[next]![k]!), math.factor(weightAt(scene, next, k, unit))),
  );
  const term = (k: number): string =>
    math.product(math.partial(J, z(scene, next, k)), w(scene, next, k, unit));
  const written =
    units.length === 1
      ? term(0)
      : math.sumOver(
          'k',
          math.product(
            math.partial(
              J,
              `<msubsup><mi>z</mi><mi>k</mi><mrow><mo>(</mo><mn>${next + 1}</mn><mo>)</mo></mrow></msubsup>`,
            ),
            `<msubsup><mi>w</mi><mrow><mi>k</mi><mn>${unit + 1}</mn></mrow><mrow><mo>(</mo><mn>${next + 1}</mn><mo>)</mo></mrow></msubsup>`,
          ),
        );
  return {
    sides: [math.partial(J, a(scene, layer, unit)), written, math.sum(terms), math.number(value)],
    value,
  };
}

/** da/dz, and dJ/dz = dJ/da · da/dz. */
function throughActivation(scene: Scene, layer: number, unit: number): Line[] {
  const { derivative } = activationAt(scene, layer, unit);
  const [sum, output] = [z(scene, layer, unit), a(scene, layer, unit)];
  const local = Number(derivative.value);
  const [upstream, value] = [scene.da[layer]![unit]!, scene.dz[layer]![unit]!];
  return [
    {
      sides: [
        math.partial(output, sum),
        math.formula(derivative.formula),
        ...numbersOf(derivative.numbers),
        math.number(local),
      ],
      value: local,
    },
    {
      sides: [
        math.partial(J, sum),
        math.product(math.partial(J, output), math.partial(output, sum)),
        math.product(math.factor(upstream), math.factor(local)),
        math.number(value),
      ],
      value,
    },
  ];
}

/** The last step, to a weight, a bias or an input. */
function lastLine(scene: Scene, target: Exclude<Target, { kind: 'neuron' | 'sum' | 'loss' }>): Line {
  if (target.kind === 'input') return throughWeights(scene, -1, target.input);
  const { layer, unit } = target;
  const upstream = scene.dz[layer]![unit]!;
  const by = math.partial(J, z(scene, layer, unit));
  if (target.kind === 'bias') {
    return {
      sides: [math.partial(J, b(scene, layer, unit)), by, math.number(upstream)],
      value: upstream,
    };
  }
  const { input } = target;
  const output = outputAt(scene, layer - 1, input);
  const value = upstream * output;
  return {
    sides: [
      math.partial(J, w(scene, layer, unit, input)),
      math.product(by, a(scene, layer - 1, input)),
      math.product(math.factor(upstream), math.factor(output)),
      math.number(value),
    ],
    value,
  };
}

function sectionOf(scene: Scene, layer: number): Pick<Section, 'title' | 'layer'> {
  return isOutput(scene, layer) ? { title: 'output', layer: null } : { title: 'hidden', layer: layer + 1 };
}

function places(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i);
}
