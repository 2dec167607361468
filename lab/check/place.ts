// The line of a learner's text that a finding is about.

import type {
  AssignmentExpression,
  Class,
  Expression,
  Function as FunctionNode,
  Identifier,
  MethodDefinition,
  Node,
  Program,
  PropertyDefinition,
  ReturnStatement,
  VariableDeclarator,
} from 'acorn';
import type { Finding } from '../../src/index.js';
import { BACKWARD, FORWARD } from './subjects.js';
import { isFunction, walk } from './syntax.js';
import type { Line } from './task.js';

/** A text, its tree, and the address under which it was run. */
export interface Placing {
  readonly code: string;
  readonly program: Program;
  readonly url: string;
}

/**
 * The line to look at, from 1: where the code threw; the line that the message quotes; else the one in which the pass computes
 * the derivative, or the pass itself. Null where the subject is not in the text.
 *
 * @param subject - What was checked: an object, a function or a pair of functions.
 */
export function lineOf(finding: Finding, subject: unknown, placing: Placing): Line {
  const { cause, message, slot, stack, stage } = finding;
  if (stack !== null) return lineOfStack(stack, placing.url);
  const isForward = ABOUT_FORWARD.test(cause) || message.startsWith('forward');
  const pass = passOf(stage === null ? subject : partAt(subject, stage), isForward, placing.program);
  return quotedLine(message, pass, placing.code) ?? (pass && spotIn(pass, isForward ? null : slot));
}

const ABOUT_FORWARD =
  /^(forward-.*|overflow-in-exp|log-of-zero-or-division-by-zero|too-rough|no-gradient-given)$/;

/** The first line of the learner's in a stack. */
export function lineOfStack(stack: string | null, url: string): Line {
  const at = stack?.indexOf(`${url}:`) ?? -1;
  if (stack === null || at < 0) return null;
  return Number(/^\d+/.exec(stack.slice(at + url.length + 1))?.[0] ?? NaN) || null;
}

/** The line where a class, or whatever goes by the name, is defined. */
export function lineOfName(name: string, program: Program): Line {
  const [node] = [...walk(program)].filter(
    (each) =>
      /^(Class|Function)Declaration$|^VariableDeclarator$/.test(each.type) && nameOf(idOf(each)) === name,
  );
  return node ? startOf(node) : null;
}

/** The line that stands between backticks in a message, if the pass has it, or the text. */
function quotedLine(message: string, pass: Node | null, code: string): Line {
  const quoted = bare(/in `([^`]+)`,/.exec(message)?.[1]?.split('\n')[0] ?? '');
  if (quoted === '') return null;
  const lines = code.split('\n').map(bare);
  const isQuoted = (line: string): boolean => line.includes(quoted);
  const within = pass ? lines.slice(startOf(pass) - 1, pass.loc!.end.line).findIndex(isQuoted) : -1;
  if (pass && within >= 0) return startOf(pass) + within;
  const anywhere = lines.findIndex(isQuoted);
  return anywhere < 0 ? null : anywhere + 1;
}

function bare(line: string): string {
  return line.replace(/\s+/g, '');
}

/** The part that a stage such as `layers[0].affine` names; the subject itself where its fields have no such part. */
function partAt(subject: unknown, stage: string): unknown {
  const path = stage.match(/[^.[\]]+/g) ?? [];
  const part = path.reduce<unknown>(
    (owner, name) =>
      typeof owner === 'object' && owner ? (owner as Record<string, unknown>)[name] : undefined,
    subject,
  );
  return part ?? subject;
}

/** The function in the tree that runs a pass. */
function passOf(subject: unknown, isForward: boolean, program: Program): Node | null {
  if (Array.isArray(subject)) return functionNamed((subject[isForward ? 0 : 1] as Named).name, program);
  if (typeof subject === 'function') return functionNamed(subject.name, program);
  if (typeof subject !== 'object' || subject === null) return null;
  const order = isForward ? FORWARD : [...BACKWARD, ...FORWARD];
  const classes = [...walk(program)].filter((node): node is Class => /^Class/.test(node.type));
  for (let each: object | null = subject; each; each = Object.getPrototypeOf(each) as object | null) {
    const node = classes.find(({ id }) => id?.name === each!.constructor.name);
    const members = new Map(node?.body.body.map((member) => [nameOf(keyOf(member)), member]));
    const found = order.find((name) => members.has(name));
    if (found !== undefined) return members.get(found)!;
  }
  const literal = order.find((name) => typeof (subject as Record<string, unknown>)[name] === 'function');
  return literal === undefined ? null : functionNamed(literal, program);
}

interface Named {
  readonly name: string;
}

/** The last function of this name: a declaration, `const f = …`, or a property. */
function functionNamed(name: string, program: Program): Node | null {
  return (
    [...walk(program)].findLast((node) => {
      const isNamed = /^(FunctionDeclaration|VariableDeclarator|Property)$/.test(node.type);
      return isNamed && nameOf(idOf(node)) === name;
    }) ?? null
  );
}

/** Where in a pass the derivative by a slot is computed: the last assignment to its name, else what is returned. */
function spotIn(pass: Node, slot: string | null): number {
  const nodes = [...walk(pass)];
  const name = slot?.replace(/^.*\./, '') ?? null;
  const assigned = nodes.findLast((node) => name !== null && isDerivativeBy(targetOf(node) ?? '', name));
  if (assigned) return startOf(assigned);
  const inner = nodes.find(isFunction) as FunctionNode | undefined;
  const body = inner?.body ?? pass;
  const own = [...walk(body, (node) => !isFunction(node))];
  const last = own.findLast((node) => node.type === 'ReturnStatement') as ReturnStatement | undefined;
  if (last?.argument?.type === 'Identifier') {
    const { name: result } = last.argument as Identifier;
    const from = nodes.findLast((node) => targetOf(node) === result);
    if (from) return startOf(from);
  }
  return startOf(last ?? pass);
}

/** Whether a variable or field is named after the derivative by something: `dw`, `dJ_dw`, `grad_w`, `wGrad`. */
function isDerivativeBy(target: string, name: string): boolean {
  const [own, by] = [target, name].map((text) => text.toLowerCase().replaceAll('_', '')) as [string, string];
  return own.endsWith(by)
    ? /^(d|grad|delta|d[a-z0-9]{1,6}d)$/.test(own.slice(0, -by.length))
    : own === `${by}grad`;
}

/** What is assigned to: `x` of `const x = …`, `x[i] = …` and `this.x += …`. */
function targetOf(node: Node): string | null {
  if (node.type === 'VariableDeclarator') return nameOf((node as VariableDeclarator).id);
  return node.type === 'AssignmentExpression' ? nameOf((node as AssignmentExpression).left) : null;
}

function idOf(node: Node): Node | null {
  const { id, key } = node as Node & { readonly id?: Node; readonly key?: Node };
  return id ?? key ?? null;
}

function keyOf(member: Node): Node | null {
  return (member as MethodDefinition | PropertyDefinition).key ?? null;
}

function nameOf(node: Node | null): string | null {
  const expression = node as Expression | null;
  if (expression?.type === 'Identifier') return expression.name;
  if (expression?.type !== 'MemberExpression') return null;
  const { object, property, computed } = expression;
  return computed || property.type !== 'Identifier' ? nameOf(object) : property.name;
}

function startOf({ loc }: Node): number {
  return loc!.start.line;
}
