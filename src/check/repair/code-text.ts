// The code of a function as it can be edited: its tokens, the operands among them, and the names that may stand for them.

import type { Cause } from '../hypotheses/index.js';
import type { Edit } from './edits.js';
import { closingOf, operandAt, tokensOf, type Language, type Operand, type Token } from './tokens.js';

/** Different operands; the rest of a long function is left alone. */
export const MOST_NAMES = 40;

/** What code knows that is not in its own text: as forward names it. */
export interface Known {
  /** What is kept in fields. */
  readonly names: readonly string[];
  /** Terms made of those. */
  readonly terms: readonly string[];
  /** The names of fields. */
  readonly fields: readonly string[];
  /** Indices behind arrays, such as `[i + u][j + v]`. */
  readonly indices: readonly string[];
}

const NOTHING: Known = { names: [], terms: [], fields: [], indices: [] };

/** The code of a function, and the ways to change it. */
export class CodeText {
  readonly #source: string;
  readonly #frozen: ReadonlySet<number>;
  readonly #indices: ReadonlySet<number>;
  readonly language: Language;
  readonly tokens: readonly Token[];
  /** Operands whose value is used: not what is assigned to, nor what loops count by. */
  readonly operands: readonly Operand[];
  readonly known: Known;
  /** Their texts, without numbers and without what is long. */
  readonly names: readonly string[];

  constructor(source: string, language: Language, known: Known = NOTHING) {
    this.#source = source;
    this.language = language;
    this.tokens = tokensOf(source, language);
    const frozen = frozenTokens(this.tokens, language);
    const all = this.tokens.flatMap((_, i) =>
      frozen.has(i) ? [] : (operandAt(source, this.tokens, i) ?? []),
    );
    this.operands = all.filter(
      ({ to }) => !/^(?:[-+*/%]|\*\*)?=$|^(?:\+\+|--|of|in)$/.test(this.tokens[to]?.text ?? ''),
    );
    const texts = this.operands
      .map(({ text }) => text)
      .filter((text) => !/^[\d.(]/.test(text) && text.length <= 40);
    this.names = [
      ...new Set([
        ...parametersIn(this.tokens),
        ...declaredIn(this.tokens, language),
        ...known.names,
        ...texts,
      ]),
    ].slice(0, MOST_NAMES);
    this.#frozen = frozen;
    this.#indices = indexTokens(this.tokens);
    this.known = known;
  }

  /** Whether a token must stay as it is. */
  isFrozen(i: number): boolean {
    return this.#frozen.has(i);
  }

  /** Whether a token stands in the brackets of an index, where numbers are whole. */
  isInIndex(i: number): boolean {
    return this.#indices.has(i);
  }

  /** Where the operands end that follow, joined by signs. */
  endsBehind(to: number, most: number): number[] {
    const ends: number[] = [];
    for (let at = to; ends.length < most; at = ends.at(-1)!) {
      if (!/^(?:[-+*/%]|\*\*)$/.test(this.tokens[at]?.text ?? '')) break;
      const next = this.operands.find(({ from }) => from === at + 1);
      if (!next) break;
      ends.push(next.to);
    }
    return ends;
  }

  /** Runs of operands that are multiplied or divided. */
  terms(): Operand[] {
    return this.operands.flatMap(({ from, to, text }): Operand[] => {
      if (/^(?:[*/%]|\*\*)$/.test(this.tokens[from - 1]?.text ?? '')) return [];
      let end = to;
      while (/^(?:[*/%]|\*\*)$/.test(this.tokens[end]?.text ?? '')) {
        const next = this.operands.find((each) => each.from === end + 1);
        if (!next) break;
        end = next.to;
      }
      return [{ from, to: end, text: end === to ? text : this.textOf(from, end) }];
    });
  }

  /** Two or more indices in a row behind an array, also where something is assigned. */
  indexChains(): Operand[] {
    return this.tokens.flatMap(({ text }, from): Operand[] => {
      if (text !== '[' || !this.endsOperand(from - 1) || this.tokens[from - 1]!.text === ']') return [];
      let to = from;
      while (this.tokens[to]?.text === '[') to = closingOf(this.tokens, to) + 1;
      const isChain = this.tokens[closingOf(this.tokens, from) + 1]?.text === '[';
      return isChain ? [{ from, to, text: this.textOf(from, to) }] : [];
    });
  }

  /** Sums that are assigned or returned, whole. */
  sums(): Operand[] {
    return this.tokens.flatMap(({ text }, i): Operand[] => {
      if (!/^(?:[-+]?=|return|=>)$/.test(text) || this.isFrozen(i) || this.tokens[i + 1]?.text === '{')
        return [];
      const to = this.#endOfExpression(i + 1);
      const isSum = this.#topLevel(i + 1, to).some(
        (at) => /^[-+]$/.test(this.tokens[at]!.text) && this.endsOperand(at - 1),
      );
      return isSum ? [{ from: i + 1, to, text: this.textOf(i + 1, to) }] : [];
    });
  }

  /** The token behind an expression: a semicolon, a comma, a bracket that closes around it, or the next line of Python. */
  #endOfExpression(from: number): number {
    const ends = this.#topLevel(from, this.tokens.length).find((i) => {
      const before = this.tokens[i - 1]!;
      const isNextLine =
        this.language === 'python' && this.#source.slice(before.end, this.tokens[i]!.start).includes('\n');
      return /^[;,)\]}]$/.test(this.tokens[i]!.text) || (i > from && isNextLine);
    });
    return ends ?? this.tokens.length;
  }

  /** The tokens between two that are in no bracket; the brackets themselves are. */
  #topLevel(from: number, to: number): number[] {
    const found: number[] = [];
    for (let i = from; i < to; i++) {
      found.push(i);
      if (/^[([{]$/.test(this.tokens[i]!.text)) i = closingOf(this.tokens, i);
    }
    return found;
  }

  /** Whether a token may be the last of an operand: a sign behind it then stands between two. */
  endsOperand(i: number): boolean {
    const token = this.tokens[i];
    if (!token || token.text === 'return') return false;
    return token.kind === 'name' || token.kind === 'number' || token.text === ')' || token.text === ']';
  }

  /** The edit that puts a text in the place of tokens. */
  put(from: number, to: number, text: string, cause: Cause, mistake: string): Edit {
    return { changes: [this.change(from, to, text)], cause, mistake };
  }

  /** Tokens `from` to `to` (not included) replaced; nothing but an insertion behind the token before where both are one. */
  change(from: number, to: number, text: string): Edit['changes'][number] {
    const isInsertion = from === to;
    // Closing and following text goes right behind what is there, opening text right before what comes.
    const isOpening = text === '(' || text === '-';
    const at = isOpening ? this.tokens[from]!.start : (this.tokens[from - 1]?.end ?? 0);
    return isInsertion
      ? { start: at, end: at, text }
      : { start: this.tokens[from]!.start, end: this.tokens[to - 1]!.end, text };
  }

  /** The text of tokens `from` to `to` (not included). */
  textOf(from: number, to: number): string {
    return this.#source.slice(this.tokens[from]!.start, this.tokens[to - 1]!.end);
  }
}

/** Tokens in the brackets of indices: those that open behind a name or another bracket. */
function indexTokens(tokens: readonly Token[]): Set<number> {
  const inside = new Set<number>();
  tokens.forEach(({ text }, i) => {
    const before = tokens[i - 1];
    const isIndex = text === '[' && before && (before.kind === 'name' || /^[\])]$/.test(before.text));
    if (isIndex && !/^(?:return|of|in)$/.test(before.text))
      for (let at = i + 1; at < closingOf(tokens, i); at++) inside.add(at);
  });
  return inside;
}

/** Tokens that stay: the list of parameters, the heads of loops, which might else never end, and new arrays, which might fill the memory. */
function frozenTokens(tokens: readonly Token[], language: Language): Set<number> {
  const frozen = new Set<number>();
  const freeze = (from: number, to: number): void => {
    for (let i = from; i <= to; i++) frozen.add(i);
  };
  if (language === 'python') {
    tokens.forEach(({ text }, i) => {
      if (text === 'def' || text === 'for' || text === 'lambda') freeze(i, headEnd(tokens, i));
      const isNewArray = /^(?:zeros|ones|empty)(?:_like)?$/.test(text) && tokens[i + 1]?.text === '(';
      if (isNewArray) freeze(tokens[i - 1]?.text === '.' ? i - 2 : i, closingOf(tokens, i + 1));
    });
    return frozen;
  }
  const first = tokens.findIndex(({ text }) => text === '(');
  const arrow = tokens.findIndex(({ text }) => text === '=>');
  if (arrow >= 0 && (first < 0 || arrow < first)) freeze(0, arrow);
  else if (first >= 0) freeze(0, closingOf(tokens, first));
  tokens.forEach(({ text }, i) => {
    if (text === 'for' || text === 'while') freeze(i, closingOf(tokens, i + 1));
    const isNewArray =
      text === 'new' && /Array$/.test(tokens[i + 1]?.text ?? '') && tokens[i + 2]?.text === '(';
    if (isNewArray) freeze(i, closingOf(tokens, i + 2));
    if (text === 'const' || text === 'let' || text === 'var') {
      const next = tokens[i + 1];
      if (next?.text === '[' || next?.text === '{') freeze(i, closingOf(tokens, i + 1));
    }
  });
  return frozen;
}

/** The colon at which the head of a `def` or `for` in Python ends. */
function headEnd(tokens: readonly Token[], from: number): number {
  let i = from;
  while (i < tokens.length - 1 && tokens[i]!.text !== ':') {
    i = /^[([{]$/.test(tokens[i]!.text) ? closingOf(tokens, i) + 1 : i + 1;
  }
  return i;
}

/** The names of the numbers that a function declares, also of those that it then forgets. */
function declaredIn(tokens: readonly Token[], language: Language): string[] {
  return tokens.flatMap(({ kind, text }, i) => {
    if (tokens[i + 1]?.text !== '=' || kind !== 'name') return [];
    const before = tokens[i - 1]?.text ?? '';
    const isDeclared = language === 'python' ? !/^[.,([]$/.test(before) : /^(?:const|let|var)$/.test(before);
    return isDeclared ? [text] : [];
  });
}

/** The names of a function's parameters. */
function parametersIn(tokens: readonly Token[]): string[] {
  const open = tokens.findIndex(({ text }) => text === '(');
  const arrow = tokens.findIndex(({ text }) => text === '=>');
  if (arrow === 1) return [tokens[0]!.text];
  if (open < 0) return [];
  return tokens
    .slice(open, closingOf(tokens, open))
    .flatMap(({ kind, text }, i, list) =>
      kind === 'name' && (list[i - 1]?.text === '(' || list[i - 1]?.text === ',') ? [text] : [],
    );
}
