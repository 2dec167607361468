// Cross-entropy of scores and class labels, fused with softmax.

import { ValueError } from '../errors.js';
import { ones, tensor, type Tensor } from '../tensor/index.js';
import {
  checkLabels,
  classLossAttributes,
  columnOf,
  ignoring,
  labelShape,
  rowWeights,
  unlessIgnored,
  weightFactor,
  type ClassLossAttributes,
  type ClassLossOptions,
} from './class-loss.js';
import { composite } from './define.js';
import { scatterAdd } from './gather.js';
import { loss, type Loss } from './loss.js';

/** Options of `crossEntropy`. */
export interface CrossEntropyOptions extends ClassLossOptions {
  /** How much of each label is spread over all classes, 0 to 1. Default 0. */
  readonly labelSmoothing?: number;
}

interface Attributes extends ClassLossAttributes {
  readonly labelSmoothing?: number;
}

/**
 * `-logSoftmax(z)[label]` of scores z `[…, classes]` and labels `[…]`, whole numbers from 0; by default its
 * mean over all rows. Equals `torch.nn.functional.cross_entropy` for `[n, classes]`, its class weights, label smoothing and
 * ignored label included.
 * Throws a `ShapeError` if there is not one label for each row and one weight for each class, a `ValueError` for a label that
 * is no class and for options out of range.
 *
 * @example
 * functions.crossEntropy([[2, 0, 0]], [0]).item(); // 0.2395447662218847
 */
export const crossEntropy: Loss<CrossEntropyOptions> = loss(
  composite({
    name: 'crossEntropy',
    inputs: ['z', 'labels'],
    attributes: (options?: CrossEntropyOptions): Attributes => {
      const { labelSmoothing = 0 } = options ?? {};
      if (!(labelSmoothing >= 0 && labelSmoothing <= 1)) {
        throw new ValueError(`crossEntropy: labelSmoothing must be from 0 to 1, got ${labelSmoothing}`);
      }
      const attributes = classLossAttributes('crossEntropy', options);
      return labelSmoothing === 0 ? attributes : { ...attributes, labelSmoothing };
    },
    formula: (attributes) => {
      const { labelSmoothing: s, classWeights } = attributes;
      const hard = `${weightFactor(attributes)}gather(logSoftmax(z), labels)`;
      const soft = classWeights ? 'mean(weights * logSoftmax(z), axis=-1)' : 'mean(logSoftmax(z), axis=-1)';
      return ignoring(s === undefined ? `-${hard}` : `-((1 - ${s}) * ${hard} + ${s} * ${soft})`, attributes);
    },
    shape: labelShape('crossEntropy'),
    stages: ({ z, labels }, attributes) => {
      const { labelSmoothing, classWeights } = attributes;
      const logs = z.logSoftmax();
      const picked = logs.gather(columnOf(labels, attributes)).reshape(labels.shape).neg();
      const weights = rowWeights(labels, attributes);
      const hard = weights ? unlessIgnored(labels, picked.mul(weights), attributes) : picked;
      if (labelSmoothing === undefined) return hard;
      const soft = (classWeights ? logs.mul(tensor(classWeights)) : logs).mean(-1).neg();
      const spread = unlessIgnored(labels, soft.mul(labelSmoothing), attributes);
      return hard.mul(1 - labelSmoothing).add(spread);
    },
    derivatives: {
      z: {
        formula: (attributes) => {
          const { labelSmoothing: s, classWeights } = attributes;
          const hard = `${weightFactor(attributes)}(softmax(z) - onehot(labels))`;
          const soft = classWeights
            ? '(mean(weights) * softmax(z) - weights / classes)'
            : '(softmax(z) - 1 / classes)';
          const both = s === undefined ? hard : `((1 - ${s}) * ${hard} + ${s} * ${soft})`;
          return ignoring(`${both} * dy`, attributes);
        },
        pullback: (dy, { z, labels }, attributes) => {
          const { labelSmoothing, classWeights } = attributes;
          const column = columnOf(labels, attributes);
          const oneHot = scatterAdd(ones(column.shape), column, z.shape);
          const weights = rowWeights(labels, attributes)?.reshape(column.shape);
          const p = z.softmax();
          const hard = weights ? p.sub(oneHot).mul(weights) : p.sub(oneHot);
          const upstream = unlessIgnored(labels, dy, attributes).reshape(column.shape);
          if (labelSmoothing === undefined) return hard.mul(upstream);
          const spread = classWeights ? tensor(classWeights) : ones([z.shape.at(-1)!]);
          const soft = p.mul(spread.mean()).sub(spread.div(spread.size));
          return hard
            .mul(1 - labelSmoothing)
            .add(soft.mul(labelSmoothing))
            .mul(upstream);
        },
      },
    },
  }),
  { checkTarget: checkLabels('crossEntropy'), weigh: weightsOf },
);

/** What each row counts in the mean. */
function weightsOf(labels: Tensor, options: ClassLossOptions = {}): Tensor | null {
  return rowWeights(labels, classLossAttributes('crossEntropy', options));
}
