// Clipping: gradients that are too large are made smaller, before the step. Pascanu, Mikolov and Bengio, 2013.

import { ValueError } from '../errors.js';
import { noGrad, tensor, type Tensor } from '../tensor/index.js';
import { around, type Optimizer } from './optimizer.js';
import { checkOption } from './options.js';

/**
 * Scales the gradients of all parameters together so that their norm (default: the root of the sum of all squares; with
 * `Infinity` the largest size) is at most `most`, and gives the norm that they had, of shape []. Equals
 * `torch.nn.utils.clip_grad_norm_`. Throws a `ValueError` unless both are above 0.
 *
 * @example
 * const w = tensor([3, 4], { requiresGrad: true });
 * w.mul(w).sum().backward();
 * optim.clipGradNorm([w], 1).item(); // 10
 * w.grad.toArray().map((x) => x.toFixed(4)); // ['0.6000', '0.8000']
 */
export function clipGradNorm(parameters: Iterable<Tensor>, most: number, norm = 2): Tensor {
  checkOption('clipGradNorm', 'the largest norm', most, true);
  if (norm !== Infinity) checkOption('clipGradNorm', 'the norm', norm, true);
  return noGrad(() => {
    const owners = [...parameters].filter(({ grad }) => grad);
    const total = normOf(
      owners.map(({ grad }) => grad!),
      norm,
    );
    const factor = tensor(most).div(total.add(1e-6)).minimum(1);
    for (const owner of owners) owner.grad = owner.grad!.mul(factor);
    return total;
  });
}

function normOf(gradients: readonly Tensor[], norm: number): Tensor {
  const filled = gradients.filter(({ size }) => size > 0);
  const [first, ...others] =
    norm === Infinity
      ? filled.map((gradient) => gradient.abs().max())
      : filled.map((gradient) => (norm === 2 ? gradient.mul(gradient) : gradient.abs().pow(norm)).sum());
  if (!first) return tensor(0);
  if (norm === Infinity) return others.reduce((largest, size) => largest.maximum(size), first);
  const sum = others.reduce((sum, part) => sum.add(part), first);
  return norm === 2 ? sum.sqrt() : sum.pow(1 / norm);
}

/**
 * Brings every element of the gradients into `-most` … `most`. Equals `torch.nn.utils.clip_grad_value_`. Throws a
 * `ValueError` unless `most` is above 0.
 *
 * @example
 * const w = tensor([3, -0.1], { requiresGrad: true });
 * w.mul(w).sum().backward();
 * optim.clipGradValue([w], 1);
 * w.grad.toArray(); // [1, -0.2]
 */
export function clipGradValue(parameters: Iterable<Tensor>, most: number): void {
  checkOption('clipGradValue', 'the largest value', most, true);
  noGrad(() => {
    for (const parameter of parameters) {
      parameter.grad = parameter.grad && parameter.grad.minimum(most).maximum(-most);
    }
  });
}

/** Options of `clip`. */
export interface ClipOptions {
  /** The largest norm of all gradients together; see `clipGradNorm`. */
  readonly norm?: number;
  /** The largest size of an element; see `clipGradValue`. */
  readonly value?: number;
}

/**
 * An optimizer that clips gradients before each step of another: first by `value`, then by `norm`, where given. Throws a
 * `ValueError` unless one of them is given, and above 0.
 *
 * @example
 * const w = tensor([3, 4], { requiresGrad: true });
 * w.mul(w).sum().backward();
 * optim.clip(optim.sgd({ learningRate: 1 }), { norm: 1 }).step([w]);
 * w.toArray().map((x) => x.toFixed(4)); // ['2.4000', '3.2000']
 */
export function clip(optimizer: Optimizer, { norm, value }: ClipOptions): Optimizer {
  if (norm === undefined && value === undefined) throw new ValueError('clip: give a norm or a value');
  if (norm !== undefined) checkOption('clip', 'norm', norm, true);
  if (value !== undefined) checkOption('clip', 'value', value, true);
  return around(optimizer, {
    step(parameters) {
      const all = [...parameters];
      if (value !== undefined) clipGradValue(all, value);
      if (norm !== undefined) clipGradNorm(all, norm);
      optimizer.step(all);
    },
  });
}
