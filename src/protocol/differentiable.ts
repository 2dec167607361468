// The one protocol: forward and backward. Whatever has both can be explained, checked and chained.

import { ValueError } from '../errors.js';
import { grad } from '../graph/index.js';
import { Tensor, tensor, toTensor, type Operation, type TensorLike } from '../tensor/index.js';

/**
 * Anything with a forward and a backward pass: `forward` takes the inputs and keeps what `backward` needs; `backward` takes
 * the derivative of what comes after by the result (the upstream) and gives the derivative by each input: one value for
 * one input, a list for several. A learner's own class on plain numbers is one, just as it stands.
 */
export interface Differentiable {
  forward(...inputs: never[]): unknown;
  backward(upstream: never, ...rest: never[]): unknown;
}

/** A function on tensors: a library function, or any code made of them. */
export type TensorCode = (...inputs: Tensor[]) => Tensor;

/** Something with a forward pass on tensors, such as a `Module`; its backward pass is the graph's. */
export interface TensorModule {
  forward(...inputs: readonly TensorLike[]): Tensor;
}

/** What takes part in a chain or an explanation. */
export type Subject = Differentiable | TensorModule | TensorCode;

/** Whether something has both passes. */
export function isDifferentiable(subject: unknown): subject is Differentiable {
  return hasMethod(subject, 'forward') && hasMethod(subject, 'backward');
}

/** Whether something has a method of this name. */
export function hasMethod<Name extends string>(
  subject: unknown,
  name: Name,
): subject is Record<Name, (...args: unknown[]) => unknown> {
  return (
    (typeof subject === 'object' || typeof subject === 'function') &&
    subject !== null &&
    typeof (subject as Record<string, unknown>)[name] === 'function'
  );
}

/**
 * Both passes for anything that has only the first: the backward pass of tensor code is read off its graph.
 * What has both already is given back as it is. Throws a `ValueError` for anything else.
 */
export function differentiable(subject: Subject): Differentiable {
  return isDifferentiable(subject) ? subject : new TensorPasses(nameOf(subject), tensorCodeOf(subject));
}

/** The forward pass of a module, or a function as it is. Throws a `ValueError` for anything else. */
export function tensorCodeOf(subject: TensorModule | TensorCode): TensorCode {
  if (hasMethod(subject, 'forward')) return (...inputs) => (subject as TensorModule).forward(...inputs);
  if (typeof subject === 'function') return subject;
  throw new ValueError(
    'expected an object with forward and backward, a module, or a function on tensors, got ' +
      (subject === null ? 'null' : typeof subject),
  );
}

/** How messages and explanations call a part: its own `name` or the name of its class or function. */
export function nameOf(subject: object): string {
  if ('operation' in subject) return (subject.operation as Operation).name;
  if (typeof subject === 'function') return subject.name || 'function';
  return subject.constructor === Object ? 'object' : subject.constructor.name;
}

/** Tensor code as an object with both passes. */
class TensorPasses implements Differentiable {
  readonly name: string;
  readonly #code: TensorCode;
  #inputs: Tensor[] = [];
  #output: Tensor | null = null;

  constructor(name: string, code: TensorCode) {
    this.name = name;
    this.#code = code;
  }

  forward(...inputs: TensorLike[]): Tensor {
    this.#inputs = inputs.map((input) => tensor(toTensor(input), { requiresGrad: true }));
    this.#output = this.#code(...this.#inputs);
    return this.#output;
  }

  backward(upstream: TensorLike = 1): Tensor | Tensor[] {
    if (!this.#output) throw new ValueError(`${this.name}: backward was called before forward`);
    const gradients = grad(this.#output, this.#inputs, { upstream });
    return gradients.length === 1 ? gradients[0]! : gradients;
  }
}
