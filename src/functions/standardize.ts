// To mean 0 and variance 1: what batch and layer normalisation have in common.

import { ValueError } from '../errors.js';
import { composite, type Unary } from './define.js';
import { reducedShape, type Axes } from './reduce.js';

/** Options of `standardize`. */
export interface StandardizeOptions {
  /** Added to the variance, so that a constant does not divide by 0. Default 1e-5. */
  readonly epsilon?: number;
}

interface Attributes {
  readonly [name: string]: unknown;
  readonly axis: Axes;
  readonly epsilon: number;
}

/**
 * `(x - mean(x)) / sqrt(var(x) + epsilon)` over one axis, several, or (default) all, with the variance of the population.
 * Equals `torch.nn.functional.layer_norm` without weight and bias for the last axes, and `batch_norm` in training for all
 * axes but the second.
 * Throws a `ValueError` for an epsilon below 0.
 *
 * @example
 * tensor([[1, 3], [2, 6]]).standardize(1, { epsilon: 0 }).toArray(); // [[-1, 1], [-1, 1]]
 */
export const standardize: Unary<[axis?: Axes, options?: StandardizeOptions]> = composite({
  name: 'standardize',
  inputs: ['x'],
  attributes: (axis?: Axes, { epsilon = 1e-5 }: StandardizeOptions = {}): Attributes => {
    if (!(epsilon >= 0))
      throw new ValueError(`standardize: epsilon must be at least 0, got ${String(epsilon)}`);
    return { axis, epsilon };
  },
  formula: (attributes) => `(x - mean(x${along(attributes)})) / ${deviation(attributes)}`,
  shape: ([shape = []], { axis }) => {
    reducedShape('standardize')([shape], { axis, keepDims: true });
    return shape;
  },
  stages: ({ x }, { axis, epsilon }) => {
    const centred = x.sub(x.mean(axis, { keepDims: true }));
    const variance = centred.mul(centred).mean(axis, { keepDims: true });
    return centred.div(variance.add(epsilon).sqrt());
  },
  derivatives: {
    x: {
      formula: (attributes) => {
        const axis = along(attributes);
        return `(dy - mean(dy${axis}) - y * mean(dy * y${axis})) / ${deviation(attributes)}`;
      },
      pullback: (dy, { x, y }, { axis, epsilon }) => {
        const centred = x.sub(x.mean(axis, { keepDims: true }));
        const deviation = centred.mul(centred).mean(axis, { keepDims: true }).add(epsilon).sqrt();
        const [mean, slope] = [dy, dy.mul(y)].map((each) => each.mean(axis, { keepDims: true }));
        return dy.sub(mean!).sub(y.mul(slope!)).div(deviation);
      },
    },
  },
});

function deviation(attributes: Attributes): string {
  return `sqrt(var(x${along(attributes)}) + ${attributes.epsilon})`;
}

/** `, axis=1`. */
function along({ axis }: Attributes): string {
  if (axis === undefined) return '';
  return `, axis=${typeof axis === 'number' ? axis : `[${axis.join(', ')}]`}`;
}
