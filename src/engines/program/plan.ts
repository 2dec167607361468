// Planning: which values get a buffer, in which order they are computed, and where in memory they lie.

import { sizeOf } from '../../tensor/index.js';
import { inputsOf, type Node } from './ir.js';
import type { Program } from './lower.js';

/** One loop nest: computes a node, with everything that only it needs, into a buffer. */
export interface Kernel {
  readonly node: Node;
  /** Where the result goes. */
  readonly target: Buffer;
}

/** A place in memory, counted in elements. */
export interface Buffer {
  readonly start: number;
  readonly size: number;
}

/** A program laid out in time and memory. */
export interface Plan {
  readonly kernels: readonly Kernel[];
  /** Copies at the very end: new values of leaves that others still had to read. */
  readonly copies: readonly { readonly from: Buffer; readonly to: Buffer }[];
  readonly leaves: readonly Buffer[];
  readonly outputs: readonly Buffer[];
  /** The buffer of a node that has one. */
  readonly bufferOf: (node: Node) => Buffer | undefined;
  /** Elements in all. */
  readonly size: number;
}

/** Lays a program out. */
export function plan({ leaves, outputs, updates }: Program): Plan {
  const order = inOrder([...outputs, ...updates.map(({ value }) => value)]);
  const inlined = inlinedNodes(
    order,
    outputs,
    updates.map(({ value }) => value),
  );
  const buffers = new Map<Node, Buffer>();
  let size = 0;
  const allocate = (elements: number): Buffer => {
    const buffer = { start: size, size: elements };
    size += elements + (elements % 2); // 16 bytes apart even for float64, so that vectors are aligned
    return buffer;
  };
  const leafBuffers = leaves.map((leaf) => allocate(leaf.size));

  const kernels: Kernel[] = [];
  const compute = (node: Node, target: Buffer): Buffer => {
    kernels.push({ node, target });
    return target;
  };
  // New values of leaves that nothing else needs are computed last, and if possible right where the leaf lies.
  const isNeeded = new Set([...order.flatMap(inputsOf), ...outputs]);
  const moved = new Set(
    updates.map(({ value }) => value).filter((value) => isComputed(value) && !isNeeded.has(value)),
  );
  for (const node of order) {
    if (node.kind === 'leaf') buffers.set(node, leafBuffers[node.leaf]!);
    if (!isComputed(node) || inlined.has(node) || moved.has(node)) continue;
    buffers.set(node, compute(node, allocate(sizeOf(node.shape))));
  }
  // Views and constants are written out for whoever reads them.
  const outputBuffers = outputs.map(
    (output) => buffers.get(output) ?? compute(output, allocate(sizeOf(output.shape))),
  );

  const copies: { from: Buffer; to: Buffer }[] = [];
  updates.forEach(({ leaf, value }, i) => {
    const home = leafBuffers[leaf]!;
    const isLast = !updates.slice(i + 1).some(({ value: later }) => reads(later, leaf, inlined));
    const done = buffers.get(value);
    if (!done && isLast && readsInPlace(value, leaf, inlined)) compute(value, home);
    else copies.push({ from: done ?? compute(value, allocate(home.size)), to: home });
  });
  return {
    kernels,
    copies,
    leaves: leafBuffers,
    outputs: outputBuffers,
    bufferOf: (node) => buffers.get(node),
    size,
  };
}

/** Every node that the roots need, inputs first. */
function inOrder(roots: readonly Node[]): Node[] {
  const order: Node[] = [];
  const seen = new Set<Node>();
  const stack = roots.map((node) => ({ node, next: 0 })).reverse();
  for (let top = stack.at(-1); top; top = stack.at(-1)) {
    const inputs = inputsOf(top.node);
    if (top.next === 0 && seen.has(top.node)) {
      stack.pop();
    } else if (top.next < inputs.length) {
      const input = inputs[top.next++]!;
      if (!seen.has(input)) stack.push({ node: input, next: 0 });
    } else {
      if (!seen.has(top.node)) order.push(top.node);
      seen.add(top.node);
      stack.pop();
    }
  }
  return order;
}

/** Maps that are computed inside the one loop that needs them, and never stored. */
function inlinedNodes(order: readonly Node[], outputs: readonly Node[], updates: readonly Node[]): Set<Node> {
  const consumers = new Map<Node, Set<Node>>();
  for (const node of order) {
    for (const input of inputsOf(node)) {
      consumers.set(input, (consumers.get(input) ?? new Set()).add(node));
    }
  }
  const roots = new Set([...outputs, ...updates]);
  return new Set(
    order.filter((node) => {
      const users = [...(consumers.get(node) ?? [])];
      const [user] = users;
      if (node.kind !== 'map' || roots.has(node) || users.length !== 1 || !user) return false;
      // A loop over a larger shape would compute it again and again.
      if (user.kind === 'map') return sizeOf(user.shape) === sizeOf(node.shape);
      return user.kind === 'reduce';
    }),
  );
}

function isComputed(node: Node): boolean {
  return node.kind !== 'leaf' && node.kind !== 'constant' && node.kind !== 'view';
}

/** The leaves and views that a node's own loop reads, through what is inlined into it. */
function sources(node: Node, inlined: ReadonlySet<Node>): Node[] {
  return inputsOf(node).flatMap((input) => (inlined.has(input) ? sources(input, inlined) : [input]));
}

function reads(node: Node, leaf: number, inlined: ReadonlySet<Node>): boolean {
  return sources(node, inlined).some((source) => isOf(source, leaf));
}

/** Whether a leaf may be overwritten element by element while it is read: each element only by its own successor. */
function readsInPlace(value: Node, leaf: number, inlined: ReadonlySet<Node>): boolean {
  return (
    value.kind === 'map' &&
    sources(value, inlined).every(
      (source) =>
        !isOf(source, leaf) || (source.kind === 'leaf' && sizeOf(source.shape) === sizeOf(value.shape)),
    )
  );
}

function isOf(source: Node, leaf: number): boolean {
  const base = source.kind === 'view' ? source.of : source;
  return base.kind === 'leaf' && base.leaf === leaf;
}
