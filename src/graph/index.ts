import { Tensor, type TensorLike } from '../tensor/index.js';
import { backward } from './reverse.js';

declare module '../tensor/tensor.js' {
  interface Tensor {
    /**
     * Adds the derivative of this tensor by each leaf with `requiresGrad` to that leaf's `grad`. `upstream` is the
     * derivative of what comes after, of this tensor's shape; a tensor of one element needs none. With `createGraph`
     * the gradients can be differentiated again. Equals `torch.Tensor.backward`.
     * Throws a `GradientError` if nothing requires a gradient, or if this tensor has many elements and no upstream.
     */
    backward(upstream?: TensorLike, options?: { readonly createGraph?: boolean }): void;
  }
}

Object.defineProperty(Tensor.prototype, 'backward', {
  value(this: Tensor, upstream?: TensorLike, options: { readonly createGraph?: boolean } = {}): void {
    backward(this, { ...options, upstream });
  },
  writable: true,
  configurable: true,
});

export { adjointsOf, contributionsOf, grad, type Contribution, type GradientOptions } from './reverse.js';
export { tapeOf } from './tape.js';
