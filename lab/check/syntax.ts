// Walking the tree of a program.

import type { Node } from 'acorn';

/** Every node below this one, and it itself, in the order of the text; what `enters` refuses is left out with all below it. */
export function* walk(node: Node, enters: (node: Node) => boolean = () => true): Generator<Node> {
  yield node;
  const children = Object.values(node)
    .flat()
    .filter((value): value is Node => typeof (value as Node | null)?.type === 'string')
    .toSorted((a, b) => a.start - b.start);
  for (const child of children) if (enters(child)) yield* walk(child, enters);
}

/** Whether a node is a function of any form. */
export function isFunction({ type }: Node): boolean {
  return /^(Function(Declaration|Expression)|ArrowFunctionExpression)$/.test(type);
}
