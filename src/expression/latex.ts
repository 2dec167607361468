// From tree to LaTeX: fractions, powers and roots as on a blackboard.

import { formatNumber } from '../tensor/index.js';
import { greekLetter, splitName } from './names.js';
import { bindingOf, operandBindings, printRange } from './print.js';
import { NEGATIVE, type BinarySign, type Expression } from './syntax.js';

const SIGNS: Readonly<Record<Exclude<BinarySign, '/' | '**'>, string>> = {
  ...{ '+': '+', '-': '-', '*': '\\cdot', '@': '\\,' },
  ...{ '==': '=', '!=': '\\ne', '<': '<', '<=': '\\le', '>': '>', '>=': '\\ge' },
};

/** Functions that LaTeX sets upright by itself. */
const UPRIGHT = new Set(['log', 'sin', 'cos', 'tanh', 'max', 'min', 'exp']);

/** The expression in LaTeX. */
export function toLatex(expression: Expression): string {
  return write(expression, 0);
}

/** A name in LaTeX: Greek letters by name, digits at the end as an index, words upright, `dJ_dz` as a fraction. */
export function nameToLatex(name: string): string {
  const parts = splitName(name);
  if ('of' in parts) return `\\frac{\\partial ${nameToLatex(parts.of)}}{\\partial ${nameToLatex(parts.by)}}`;
  const { stem, index } = parts;
  const isWord = !/^d?.$/u.test(stem);
  const letters = greekLetter(stem)
    ? `\\${stem}`
    : isWord
      ? `\\mathrm{${stem.replaceAll('_', '\\_')}}`
      : stem;
  return index === undefined ? letters : `${letters}_{${index}}`;
}

/** A number in LaTeX: 1.5e-8 as a product with a power of ten. */
export function numberToLatex(value: number): string {
  const [mantissa, exponent] = formatNumber(value).split('e');
  if (exponent !== undefined) return `${mantissa} \\cdot 10^{${exponent}}`;
  return mantissa!.replace('inf', '\\infty').replace('nan', '\\mathrm{NaN}');
}

function write(expression: Expression, least: number): string {
  const text = writePlain(expression);
  // A fraction holds itself together.
  const binding = expression.kind === 'binary' && expression.sign === '/' ? NEGATIVE : bindingOf(expression);
  return binding < least ? `\\left(${text}\\right)` : text;
}

function writePlain(expression: Expression): string {
  switch (expression.kind) {
    case 'number':
      return numberToLatex(expression.value);
    case 'name':
      return nameToLatex(expression.name);
    case 'negative':
      return `-${write(expression.operand, NEGATIVE + 1)}`;
    case 'binary': {
      const { sign, left, right } = expression;
      if (sign === '/') return `\\frac{${write(left, 0)}}{${write(right, 0)}}`;
      const [forLeft, forRight] = operandBindings(expression);
      if (sign === '**') return `${write(left, forLeft)}^{${write(right, 0)}}`;
      return `${write(left, forLeft)} ${SIGNS[sign]} ${write(right, forRight)}`;
    }
    case 'call':
      return writeCall(expression);
    case 'list':
      return `\\left[${expression.items.map((item) => write(item, 0)).join(', ')}\\right]`;
    case 'index':
      return `${write(expression.of, Infinity)}_{${expression.ranges.map(printRange).join(', ')}}`;
  }
}

function writeCall({ name, args, options }: Extract<Expression, { kind: 'call' }>): string {
  const [first] = args;
  if (first && args.length === 1) {
    if (name === 'exp') return `e^{${write(first, 0)}}`;
    if (name === 'sqrt') return `\\sqrt{${write(first, 0)}}`;
    if (name === 'abs') return `\\left|${write(first, 0)}\\right|`;
    if (name === 'transpose') return `${write(first, Infinity)}^\\top`;
    if (name === 'sigmoid') return `\\sigma\\left(${write(first, 0)}\\right)`;
  }
  if (name === 'where' && args.length === 3) {
    const [condition, yes, no] = args.map((arg) => write(arg, 0));
    return `\\begin{cases} ${yes} & \\text{if } ${condition} \\\\ ${no} & \\text{otherwise} \\end{cases}`;
  }
  const written = [
    ...args.map((arg) => write(arg, 0)),
    ...Object.entries(options).map(([option, value]) => `\\text{${option}}=${write(value, 0)}`),
  ];
  return `${UPRIGHT.has(name) ? `\\${name}` : `\\operatorname{${name}}`}\\left(${written.join(', ')}\\right)`;
}
