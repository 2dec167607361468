// The tape: the calls that led to a tensor, read off the tensors themselves.

import type { Tensor } from '../tensor/index.js';

/** All tensors that `output` was computed from and that carry a gradient, inputs before results; `output` is the last. */
export function tapeOf(output: Tensor): Tensor[] {
  const tape: Tensor[] = [];
  const seen = new Set<Tensor>();
  // A stack of our own: a network of ten thousand steps is deeper than JavaScript's.
  const stack: { readonly node: Tensor; next: number }[] = [];
  const visit = (node: Tensor): void => {
    if (seen.has(node) || !node.requiresGrad) return;
    seen.add(node);
    stack.push({ node, next: 0 });
  };
  visit(output);
  for (let top = stack.at(-1); top; top = stack.at(-1)) {
    const input = top.node.origin?.inputs[top.next++];
    if (input) {
      visit(input);
    } else {
      tape.push(top.node);
      stack.pop();
    }
  }
  return tape;
}
