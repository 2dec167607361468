// compile: a step as a function that runs without JavaScript in between.

import { ValueError } from '../../errors.js';
import { Tensor, toTensor, type TensorLike } from '../../tensor/index.js';
import { signatureOf, type Step } from '../program/trace.js';
import { threadsAvailable } from './crew.js';
import { Machine, type MachineOptions } from './machine.js';
import { bestTarget } from './target.js';

/** Options of `compile`. */
export interface CompileOptions {
  /** `float32`, the default, or `float64`, which gives the interpreter's numbers to about 1e-12. */
  readonly precision?: 'float32' | 'float64';
  /**
   * Whether results are the same to the last bit on every machine that has SIMD, whatever its number of threads. Default
   * true for `float64`, false for `float32`: products may then be rounded once together with the sum that they go into,
   * where the machine has an instruction for that (relaxed SIMD), which is closer to the truth and up to twice as fast.
   */
  readonly deterministic?: boolean;
  /**
   * At most so many threads, where a step is large enough and it is faster so; the numbers are the same. Default, and most:
   * as many as the machine runs at the same time, 1 on a page that is not cross-origin isolated; by default at most 8.
   */
  readonly threads?: number;
}

/** What goes in, in place of tensors. */
type InputsOf<Inputs extends readonly unknown[]> = { [i in keyof Inputs]: TensorLike };

/** A compiled step: called as the step itself. */
export interface CompiledStep<S extends Step> {
  (...inputs: InputsOf<Parameters<S>>): ReturnType<S>;
  /** Lets go of compiled code and its memory now, instead of with the step. A later call compiles again. */
  dispose(): void;
  [Symbol.dispose](): void;
}

/**
 * Compiles code on tensors: forward, backward and updates become one WebAssembly function. The code is run once for each
 * set of shapes to see what it does, so it must do the same every time: no `if` on values, no random numbers. Parameters
 * that it moves (`optimizer.step`) are moved by every call. Throws a `ValueError` for an unknown precision or a number of
 * threads below 1, and whatever the code throws.
 *
 * @example
 * const square = compile((x) => x.mul(x).sum(), { precision: 'float64' });
 * square([1, 2, 3]).item(); // 14
 */
export function compile<S extends Step>(step: S, options: CompileOptions = {}): CompiledStep<S> {
  const machineOptions = optionsOf('compile', options);
  const machines = new Map<string, Machine>();
  let givesOne = false;
  const noted: Step = (...inputs) => {
    const result = step(...inputs);
    givesOne = result instanceof Tensor;
    return result;
  };
  const run = (...inputs: TensorLike[]): Tensor | readonly Tensor[] => {
    const values = inputs.map(toTensor);
    const signature = signatureOf(values);
    const machine = machines.get(signature) ?? new Machine(noted, values, machineOptions);
    machines.set(signature, machine);
    const outputs = machine.step(values);
    return givesOne ? outputs[0]! : outputs;
  };
  const dispose = (): void => {
    for (const machine of machines.values()) machine.dispose();
    machines.clear();
  };
  // Older browsers have no Symbol.dispose.
  return Object.assign(run, {
    dispose,
    [Symbol.dispose ?? Symbol.for('dispose')]: dispose,
  }) as CompiledStep<S>;
}

/** What options mean to a machine; errors speak of the function that they were given to. */
export function optionsOf(
  name: string,
  { precision = 'float32', deterministic = precision === 'float64', threads }: CompileOptions,
): MachineOptions {
  if (precision !== 'float32' && precision !== 'float64') {
    throw new ValueError(`${name}: precision must be float32 or float64, got ${String(precision)}`);
  }
  if (threads !== undefined && !(Number.isInteger(threads) && threads >= 1)) {
    throw new ValueError(`${name}: threads must be a whole number of at least 1, got ${threads}`);
  }
  return {
    float: precision === 'float64' ? 'f64' : 'f32',
    target: bestTarget(deterministic),
    threads: Math.min(threads ?? MANY, threadsAvailable()),
  };
}

const MANY = 8; // threads: more are slowed down by the memory that they share
