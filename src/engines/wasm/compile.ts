// compile: a step as a function that runs without JavaScript in between.

import { ShapeError, ValueError } from '../../errors.js';
import { Tensor, toTensor, type DType, type Shape, type TensorLike } from '../../tensor/index.js';
import { lower, type Program } from '../program/lower.js';
import { plan, type Buffer, type Plan } from '../program/plan.js';
import { signatureOf, trace, type Step } from '../program/trace.js';
import { WebAssembly, type WasmMemory } from './assembler.js';
import { generate } from './generate.js';
import { BYTES, type Float } from './loops.js';

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
  const instances = new Map<string, Instance>();
  return ((...inputs: TensorLike[]) => {
    const values = inputs.map(toTensor);
    const signature = signatureOf(values);
    const instance = instances.get(signature) ?? new Instance(step, values, float);
    instances.set(signature, instance);
    return instance.run(values);
  }) as CompiledStep<S>;
}

/** A step compiled for certain shapes, and the memory that it works in. */
class Instance {
  readonly #program: Program;
  readonly #plan: Plan;
  readonly #memory: WasmMemory;
  readonly #step: () => void;
  readonly #float: Float;
  readonly #returnsOne: boolean;
  readonly #results: readonly { readonly shape: Shape; readonly dtype: DType }[];
  /** The version of each leaf that memory holds. */
  readonly #held = new Map<number, number>();

  constructor(step: Step, examples: readonly Tensor[], float: Float) {
    let returnsOne = false;
    const traced = trace((...inputs) => {
      const result = step(...inputs);
      returnsOne = result instanceof Tensor;
      return result;
    }, examples);
    this.#returnsOne = returnsOne;
    this.#results = traced.outputs.map(({ shape, dtype }) => ({ shape, dtype }));
    this.#program = lower(traced);
    this.#plan = plan(this.#program);
    this.#float = float;
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(generate(this.#plan, float, true)));
    this.#memory = exports['memory'] as WasmMemory;
    this.#step = exports['step'] as () => void;
  }

  run(inputs: readonly Tensor[]): Tensor | Tensor[] {
    const { leaves, inputCount, updates } = this.#program;
    inputs.forEach((input, i) => this.#view(this.#plan.leaves[i]!).set(input.data));
    for (let i = inputCount; i < leaves.length; i++) {
      const leaf = leaves[i]!;
      if (this.#held.get(i) === leaf.version) continue;
      this.#view(this.#plan.leaves[i]!).set(leaf.data);
      this.#held.set(i, leaf.version);
    }
    try {
      this.#step();
    } catch (error) {
      // The one thing that traps: see kernels.ts.
      throw new ShapeError(
        'compile: a whole number that picks an element (a label, say) lies outside its axis',
        {
          cause: error,
        },
      );
    }
    for (const { leaf: i } of updates) {
      const leaf = leaves[i]!;
      leaf.assign(new Tensor(Float64Array.from(this.#view(this.#plan.leaves[i]!)), leaf.shape));
      this.#held.set(i, leaf.version);
    }
    const outputs = this.#plan.outputs.map(
      (buffer, i) =>
        new Tensor(Float64Array.from(this.#view(buffer)), this.#results[i]!.shape, {
          dtype: this.#results[i]!.dtype,
        }),
    );
    return this.#returnsOne ? outputs[0]! : outputs;
  }

  #view({ start, size }: Buffer): Float64Array | Float32Array {
    const at = start * BYTES[this.#float];
    const { buffer } = this.#memory;
    return this.#float === 'f64' ? new Float64Array(buffer, at, size) : new Float32Array(buffer, at, size);
  }
}
