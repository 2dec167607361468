// Cutting the text of an expression into numbers, names and signs.

import { ExpressionError } from './error.js';

/** A piece of an expression and where it stands in the text. */
export interface Token {
  readonly kind: 'number' | 'name' | 'sign' | 'end';
  readonly text: string;
  readonly start: number;
}

// Longer signs first, so that ** is not read as two times *.
const PATTERN =
  /\s+|(?<number>(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)|(?<name>[\p{L}_][\p{L}\p{N}_]*)|(?<sign>\*\*|==|!=|<=|>=|[-+*/^@()[\],:=<>·×−])/iuy;

/** Other ways to write the same sign. */
const SYNONYMS: Readonly<Record<string, string>> = { '^': '**', '·': '*', '×': '*', '−': '-' };

/** The tokens of a text, the last of kind `end`. Throws an `ExpressionError` at the first character that fits nothing. */
export function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  const pattern = new RegExp(PATTERN);
  while (pattern.lastIndex < source.length) {
    const start = pattern.lastIndex;
    const groups = pattern.exec(source)?.groups;
    if (!groups) {
      const character = String.fromCodePoint(source.codePointAt(start)!);
      throw new ExpressionError(`"${character}" has no meaning here`, source, start);
    }
    const { number, name, sign } = groups;
    if (number) tokens.push({ kind: 'number', text: number, start });
    else if (name) tokens.push({ kind: 'name', text: name, start });
    else if (sign) tokens.push({ kind: 'sign', text: SYNONYMS[sign] ?? sign, start });
  }
  tokens.push({ kind: 'end', text: '', start: source.length });
  return tokens;
}
