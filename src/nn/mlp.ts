// The multilayer perceptron: linear layers with an activation between them.

import { ValueError } from '../errors.js';
import { checkRandomState, type RandomStateLike } from '../random/index.js';
import { activations, type ActivationName } from './activations.js';
import type { Initializer } from './init.js';
import { linear } from './linear.js';
import { Sequential } from './sequential.js';

/** Options of `mlp`. */
export interface MlpOptions {
  /** Between the layers; none after the last. Default `tanh`. */
  readonly activation?: ActivationName;
  /** How weights and biases begin. Default `init.uniform`. */
  readonly initializer?: Initializer;
  /** Seed or stream of the first values, drawn layer by layer. Default: another one each time. */
  readonly randomState?: RandomStateLike;
}

/**
 * Linear layers of the given widths, `[inputs, …hidden, outputs]`, with an activation between them and none at the end.
 * Throws a `ValueError` for fewer than two widths, a width below 1, or an unknown activation.
 *
 * @example
 * String(nn.mlp([2, 16, 1])); // 'Sequential(Linear(2, 16), Tanh, Linear(16, 1))'
 */
export function mlp(sizes: readonly number[], options: MlpOptions = {}): Sequential {
  const { activation = 'tanh', initializer } = options;
  if (sizes.length < 2) {
    throw new ValueError(`mlp: expected at least two widths, inputs and outputs, got [${sizes.join(', ')}]`);
  }
  if (!Object.hasOwn(activations, activation)) {
    throw new ValueError(
      `mlp: there is no activation ${activation}; there are ${Object.keys(activations).join(', ')}`,
    );
  }
  const randomState = checkRandomState(options.randomState);
  const layers = sizes
    .slice(1)
    .flatMap((width, i) => [
      ...(i > 0 ? [activations[activation]()] : []),
      linear(sizes[i]!, width, { randomState, ...(initializer && { initializer }) }),
    ]);
  return new Sequential(layers);
}
