// Where `check` may run other versions of a learner's functions: at the end of the module, among its helpers, and inside the
// functions that make passes, among the variables that those share. See check/repair/compile.ts.

import { isFunction, parseProgram, walk, type Node } from './syntax.js';

const SCOPE = "(globalThis[Symbol.for('chainrule.scopes')] ??= []).push((text) => eval(text));";

/** The code, in which every such scope makes itself known when it comes to be. Lines stay where they are. */
export function withScopes(code: string): string {
  const program = parseProgram(code);
  const makers = program ? [...walk(program)].filter(isFunction).filter(givesFunctions) : [];
  const starts = makers.map((maker) => (maker as FunctionNode).body.start + 1);
  const open = starts
    // What shares the line with the brace would be somewhere else in it.
    .filter((start) => /^[^\S\n]*\r?\n/.test(code.slice(start)))
    .toSorted((a, b) => b - a)
    .reduce((rest, start) => `${rest.slice(0, start)} ${SCOPE}${rest.slice(start)}`, code);
  return `${open}\n;${SCOPE}`;
}

interface FunctionNode extends Node {
  readonly body: Node;
}

interface ReturnNode extends Node {
  readonly argument: Node | null;
}

/** Whether what a function returns is a function of its own, or an object or a list of such, by name or as they are. */
function givesFunctions(maker: Node): boolean {
  const { body } = maker as FunctionNode;
  if (body.type !== 'BlockStatement') return false;
  const names = new Set([...walk(body)].flatMap(functionName));
  const isOne = (node: Node): boolean =>
    isFunction(node) || (node.type === 'Identifier' && names.has((node as NamedNode).name));
  const own = [...walk(body, (node) => !isFunction(node))];
  return own.some((node) => {
    const { argument } = node as ReturnNode;
    return (
      node.type === 'ReturnStatement' && argument !== null && [argument, ...partsOf(argument)].some(isOne)
    );
  });
}

/** What an object or a list holds. */
function partsOf(node: Node): Node[] {
  const { properties, elements } = node as Node & {
    readonly properties?: readonly (Node & { readonly value?: Node })[];
    readonly elements?: readonly (Node | null)[];
  };
  if (node.type === 'ObjectExpression') return (properties ?? []).flatMap(({ value }) => value ?? []);
  return node.type === 'ArrayExpression' ? (elements ?? []).filter((each) => each !== null) : [];
}

interface NamedNode extends Node {
  readonly name: string;
}

/** The name of a function that is declared or kept in a variable. */
function functionName(node: Node): string[] {
  const { id, init } = node as Node & { readonly id?: NamedNode | null; readonly init?: Node | null };
  const isOne =
    node.type === 'FunctionDeclaration' || (node.type === 'VariableDeclarator' && init && isFunction(init));
  return isOne && id ? [id.name] : [];
}
