// Tracing: running a step once to see what it computes, without doing what it does.

import { TraceError } from '../../errors.js';
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

/**
 * Traces a step for inputs of these shapes; `examples` are the values that it sees meanwhile. Throws a `TraceError` if the
 * step does not do the same twice.
 */
export function trace(step: Step, examples: readonly Tensor[]): Trace {
  const [first, second] = [traceOnce(step, examples), traceOnce(step, examples)];
  const values = ({ outputs, updates }: Trace): Tensor[] => [
    ...outputs,
    ...updates.map(({ values }) => values),
  ];
  const others = values(second);
  const differs = values(first).some((value, i) =>
    value.data.some((x, k) => !Object.is(x, others[i]?.data[k])),
  );
  if (differs) {
    throw new TraceError(
      'compile: the code gives different results for the same inputs; random numbers must be drawn outside and passed in',
    );
  }
  return first;
}

function traceOnce(step: Step, examples: readonly Tensor[]): Trace {
  const inputs = examples.map((example) => example.detach());
  const { result, assignments } = traced(() => step(...inputs));
  const last = new Map(assignments.map(({ target, values }) => [target, values]));
  const outputs = result instanceof Tensor ? [result] : result;
  forgetGradients([...outputs, ...last.values()]);
  return { inputs, outputs, updates: [...last].map(([target, values]) => ({ target, values })) };
}

/** Gradients that `backward` left with parameters while tracing are stand-ins, of use to nobody. */
function forgetGradients(results: readonly Tensor[]): void {
  const seen = new Set<Tensor>();
  const stack = [...results];
  for (let t = stack.pop(); t; t = stack.pop()) {
    if (seen.has(t)) continue;
    seen.add(t);
    if (t.origin) stack.push(...t.origin.inputs);
    else t.grad = null;
  }
}

/** What decides whether a compiled program fits inputs: their shapes and dtypes. */
export function signatureOf(inputs: readonly Tensor[]): string {
  return inputs
    .map(({ shape, dtype }: { shape: Shape; dtype: string }) => `${dtype}[${shape.join()}]`)
    .join();
}
