// The text of a function, taken apart: tokens, and the operands that they form.

/** A part of a text. */
export interface Place {
  readonly start: number;
  readonly end: number;
}

/** A token, and where it stands in the text. */
export interface Token extends Place {
  readonly kind: 'name' | 'number' | 'sign' | 'text';
  readonly text: string;
}

/** The languages that learners write in. */
export type Language = 'javascript' | 'python';

const COMMENTS = { javascript: String.raw`\/\/.*|\/\*[\s\S]*?\*\/`, python: '#.*' };
const SIGNS = String.raw`>>>=|\.\.\.|===|!==|\*\*=|\/\/=|<<=|>>=|>>>|&&=|\|\|=|\?\?=|=>|==|!=|<=|>=|&&|\|\||\?\?|\?\.|\+\+|--|\+=|-=|\*=|\/=|@=|%=|\*\*|\/\/|<<|>>|[\s\S]`;

function patternOf(language: Language): RegExp {
  const parts = [
    String.raw`(?<space>\s+|${COMMENTS[language]})`,
    String.raw`(?<text>"""[\s\S]*?"""|'''[\s\S]*?'''|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|${'`'}(?:\\.|[^${'`'}\\])*${'`'})`,
    String.raw`(?<number>(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:e[+-]?\d+)?)`,
    String.raw`(?<name>#?[$_\p{L}][$_\p{L}\p{N}]*)`,
    `(?<sign>${SIGNS})`,
  ];
  return new RegExp(parts.join('|'), 'giuy');
}

const PATTERNS = { javascript: patternOf('javascript'), python: patternOf('python') };

/** The tokens of a text, without spaces and comments. A regular expression's are those of a division: nobody differentiates one. */
export function tokensOf(source: string, language: Language): Token[] {
  return [...source.matchAll(PATTERNS[language])].flatMap((match) => {
    const { space, ...groups } = match.groups as Readonly<
      Record<'space' | Token['kind'], string | undefined>
    >;
    if (space !== undefined) return [];
    const kind = (Object.keys(groups) as Token['kind'][]).find((name) => groups[name] !== undefined)!;
    return [{ kind, text: match[0], start: match.index, end: match.index + match[0].length }];
  });
}

/** A number, a name, a call or something in brackets, with all that hangs on it: `2`, `this.x[i]`, `Math.exp(-z)`, `(1 - a)`. */
export interface Operand {
  /** Numbers of its first token, and of the one after its last. */
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

const KEYWORDS = new Set(
  'await break case catch class const continue default delete do else export extends finally for function if import in instanceof let new of return super switch throw try typeof var void while yield async static get set and or not elif is lambda def pass'.split(
    ' ',
  ),
);
const OPENING = new Map([
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
]);

/** The number of the token that closes the bracket at `open`; the last token where none does. */
export function closingOf(tokens: readonly Token[], open: number): number {
  let depth = 0;
  for (let i = open; i < tokens.length; i++) {
    const { text } = tokens[i]!;
    if (OPENING.has(text)) depth++;
    else if (text === ')' || text === ']' || text === '}') depth--;
    if (depth === 0) return i;
  }
  return tokens.length - 1;
}

/** The operand that begins at a token, or null if none does. */
export function operandAt(source: string, tokens: readonly Token[], from: number): Operand | null {
  const first = tokens[from]!;
  const before = tokens[from - 1];
  if (before?.text === '.' || before?.text === '?.' || before?.text === 'new') return null;
  let at = from + 1;
  if (first.text === '(') {
    // Behind a name or a bracket it is a call; behind `if` and the like it is no operand; before `=>` it lists parameters.
    if (before && (before.kind === 'name' || before.text === ')' || before.text === ']')) {
      if (!/^(?:return|and|or|not|else)$/.test(before.text)) return null;
    }
    at = closingOf(tokens, from) + 1;
    if (tokens[at]?.text === '=>') return null;
  } else if (first.kind === 'name') {
    if (KEYWORDS.has(first.text) || tokens[at]?.text === ':' || tokens[at]?.text === '=>') return null;
  } else if (first.kind !== 'number') {
    return null;
  }
  for (;;) {
    const { text } = tokens[at] ?? { text: '' };
    if (text === '.' || text === '?.') at += 2;
    else if ((text === '(' || text === '[') && first.kind !== 'number') at = closingOf(tokens, at) + 1;
    else break;
  }
  return { from, to: at, text: source.slice(first.start, tokens[at - 1]!.end) };
}

/** The whole lines that a part of a text lies in. */
export function linesAround(source: string, { start, end }: Place): Place {
  const after = source.indexOf('\n', end);
  return { start: source.lastIndexOf('\n', start - 1) + 1, end: after < 0 ? source.length : after };
}
