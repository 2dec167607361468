// Models whose backward pass is given the target, and so goes back from a loss: the object's own method for it, or one of the usual.

import { functions } from '../../functions/index.js';
import type { Tensor } from '../../tensor/index.js';
import { foreign } from '../foreign.js';
import { readValue } from '../value.js';
import type { Code, Passes } from './passes.js';
import { isTarget, isUpstream, mayBeTarget, parameterNames } from './signature.js';

type TensorLoss = (p: Tensor, y: Tensor) => Tensor;

/** The losses that people go back from, of a prediction and a target of the same size. */
const USUAL = [binaryCrossEntropy, squaredError, shareEntropy, scoreEntropy].flatMap(
  (elements): TensorLoss[] => [
    (p, y) => elements(p, y).sum(),
    (p, y) => elements(p, y).mean(),
    (p, y) => elements(p, y).sum().mul(0.5),
    (p, y) => elements(p, y).mean().mul(0.5),
    (p, y) =>
      elements(p, y)
        .sum()
        .div(p.shape[0] ?? 1), // a mean over rows
  ],
);

function binaryCrossEntropy(p: Tensor, y: Tensor): Tensor {
  return functions.bce(p, y, { reduction: 'none' });
}

function squaredError(p: Tensor, y: Tensor): Tensor {
  return functions.mse(p, y, { reduction: 'none' });
}

function shareEntropy(p: Tensor, y: Tensor): Tensor {
  return y.mul(p.log()).neg();
}

function scoreEntropy(scores: Tensor, y: Tensor): Tensor {
  return y.mul(scores.logSoftmax(-1)).neg();
}

const METHODS = ['loss', 'cost', 'compute_loss', 'computeLoss', 'error', 'objective'];

/**
 * What backward may be the derivative of where it takes a target that forward knows nothing of: the loss as a function of what goes into
 * forward and of the target. Empty where backward is of forward itself.
 */
export function lossesOf({
  owner,
  forward,
  backward,
}: Pick<Passes, 'owner' | 'forward' | 'backward'>): Code[] {
  const [inputs, taken] = [parameterNames(forward), parameterNames(backward)];
  const target = taken.find((name) => !inputs.includes(name) && isTargetHere(name));
  if (target === undefined || taken.some((name) => isUpstream(name))) return [];
  const own = METHODS.map((name) => (owner as Readonly<Record<string, Code | undefined>>)[name]).find(
    (method) => typeof method === 'function' && parameterNames(method).length === inputs.length + 1,
  );
  if (own) return [own];
  const names = [...inputs, target];
  return USUAL.map((loss): Code => {
    const composed: Code = function (this: unknown, ...args) {
      const [p, y] = [forward.apply(this, args.slice(0, inputs.length)), args[inputs.length]].map(readValue);
      if (!p || p.size !== y?.size) return NaN;
      return loss(p, y.reshape(p.shape)).item();
    };
    return Object.assign(composed, { [foreign]: { parameters: names } });
  });

  /** A `y` alone may be the result. */
  function isTargetHere(name: string): boolean {
    return isTarget(name) || (mayBeTarget(name) && inputs.some((input) => taken.includes(input)));
  }
}
