// Planning: which values get a buffer, in which order they are computed, and where in memory they lie.

import { sizeOf } from '../../tensor/index.js';
import { inlinedNodes, productIn, sourcesOf } from './fusing.js';
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
  /** The leaves that updates overwrite. */
  readonly moved: readonly Buffer[];
  readonly outputs: readonly Buffer[];
  /** The buffer of a node that has one. */
  readonly bufferOf: (node: Node) => Buffer | undefined;
  /** The nodes that are computed inside the kernel of another one. */
  readonly inlined: ReadonlySet<Node>;
  /** Elements in all. */
  readonly size: number;
}

/** Lays a program out. */
export function plan({ leaves, outputs, updates }: Program): Plan {
  const values = updates.map(({ value }) => value);
  const order = inOrder([...outputs, ...values]);
  const inlined = inlinedNodes(order, new Set([...outputs, ...values]));
  const isStored = storedNodes(order, inlined, outputs, values);
  // Views and constants are written out for whoever reads them, and what will be overwritten.
  const written = outputs.filter(
    (output) => !isStored.has(output) && (output.kind !== 'leaf' || isMoved(output, updates)),
  );
  const all: Step[] = Array.from(new Set([...isStored, ...written]), (node) => ({ node, home: null }));

  const copied: { readonly value: Node; readonly leaf: number }[] = [];
  updates.forEach(({ leaf, value }, i) => {
    const isLast = !updates.slice(i + 1).some(({ value: later }) => reads(later, leaf, inlined));
    if (!isStored.has(value) && isLast && readsInPlace(value, leaf, inlined)) {
      all.push({ node: value, home: leaf });
      return;
    }
    if (!isStored.has(value) && !written.includes(value)) all.push({ node: value, home: null });
    copied.push({ value, leaf });
  });

  const steps = reportedLast(all, inlined, updates);

  const memory = new Allocator();
  const leafBuffers = leaves.map((leaf) => memory.take(leaf.size));
  const buffers = new Map<Node, Buffer>();
  const leafCopies = new Map<Node, Buffer>();
  const resultOf = (node: Node): Buffer => leafCopies.get(node) ?? buffers.get(node)!;
  for (const node of order) if (node.kind === 'leaf') buffers.set(node, leafBuffers[node.leaf]!);
  const last = lastUses(steps, inlined, new Set([...outputs, ...copied.map(({ value }) => value)]));
  const kernels = steps.map(({ node, home }, i): Kernel => {
    const target = home === null ? memory.take(sizeOf(node.shape)) : leafBuffers[home]!;
    if (home === null) (node.kind === 'leaf' ? leafCopies : buffers).set(node, target);
    for (const done of last.get(i) ?? []) memory.giveBack(buffers.get(done)!);
    return { node, target };
  });
  return {
    kernels,
    copies: copied.map(({ value, leaf }) => ({ from: resultOf(value), to: leafBuffers[leaf]! })),
    leaves: leafBuffers,
    moved: updates.map(({ leaf }) => leafBuffers[leaf]!),
    outputs: outputs.map(resultOf),
    bufferOf: (node) => buffers.get(node),
    inlined,
    size: memory.size,
  };
}

/** What is computed when; into a leaf's own buffer, or (`home` null) into one that is found for it. */
interface Step {
  readonly node: Node;
  readonly home: number | null;
}

/**
 * The steps, those behind the updates that only outputs need: then the next round's first instructions, which wait for the
 * updates, are not far from them, and a processor does this round's last ones meanwhile. Before them comes what can trap, so that
 * a step that does has moved nothing. All stay as they were if one of those reads what an update overwrites.
 */
function reportedLast(
  steps: readonly Step[],
  inlined: ReadonlySet<Node>,
  updates: Program['updates'],
): readonly Step[] {
  const trapping = steps.flatMap(({ node }) =>
    node.kind === 'gather' || node.kind === 'scatter' ? [node] : [],
  );
  const needed = neededFor([...updates.map(({ value }) => value), ...trapping]);
  const reported = steps.filter(({ node }) => !needed.has(node));
  const areFree = reported.every(({ node }) => !updates.some(({ leaf }) => reads(node, leaf, inlined)));
  return areFree ? [...steps.filter(({ node }) => needed.has(node)), ...reported] : steps;
}

/** The nodes that others are made of, and those. */
export function neededFor(nodes: readonly Node[]): ReadonlySet<Node> {
  return new Set(inOrder(nodes));
}

/** Whether a node is a leaf that an update overwrites, or a view of one. */
export function isMoved(node: Node, updates: Program['updates']): boolean {
  return updates.some(({ leaf }) => isOf(node, leaf));
}

/** The nodes that get a buffer, in order. New values of leaves that nothing else needs come later: at the very end. */
function storedNodes(
  order: readonly Node[],
  inlined: ReadonlySet<Node>,
  outputs: readonly Node[],
  values: readonly Node[],
): Set<Node> {
  const isNeeded = new Set([...order.flatMap(inputsOf), ...outputs]);
  const moved = new Set(values.filter((value) => !isNeeded.has(value)));
  return new Set(order.filter((node) => isComputed(node) && !inlined.has(node) && !moved.has(node)));
}

/** Which nodes are read for the last time in which step; those that are `kept` never are. */
function lastUses(
  steps: readonly Step[],
  inlined: ReadonlySet<Node>,
  kept: ReadonlySet<Node>,
): ReadonlyMap<number, readonly Node[]> {
  const last = new Map<Node, number>();
  steps.forEach(({ node, home }, i) => {
    if (home === null) last.set(node, i);
    for (const source of sourcesOf(node, inlined)) last.set(baseOf(source), i);
  });
  const atStep = new Map<number, Node[]>();
  for (const [node, i] of last) {
    if (node.kind === 'leaf' || node.kind === 'constant' || kept.has(node)) continue;
    atStep.set(i, [...(atStep.get(i) ?? []), node]);
  }
  return atStep;
}

/** Memory that is taken and given back: of the gaps that are large enough the smallest one is taken. */
class Allocator {
  #gaps: Buffer[] = [];
  size = 0;

  take(elements: number): Buffer {
    const needed = elements + (elements % 2); // 16 bytes apart even for float64, so that vectors are aligned
    const gap = this.#gaps
      .filter(({ size }) => size >= needed)
      .reduce<Buffer | null>((best, each) => (best && best.size <= each.size ? best : each), null);
    if (!gap) {
      this.size += needed;
      return { start: this.size - needed, size: elements };
    }
    this.#gaps = this.#gaps.filter((each) => each !== gap);
    if (gap.size > needed) this.#gaps.push({ start: gap.start + needed, size: gap.size - needed });
    return { start: gap.start, size: elements };
  }

  giveBack({ start, size }: Buffer): void {
    let freed = { start, size: size + (size % 2) };
    // Gaps side by side become one.
    for (const gap of this.#gaps) {
      if (gap.start + gap.size === freed.start || freed.start + freed.size === gap.start) {
        freed = { start: Math.min(gap.start, freed.start), size: gap.size + freed.size };
        this.#gaps = this.#gaps.filter((each) => each !== gap);
      }
    }
    this.#gaps.push(freed);
  }
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

function isComputed(node: Node): boolean {
  return node.kind !== 'leaf' && node.kind !== 'constant' && node.kind !== 'view';
}

function reads(node: Node, leaf: number, inlined: ReadonlySet<Node>): boolean {
  return [node, ...sourcesOf(node, inlined)].some((source) => isOf(source, leaf));
}

/** Whether a leaf may be overwritten element by element while it is read: each element only by its own successor. */
function readsInPlace(value: Node, leaf: number, inlined: ReadonlySet<Node>): boolean {
  const product = productIn(value, inlined);
  if (product && [product.a, product.b].some((factor) => isOf(factor, leaf))) return false;
  return (
    value.kind === 'map' &&
    sourcesOf(value, inlined).every(
      (source) =>
        !isOf(source, leaf) || (source.kind === 'leaf' && sizeOf(source.shape) === sizeOf(value.shape)),
    )
  );
}

function baseOf(node: Node): Node {
  return node.kind === 'view' ? node.of : node;
}

function isOf(source: Node, leaf: number): boolean {
  const base = baseOf(source);
  return base.kind === 'leaf' && base.leaf === leaf;
}
