// Where loops begin: one element too early, or too late.

import type { CodeText } from './code-text.js';
import type { Edit } from './edits.js';

/** `let k = 1` for `let k = 2` in the head of a loop, and `range(1, n)` for `range(2, n)`. */
export function* loopStarts(code: CodeText): Generator<Edit> {
  for (const [i, { kind, text, start }] of code.tokens.entries()) {
    const before = code.tokens[i - 1]?.text;
    const isStart =
      code.isFrozen(i) && kind === 'number' && (before === '=' || (before === '(' && isRange(code, i)));
    if (!isStart || !Number.isInteger(Number(text))) continue;
    for (const by of [Number(text) - 1, Number(text) + 1]) {
      if (by < 0) continue;
      const cause = by < Number(text) ? 'term-missing' : 'term-extra';
      const change = { start, end: start + text.length, text: String(by) };
      yield { changes: [change], cause, mistake: `a loop begins at ${text} where it must begin at ${by}` };
    }
  }
}

/** Whether a token is the first of two that a range lies between. */
function isRange(code: CodeText, i: number): boolean {
  return code.tokens[i - 2]?.text === 'range' && code.tokens[i + 1]?.text === ',';
}
