// Tracing: running a step once to see what it computes, without doing what it does.

import { TraceError } from '../../errors.js';
import { sameShape, traced, Tensor, type Shape } from '../../tensor/index.js';

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
 * Traces a step for inputs of these shapes; `examples` are the inputs that it sees meanwhile. Throws a `TraceError` if the
 * step does not do the same twice.
 */
export function trace(step: Step, examples: readonly Tensor[]): Trace {
  const [first, second] = [traceOnce(step, examples), traceOnce(step, examples)];
  if (!isSameTrace(first, second)) {
    throw new TraceError(
      'compile: the code does not do the same twice; random numbers must be drawn outside and passed in',
    );
  }
  return first;
}

/** Whether two traces make the same calls on the same numbers. */
function isSameTrace(first: Trace, second: Trace): boolean {
  const results = ({ inputs, outputs, updates }: Trace): readonly Tensor[] => [
    ...inputs,
    ...outputs,
    ...updates.flatMap(({ target, values }) => [target, values]),
  ];
  const [a, b] = [results(first), results(second)];
  if (a.length !== b.length) return false;
  const partner = new Map<Tensor, Tensor>();
  const pairs = a.map((tensor, i) => [tensor, b[i]!] as const);
  for (let pair = pairs.pop(); pair; pair = pairs.pop()) {
    const [one, other] = pair;
    if (partner.has(one)) {
      if (partner.get(one) !== other) return false;
      continue;
    }
    partner.set(one, other);
    if (!one.origin || !other.origin) {
      if (one.origin || other.origin || !isSameLeaf(one, other)) return false;
      continue;
    }
    const [call, again] = [one.origin, other.origin];
    const isSameCall =
      call.operation === again.operation &&
      call.inputs.length === again.inputs.length &&
      JSON.stringify(call.attributes) === JSON.stringify(again.attributes);
    if (!isSameCall) return false;
    call.inputs.forEach((input, i) => pairs.push([input, again.inputs[i]!]));
  }
  return true;
}

/** Whether two leaves are one, or were made alike: a constant that the step writes down anew each time. */
function isSameLeaf(one: Tensor, other: Tensor): boolean {
  if (one === other) return true;
  return sameShape(one.shape, other.shape) && one.data.every((x, i) => Object.is(x, other.data[i]));
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
