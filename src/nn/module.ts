// Module: something with parameters and a forward pass. Layers, losses and whole models are modules.

import { noGrad, Tensor, type TensorLike } from '../tensor/index.js';

/**
 * The base of layers, losses and models. A subclass keeps its parameters (tensors with `requiresGrad`), its parts (other
 * modules) and lists of either in its own properties; their names are their parameters' names.
 *
 * @example
 * class Neuron extends nn.Module {
 *   readonly affine = nn.linear(2, 1);
 *   forward(x: TensorLike): Tensor {
 *     return this.affine.forward(x).sigmoid();
 *   }
 * }
 * new Neuron().namedParameters().map(([name]) => name); // ['affine.weight', 'affine.bias']
 */
export abstract class Module {
  /** Computes the result from the inputs. */
  abstract forward(...inputs: readonly TensorLike[]): Tensor;

  /** How messages show this module. Default: the class's name. */
  toString(): string {
    return this.constructor.name;
  }

  /** Every parameter with its path, `0.weight`, in the order in which they were made. A shared one comes once. */
  namedParameters(): [name: string, parameter: Tensor][] {
    const found = new Map<Tensor, string>();
    const collect = (value: unknown, path: string): void => {
      if (value instanceof Tensor) {
        if (value.requiresGrad && !value.origin && !found.has(value)) found.set(value, path);
      } else if (value instanceof Module || Array.isArray(value)) {
        for (const [key, part] of Object.entries(value)) collect(part, path === '' ? key : `${path}.${key}`);
      }
    };
    collect(this, '');
    return [...found].map(([parameter, path]) => [path, parameter]);
  }

  /** Every parameter, in the order of `namedParameters`. */
  parameters(): Tensor[] {
    return this.namedParameters().map(([, parameter]) => parameter);
  }

  /** The result of `forward`, without recording. */
  predict(...inputs: readonly TensorLike[]): Tensor {
    return noGrad(() => this.forward(...inputs));
  }
}
