// Where in a function a derivative is computed: the line to look at when it is wrong.

import type {
  ArrowFunctionExpression,
  AssignmentExpression,
  Expression,
  Function as FunctionNode,
  Identifier,
  Node,
  Pattern,
  Property,
  ReturnStatement,
  VariableDeclarator,
} from 'acorn';
import { isDerivativeBy, type Wanted } from '../wanted.js';
import { isFunction, walk } from './syntax.js';

/** The part of a function that computes what is wanted; the whole function where that cannot be made out. */
export function spotIn(code: FunctionNode, { slot, index, resultsBefore }: Wanted): Node {
  const name = slot?.replace(/^.*\./, '') ?? null;
  const assignments = [...walk(code.body)].flatMap(assignmentsOf);
  const assigned = (is: (target: string, name: string) => boolean): Node | null => {
    const found = assignments.findLast(({ target }) => target !== null && name !== null && is(target, name));
    return found ? follow(found, assignments) : null;
  };
  const isParameter = slot !== null && index === null;
  const kept = isParameter
    ? (assigned(isDerivativeBy) ?? assigned((target, parameter) => target === parameter))
    : null;
  if (kept) return kept;
  const returned = returnedBy(code);
  if (!returned) return assigned(isDerivativeBy) ?? code;
  return followName(pick(returned, name, (index ?? 0) + resultsBefore), assignments);
}

/** `x = …`, `const x = …`, `this.x += …` or `x[i] = …`. */
interface Assignment {
  readonly target: string | null;
  /** The right-hand side, where it is all that the target holds afterwards. */
  readonly value: Node | null;
  readonly whole: Node;
}

function assignmentsOf(node: Node): Assignment[] {
  if (node.type === 'VariableDeclarator') {
    const { id, init } = node as VariableDeclarator;
    return init ? [{ target: nameOf(id), value: init, whole: node }] : [];
  }
  if (node.type !== 'AssignmentExpression') return [];
  const { left, right, operator } = node as AssignmentExpression;
  return [
    {
      target: nameOf(left),
      value: operator === '=' && left.type === 'Identifier' ? right : null,
      whole: node,
    },
  ];
}

/** The name that a target goes by: `x` of `x[i]`, `dw` of `this.dw` and of `grads['dw']`. */
function nameOf(target: Pattern | Expression | Node): string | null {
  const node = target as Expression;
  if (node.type === 'Identifier') return node.name;
  if (node.type !== 'MemberExpression') return null;
  const { object, property, computed } = node;
  if (!computed) return property.type === 'Identifier' ? property.name : null;
  if (property.type === 'Literal' && typeof property.value === 'string') return property.value;
  return nameOf(object);
}

/** The expression that the last `return` of the function's own gives. */
function returnedBy(code: FunctionNode): Node | null {
  const { body } = code as ArrowFunctionExpression;
  if (body.type !== 'BlockStatement') return body;
  const own = [...walk(body, (node) => !isFunction(node))];
  const last = own.findLast((node) => node.type === 'ReturnStatement') as ReturnStatement | undefined;
  return last?.argument ?? null;
}

/** Of several results the one that goes by the name, or has the place. */
function pick(returned: Node, name: string | null, place: number): Node {
  const expression = returned as Expression;
  if (expression.type === 'ArrayExpression' && expression.elements.length > 1) {
    return expression.elements[place] ?? expression;
  }
  if (expression.type === 'ObjectExpression') {
    const properties = expression.properties.filter((each): each is Property => each.type === 'Property');
    const found =
      properties.find(({ key }) => name !== null && isDerivativeBy(keyOf(key), name)) ??
      properties.find(({ key }) => name !== null && keyOf(key) === name) ??
      properties.find(({ key }) => /^(d|grad)/i.test(keyOf(key)));
    return found?.value ?? expression;
  }
  return expression;
}

function keyOf(key: Node): string {
  const node = key as Expression;
  if (node.type === 'Identifier') return node.name;
  return node.type === 'Literal' ? String(node.value) : '';
}

/** Where the value of a name comes from. */
function followName(node: Node, assignments: readonly Assignment[], steps = 3): Node {
  if (node.type !== 'Identifier' || steps === 0) return node;
  const { name } = node as Identifier;
  const assignment = assignments.findLast(({ target }) => target === name);
  return assignment ? follow(assignment, assignments, steps - 1) : node;
}

function follow({ value, whole }: Assignment, assignments: readonly Assignment[], steps = 3): Node {
  return value ? followName(value, assignments, steps) : whole;
}
