// Which nodes are computed inside the loop of the one node that needs them, and never stored.

import { sameShape, sizeOf } from '../../tensor/index.js';
import { inputsOf, type Node } from './ir.js';

/** A matrix product, `[m, k] @ [k, n]`. */
export type ProductNode = Extract<Node, { readonly kind: 'matmul' }>;

/** The longest sums that a matrix product makes in one go, so that something else can be done to them at its end. */
export const IN_ONE_GO = 320;

const LEAST = 16; // rows, columns and terms: less is not worth the code

/** The nodes that are never stored, among all that are needed in `order`. What is `kept` is stored in any case. */
export function inlinedNodes(order: readonly Node[], kept: ReadonlySet<Node>): ReadonlySet<Node> {
  const users = usersIn(order);
  const soleUserOf = (node: Node): Node | null => {
    const [user, ...others] = users.get(node) ?? [];
    return user && others.length === 0 && !kept.has(node) ? user : null;
  };
  const inlined = new Set(order.filter((node) => node.kind === 'map' && fits(node, soleUserOf(node))));
  const finished = new Set<Node>();
  for (const node of order) {
    if (!isShort(node)) continue;
    let root = soleUserOf(node);
    while (root && inlined.has(root)) root = soleUserOf(root);
    if (!root || finished.has(root) || !isDoneTo(node, root, inlined)) continue;
    finished.add(root); // one product in a loop
    inlined.add(node);
  }
  return inlined;
}

/** The leaves and views that a node's own loop reads, through what is inlined into it. */
export function sourcesOf(node: Node, inlined: ReadonlySet<Node>): Node[] {
  return inputsOf(node).flatMap((input) => (inlined.has(input) ? sourcesOf(input, inlined) : [input]));
}

/** The matrix product that is inlined into a node, or null. */
export function productIn(node: Node, inlined: ReadonlySet<Node>): ProductNode | null {
  for (const input of inputsOf(node)) {
    if (!inlined.has(input)) continue;
    const product = input.kind === 'matmul' ? input : productIn(input, inlined);
    if (product) return product;
  }
  return null;
}

function usersIn(order: readonly Node[]): ReadonlyMap<Node, ReadonlySet<Node>> {
  const users = new Map<Node, Set<Node>>();
  for (const node of order) {
    for (const input of inputsOf(node)) users.set(input, (users.get(input) ?? new Set()).add(node));
  }
  return users;
}

/** Whether a map goes into the loop of its user. A loop over a larger shape would compute it again and again. */
function fits(node: Node, user: Node | null): boolean {
  return user?.kind === 'map' ? sizeOf(user.shape) === sizeOf(node.shape) : user?.kind === 'reduce';
}

function isShort(node: Node): node is ProductNode {
  if (node.kind !== 'matmul' || node.shape.length !== 2) return false;
  const terms = node.a.shape.at(-1)!;
  return terms <= IN_ONE_GO && Math.min(terms, ...node.shape) >= LEAST;
}

/** Whether a map does to each element of a product what needs nothing but that element and others at the same place. */
function isDoneTo(product: ProductNode, root: Node, inlined: ReadonlySet<Node>): boolean {
  const isBeside = (source: Node): boolean =>
    source === product ||
    source.kind === 'constant' ||
    (source.kind !== 'view' && (sizeOf(source.shape) === 1 || sameShape(source.shape, product.shape)));
  return (
    root.kind === 'map' && sameShape(root.shape, product.shape) && sourcesOf(root, inlined).every(isBeside)
  );
}
