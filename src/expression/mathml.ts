// From tree to MathML: formulas that every browser sets by itself, with no script and no font to load.

import { formatNumber } from '../tensor/index.js';
import { greekLetter, splitName } from './names.js';
import { bindingOf, operandBindings, printRange } from './print.js';
import { NEGATIVE, type BinarySign, type Expression } from './syntax.js';

const SIGNS: Readonly<Record<Exclude<BinarySign, '/' | '**'>, string>> = {
  ...{ '+': '+', '-': '−', '*': '·', '@': '@' },
  ...{ '==': '=', '!=': '≠', '<': '&lt;', '<=': '≤', '>': '&gt;', '>=': '≥' },
};

/** The expression as MathML, to be put into `<math>`. */
export function toMathML(expression: Expression): string {
  return write(expression, 0);
}

/** A name in MathML: Greek letters by name, digits at the end as an index, `dJ_dz` as a fraction. */
export function nameToMathML(name: string): string {
  const parts = splitName(name);
  if ('of' in parts)
    return fraction(`<mo>∂</mo>${nameToMathML(parts.of)}`, `<mo>∂</mo>${nameToMathML(parts.by)}`);
  const stem = `<mi>${escape(greekLetter(parts.stem) ?? parts.stem)}</mi>`;
  return parts.index === undefined ? stem : `<msub>${stem}<mn>${parts.index}</mn></msub>`;
}

/** A number in MathML: 1.5e-8 as a product with a power of ten. */
export function numberToMathML(value: number): string {
  const [mantissa = '', exponent] = formatNumber(value).replace('inf', '∞').split('e');
  const digits = mantissa.startsWith('-')
    ? `<mrow><mo form="prefix">−</mo><mn>${mantissa.slice(1)}</mn></mrow>`
    : `<mn>${mantissa}</mn>`;
  if (exponent === undefined) return digits;
  return `${digits}<mo>·</mo><msup><mn>10</mn><mrow>${numberToMathML(Number(exponent))}</mrow></msup>`;
}

function write(expression: Expression, least: number): string {
  const text = writePlain(expression);
  // A fraction holds itself together.
  const binding = expression.kind === 'binary' && expression.sign === '/' ? NEGATIVE : bindingOf(expression);
  return binding < least ? bracket(text) : text;
}

function writePlain(expression: Expression): string {
  switch (expression.kind) {
    case 'number':
      return numberToMathML(expression.value);
    case 'name':
      return nameToMathML(expression.name);
    case 'negative':
      return `<mo form="prefix">−</mo>${write(expression.operand, NEGATIVE + 1)}`;
    case 'binary': {
      const { sign, left, right } = expression;
      if (sign === '/') return fraction(write(left, 0), write(right, 0));
      const [forLeft, forRight] = operandBindings(expression);
      if (sign === '**')
        return `<msup><mrow>${write(left, forLeft)}</mrow><mrow>${write(right, 0)}</mrow></msup>`;
      return `${write(left, forLeft)}<mo>${SIGNS[sign]}</mo>${write(right, forRight)}`;
    }
    case 'call':
      return writeCall(expression);
    case 'list':
      return bracket(separated(expression.items.map((item) => write(item, 0))), '[', ']');
    case 'index':
      return `<msub><mrow>${write(expression.of, Infinity)}</mrow><mtext>${expression.ranges.map(printRange).join(', ')}</mtext></msub>`;
  }
}

function writeCall({ name, args, options }: Extract<Expression, { kind: 'call' }>): string {
  const [first, second, third] = args;
  if (first && args.length === 1) {
    const inner = write(first, 0);
    if (name === 'exp') return `<msup><mi>e</mi><mrow>${inner}</mrow></msup>`;
    if (name === 'sqrt') return `<msqrt>${inner}</msqrt>`;
    if (name === 'abs') return bracket(inner, '|', '|');
    if (name === 'transpose') return `<msup><mrow>${write(first, Infinity)}</mrow><mo>⊤</mo></msup>`;
    if (name === 'sigmoid') return `<mi>σ</mi>${bracket(inner)}`;
  }
  if (name === 'where' && first && second && third) {
    const row = (value: Expression, condition: string): string =>
      `<mtr><mtd>${write(value, 0)}</mtd><mtd>${condition}</mtd></mtr>`;
    const rows = row(second, `<mtext>if </mtext>${write(first, 0)}`) + row(third, '<mtext>otherwise</mtext>');
    return `<mrow><mo>{</mo><mtable columnalign="left">${rows}</mtable></mrow>`;
  }
  const named = Object.entries(options).map(
    ([option, value]) => `<mtext>${escape(option)}=</mtext>${write(value, 0)}`,
  );
  return `<mi>${escape(name)}</mi>${bracket(separated([...args.map((arg) => write(arg, 0)), ...named]))}`;
}

function fraction(above: string, below: string): string {
  return `<mfrac><mrow>${above}</mrow><mrow>${below}</mrow></mfrac>`;
}

function bracket(inner: string, open = '(', close = ')'): string {
  return `<mrow><mo>${open}</mo>${inner}<mo>${close}</mo></mrow>`;
}

function separated(parts: readonly string[]): string {
  return parts.join('<mo>,</mo>');
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
