// What losses of class labels share: weights of classes, labels that are ignored, and labels that are none.

import { ShapeError, ValueError } from '../errors.js';
import { formatShape, ones, sameShape, tensor, type Shape, type Tensor } from '../tensor/index.js';
import { take } from './gather.js';
import type { LossOptions } from './loss.js';
import { where } from './where.js';

/** Options of losses of class labels. */
export interface ClassLossOptions extends LossOptions {
  /** How much each class counts; the mean of a batch is weighted by it, as in PyTorch. Default: all the same. */
  readonly classWeights?: readonly number[];
  /** A label whose rows count for nothing, -100 say. Default: none. */
  readonly ignoreIndex?: number;
}

/** The options as formula and derivative see them. */
export interface ClassLossAttributes {
  readonly [name: string]: unknown;
  readonly classWeights?: readonly number[];
  readonly ignoreIndex?: number;
}

/** The options without the reduction. Throws a `ValueError` for weights that are none. */
export function classLossAttributes(
  name: string,
  { classWeights, ignoreIndex }: ClassLossOptions = {},
): ClassLossAttributes {
  const bad = classWeights?.find((weight) => !(Number.isFinite(weight) && weight >= 0));
  if (bad !== undefined) {
    throw new ValueError(`${name}: class weights are numbers of at least 0, got ${String(bad)}`);
  }
  if (ignoreIndex !== undefined && !Number.isInteger(ignoreIndex)) {
    throw new ValueError(`${name}: ignoreIndex must be a whole number, got ${String(ignoreIndex)}`);
  }
  return { ...(classWeights && { classWeights }), ...(ignoreIndex !== undefined && { ignoreIndex }) };
}

/** The shape rule: one label for each row of scores, one weight for each class. */
export function labelShape(
  name: string,
): (shapes: readonly Shape[], attributes: ClassLossAttributes) => Shape {
  return ([scores = [], labels = []], { classWeights }) => {
    if (scores.length === 0 || !sameShape(scores.slice(0, -1), labels)) {
      throw new ShapeError(
        `${name}: scores ${formatShape(scores)} need one label for each row, of shape ${formatShape(scores.slice(0, -1))}, ` +
          `got labels of shape ${formatShape(labels)}`,
      );
    }
    if (classWeights && classWeights.length !== scores.at(-1)) {
      throw new ShapeError(
        `${name}: ${scores.at(-1)} classes need as many class weights, got ${classWeights.length}`,
      );
    }
    return labels;
  };
}

/** Throws a `ValueError` for a label that is neither a class nor ignored. */
export function checkLabels(
  name: string,
): (labels: Tensor, scores: Shape, options?: ClassLossOptions) => void {
  return (labels, scores, { ignoreIndex } = {}) => {
    const classes = scores.at(-1) ?? 0;
    const isClass = (label: number): boolean => Number.isInteger(label) && label >= 0 && label < classes;
    const bad = labels.data.find((label) => !isClass(label) && label !== ignoreIndex);
    if (bad !== undefined) {
      throw new ValueError(
        `${name}: a label is a whole number from 0 to ${classes - 1} for ${classes} classes, got ${bad}`,
      );
    }
  };
}

/** The labels as a column that picks from scores; an ignored one picks the first class, for nothing. */
export function columnOf(labels: Tensor, { ignoreIndex }: ClassLossAttributes): Tensor {
  const known = ignoreIndex === undefined ? labels : where(labels.equal(ignoreIndex), 0, labels);
  return known.reshape([...labels.shape, 1]);
}

/** What each row counts: the weight of its class, 0 where it is ignored; null if all count 1. */
export function rowWeights(labels: Tensor, attributes: ClassLossAttributes): Tensor | null {
  const { classWeights, ignoreIndex } = attributes;
  if (!classWeights && ignoreIndex === undefined) return null;
  const weights = classWeights
    ? take(tensor(classWeights), columnOf(labels, attributes).reshape(labels.shape))
    : ones(labels.shape);
  return unlessIgnored(labels, weights, attributes);
}

/** The values of rows, 0 where a row is ignored. */
export function unlessIgnored(labels: Tensor, rows: Tensor, { ignoreIndex }: ClassLossAttributes): Tensor {
  return ignoreIndex === undefined ? rows : where(labels.equal(ignoreIndex), 0, rows);
}

/** A formula that is 0 for ignored rows. */
export function ignoring(formula: string, { ignoreIndex }: ClassLossAttributes): string {
  return ignoreIndex === undefined ? formula : `where(labels == ${ignoreIndex}, 0, ${formula})`;
}

/** The factor that the weight of a row's class is in formulas. */
export function weightFactor({ classWeights }: ClassLossAttributes): string {
  return classWeights ? 'take(weights, labels) * ' : '';
}
