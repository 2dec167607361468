// compile: a step as a function that runs without JavaScript in between.

import { ValueError } from '../../errors.js';
import { Tensor, toTensor, type TensorLike } from '../../tensor/index.js';
import { signatureOf, type Step } from '../program/trace.js';
import { Machine } from './machine.js';

/** Options of `compile`. */
export interface CompileOptions {
  /** `float32`, the default, or `float64`, which gives the interpreter's numbers to about 1e-12. */
  readonly precision?: 'float32' | 'float64';
}

/** What goes in, in place of tensors. */
type InputsOf<Inputs extends readonly unknown[]> = { [i in keyof Inputs]: TensorLike };

/** A compiled step: called as the step itself. */
export interface CompiledStep<S extends Step> {
  (...inputs: InputsOf<Parameters<S>>): ReturnType<S>;
}

/**
 * Compiles code on tensors: forward, backward and updates become one WebAssembly function. The code is run once for each
 * set of shapes to see what it does, so it must do the same every time: no `if` on values, no random numbers. Parameters
 * that it moves (`optimizer.step`) are moved by every call. Throws a `ValueError` for an unknown precision, and whatever
 * the code throws.
 *
 * @example
 * const square = compile((x) => x.mul(x).sum(), { precision: 'float64' });
 * square([1, 2, 3]).item(); // 14
 */
export function compile<S extends Step>(
  step: S,
  { precision = 'float32' }: CompileOptions = {},
): CompiledStep<S> {
  if (precision !== 'float32' && precision !== 'float64') {
    throw new ValueError(`compile: precision must be float32 or float64, got ${String(precision)}`);
  }
  const float = precision === 'float64' ? 'f64' : 'f32';
  const machines = new Map<string, Machine>();
  let givesOne = false;
  const noted: Step = (...inputs) => {
    const result = step(...inputs);
    givesOne = result instanceof Tensor;
    return result;
  };
  return ((...inputs: TensorLike[]) => {
    const values = inputs.map(toTensor);
    const signature = signatureOf(values);
    const machine = machines.get(signature) ?? new Machine(noted, values, float);
    machines.set(signature, machine);
    const outputs = machine.step(values);
    return givesOne ? outputs[0]! : outputs;
  }) as CompiledStep<S>;
}
