// The confusion matrix: which class was taken for which.

import { ShapeError } from '../../errors.js';
import { arange, formatShape, type Tensor } from '../../tensor/index.js';

/** Options of metrics of classes. */
export interface ThresholdOptions {
  /** Above this a single value names class 1, as for `accuracy`. Default 0.5, for probabilities; for scores give 0. */
  readonly threshold?: number;
}

/**
 * How many samples of each class (row) were taken for each (column), `[classes, classes]`. For predictions `[n, classes]`
 * and labels `[n]` the largest score decides; one value for each target names one of two classes. Equals
 * `sklearn.metrics.confusion_matrix`. Throws a `ShapeError` for other shapes.
 *
 * @example
 * metrics.confusionMatrix(tensor([0.9, 0.2, 0.6]), tensor([1, 0, 0])).toArray(); // [[1, 1], [0, 1]]
 */
export function confusionMatrix(prediction: Tensor, target: Tensor, options: ThresholdOptions = {}): Tensor {
  const { actual, named } = oneHot(prediction, target, 'confusionMatrix', options);
  return actual.transpose().matmul(named);
}

/** For each sample and class whether it is the right one, and whether it was named: `[n, classes]`, 0 and 1. */
export function oneHot(
  prediction: Tensor,
  target: Tensor,
  where: string,
  { threshold = 0.5 }: ThresholdOptions = {},
): { readonly actual: Tensor; readonly named: Tensor } {
  const single = prediction.size === target.size;
  const labels = target.reshape([target.size, 1]);
  if (!single && prediction.ndim !== 2) {
    throw new ShapeError(
      `${where}: expected predictions [n, classes] and labels [n], or one value for each target, ` +
        `got ${formatShape(prediction.shape)} and ${formatShape(target.shape)}`,
    );
  }
  if (!single && prediction.shape[0] !== target.size) {
    throw new ShapeError(
      `${where}: there are predictions for ${prediction.shape[0]} samples and labels for ${target.size}`,
    );
  }
  const classes = arange(single ? 2 : prediction.shape[1]!);
  const named = single ? prediction.greater(threshold) : prediction.argmax();
  const is = (values: Tensor): Tensor => values.equal(classes).mul(1);
  return { actual: is(labels), named: is(named.reshape([target.size, 1])) };
}
