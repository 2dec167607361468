// The Kullback-Leibler divergence: how far a distribution is from another. Kullback and Leibler, 1951.

import { toTensor, type Tensor, type TensorLike } from '../tensor/index.js';
import { composite, type TensorFunction } from './define.js';
import { loss, sameShapes, type LossOptions, type Reduction } from './loss.js';
import { where } from './where.js';

/** Options of `klDiv`. */
export interface KLDivOptions {
  /** As for other losses, or the sum divided by the number of rows (`batchMean`), which is the divergence. Default `mean`. */
  readonly reduction?: Reduction | 'batchMean';
  /** Whether the targets are logarithms of probabilities too. Default false. */
  readonly logTarget?: boolean;
}

const pointwise = loss(
  composite({
    name: 'klDiv',
    inputs: ['logp', 'target'],
    attributes: ({ logTarget = false }: LossOptions & KLDivOptions = {}) => ({ logTarget }),
    formula: ({ logTarget }) =>
      logTarget ? 'exp(target) * (target - logp)' : 'target * (log(target) - logp)',
    shape: sameShapes('klDiv'),
    stages: ({ logp, target }, { logTarget }) => {
      if (logTarget) return target.exp().mul(target.sub(logp));
      // What cannot be counts for nothing, though its logarithm is infinite.
      const possible = target.greater(0);
      return where(possible, target.mul(where(possible, target, 1).log().sub(logp)), 0);
    },
    derivatives: {
      logp: {
        formula: ({ logTarget }) => (logTarget ? '-exp(target)' : '-target'),
        local: ({ target }, { logTarget }) =>
          logTarget ? target.exp().neg() : where(target.greater(0), target, 0).neg(),
      },
      target: {
        formula: ({ logTarget }) =>
          logTarget ? 'exp(target) * (target - logp + 1)' : 'log(target) + 1 - logp',
        local: ({ logp, target }, { logTarget }) => {
          if (logTarget) return target.exp().mul(target.sub(logp).add(1));
          const possible = target.greater(0);
          return where(possible, where(possible, target, 1).log().add(1).sub(logp), 0);
        },
      },
    },
  }),
);

/**
 * `target * (log(target) - logp)` of logarithms of probabilities `[…]` and the probabilities that they should be, of the same
 * shape; by default its mean over all elements. Equals `torch.nn.functional.kl_div`.
 *
 * @example
 * functions.klDiv(tensor([[0.5, 0.5]]).log(), [[1, 0]], { reduction: 'batchMean' }).item(); // 0.6931471805599453
 */
export const klDiv: TensorFunction<[logp: TensorLike, target: TensorLike], [options?: KLDivOptions]> =
  Object.assign(
    (logp: TensorLike, target: TensorLike, { reduction = 'mean', ...rest }: KLDivOptions = {}): Tensor => {
      if (reduction !== 'batchMean') return pointwise(logp, target, { reduction, ...rest });
      const rows = toTensor(logp).shape[0] ?? 1;
      return pointwise(logp, target, { reduction: 'sum', ...rest }).div(rows);
    },
    { operation: pointwise.operation },
  );
