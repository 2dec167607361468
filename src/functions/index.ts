// The table of contents: every function, once. Each is also a method of Tensor: `sigmoid(x)` is `x.sigmoid()`.

import { Tensor, type TensorLike } from '../tensor/index.js';
import { abs } from './abs.js';
import { add } from './add.js';
import { argmax } from './argmax.js';
import { bceWithLogits } from './bce-with-logits.js';
import { bce } from './bce.js';
import { broadcastTo } from './broadcast-to.js';
import { equal, greater, greaterEqual, less, lessEqual, notEqual } from './comparisons.js';
import { concatPair } from './concat.js';
import { conv1d, conv2d } from './conv.js';
import { cos } from './cos.js';
import { crossEntropy } from './cross-entropy.js';
import { div } from './div.js';
import { elu } from './elu.js';
import { erf } from './erf.js';
import { exp } from './exp.js';
import { expm1 } from './expm1.js';
import { gather, scatterAdd } from './gather.js';
import { gelu } from './gelu.js';
import { hinge } from './hinge.js';
import { huber } from './huber.js';
import { klDiv } from './kl-div.js';
import { l1 } from './l1.js';
import { leakyRelu } from './leaky-relu.js';
import { logSoftmax } from './log-softmax.js';
import { log } from './log.js';
import { log1p } from './log1p.js';
import { matmul } from './matmul.js';
import { max } from './max.js';
import { maximum } from './maximum.js';
import { mean } from './mean.js';
import { min } from './min.js';
import { minimum } from './minimum.js';
import { mse } from './mse.js';
import { mul } from './mul.js';
import { neg } from './neg.js';
import { nll } from './nll.js';
import { pad } from './pad.js';
import { avgPool2d, maxPool2d } from './pool.js';
import { pow } from './pow.js';
import { reciprocal } from './reciprocal.js';
import { relu } from './relu.js';
import { reshape } from './reshape.js';
import { sigmoid } from './sigmoid.js';
import { sign } from './sign.js';
import { silu } from './silu.js';
import { sin } from './sin.js';
import { placeSlice, slice } from './slice.js';
import { softmax } from './softmax.js';
import { softplus } from './softplus.js';
import { sqrt } from './sqrt.js';
import { standardize } from './standardize.js';
import { sub } from './sub.js';
import { sum } from './sum.js';
import { tanh } from './tanh.js';
import { transpose } from './transpose.js';
import { where } from './where.js';
import { foldWindows, windows } from './windows.js';

/** Every function by name. What is in here is a method, an explanation, a generated test and a compiled kernel. */
export const functions = {
  ...{ add, sub, mul, div, neg, reciprocal, pow },
  ...{ exp, expm1, log, log1p, sqrt, abs, sign, sin, cos, tanh, erf },
  ...{ sigmoid, relu, leakyRelu, elu, gelu, silu, softplus },
  ...{ maximum, minimum, where, equal, notEqual, less, lessEqual, greater, greaterEqual },
  ...{ sum, mean, max, min, argmax, softmax, logSoftmax },
  ...{ matmul, transpose, reshape, broadcastTo, slice, placeSlice, concatPair, gather, scatterAdd },
  ...{ pad, windows, foldWindows, conv1d, conv2d, maxPool2d, avgPool2d, standardize },
  ...{ bce, bceWithLogits, mse, huber, l1, hinge, crossEntropy, nll, klDiv },
};

/** The name of a library function. */
export type FunctionName = keyof typeof functions;

/** The functions as methods of their first tensor. */
export type TensorMethods = {
  readonly [name in FunctionName]: (typeof functions)[name] extends (
    first: TensorLike,
    ...rest: infer Rest
  ) => Tensor
    ? (...rest: Rest) => Tensor
    : never;
};

declare module '../tensor/tensor.js' {
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- the members are those of the table above
  interface Tensor extends TensorMethods {}
}

for (const [name, call] of Object.entries(functions)) {
  Object.defineProperty(Tensor.prototype, name, {
    value(this: Tensor, ...rest: unknown[]): Tensor {
      return (call as (...args: unknown[]) => Tensor)(this, ...rest);
    },
    writable: true,
    configurable: true,
  });
}

export { apply, derivativeBy, derivativeScope, inputName } from './apply.js';
export { checkFinite } from './anomaly.js';
export { sumTo } from './broadcast-to.js';
export type { ClassLossOptions } from './class-loss.js';
export { concat } from './concat.js';
export type { CrossEntropyOptions } from './cross-entropy.js';
export { nameInputs, type Binary, type TensorFunction, type Unary } from './define.js';
export type { ConvOptions } from './conv.js';
export type { EluOptions } from './elu.js';
export { take } from './gather.js';
export type { HuberOptions } from './huber.js';
export type { KLDivOptions } from './kl-div.js';
export type { LeakyReluOptions } from './leaky-relu.js';
export type { Loss, LossOptions, Reduction } from './loss.js';
export type { PadWidth } from './pad.js';
export type { PerAxis } from './per-axis.js';
export type { PoolOptions } from './pool.js';
export type { Axes, ReductionOptions } from './reduce.js';
export { sliceView, type Range } from './slice.js';
export type { StandardizeOptions } from './standardize.js';
export { windowsView, type WindowLayout, type WindowOptions } from './windows.js';
