// Cross-entropy of scores and class labels, fused with softmax.

import { ShapeError, ValueError } from '../errors.js';
import { formatShape, ones, sameShape, type Tensor } from '../tensor/index.js';
import { composite } from './define.js';
import { scatterAdd } from './gather.js';
import { loss, type Loss } from './loss.js';

/**
 * `-logSoftmax(z)[label]` of scores z `[…, classes]` and labels `[…]`, whole numbers from 0; by default its
 * mean over all rows. Equals `torch.nn.functional.cross_entropy` for `[n, classes]`.
 * Throws a `ShapeError` if there is not one label for each row, a `ValueError` for a label that is no class.
 *
 * @example
 * functions.crossEntropy([[2, 0, 0]], [0]).item(); // 0.2395447662218847
 */
export const crossEntropy: Loss = loss(
  composite({
    name: 'crossEntropy',
    inputs: ['z', 'labels'],
    formula: '-gather(logSoftmax(z), labels)',
    shape: ([z = [], labels = []]) => {
      if (z.length === 0 || !sameShape(z.slice(0, -1), labels)) {
        throw new ShapeError(
          `crossEntropy: scores ${formatShape(z)} need one label for each row, of shape ${formatShape(z.slice(0, -1))}, ` +
            `got labels of shape ${formatShape(labels)}`,
        );
      }
      return labels;
    },
    stages: ({ z, labels }) => {
      const column = labels.reshape([...labels.shape, 1]);
      return z.logSoftmax().gather(column).reshape(labels.shape).neg();
    },
    derivatives: {
      z: {
        formula: '(softmax(z) - onehot(labels)) * dy',
        pullback: (dy, { z, labels }) => {
          const column = labels.reshape([...labels.shape, 1]);
          const oneHot = scatterAdd(ones(column.shape), column, z.shape);
          return z.softmax().sub(oneHot).mul(dy.reshape(column.shape));
        },
      },
    },
  }),
  checkLabels,
);

function checkLabels(z: Tensor, labels: Tensor): void {
  const classes = z.shape.at(-1) ?? 0;
  const bad = labels.data.find((label) => !Number.isInteger(label) || label < 0 || label >= classes);
  if (bad !== undefined) {
    throw new ValueError(
      `crossEntropy: a label is a whole number from 0 to ${classes - 1} for ${classes} classes, got ${bad}`,
    );
  }
}
