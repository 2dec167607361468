// What losses share: prediction and target of one shape, and one number out of many.

import { ShapeError, ValueError } from '../errors.js';
import {
  formatShape,
  sameShape,
  toTensor,
  tracedAssignments,
  type Shape,
  type Tensor,
  type TensorLike,
} from '../tensor/index.js';
import type { TensorFunction } from './define.js';

/** How the losses of the elements become one: their mean, their sum, or (none) not at all. */
export type Reduction = 'mean' | 'sum' | 'none';

/** Options of losses. */
export interface LossOptions {
  /** Default `mean`. */
  readonly reduction?: Reduction;
}

/** A loss: a prediction and its target in, one number (or, unreduced, one for each element or row) out. */
export type Loss<Options extends LossOptions = LossOptions> = TensorFunction<
  [prediction: TensorLike, target: TensorLike],
  [options?: Options]
>;

/** What a loss may add to its function of elements or rows. */
interface Extras<Options> {
  /** Look at the values first, where there are any: code that is being compiled has none. */
  readonly checkPrediction?: (prediction: Tensor) => void;
  readonly checkTarget?: (target: Tensor, prediction: Shape, options?: Options) => void;
  /** What each element or row counts in the mean; null if all count the same. */
  readonly weigh?: (target: Tensor, options?: Options) => Tensor | null;
}

/** A function of prediction and target, with the reduction that the caller chooses. */
export function loss<Options extends LossOptions = LossOptions>(
  unreduced: TensorFunction<readonly [TensorLike, TensorLike], [options?: Options]>,
  { checkPrediction, checkTarget, weigh }: Extras<Options> = {},
): Loss<Options> {
  const call = (prediction: TensorLike, target: TensorLike, options?: Options): Tensor => {
    const [p, t] = [toTensor(prediction), toTensor(target)];
    // Shapes before values: targets of a wrong shape often hold no labels either, and the shape is what to mend.
    unreduced.operation.shape([p.shape, t.shape], {});
    if (hasValues(p)) checkPrediction?.(p);
    if (hasValues(t)) checkTarget?.(t, p.shape, options);
    const losses = unreduced(p, t, options);
    const reduction = options?.reduction ?? 'mean';
    const weights = reduction === 'mean' ? (weigh?.(t, options) ?? null) : null;
    return weights ? losses.sum().div(weights.sum()) : reduce(losses, reduction);
  };
  return Object.assign(call, { operation: unreduced.operation });
}

/** Whether the numbers of a tensor are known; the results of code that is being traced are stand-ins. */
function hasValues(t: Tensor): boolean {
  return !(t.origin && tracedAssignments());
}

/** The shape rule of losses: prediction and target must agree, because broadcasting here is almost always a mistake. */
export function sameShapes(name: string): (shapes: readonly Shape[]) => Shape {
  return ([prediction = [], target = []]) => {
    if (!sameShape(prediction, target)) {
      throw new ShapeError(
        `${name}: prediction ${formatShape(prediction)} and target ${formatShape(target)} differ in shape. ` +
          'A loss does not broadcast, since [n] against [n, 1] would silently compare every prediction with ' +
          'every target; reshape one of them',
      );
    }
    return prediction;
  };
}

function reduce(losses: Tensor, reduction: Reduction): Tensor {
  switch (reduction) {
    case 'mean':
      return losses.ndim === 0 ? losses : losses.mean();
    case 'sum':
      return losses.ndim === 0 ? losses : losses.sum();
    case 'none':
      return losses;
    default:
      throw new ValueError(
        `loss: reduction must be mean, sum or none, got ${String(reduction satisfies never)}`,
      );
  }
}
