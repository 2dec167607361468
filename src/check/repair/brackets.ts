// Brackets that are missing, stand elsewhere, or should not be there.

import { closingOf } from './tokens.js';
import type { CodeText } from './code-text.js';
import type { Edit } from './edits.js';

/** A pair of brackets that is missing, or stands elsewhere, or should not be there. */
export function* brackets(code: CodeText): Generator<Edit> {
  const cause = 'misplaced-parenthesis';
  for (const { from, to, text } of code.operands) {
    if (code.tokens[from]!.text !== '(' || closingOf(code.tokens, from) !== to - 1) continue;
    yield {
      changes: [code.change(from, from + 1, ''), code.change(to - 1, to, '')],
      ...{ cause, mistake: `the brackets of ${text} are too many` },
    };
    // The closing one further right: behind one operand more, or two.
    for (const end of code.endsBehind(to, 3)) {
      yield {
        changes: [code.change(to - 1, to, ''), code.change(end, end, ')')],
        ...{ cause, mistake: `a bracket closes too early: ${text}` },
      };
    }
    for (const inner of code.operands.filter((each) => each.from > from && each.to < to - 1)) {
      yield {
        changes: [code.change(inner.to, inner.to, ')'), code.change(to - 1, to, '')],
        ...{ cause, mistake: `a bracket closes too late: ${text}` },
      };
    }
  }
  for (const { from, to } of code.operands) {
    for (const end of code.endsBehind(to, 4)) {
      const text = code.textOf(from, end);
      yield {
        changes: [code.change(from, from, '('), code.change(end, end, ')')],
        ...{ cause, mistake: `brackets around ${text} are missing` },
      };
    }
  }
}
