// From text to tree: a Pratt parser with Python's precedences.

import { ExpressionError } from './error.js';
import { isBinarySign, NEGATIVE, PRECEDENCE, type Expression, type IndexRange } from './syntax.js';
import { tokenize, type Token } from './tokens.js';

const DEEPEST = 200; // nested brackets; beyond it JavaScript's own stack would run out

/**
 * The tree of an expression in Python's notation: `+ - * / **` (or `^`), `@`, comparisons, brackets, lists, indices, and
 * calls such as `exp(x)` and `sum(x, axis=0)`. Throws an `ExpressionError` that points at the spot.
 *
 * @example
 * print(parse('1/(1+exp(-z))')); // '1 / (1 + exp(-z))'
 */
export function parse(source: string): Expression {
  const tokens = tokenize(source);
  let position = 0;
  let depth = 0;

  const peek = (): Token => tokens[position]!;
  const next = (): Token => tokens[position++]!;
  const fail = (reason: string, at: Token = peek()): never => {
    throw new ExpressionError(reason, source, at.start);
  };
  const takes = (text: string): boolean => {
    const matches = peek().kind === 'sign' && peek().text === text;
    if (matches) position++;
    return matches;
  };
  const expect = (text: string, opened: Token): void => {
    if (!takes(text)) fail(`expected "${text}" to close "${opened.text}", got ${nameOf(peek())}`);
  };

  const expression = (least: number): Expression => {
    if (++depth > DEEPEST) fail('the expression is nested too deeply');
    let left = prefix();
    for (;;) {
      const { text, kind, start } = peek();
      if (kind !== 'sign' || !isBinarySign(text) || PRECEDENCE[text] < least) break;
      next();
      // A power groups to the right, 2**3**2 = 2**(3**2), and may be followed by a minus.
      const right = expression(text === '**' ? NEGATIVE : PRECEDENCE[text] + 1);
      left = { kind: 'binary', sign: text, left, right, start };
    }
    depth--;
    return left;
  };

  const prefix = (): Expression => {
    const { start } = peek();
    if (takes('-')) return { kind: 'negative', operand: expression(NEGATIVE), start };
    if (takes('+')) return expression(NEGATIVE);
    let result = operand();
    for (let bracket = peek(); takes('['); bracket = peek()) {
      result = { kind: 'index', of: result, ranges: separated(indexRange), start: bracket.start };
      expect(']', bracket);
    }
    return result;
  };

  const operand = (): Expression => {
    const token = next();
    const { text, start } = token;
    if (token.kind === 'number') {
      if (peek().kind === 'name') fail(`write the product out: ${text}*${peek().text}`);
      return { kind: 'number', value: Number(text), start };
    }
    if (token.kind === 'name') {
      if (takes('(')) return call(token);
      if (peek().kind === 'number' || peek().kind === 'name')
        fail(`expected a sign after ${text}, as in ${text}*${peek().text}`);
      return { kind: 'name', name: text, start };
    }
    if (text === '(') {
      const inner = expression(0);
      expect(')', token);
      if (peek().text === '(') fail('write the product out: (…)*(…)');
      return inner;
    }
    if (text === '[') {
      const items = peek().text === ']' ? [] : separated(() => expression(0));
      expect(']', token);
      return { kind: 'list', items, start };
    }
    position--;
    return fail(
      tokens.length === 1
        ? 'the expression is empty'
        : `expected a number, a name or "(", got ${nameOf(token)}`,
    );
  };

  const call = ({ text: name, start }: Token): Expression => {
    const opened = tokens[position - 1]!;
    const args: Expression[] = [];
    const options: Record<string, Expression> = {};
    if (peek().text !== ')') {
      separated(() => {
        const option = peek();
        if (option.kind === 'name' && tokens[position + 1]?.text === '=') {
          position += 2;
          options[option.text] = expression(0);
        } else {
          args.push(expression(0));
        }
      });
    }
    expect(')', opened);
    return { kind: 'call', name, args, options, start };
  };

  const indexRange = (): IndexRange => {
    const parts = [wholeNumber()];
    while (takes(':')) parts.push(wholeNumber());
    const [first] = parts;
    if (parts.length > 3) fail('a range has at most three parts, start:stop:step');
    if (parts.length > 1) return parts;
    return first ?? fail(`expected a whole number or a range such as 1:3, got ${nameOf(peek())}`);
  };

  const wholeNumber = (): number | null => {
    const negative = takes('-');
    if (peek().kind !== 'number') return negative ? fail('expected a whole number after the minus') : null;
    const { text } = next();
    return negative ? -Number(text) : Number(text);
  };

  const separated = <T>(item: () => T): T[] => {
    const items = [item()];
    while (takes(',')) items.push(item());
    return items;
  };

  const result = expression(0);
  const rest = peek();
  if (rest.kind !== 'end') {
    fail(
      rest.text === ')' || rest.text === ']'
        ? `"${rest.text}" closes nothing`
        : `expected a sign before ${nameOf(rest)}`,
    );
  }
  return result;
}

function nameOf(token: Token): string {
  return token.kind === 'end' ? 'the end' : `"${token.text}"`;
}
