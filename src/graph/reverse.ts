// The reverse pass: the chain rule, from the output back to everything it was computed from.

import { GradientError, ShapeError } from '../errors.js';
import { checkFinite, derivativeBy, derivativeScope, functions, sumTo } from '../functions/index.js';
import {
  formatShape,
  isWatching,
  noGrad,
  ones,
  sameShape,
  tensor,
  toTensor,
  unwatched,
  zeros,
  type Derivative,
  type Tensor,
  type TensorLike,
} from '../tensor/index.js';
import { tapeOf } from './tape.js';

/** What one call passes back to one of its inputs: upstream times local derivative. */
export interface Contribution {
  /** The result of the call. */
  readonly result: Tensor;
  /** Which of the call's inputs this goes to. */
  readonly index: number;
  readonly input: Tensor;
  readonly derivative: Derivative;
  /** The local derivative's value where the function works element by element, else null. */
  readonly local: Tensor | null;
  /** In the input's shape. */
  readonly product: Tensor;
}

export interface GradientOptions {
  /** The derivative of whatever comes after the output, in the output's shape. Default 1, for an output of one element. */
  readonly upstream?: TensorLike | undefined;
  /** Whether the gradients can be differentiated again. Default false. */
  readonly createGraph?: boolean | undefined;
}

/** One step of the reverse pass: what a result's upstream `dy` means for each input that carries a gradient. */
export function contributionsOf(result: Tensor, dy: Tensor): Contribution[] {
  const { origin } = result;
  if (!origin) return [];
  const scope = derivativeScope(result);
  return origin.inputs.flatMap((input, index) => {
    const derivative = derivativeBy(origin.operation, index);
    if (!input.requiresGrad || !derivative) return [];
    const { local, product } = unwatched(() => {
      if ('pullback' in derivative) {
        return { local: null, product: derivative.pullback(dy, scope, origin.attributes) };
      }
      const local = derivative.local(scope, origin.attributes);
      // A condition is a gate: where it is shut nothing passes, not even the infinity that 0 would turn into NaN.
      const passed = local.dtype === 'bool' ? functions.where(local, dy, 0) : dy.mul(local);
      return { local, product: sumTo(passed, input.shape) };
    });
    if (isWatching()) {
      const by = input.name ?? origin.operation.inputs[index];
      checkFinite(product, origin.operation, origin.inputs, `the derivative by ${by}`);
    }
    return [{ result, index, input, derivative, local, product }];
  });
}

/**
 * The derivative of `output` by every tensor on its tape.
 * Throws a `GradientError` if nothing on it requires a gradient, a `ShapeError` for an upstream of another shape.
 */
export function adjointsOf(output: Tensor, options: GradientOptions = {}): Map<Tensor, Tensor> {
  const upstream = upstreamOf(output, options.upstream);
  const pass = (): Map<Tensor, Tensor> => {
    const adjoints = new Map([[output, upstream]]);
    for (const result of tapeOf(output).reverse()) {
      const dy = adjoints.get(result);
      if (!dy) continue;
      for (const { input, product } of contributionsOf(result, dy)) {
        const before = adjoints.get(input);
        adjoints.set(input, before ? before.add(product) : product);
      }
    }
    return adjoints;
  };
  return options.createGraph ? pass() : noGrad(pass);
}

/**
 * The derivatives of `output` by each of `inputs`, zeros where it does not depend on one. Nothing is stored in `.grad`.
 * With `createGraph` the results can be differentiated again. Equals `torch.autograd.grad`.
 * Throws as `Tensor.backward` does, and a `GradientError` for an input without `requiresGrad`.
 *
 * @example
 * const x = tensor(3, { requiresGrad: true });
 * const [dy_dx] = grad(x.pow(3), [x], { createGraph: true });
 * grad(dy_dx, [x])[0].item(); // 18
 */
export function grad<const Inputs extends readonly Tensor[]>(
  output: Tensor,
  inputs: Inputs,
  options: GradientOptions = {},
): { -readonly [i in keyof Inputs]: Tensor } {
  inputs.forEach((input, i) => {
    if (!input.requiresGrad) {
      throw new GradientError(
        `grad: input ${input.name ?? i} does not require a gradient; make it with { requiresGrad: true }`,
      );
    }
  });
  const adjoints = adjointsOf(output, options);
  const gradients = inputs.map((input) => adjoints.get(input) ?? zeros(input.shape));
  return gradients as { -readonly [i in keyof Inputs]: Tensor };
}

/** Adds the derivative of `output` by each leaf that requires one to that leaf's `grad`. */
export function backward(output: Tensor, options: GradientOptions = {}): void {
  for (const [node, gradient] of adjointsOf(output, options)) {
    if (node.requiresGrad && !node.origin) node.grad = node.grad ? node.grad.add(gradient) : gradient;
  }
}

function upstreamOf(output: Tensor, given: TensorLike | undefined): Tensor {
  if (!output.requiresGrad) {
    throw new GradientError(
      'backward: nothing that this tensor was computed from requires a gradient; make the inputs with ' +
        'tensor(values, { requiresGrad: true }), and not inside noGrad',
    );
  }
  if (given === undefined) {
    if (output.size !== 1) {
      throw new GradientError(
        `backward: the output has shape ${formatShape(output.shape)}, and only a single number has one gradient; ` +
          'reduce it (.sum() or .mean()) or pass the upstream derivative, of the same shape',
      );
    }
    return ones(output.shape);
  }
  const tensorGiven = toTensor(given);
  const upstream = tensorGiven.dtype === 'float64' ? tensorGiven : tensor(tensorGiven, { dtype: 'float64' });
  if (!sameShape(upstream.shape, output.shape)) {
    throw new ShapeError(
      `backward: upstream of shape ${formatShape(upstream.shape)} for an output of shape ${formatShape(output.shape)}`,
    );
  }
  return upstream;
}
