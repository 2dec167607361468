// From tree back to text, with no bracket more than it needs.

import { formatNumber } from '../tensor/index.js';
import { NEGATIVE, PRECEDENCE, type Expression, type IndexRange } from './syntax.js';

/** The expression in Python's notation. Numbers are written with six digits. */
export function print(expression: Expression): string {
  return write(expression, 0);
}

/** Writes an expression for a place where only signs that bind at least as tightly as `least` need no brackets. */
function write(expression: Expression, least: number): string {
  const text = writePlain(expression);
  return bindingOf(expression) < least ? `(${text})` : text;
}

function writePlain(expression: Expression): string {
  switch (expression.kind) {
    case 'number':
      return formatNumber(expression.value);
    case 'name':
      return expression.name;
    case 'negative':
      return `-${write(expression.operand, NEGATIVE + 1)}`;
    case 'binary': {
      const { sign, left, right } = expression;
      const [forLeft, forRight] = operandBindings(expression);
      return `${write(left, forLeft)} ${sign} ${write(right, forRight)}`;
    }
    case 'call': {
      const args = expression.args.map((arg) => write(arg, 0));
      const options = Object.entries(expression.options).map(([name, value]) => `${name}=${write(value, 0)}`);
      return `${expression.name}(${[...args, ...options].join(', ')})`;
    }
    case 'list':
      return `[${expression.items.map((item) => write(item, 0)).join(', ')}]`;
    case 'index':
      return `${write(expression.of, Infinity)}[${expression.ranges.map(printRange).join(', ')}]`;
  }
}

/** How tightly the operands of a sign must bind to need no brackets. */
export function operandBindings({ sign }: Extract<Expression, { kind: 'binary' }>): [number, number] {
  const precedence = PRECEDENCE[sign];
  return sign === '**' ? [precedence + 1, NEGATIVE] : [precedence, precedence + 1];
}

/** How tightly the outermost sign of an expression binds. */
export function bindingOf(expression: Expression): number {
  if (expression.kind === 'binary') return PRECEDENCE[expression.sign];
  if (expression.kind === 'negative') return NEGATIVE;
  // A negative number is written with the same minus.
  if (expression.kind === 'number' && (expression.value < 0 || Object.is(expression.value, -0)))
    return NEGATIVE;
  return Infinity;
}

/** `1:3`, as it stands in brackets. */
export function printRange(range: IndexRange): string {
  return typeof range === 'number' ? String(range) : range.map((part) => part ?? '').join(':');
}
