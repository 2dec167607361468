// The derivation of a learner's chain: objects that say only forward and backward.

import type { NestedArray } from '../tensor/index.js';
import type { Chain } from '../protocol/index.js';
import type { Derivation, Quantity, Step } from './derivation.js';
import { numbersOf, readGradients } from './values.js';

/** Runs a chain forward and backward once each, and writes down what went in and out of every part. */
export function derivationOfChain(
  chain: Chain,
  inputs: readonly unknown[],
  upstream: unknown = 1,
): Derivation {
  const values: NestedArray[][] = [inputs.map(numbersOf)];
  let current = inputs;
  for (const { passes } of chain.links) {
    current = [passes.forward(...(current as never[]))];
    values.push(current.map(numbersOf));
  }

  const gradients: NestedArray[][] = [];
  let dy: unknown = upstream;
  for (const [i, link] of [...chain.links.entries()].reverse()) {
    const back = link.passes.backward(dy as never);
    gradients[i] = readGradients(back, values[i]!.length, link.name);
    dy = back;
  }

  const names = ['x', ...chain.links.map((_, i) => (i === chain.links.length - 1 ? 'y' : `v${i + 1}`))];
  const leaves = values[0]!.map((value, k): Quantity => ({
    name: values[0]!.length > 1 ? `x${k + 1}` : 'x',
    value,
    gradient: gradients[0]?.[k] ?? null,
    contributions: gradients[0]?.[k] === undefined ? [] : [{ step: names[1]!, product: gradients[0][k] }],
  }));
  const steps = chain.links.map(({ name: operation }, i): Step => {
    const inputNames = i === 0 ? leaves.map((leaf) => leaf.name) : [names[i]!];
    const gradient = gradients[i + 1]?.[0] ?? numbersOf(upstream);
    return {
      name: names[i + 1]!,
      operation,
      formula: `${operation}(${inputNames.join(', ')})`,
      value: values[i + 1]![0]!,
      gradient,
      contributions: gradients[i + 1] ? [{ step: names[i + 2]!, product: gradient }] : [],
      stages: [],
      inputs: inputNames.map((name, k) => {
        const product = gradients[i]![k];
        return {
          name,
          value: values[i]![k]!,
          derivative:
            product === undefined
              ? null
              : { formula: null, numbers: null, value: quotient(product, gradient), product },
        };
      }),
    };
  });

  const { name: output, value, gradient } = steps.at(-1)!;
  return {
    output,
    value,
    upstream: gradient!,
    leaves,
    steps,
    gradients: Object.fromEntries(
      leaves.flatMap((leaf) => (leaf.gradient === null ? [] : [[leaf.name, leaf.gradient]])),
    ),
  };
}

/** The local derivative of a part on single numbers: what it passed back over what it was given. */
function quotient(product: NestedArray, upstream: NestedArray): NestedArray | null {
  return typeof product === 'number' && typeof upstream === 'number' && upstream !== 0
    ? product / upstream
    : null;
}
