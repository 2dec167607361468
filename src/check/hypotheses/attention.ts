// Attention: softmax(q kᵀ / √d) v, and what gets lost on the way back through its softmax.

import type { Tensor } from '../../tensor/index.js';
import type { Evidence, Observation } from '../evidence.js';
import { mistakesIn, type Formula, type Reading } from './formula.js';

/** Mistakes in the derivative of attention by queries and keys. */
export const attention = mistakesIn((evidence) => {
  const { specimen, slot, observations } = evidence;
  const { inputs } = observations[0]!;
  if (slot.kind !== 'input' || slot.index > 1 || inputs.length < 3) return [];
  if (inputs.slice(0, 3).some(({ ndim }) => ndim < 2)) return [];
  const [q, k, v] = specimen.inputNames as [string, string, string];
  const names: readonly [string, string, string] = [q, k, v];
  return [true, false].flatMap((isScaled) => {
    const weights = [...weightsKept(evidence), null]; // kept ones know of a mask
    return weights.map((kept) => reading(evidence, slot.name, slot.index === 0, names, kept, isScaled));
  });
});

/** Names of what forward kept that could be weights of attention: rows that add up to 1. */
function weightsKept(evidence: Evidence): string[] {
  const [observation] = evidence.observations as [Observation, ...Observation[]];
  const [{ shape }] = observation.inputs as [Tensor, ...Tensor[]];
  return [...evidence.keptAt(observation, 'forward')].flatMap(([name, value]) => {
    const isLikely = value.ndim === shape.length && value.shape.at(-2) === shape.at(-2);
    const isWeights =
      isLikely &&
      value.data.every((a) => a >= 0) &&
      value.sum(-1).data.every((total) => Math.abs(total - 1) < 1e-6);
    return isWeights ? [name] : [];
  });
}

function reading(
  evidence: Evidence,
  slot: string,
  isQuery: boolean,
  [q, k, v]: readonly [string, string, string],
  kept: string | null,
  isScaled: boolean,
): Reading {
  const computed = (q: Tensor, k: Tensor): Tensor =>
    q
      .matmul(k.transpose())
      .div(isScaled ? Math.sqrt(q.shape.at(-1)!) : 1)
      .softmax();
  const weightsAt = (observation: Observation): Tensor => {
    const [q, k] = observation.inputs as readonly [Tensor, Tensor];
    return kept === null ? computed(q, k) : evidence.keptAt(observation, 'forward').get(kept)!;
  };
  /** The derivative for what comes back through softmax: of weights a and their derivative da. */
  const from =
    (through: (a: Tensor, da: Tensor, unmasked: Tensor) => Tensor): Formula =>
    (observation: Observation) => {
      const [q, k, v] = observation.inputs as readonly [Tensor, Tensor, Tensor];
      const ds = through(weightsAt(observation), observation.upstream.matmul(v.transpose()), computed(q, k));
      return isQuery ? ds.matmul(k) : ds.transpose().matmul(q);
    };
  const softmaxOf = (a: Tensor, da: Tensor): Tensor => a.mul(da.sub(a.mul(da).sum(-1, { keepDims: true })));
  const inside = `In your derivative by ${slot}, on the way back through softmax,`;
  return {
    right: from(softmaxOf),
    correction: `dS = A * (dA - sum(dA * A)) with dA = dy @ ${v}ᵀ; then d${q} = dS @ ${k} / √d and d${k} = dSᵀ @ ${q} / √d`,
    mistakes: () => [
      {
        cause: 'local-derivative-missing',
        message: `In your derivative by ${slot}, the derivative of softmax is missing.`,
        formula: from((_, da) => da),
      },
      {
        cause: 'softmax-jacobian-diagonal-only',
        message: `${inside} you use a * (1 - a): every weight depends on all scores of its row.`,
        formula: from((a, da) => a.mul(a.neg().add(1)).mul(da)),
      },
      {
        cause: 'term-missing',
        message: `${inside} you use a * da: the sum that must be taken away from da is missing.`,
        formula: from((a, da) => a.mul(da)),
      },
      {
        cause: 'summed-over-wrong-axis',
        message: `${inside} the sum runs over the wrong axis.`,
        formula: from((a, da) => a.mul(da.sub(a.mul(da).sum(-2, { keepDims: true })))),
      },
      {
        cause: 'factor-missing',
        message: `${inside} the factor a in front is missing.`,
        formula: from((a, da) => da.sub(a.mul(da).sum(-1, { keepDims: true }))),
      },
      {
        cause: 'factor-not-transposed',
        message: `In your derivative by ${slot}, the derivative of the scores must ${isQuery ? 'stay as it is' : 'be transposed'}.`,
        formula: (observation) => {
          const [q, k, v] = observation.inputs as readonly [Tensor, Tensor, Tensor];
          const ds = softmaxOf(weightsAt(observation), observation.upstream.matmul(v.transpose()));
          return isQuery ? ds.transpose().matmul(k) : ds.matmul(q);
        },
      },
      {
        cause: 'mask-missing',
        message: `${inside} you use the weights as they would be without the mask.`,
        formula: from((_, da, unmasked) => softmaxOf(unmasked, da)),
      },
    ],
  };
}
