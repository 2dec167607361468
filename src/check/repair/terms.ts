// Terms that are missing, and terms that should not be there.

import { MOST_NAMES, type CodeText } from './code-text.js';
import type { Edit } from './edits.js';

/** A term that is there and should not be. */
export function* superfluousTerms(code: CodeText): Generator<Edit> {
  for (const { from, to, text } of code.terms()) {
    const before = code.tokens[from - 1]?.text;
    const after = code.tokens[to]?.text;
    if (before === '+' || before === '-')
      yield code.put(from - 1, to, '', 'term-extra', `the term ${text} is too many`);
    else if (after === '+') yield code.put(from, to + 1, '', 'term-extra', `the term ${text} is too many`);
    else if (after === '-') yield code.put(from, to, '', 'term-extra', `the term ${text} is too many`);
  }
}

/** A term that should be there and is not. */
export function* missingTerms(code: CodeText): Generator<Edit> {
  const terms = new Set([...code.names, '1', ...code.known.terms, ...code.terms().map(({ text }) => text)]);
  for (const { to } of code.terms()) {
    for (const term of [...terms].slice(0, MOST_NAMES)) {
      yield code.put(to, to, ` + ${term}`, 'term-missing', `the term ${term} is missing`);
      yield code.put(to, to, ` - ${term}`, 'term-missing', `the term -${term} is missing`);
    }
  }
}
