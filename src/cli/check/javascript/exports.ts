// What a module exports, as far as it must be known to check it.

import type { Class, Function as FunctionNode, Node } from 'acorn';
import type { Namespace } from '../../modules/import.js';
import type { Parameter, Thing } from '../child/thing.js';
import { parseProgram } from './syntax.js';

/** The exports by name, each once. What CommonJS exports, and the entries of an exported object, count as well. */
export function thingsIn(namespace: Namespace): Thing[] {
  const named: [name: string, value: unknown][] = [];
  const add = (name: string, value: unknown): void => {
    if (named.some(([, other]) => other === value && isCode(value))) return;
    named.push([name, value]);
  };
  for (const [name, value] of Object.entries(namespace)) {
    if (name !== 'default' && name !== 'module.exports') add(name, value);
  }
  if ('default' in namespace) addDefault(namespace['default'], add);
  const classes = new Map(named.flatMap(([name, value]) => (isCode(value) ? [[value as object, name]] : [])));
  return named.flatMap(([name, value]) => thingsOf(name, value, classes));
}

function addDefault(value: unknown, add: (name: string, value: unknown) => void): void {
  if (isPlainObject(value) && !hasPasses(value))
    Object.entries(value).forEach(([name, item]) => add(name, item));
  else add((typeof value === 'function' && value.name) || 'default', value);
}

function isCode(value: unknown): boolean {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

/** Whether an object is itself something to check, not a list of such things. */
function hasPasses(value: Record<string, unknown>): boolean {
  return ['backward', 'df', 'grad', 'gradient', 'derivative', 'call'].some(
    (name) => typeof value[name] === 'function',
  );
}

function thingsOf(name: string, value: unknown, classes: ReadonlyMap<object, string>): Thing[] {
  if (typeof value === 'function')
    return [isClass(value) ? classThing(name, value, classes) : functionThing(name, value)];
  const isPair =
    Array.isArray(value) && value.length === 2 && value.every((each) => typeof each === 'function');
  if (isPair) return [{ kind: 'object', name, value, instanceOf: null }];
  if (isPlainObject(value) && !hasPasses(value)) {
    const entries = Object.entries(value).filter(([, item]) => isCode(item) && !Array.isArray(item));
    const inner = entries.flatMap(([key, item]) => thingsOf(`${name}.${key}`, item, classes));
    if (inner.length > 0) return inner;
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return [{ kind: 'object', name, value, instanceOf: classes.get(value.constructor) ?? null }];
  }
  return [
    { kind: 'other', name, what: Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value },
  ];
}

type Constructor = new (...args: unknown[]) => object;

/** A class, or a function of old times that has methods. */
function isClass(value: object): boolean {
  const { prototype } = value as { prototype?: object };
  return (
    /^class\b/.test(Function.prototype.toString.call(value)) ||
    (prototype !== undefined && Object.keys(prototype).length > 0)
  );
}

function classThing(name: string, value: object, classes: ReadonlyMap<object, string>): Thing {
  const constructor = value as Constructor;
  const parameters = constructorParameters(constructor);
  return {
    kind: 'class',
    name,
    parameters,
    methods: methodsOfClass(constructor, parameters),
    isBase: [...classes.keys()].some((other) => (other as Constructor).prototype instanceof constructor),
    make: (args) => new constructor(...args),
  };
}

/** Names on the prototype; and, where the class needs no arguments, what its constructor puts into fields. */
function methodsOfClass(constructor: Constructor, parameters: readonly Parameter[]): string[] {
  const names: string[] = [];
  let each: object | null = constructor.prototype as object;
  for (; each && each !== Object.prototype; each = Object.getPrototypeOf(each) as object | null) {
    names.push(...Object.getOwnPropertyNames(each));
  }
  if (names.includes('forward') && names.includes('backward')) return names;
  if (parameters.some(({ isOptional }) => !isOptional)) return [...names, ...arrowFields(constructor)];
  try {
    const fields = Object.entries(new constructor());
    return [...names, ...fields.flatMap(([key, value]) => (typeof value === 'function' ? [key] : []))];
  } catch {
    return names;
  }
}

/** `forward = (x) => …` in the body of a class. */
function arrowFields(constructor: Constructor): string[] {
  const body = classNode(constructor)?.body.body ?? [];
  return body.flatMap((member) => {
    if (member.type !== 'PropertyDefinition' || member.key.type !== 'Identifier') return [];
    return /Function/.test(member.value?.type ?? '') ? [member.key.name] : [];
  });
}

function functionThing(name: string, value: object): Thing {
  const f = value as (...args: unknown[]) => unknown;
  const node = nodeOf(f) as FunctionNode | null;
  return { kind: 'function', name, value: f, parameters: (node?.params ?? []).map(parameterOf) };
}

function constructorParameters(constructor: Constructor): Parameter[] {
  const node = nodeOf(constructor);
  if (!node) return Array.from({ length: constructor.length }, () => ({ name: '', isOptional: false }));
  if (!/^Class/.test(node.type)) return (node as FunctionNode).params.map(parameterOf);
  const own = (node as Class).body.body.find(
    (member) => member.type === 'MethodDefinition' && member.kind === 'constructor',
  );
  if (own?.type === 'MethodDefinition') return own.value.params.map(parameterOf);
  const parent = Object.getPrototypeOf(constructor) as Constructor;
  return parent.prototype === undefined ? [] : constructorParameters(parent);
}

function parameterOf(node: Node): Parameter {
  switch (node.type) {
    case 'Identifier':
      return { name: (node as Node & { name: string }).name, isOptional: false };
    case 'AssignmentPattern':
      return { ...parameterOf((node as Node & { left: Node }).left), isOptional: true };
    case 'ObjectPattern': {
      const { properties } = node as Node & { properties: (Node & { key?: Node; value?: Node })[] };
      const required = properties.filter(({ value }) => value?.type !== 'AssignmentPattern');
      return {
        name: '',
        isOptional: false,
        keys: required.map(({ key }) => (key as (Node & { name?: string }) | undefined)?.name ?? ''),
      };
    }
    default:
      return { name: '', isOptional: node.type === 'RestElement' };
  }
}

function classNode(constructor: Constructor): Class | null {
  const node = nodeOf(constructor);
  return node && /^Class/.test(node.type) ? (node as Class) : null;
}

/** The tree of a function's or class's own text; null for what is not written in JavaScript. */
function nodeOf(f: object): Node | null {
  const program = parseProgram(`(${Function.prototype.toString.call(f)})`);
  const statement = program?.body[0];
  return statement?.type === 'ExpressionStatement' ? statement.expression : null;
}
