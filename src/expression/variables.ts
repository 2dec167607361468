// The names in an expression: which there are, and putting something else in their place.

import type { Expression } from './syntax.js';

/** Names that mean a number unless a variable is called so. */
export const CONSTANTS: Readonly<Record<string, number>> = { pi: Math.PI, e: Math.E };

/** The variables of an expression in the order they first appear; constants and functions are none. */
export function variablesOf(expression: Expression): string[] {
  const names = new Set<string>();
  substitute(expression, (name) => {
    if (!Object.hasOwn(CONSTANTS, name)) names.add(name);
    return undefined;
  });
  return [...names];
}

/** The expression with names replaced by what `replacement` gives for them; undefined leaves a name as it is. */
export function substitute(
  expression: Expression,
  replacement: (name: string) => Expression | undefined,
): Expression {
  const inside = (part: Expression): Expression => substitute(part, replacement);
  switch (expression.kind) {
    case 'number':
      return expression;
    case 'name':
      return replacement(expression.name) ?? expression;
    case 'negative':
      return { ...expression, operand: inside(expression.operand) };
    case 'binary': {
      const [left, right] = [inside(expression.left), inside(expression.right)];
      return { ...expression, left, right };
    }
    case 'call': {
      const options = Object.entries(expression.options).map(([name, value]) => [name, inside(value)]);
      return { ...expression, args: expression.args.map(inside), options: Object.fromEntries(options) };
    }
    case 'list':
      return { ...expression, items: expression.items.map(inside) };
    case 'index':
      return { ...expression, of: inside(expression.of) };
  }
}
