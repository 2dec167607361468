// Small changes to the text of a backward pass, each of which undoes one mistake that people make.

import type { Cause } from '../hypotheses/index.js';
import { closingOf, operandAt, tokensOf, type Language, type Operand, type Token } from './tokens.js';

/** A change to a text. */
export interface Edit {
  /** What stands in the place of which part, in order. */
  readonly changes: readonly { readonly start: number; readonly end: number; readonly text: string }[];
  /** The mistake that it undoes. */
  readonly cause: Cause;
  /** That mistake in words: `the factor x is missing`. */
  readonly mistake: string;
}

/** A text with an edit carried out. */
export function edited(source: string, { changes }: Edit): string {
  return changes
    .toReversed()
    .reduce((text, { start, end, text: by }) => text.slice(0, start) + by + text.slice(end), source);
}

/** All edits of a function's text, the plainest first. */
export function* editsOf(source: string, language: Language): Generator<Edit> {
  const code = new CodeText(source, language);
  yield* code.signs();
  yield* code.superfluousFactors();
  yield* code.assignments();
  yield* code.comparisons();
  yield* code.matrices();
  yield* code.complements();
  yield* code.numbers();
  yield* code.otherOperands();
  yield* code.functions();
  yield* code.missingFactors();
  yield* code.superfluousTerms();
  yield* code.brackets();
  yield* code.missingTerms();
}

/** What other functions people take in the place of one. */
const FUNCTIONS: Readonly<Record<string, readonly string[]>> = {
  ...{ max: ['min'], min: ['max'], sin: ['cos'], cos: ['sin'], exp: ['log', 'expm1'], log: ['exp', 'log1p'] },
  ...{
    sinh: ['cosh'],
    cosh: ['sinh'],
    floor: ['ceil'],
    sqrt: ['abs'],
    abs: ['sign'],
    sign: ['abs'],
    log1p: ['log'],
  },
};
const OPPOSITES: Readonly<Record<string, readonly string[]>> = {
  ...{ '>': ['<', '<='], '<': ['>', '>='], '>=': ['<', '<='], '<=': ['>', '>='] },
  ...{ '===': ['!=='], '!==': ['==='], '==': ['!='], '!=': ['=='], '&&': ['||'], '||': ['&&'] },
};
const MOST_OPERANDS = 40; // different ones; the rest of a long function is left alone

const MOST_TO_COMPOSE = 12;

/** What the derivatives of the usual functions look like. */
function formsOf(x: string, library: 'Math' | 'np'): string[] {
  const calls = ['exp', 'log', 'sqrt', 'sin', 'cos', 'tanh', 'sign'].map(
    (name) => `${library}.${name}(${x})`,
  );
  return [
    `(1 - ${x} * ${x})`,
    `(${x} * ${x})`,
    ...calls,
    `${library}.exp(-${x})`,
    `(1 + ${library}.exp(-${x}))`,
    `(1 + ${library}.exp(${x}))`,
  ];
}

class CodeText {
  readonly #source: string;
  readonly #language: Language;
  readonly #tokens: readonly Token[];
  /** Operands whose value is used: not what is assigned to, nor what loops count by. */
  readonly #operands: readonly Operand[];
  /** Their texts, without numbers and without what is long. */
  readonly #names: readonly string[];

  constructor(source: string, language: Language) {
    this.#source = source;
    this.#language = language;
    this.#tokens = tokensOf(source, language);
    const isFrozen = frozenTokens(this.#tokens, language);
    const all = this.#tokens.flatMap((_, i) =>
      isFrozen.has(i) ? [] : (operandAt(source, this.#tokens, i) ?? []),
    );
    this.#operands = all.filter(
      ({ to }) => !/^(?:[-+*/%]|\*\*)?=$|^(?:\+\+|--|of|in)$/.test(this.#tokens[to]?.text ?? ''),
    );
    const texts = this.#operands
      .map(({ text }) => text)
      .filter((text) => !/^[\d.(]/.test(text) && text.length <= 40);
    this.#names = [
      ...new Set([...parametersIn(this.#tokens), ...declaredIn(this.#tokens, language), ...texts]),
    ].slice(0, MOST_OPERANDS);
    this.#isFrozen = isFrozen;
  }
  readonly #isFrozen: ReadonlySet<number>;

  /** `+` for `-` and the other way round, `*` for `/`. */
  *signs(): Generator<Edit> {
    for (const [i, { text }] of this.#tokens.entries()) {
      if (this.#isFrozen.has(i)) continue;
      const isBinary = this.#endsOperand(i - 1);
      if (isBinary && (text === '+' || text === '-')) {
        const by = text === '+' ? '-' : '+';
        yield this.#put(i, i + 1, by, 'term-sign-flipped', `${text} stands where ${by} belongs`);
      }
      if (isBinary && (text === '*' || text === '/')) {
        const by = text === '*' ? '/' : '*';
        yield this.#put(i, i + 1, by, 'inverted-factor', `${text} stands where ${by} belongs`);
      }
      if (!isBinary && text === '-')
        yield this.#put(i, i + 1, '', 'sign-flipped', 'there is a minus too many');
    }
    for (const { from, text } of this.#operands) {
      const before = this.#tokens[from - 1]?.text ?? '';
      const begins = /^(?:[(,=?:[]|return|=>|[-+]=)$/.test(before);
      if (begins) yield this.#put(from, from, '-', 'sign-flipped', `a minus is missing before ${text}`);
    }
  }

  /** A factor that is there and should not be. */
  *superfluousFactors(): Generator<Edit> {
    for (const { from, to, text } of this.#operands) {
      const [before, after] = [this.#tokens[from - 1]?.text, this.#tokens[to]?.text];
      if (before === '*') yield this.#put(from - 1, to, '', 'factor-extra', `the factor ${text} is too many`);
      if (before === '/')
        yield this.#put(from - 1, to, '', 'factor-extra', `the division by ${text} is too many`);
      if (before === '**') yield this.#put(from - 1, to, '', 'factor-extra', `the power ${text} is too many`);
      if (before !== '*' && before !== '/' && after === '*')
        yield this.#put(from, to + 1, '', 'factor-extra', `the factor ${text} is too many`);
    }
  }

  /** `=` where `+=` belongs, and the like. */
  *assignments(): Generator<Edit> {
    for (const [i, { text }] of this.#tokens.entries()) {
      if (this.#isFrozen.has(i)) continue;
      if (text === '=' && this.#tokens[i - 1]?.text === ']') {
        yield this.#put(
          i,
          i + 1,
          '+=',
          'overwritten-where-used-twice',
          'a value is overwritten where contributions add up',
        );
        yield this.#put(
          i,
          i + 1,
          '-=',
          'overwritten-where-used-twice',
          'a value is overwritten where contributions add up',
        );
      }
      if (text === '+=') yield this.#put(i, i + 1, '-=', 'term-sign-flipped', '+= stands where -= belongs');
      if (text === '-=') yield this.#put(i, i + 1, '+=', 'term-sign-flipped', '-= stands where += belongs');
      if (text === '+=') yield this.#put(i, i + 1, '=', 'factor-extra', '+= stands where = belongs');
      if (text === '*=') yield this.#put(i, i + 1, '/=', 'inverted-factor', '*= stands where /= belongs');
      if (text === '/=') yield this.#put(i, i + 1, '*=', 'inverted-factor', '/= stands where *= belongs');
    }
  }

  *comparisons(): Generator<Edit> {
    for (const [i, { text }] of this.#tokens.entries()) {
      if (this.#isFrozen.has(i)) continue;
      for (const by of OPPOSITES[text] ?? [])
        yield this.#put(i, i + 1, by, 'mask-inverted', `${text} stands where ${by} belongs`);
    }
  }

  /** NumPy's matrices: one that is not transposed, factors in the wrong order, a sum over the batch that is missing. */
  *matrices(): Generator<Edit> {
    if (this.#language !== 'python') return;
    for (const { from, to, text } of this.#operands) {
      if (/^[\d.]/.test(text)) continue;
      const turned = text.endsWith('.T') ? text.slice(0, -2) : `${text}.T`;
      yield this.#put(from, to, turned, 'factor-not-transposed', `${text} stands where ${turned} belongs`);
      for (const call of ['.sum(axis=0)', '.sum(axis=0, keepdims=True)', '.sum(axis=1, keepdims=True)']) {
        const summed = `${text}${call}`;
        yield this.#put(from, to, summed, 'not-summed-over-batch', `${text} stands where ${summed} belongs`);
      }
    }
    for (const [i, { text }] of this.#tokens.entries()) {
      if (this.#isFrozen.has(i) || (text !== '@' && text !== '*')) continue;
      if (!this.#endsOperand(i - 1)) continue;
      const by = text === '@' ? '*' : '@';
      yield this.#put(i, i + 1, by, 'wrong-factor', `${text} stands where ${by} belongs`);
    }
    for (const left of this.#operands) {
      const right =
        this.#tokens[left.to]?.text === '@' && this.#operands.find(({ from }) => from === left.to + 1);
      if (!right) continue;
      const turned = [right, left].map(({ text }) => (text.endsWith('.T') ? text.slice(0, -2) : `${text}.T`));
      for (const by of [`${right.text} @ ${left.text}`, turned.join(' @ ')])
        yield this.#put(
          left.from,
          right.to,
          by,
          'transposed',
          `${left.text} @ ${right.text} stands where ${by} belongs`,
        );
    }
  }

  /** `a` for `1 - a`, `a` for `a²`, and the other way round. */
  *complements(): Generator<Edit> {
    for (const operand of this.#operands) {
      const { from, to, text } = operand;
      const inside = /^\(\s*1\s*[-+]\s*([\s\S]*)\)$/.exec(text)?.[1];
      if (inside !== undefined)
        yield this.#put(from, to, `(${inside})`, 'wrong-factor', `${text} stands where ${inside} belongs`);
      if (/^[\d.]/.test(text)) continue;
      for (const by of [
        `(1 - ${text})`,
        `(1 + ${text})`,
        `(1 - ${text} * ${text})`,
        `(${text} * (1 - ${text}))`,
      ])
        yield this.#put(from, to, by, 'wrong-factor', `${text} stands where ${by} belongs`);
      yield this.#put(
        from,
        to,
        `(${text} * ${text})`,
        'factor-missing',
        `${text} is there once and belongs there twice`,
      );
    }
  }

  /** Another operand of the function in the place of one. */
  *otherOperands(): Generator<Edit> {
    for (const { from, to, text } of this.#operands) {
      for (const by of this.#names)
        if (by !== text) yield this.#put(from, to, by, 'wrong-factor', `${text} stands where ${by} belongs`);
    }
    // a[i][j] for a[j][i], a - b for b - a.
    for (const [i, { text }] of this.#tokens.entries()) {
      if (text !== '[' || !this.#endsOperand(i - 1)) continue;
      const close = closingOf(this.#tokens, i);
      if (this.#tokens[close + 1]?.text !== '[') continue;
      const second = closingOf(this.#tokens, close + 1);
      const [one, other] = [this.#textOf(i, close + 1), this.#textOf(close + 1, second + 1)];
      yield this.#put(
        i,
        second + 1,
        `${other}${one}`,
        'transposed',
        `the indices ${one}${other} have changed places`,
      );
    }
    for (const left of this.#operands) {
      const sign = this.#tokens[left.to]?.text ?? '';
      const right = this.#operands.find(({ from }) => from === left.to + 1);
      if (!right || (sign !== '-' && sign !== '/')) continue;
      const cause = sign === '-' ? 'term-sign-flipped' : 'inverted-factor';
      const by = `${right.text} ${sign} ${left.text}`;
      yield this.#put(
        left.from,
        right.to,
        by,
        cause,
        `${left.text} ${sign} ${right.text} stands where ${by} belongs`,
      );
    }
  }

  *numbers(): Generator<Edit> {
    for (const { from, to, text } of this.#operands) {
      const value = Number(text);
      if (!/^[\d.]/.test(text) || !Number.isFinite(value)) continue;
      const others = [
        0,
        1,
        2,
        3,
        0.5,
        -value,
        2 * value,
        value / 2,
        value + 1,
        value - 1,
        1 / value,
        value ** 2,
      ];
      for (const by of new Set(others))
        if (by !== value && Number.isFinite(by))
          yield this.#put(
            from,
            to,
            by < 0 ? `(${by})` : String(by),
            'wrong-factor',
            `${text} stands where ${by} belongs`,
          );
      for (const by of this.#names)
        yield this.#put(from, to, by, 'wrong-factor', `${text} stands where ${by} belongs`);
    }
  }

  *functions(): Generator<Edit> {
    for (const [i, { text }] of this.#tokens.entries()) {
      if (this.#tokens[i + 1]?.text !== '(') continue;
      for (const by of FUNCTIONS[text] ?? [])
        yield this.#put(i, i + 1, by, 'wrong-factor', `${text} stands where ${by} belongs`);
    }
    // A call that should not be there: its argument alone.
    for (const { from, to, text } of this.#operands) {
      const inside = /^[\w.$]+\(([\s\S]*)\)$/.exec(text)?.[1];
      if (inside !== undefined)
        yield this.#put(from, to, `(${inside})`, 'wrong-factor', `${text} stands where ${inside} belongs`);
    }
  }

  *missingFactors(): Generator<Edit> {
    const plain = [...this.#names, ...this.#names.map((name) => `(1 - ${name})`), '2', '0.5'];
    const library = this.#language === 'python' ? 'np' : 'Math';
    const composed = this.#names.slice(0, MOST_TO_COMPOSE).flatMap((name) => formsOf(name, library));
    for (const factors of [plain, composed]) {
      for (const { to, text } of this.#operands) {
        if (this.#tokens[to]?.text === '**') continue;
        for (const factor of factors) {
          const [times, over] = [`the factor ${factor} is missing`, `the division by ${factor} is missing`];
          yield this.#put(to, to, ` * ${factor}`, 'factor-missing', `behind ${text}, ${times}`);
          yield this.#put(to, to, ` / ${factor}`, 'factor-missing', `behind ${text}, ${over}`);
        }
      }
    }
  }

  /** A term that is there and should not be. */
  *superfluousTerms(): Generator<Edit> {
    for (const { from, to, text } of this.#terms()) {
      const before = this.#tokens[from - 1]?.text;
      const after = this.#tokens[to]?.text;
      if (before === '+' || before === '-')
        yield this.#put(from - 1, to, '', 'term-extra', `the term ${text} is too many`);
      else if (after === '+') yield this.#put(from, to + 1, '', 'term-extra', `the term ${text} is too many`);
      else if (after === '-') yield this.#put(from, to, '', 'term-extra', `the term ${text} is too many`);
    }
  }

  *missingTerms(): Generator<Edit> {
    const terms = new Set([...this.#names, '1', ...this.#terms().map(({ text }) => text)]);
    for (const { to } of this.#terms()) {
      for (const term of [...terms].slice(0, MOST_OPERANDS)) {
        yield this.#put(to, to, ` + ${term}`, 'term-missing', `the term ${term} is missing`);
        yield this.#put(to, to, ` - ${term}`, 'term-missing', `the term -${term} is missing`);
      }
    }
  }

  /** A pair of brackets that is missing, or stands elsewhere, or should not be there. */
  *brackets(): Generator<Edit> {
    const cause = 'misplaced-parenthesis';
    for (const { from, to, text } of this.#operands) {
      if (this.#tokens[from]!.text !== '(' || closingOf(this.#tokens, from) !== to - 1) continue;
      yield {
        changes: [this.#change(from, from + 1, ''), this.#change(to - 1, to, '')],
        ...{ cause, mistake: `the brackets of ${text} are too many` },
      };
      // The closing one further right: behind one operand more, or two.
      for (const end of this.#endsBehind(to, 3)) {
        yield {
          changes: [this.#change(to - 1, to, ''), this.#change(end, end, ')')],
          ...{ cause, mistake: `a bracket closes too early: ${text}` },
        };
      }
      for (const inner of this.#operands.filter((each) => each.from > from && each.to < to - 1)) {
        yield {
          changes: [this.#change(inner.to, inner.to, ')'), this.#change(to - 1, to, '')],
          ...{ cause, mistake: `a bracket closes too late: ${text}` },
        };
      }
    }
    for (const { from, to } of this.#operands) {
      for (const end of this.#endsBehind(to, 4)) {
        const text = this.#textOf(from, end);
        yield {
          changes: [this.#change(from, from, '('), this.#change(end, end, ')')],
          ...{ cause, mistake: `brackets around ${text} are missing` },
        };
      }
    }
  }

  /** Where the operands end that follow, joined by signs. */
  #endsBehind(to: number, most: number): number[] {
    const ends: number[] = [];
    for (let at = to; ends.length < most; at = ends.at(-1)!) {
      if (!/^(?:[-+*/%]|\*\*)$/.test(this.#tokens[at]?.text ?? '')) break;
      const next = this.#operands.find(({ from }) => from === at + 1);
      if (!next) break;
      ends.push(next.to);
    }
    return ends;
  }

  /** Runs of operands that are multiplied or divided. */
  #terms(): Operand[] {
    return this.#operands.flatMap(({ from, to, text }): Operand[] => {
      if (/^(?:[*/%]|\*\*)$/.test(this.#tokens[from - 1]?.text ?? '')) return [];
      let end = to;
      while (/^(?:[*/%]|\*\*)$/.test(this.#tokens[end]?.text ?? '')) {
        const next = this.#operands.find((each) => each.from === end + 1);
        if (!next) break;
        end = next.to;
      }
      return [{ from, to: end, text: end === to ? text : this.#textOf(from, end) }];
    });
  }

  #endsOperand(i: number): boolean {
    const token = this.#tokens[i];
    if (!token || token.text === 'return') return false;
    return token.kind === 'name' || token.kind === 'number' || token.text === ')' || token.text === ']';
  }

  #put(from: number, to: number, text: string, cause: Cause, mistake: string): Edit {
    return { changes: [this.#change(from, to, text)], cause, mistake };
  }

  /** Tokens `from` to `to` (not included) replaced; nothing but an insertion behind the token before where both are one. */
  #change(from: number, to: number, text: string): Edit['changes'][number] {
    const isInsertion = from === to;
    // Closing and following text goes right behind what is there, opening text right before what comes.
    const isOpening = text === '(' || text === '-';
    const at = isOpening ? this.#tokens[from]!.start : (this.#tokens[from - 1]?.end ?? 0);
    return isInsertion
      ? { start: at, end: at, text }
      : { start: this.#tokens[from]!.start, end: this.#tokens[to - 1]!.end, text };
  }

  #textOf(from: number, to: number): string {
    return this.#source.slice(this.#tokens[from]!.start, this.#tokens[to - 1]!.end);
  }
}

/** Tokens that stay: the list of parameters, and the heads of loops, which might else never end. */
function frozenTokens(tokens: readonly Token[], language: Language): Set<number> {
  const frozen = new Set<number>();
  const freeze = (from: number, to: number): void => {
    for (let i = from; i <= to; i++) frozen.add(i);
  };
  if (language === 'python') {
    tokens.forEach(({ text }, i) => {
      if (text === 'def' || text === 'for' || text === 'lambda') freeze(i, headEnd(tokens, i));
    });
    return frozen;
  }
  const first = tokens.findIndex(({ text }) => text === '(');
  const arrow = tokens.findIndex(({ text }) => text === '=>');
  if (arrow >= 0 && (first < 0 || arrow < first)) freeze(0, arrow);
  else if (first >= 0) freeze(0, closingOf(tokens, first));
  tokens.forEach(({ text }, i) => {
    if (text === 'for' || text === 'while') freeze(i, closingOf(tokens, i + 1));
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
