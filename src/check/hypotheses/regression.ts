// Regressions in one function, from features to loss: dw = xᵀ (p - t) / n and db = sum(p - t) / n.

import type { Tensor } from '../../tensor/index.js';
import type { Evidence, Observation } from '../evidence.js';
import { mistakesIn, type Formula, type Reading } from './formula.js';
import { ACTIVATIONS, scoreErrors, targetsFor, type Activation } from './score-errors.js';

/** A quantity by name. */
interface Named {
  readonly name: string;
  readonly of: (observation: Observation) => Tensor;
}

/** Mistakes in the derivative of linear, logistic and softmax regression by weights and bias. */
export const regression = mistakesIn((evidence) => {
  if (evidence.observations[0]!.output.size !== 1) return [];
  const all = namedIn(evidence);
  const shapeOf = ({ of }: Named): readonly number[] => of(evidence.observations[0]!).shape;
  const features = all.filter((each) => shapeOf(each).length === 2 && each.name !== evidence.slot.name);
  return features.flatMap((x) => {
    const [n, d] = shapeOf(x) as [number, number];
    const weights = all.filter((each) => each !== x && shapeOf(each).length > 0 && shapeOf(each)[0] === d);
    return weights.flatMap((w) => {
      const rest = all.filter((each) => each !== x && each !== w);
      const targets = rest.filter((each) => shapeOf(each)[0] === n && each.name !== evidence.slot.name);
      return targets.flatMap((y) => {
        const biases = rest.filter(
          (each) => each !== y && shapeOf(each).join() === shapeOf(w).slice(1).join(),
        );
        const isBias = biases.some(({ name }) => name === evidence.slot.name);
        if (w.name !== evidence.slot.name && !isBias) return [];
        return [null, ...biases].flatMap((b) =>
          ACTIVATIONS.map((activation) => reading(evidence, activation, { x, w, b, y })),
        );
      });
    });
  });
});

function namedIn({ specimen }: Evidence): Named[] {
  return [
    ...specimen.inputNames.map((name, i) => ({ name, of: ({ inputs }: Observation) => inputs[i]! })),
    ...specimen.parameters.map(({ path }) => ({
      name: path,
      of: ({ parameters }: Observation) => parameters.get(path)!,
    })),
  ];
}

function reading(
  { slot }: Evidence,
  activation: Activation,
  { x, w, b, y }: { x: Named; w: Named; b: Named | null; y: Named },
): Reading {
  const isWeight = slot.name === w.name;
  /** What the weights, or the bias, get for errors in the shape of the scores. */
  const from =
    (
      errorOf: (z: Tensor, p: Tensor, t: Tensor) => Tensor,
      back: (errors: Tensor, features: Tensor) => Tensor = backTo,
    ): Formula =>
    (observation) => {
      const features = x.of(observation);
      const scores = features.matmul(w.of(observation));
      const z = b ? scores.add(b.of(observation)) : scores;
      const t = targetsFor(y.of(observation), z);
      if (!t) return null;
      const errors = errorOf(z, activation.of(z), t).mul(observation.upstream.reshape([]));
      return back(errors, features).reshape(observation.value.shape);
    };
  const backTo = (errors: Tensor, features: Tensor): Tensor =>
    isWeight ? features.transpose().matmul(errors) : errors.sum(0);

  const z = `${x.name} @ ${w.name}${b ? ` + ${b.name}` : ''}`;
  const p = activation.name === 'identity' ? `(${z})` : `${activation.name}(${z})`;
  const error = `(${p} - ${y.name})`;
  return {
    right: from((_, p, t) => p.sub(t)),
    correction: isWeight ? `d${slot.name} = ${x.name}ᵀ @ ${error} / n` : `d${slot.name} = sum${error} / n`,
    mistakes: () => [
      ...scoreErrors(activation, z, p, y.name).map(({ cause, what, of }) => ({
        cause,
        message: `In your derivative by ${slot.name}, ${what}.`,
        formula: from(of),
      })),
      ...(isWeight
        ? [
            {
              cause: 'factor-missing' as const,
              message: `In your derivative by ${slot.name}, the factor ${x.name} is missing: the errors are only added up.`,
              formula: from(
                (_, p, t) => p.sub(t),
                (errors, features) => features.mul(0).add(1).transpose().matmul(errors),
              ),
            },
          ]
        : [
            {
              cause: 'factor-extra' as const,
              message: `Your derivative by ${slot.name} is that by the weights, added up: a bias has no factor ${x.name}.`,
              formula: from(
                (_, p, t) => p.sub(t),
                (errors, features) => features.transpose().matmul(errors).sum(0),
              ),
            },
          ]),
    ],
  };
}
