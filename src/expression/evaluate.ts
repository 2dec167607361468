// Computing an expression with tensors, so that it has a graph and a derivative like any code.

import { concat, functions, type Binary, type FunctionName, type Range } from '../functions/index.js';
import { tensor, type Tensor } from '../tensor/index.js';
import { ExpressionError } from './error.js';
import { print } from './print.js';
import type { BinarySign, Expression } from './syntax.js';
import { CONSTANTS } from './variables.js';

const SIGNS: Readonly<Record<BinarySign, Binary>> = {
  '+': functions.add,
  '-': functions.sub,
  '*': functions.mul,
  '/': functions.div,
  '**': functions.pow,
  '@': functions.matmul,
  '==': functions.equal,
  '!=': functions.notEqual,
  '<': functions.less,
  '<=': functions.lessEqual,
  '>': functions.greater,
  '>=': functions.greaterEqual,
};

/** Other names that people write for the same functions. */
const SYNONYMS: Readonly<Record<string, FunctionName>> = {
  ln: 'log',
  leaky_relu: 'leakyRelu',
  log_softmax: 'logSoftmax',
};

/**
 * The value of an expression, its variables taken from `scope`. Names in calls are the library's functions
 * (`max(a, b)` and `min(a, b)` of two are `maximum` and `minimum`); `pi` and `e` are numbers unless a variable is called so.
 * Throws an `ExpressionError` that points at an unknown name or a call with the wrong number of arguments.
 *
 * @example
 * evaluate(parse('w * x + b'), { w: tensor(2), x: tensor(3), b: tensor(1) }, 'w * x + b').item(); // 7
 */
export function evaluate(
  expression: Expression,
  scope: Readonly<Record<string, Tensor>>,
  source: string = print(expression),
): Tensor {
  const fail = (reason: string, at: Expression): never => {
    throw new ExpressionError(reason, source, at.start);
  };

  const value = (part: Expression): Tensor => {
    switch (part.kind) {
      case 'number':
        return tensor(part.value);
      case 'name':
        return named(part);
      case 'negative':
        return part.operand.kind === 'number' ? tensor(-part.operand.value) : value(part.operand).neg();
      case 'binary':
        return SIGNS[part.sign](value(part.left), value(part.right));
      case 'call':
        return called(part);
      case 'list':
        return part.items.length === 0 ? tensor([]) : stack(part.items.map(value));
      case 'index':
        return value(part.of).slice(...part.ranges.map((range) => range as Range));
    }
  };

  const named = (part: Extract<Expression, { kind: 'name' }>): Tensor => {
    if (Object.hasOwn(scope, part.name)) return scope[part.name]!;
    if (Object.hasOwn(CONSTANTS, part.name)) return tensor(CONSTANTS[part.name]!);
    if (Object.hasOwn(functions, part.name))
      return fail(`${part.name} is a function: write ${part.name}(…)`, part);
    const known = Object.keys(scope);
    return fail(
      `${part.name} has no value${known.length > 0 ? `; known are ${known.join(', ')}` : ''}`,
      part,
    );
  };

  const called = (part: Extract<Expression, { kind: 'call' }>): Tensor => {
    const name = functionNamed(part.name, part.args.length);
    if (name === undefined) {
      return fail(`there is no function ${part.name}${suggestion(part.name)}`, part);
    }
    const { operation } = functions[name];
    const count = operation.inputs.length;
    if (part.args.length < count) {
      return fail(
        `${part.name} takes ${count === 1 ? 'one argument' : `${count} arguments`}, got ${part.args.length}`,
        part,
      );
    }
    const tensors = part.args.slice(0, count).map(value);
    const rest = part.args.slice(count).map((arg) => value(arg).toArray());
    const { axis, ...options } = Object.fromEntries(
      Object.entries(part.options).map(([option, arg]) => [option, value(arg).toArray()]),
    );
    const given = [
      ...rest,
      ...(axis === undefined ? [] : [axis]),
      ...(Object.keys(options).length > 0 ? [options] : []),
    ];
    return (functions[name] as (...args: unknown[]) => Tensor)(...tensors, ...given);
  };

  return value(expression);
}

/** The library's name of the function that an expression calls with so many arguments. */
function functionNamed(name: string, count: number): FunctionName | undefined {
  if (count === 2 && name === 'max') return 'maximum';
  if (count === 2 && name === 'min') return 'minimum';
  if (Object.hasOwn(functions, name)) return name as FunctionName;
  return Object.hasOwn(SYNONYMS, name) ? SYNONYMS[name] : undefined;
}

/** `; did you mean exp?`, or the whole list if nothing is near. */
function suggestion(name: string): string {
  const near = Object.keys(functions).find(
    (known) => known.toLowerCase() === name.toLowerCase() || known.startsWith(name) || name.startsWith(known),
  );
  return near ? `; did you mean ${near}?` : `; there are ${Object.keys(functions).join(', ')}`;
}

/** Numbers or rows one below the other. */
function stack(items: readonly Tensor[]): Tensor {
  return concat(items.map((item) => item.reshape([1, ...item.shape])));
}
