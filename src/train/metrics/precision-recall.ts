// Precision, recall and F1: how many of the named are right, how many of the right are named, and both in one.

import { ValueError } from '../../errors.js';
import { where } from '../../functions/where.js';
import type { Tensor } from '../../tensor/index.js';
import { oneHot, type ThresholdOptions } from './confusion.js';

/** Options of `precision`, `recall` and `f1`. */
export interface AverageOptions extends ThresholdOptions {
  /**
   * How the classes become one number: `macro`, the mean over classes that occur; `weighted`, that mean weighted by how often
   * each is right; `micro`, all samples counted together. Default: class 1 alone where there is one value for each target,
   * else `macro`.
   */
  readonly average?: 'macro' | 'micro' | 'weighted';
}

/**
 * Of the samples that were named a class, the share that are of it; 0 if none was. As a metric of `fit` it is a mean over
 * batches; for a whole data set give it all predictions. Equals `sklearn.metrics.precision_score`. Throws a `ShapeError`
 * for shapes that do not fit, a `ValueError` for an unknown average.
 *
 * @example
 * metrics.precision(tensor([0.9, 0.2, 0.6]), tensor([1, 0, 0])).item(); // 0.5
 */
export function precision(prediction: Tensor, target: Tensor, options?: AverageOptions): Tensor {
  return score('precision', prediction, target, options, ({ right, named }) => ratio(right, named));
}

/**
 * Of the samples of a class, the share that were named it; 0 if there are none. Equals `sklearn.metrics.recall_score`;
 * otherwise as `precision`.
 *
 * @example
 * metrics.recall(tensor([0.9, 0.2, 0.6]), tensor([1, 0, 0])).item(); // 1
 */
export function recall(prediction: Tensor, target: Tensor, options?: AverageOptions): Tensor {
  return score('recall', prediction, target, options, ({ right, actual }) => ratio(right, actual));
}

/**
 * The harmonic mean of precision and recall. Equals `sklearn.metrics.f1_score`; otherwise as `precision`.
 *
 * @example
 * metrics.f1(tensor([0.9, 0.2, 0.6]), tensor([1, 0, 0])).item(); // 0.6666666666666666
 */
export function f1(prediction: Tensor, target: Tensor, options?: AverageOptions): Tensor {
  return score('f1', prediction, target, options, ({ right, named, actual }) =>
    ratio(right.mul(2), named.add(actual)),
  );
}

/** Of one class, or of each: samples that are of it, that were named it, and both. */
interface Counts {
  readonly actual: Tensor;
  readonly named: Tensor;
  readonly right: Tensor;
}

function score(
  name: string,
  prediction: Tensor,
  target: Tensor,
  options: AverageOptions = {},
  of: (counts: Counts) => Tensor,
): Tensor {
  const hot = oneHot(prediction, target, name, options);
  const counts = {
    actual: hot.actual.sum(0),
    named: hot.named.sum(0),
    right: hot.actual.mul(hot.named).sum(0),
  };
  const single = prediction.size === target.size;
  const average = options.average ?? (single ? 'positive' : 'macro');
  switch (average) {
    case 'positive':
      return of(counts).slice(1);
    case 'micro':
      return of({ actual: counts.actual.sum(), named: counts.named.sum(), right: counts.right.sum() });
    case 'macro': {
      const occurs = counts.actual.add(counts.named).greater(0);
      return ratio(of(counts).sum(), occurs.sum()); // of a class that does not occur the value is 0
    }
    case 'weighted':
      return ratio(of(counts).mul(counts.actual).sum(), counts.actual.sum());
    default:
      throw new ValueError(
        `${name}: average must be macro, micro or weighted, got ${String(average satisfies never)}`,
      );
  }
}

/** `a / b`, and 0 where b is 0. */
function ratio(a: Tensor, b: Tensor): Tensor {
  const isNone = b.equal(0);
  return where(isNone, 0, a.div(where(isNone, 1, b)));
}
