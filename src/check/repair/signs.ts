// Signs: a minus for a plus, a division for a product, < for >, = for +=.

import type { CodeText } from './code-text.js';
import type { Edit } from './edits.js';

/** `+` for `-` and the other way round, `*` for `/`. */
export function* signs(code: CodeText): Generator<Edit> {
  for (const [i, { text }] of code.tokens.entries()) {
    if (code.isFrozen(i)) continue;
    const isBinary = code.endsOperand(i - 1);
    if (isBinary && (text === '+' || text === '-')) {
      const by = text === '+' ? '-' : '+';
      yield code.put(i, i + 1, by, 'term-sign-flipped', `${text} stands where ${by} belongs`);
    }
    if (isBinary && (text === '*' || text === '/')) {
      const by = text === '*' ? '/' : '*';
      yield code.put(i, i + 1, by, 'inverted-factor', `${text} stands where ${by} belongs`);
    }
    if (!isBinary && text === '-') yield code.put(i, i + 1, '', 'sign-flipped', 'there is a minus too many');
  }
  for (const { from, text } of code.operands) {
    const before = code.tokens[from - 1]?.text ?? '';
    const begins = /^(?:[(,=?:[]|return|=>|[-+]=)$/.test(before);
    if (begins) yield code.put(from, from, '-', 'sign-flipped', `a minus is missing before ${text}`);
  }
}

/** What stands, what belongs there, and the mistake. A plain `=` counts where something has been assigned before. */
const ASSIGNMENTS = [
  ['=', '+=', 'overwritten-where-used-twice'],
  ['=', '-=', 'overwritten-where-used-twice'],
  ['+=', '-=', 'term-sign-flipped'],
  ['-=', '+=', 'term-sign-flipped'],
  ['+=', '=', 'factor-extra'],
  ['*=', '/=', 'inverted-factor'],
  ['/=', '*=', 'inverted-factor'],
] as const;

/** `=` where `+=` belongs, and the like. */
export function* assignments(code: CodeText): Generator<Edit> {
  for (const [i, { text }] of code.tokens.entries()) {
    if (code.isFrozen(i) || (text === '=' && !isAssignedAgain(code, i))) continue;
    for (const [sign, by, cause] of ASSIGNMENTS) {
      if (sign === text) yield code.put(i, i + 1, by, cause, `${sign} stands where ${by} belongs`);
    }
  }
}

/** Whether an assignment is to an element of an array, or to what an earlier one was to. */
function isAssignedAgain(code: CodeText, i: number): boolean {
  const [target, before] = [code.tokens[i - 1]?.text, code.tokens[i - 2]?.text];
  if (target === ']') return true;
  const isDeclaration = before === 'const' || before === 'let' || before === 'var';
  return (
    !isDeclaration &&
    code.tokens.some(({ text }, j) => j < i - 1 && text === target && code.tokens[j + 1]?.text === '=')
  );
}

const OPPOSITES: Readonly<Record<string, readonly string[]>> = {
  ...{ '>': ['<', '<='], '<': ['>', '>='], '>=': ['<', '<='], '<=': ['>', '>='] },
  ...{ '===': ['!=='], '!==': ['==='], '==': ['!='], '!=': ['=='], '&&': ['||'], '||': ['&&'] },
};

/** `<` for `>`, and the like. */
export function* comparisons(code: CodeText): Generator<Edit> {
  for (const [i, { text }] of code.tokens.entries()) {
    if (code.isFrozen(i)) continue;
    for (const by of OPPOSITES[text] ?? [])
      yield code.put(i, i + 1, by, 'mask-inverted', `${text} stands where ${by} belongs`);
  }
}
