// Reading JavaScript: the tree of a program, and walking it.

import { parse, type Node, type Program } from 'acorn';

export type { Node, Program };

/** The tree of a program, or null where acorn does not know the syntax. */
export function parseProgram(code: string): Program | null {
  for (const sourceType of ['module', 'script'] as const) {
    try {
      return parse(code, {
        ecmaVersion: 'latest',
        sourceType,
        locations: true,
        allowHashBang: true,
        allowReturnOutsideFunction: sourceType === 'script',
      });
    } catch {
      continue;
    }
  }
  return null;
}

/** Where a program stops being one, lines and columns from 1, or null if it is fine. */
export function syntaxErrorIn(code: string): { readonly line: number; readonly column: number } | null {
  try {
    parse(code, { ecmaVersion: 'latest', sourceType: 'module', allowHashBang: true });
    return null;
  } catch (error) {
    const { loc } = error as { readonly loc?: { readonly line: number; readonly column: number } };
    return loc ? { line: loc.line, column: loc.column + 1 } : null;
  }
}

/** A node's children, in the order of the text. */
export function childrenOf(node: Node): Node[] {
  return Object.values(node)
    .flat()
    .filter((value): value is Node => typeof (value as Node | null)?.type === 'string')
    .toSorted((a, b) => a.start - b.start);
}

/** Every node below this one, and it itself; what `enters` refuses is left out with all below it. */
export function* walk(node: Node, enters: (node: Node) => boolean = () => true): Generator<Node> {
  yield node;
  for (const child of childrenOf(node)) if (enters(child)) yield* walk(child, enters);
}

/** Whether a node is a function of any form. */
export function isFunction(node: Node): boolean {
  return /^(Function(Declaration|Expression)|ArrowFunctionExpression)$/.test(node.type);
}
