// Tracing: running a step once to see what it computes, without doing what it does.

import { traced, Tensor, type Shape } from '../../tensor/index.js';

/** What a step computes: results and updates, as graphs over its inputs and over the tensors it found around it. */
export interface Trace {
  /** Stand-ins for the inputs, in order. */
  readonly inputs: readonly Tensor[];
  readonly outputs: readonly Tensor[];
  /** The tensors that the step moves, and what to. */
  readonly updates: readonly { readonly target: Tensor; readonly values: Tensor }[];
}

/** Code on tensors that gives one tensor or several, and may move parameters. */
export type Step = (...inputs: Tensor[]) => Tensor | readonly Tensor[];

/** Traces a step for inputs of these shapes; `examples` are the values that it sees meanwhile. */
export function trace(step: Step, examples: readonly Tensor[]): Trace {
  const inputs = examples.map((example) => example.detach());
  const { result, assignments } = traced(() => step(...inputs));
  const last = new Map(assignments.map(({ target, values }) => [target, values]));
  return {
    inputs,
    outputs: result instanceof Tensor ? [result] : result,
    updates: [...last].map(([target, values]) => ({ target, values })),
  };
}

/** What decides whether a compiled program fits inputs: their shapes and dtypes. */
export function signatureOf(inputs: readonly Tensor[]): string {
  return inputs
    .map(({ shape, dtype }: { shape: Shape; dtype: string }) => `${dtype}[${shape.join()}]`)
    .join();
}
