// Attention: softmax(q kᵀ / √d) v, and what gets lost on the way back through its softmax.

import type { Tensor } from '../../tensor/index.js';
import type { Observation } from '../evidence.js';
import { mistakesIn, type Formula, type Reading } from './formula.js';

/** Mistakes in the derivative of attention by queries and keys. */
export const attention = mistakesIn(({ specimen, slot, observations }) => {
  const { inputs } = observations[0]!;
  if (slot.kind !== 'input' || slot.index > 1 || inputs.length < 3) return [];
  if (inputs.slice(0, 3).some(({ ndim }) => ndim < 2)) return [];
  const [q, k, v] = specimen.inputNames as [string, string, string];
  return [true, false].map((isScaled) => reading(slot.name, slot.index === 0, [q, k, v], isScaled));
});

function reading(
  slot: string,
  isQuery: boolean,
  [q, k, v]: readonly [string, string, string],
  isScaled: boolean,
): Reading {
  /** The derivative for what comes back through softmax: of weights a and their derivative da. */
  const from =
    (through: (a: Tensor, da: Tensor) => Tensor): Formula =>
    ({ inputs, upstream }: Observation) => {
      const [q, k, v] = inputs as readonly [Tensor, Tensor, Tensor];
      const scale = isScaled ? 1 / Math.sqrt(q.shape.at(-1)!) : 1;
      const a = q.matmul(k.transpose()).mul(scale).softmax();
      const ds = through(a, upstream.matmul(v.transpose())).mul(scale);
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
        formula: ({ inputs, upstream }) => {
          const [q, k, v] = inputs as readonly [Tensor, Tensor, Tensor];
          const scale = isScaled ? 1 / Math.sqrt(q.shape.at(-1)!) : 1;
          const a = q.matmul(k.transpose()).mul(scale).softmax();
          const ds = softmaxOf(a, upstream.matmul(v.transpose())).mul(scale);
          return isQuery ? ds.transpose().matmul(k) : ds.matmul(q);
        },
      },
    ],
  };
}
