// NumPy's matrices, which Python writes with signs of their own.

import type { CodeText } from './code-text.js';
import type { Edit } from './edits.js';
import { closingOf } from './tokens.js';

/** NumPy's matrices: one that is not transposed, factors in the wrong order, a sum over the batch that is missing. */
export function* matrices(code: CodeText): Generator<Edit> {
  if (code.language !== 'python') return;
  for (const { from, to, text } of code.operands) {
    if (/^[\d.]/.test(text)) continue;
    const turned = text.endsWith('.T') ? text.slice(0, -2) : `${text}.T`;
    yield code.put(from, to, turned, 'factor-not-transposed', `${text} stands where ${turned} belongs`);
    for (const call of ['.sum(axis=0)', '.sum(axis=0, keepdims=True)', '.sum(axis=1, keepdims=True)']) {
      const summed = `${text}${call}`;
      yield code.put(from, to, summed, 'not-summed-over-batch', `${text} stands where ${summed} belongs`);
    }
  }
  yield* sumsOfAll(code);
  yield* axesOfAll(code);
  for (const [i, { text }] of code.tokens.entries()) {
    if (code.isFrozen(i) || (text !== '@' && text !== '*')) continue;
    if (!code.endsOperand(i - 1)) continue;
    const by = text === '@' ? '*' : '@';
    yield code.put(i, i + 1, by, 'wrong-factor', `${text} stands where ${by} belongs`);
  }
  for (const left of code.operands) {
    const right =
      code.tokens[left.to]?.text === '@' && code.operands.find(({ from }) => from === left.to + 1);
    if (!right) continue;
    const turned = [right, left].map(({ text }) => (text.endsWith('.T') ? text.slice(0, -2) : `${text}.T`));
    for (const by of [`${right.text} @ ${left.text}`, turned.join(' @ ')])
      yield code.put(
        left.from,
        right.to,
        by,
        'transposed',
        `${left.text} @ ${right.text} stands where ${by} belongs`,
      );
  }
}

/** `np.sum(x, axis=1)` for `np.sum(x)`: a sum of all numbers where each row, or each column, has its own. */
function* sumsOfAll(code: CodeText): Generator<Edit> {
  for (const [i, { text }] of code.tokens.entries()) {
    if (!/^(?:sum|mean)$/.test(text) || code.tokens[i - 1]?.text !== '.' || code.tokens[i + 1]?.text !== '(')
      continue;
    const close = closingOf(code.tokens, i + 1);
    const inside = close > i + 2 ? code.textOf(i + 2, close) : '';
    if (/\baxis\b/.test(inside)) continue;
    for (const axis of ['axis=0', 'axis=1', 'axis=-1, keepdims=True', 'axis=0, keepdims=True']) {
      const mistake = `the ${text} goes over everything, and ${axis} is missing`;
      yield code.put(close, close, inside === '' ? axis : `, ${axis}`, 'summed-too-far', mistake);
    }
  }
}

/** `axis=1` for `axis=0` in all lines at once: who mistakes rows for columns does so everywhere. */
function* axesOfAll(code: CodeText): Generator<Edit> {
  const axes = code.tokens.flatMap(({ kind, text }, i) =>
    kind === 'number' && code.tokens[i - 1]?.text === '=' && code.tokens[i - 2]?.text === 'axis'
      ? [{ i, text }]
      : [],
  );
  for (const [from, to] of [
    ['0', '1'],
    ['1', '0'],
  ] as const) {
    const alike = axes.filter(({ text }) => text === from);
    // All of them, or all but one: a sum over the batch may be right.
    const sets =
      alike.length > 1
        ? [alike, ...alike.map((one) => alike.filter((each) => each !== one)), ...pairs(alike)]
        : [];
    for (const set of sets) {
      const changes = set.map(({ i }) => code.change(i, i + 1, to));
      yield {
        changes,
        cause: 'summed-over-wrong-axis',
        mistake: `axis=${from} stands where axis=${to} belongs`,
      };
    }
  }
}

/** Neighbours in a list. */
function pairs<T>(list: readonly T[]): T[][] {
  return list.slice(1).map((each, i) => [list[i]!, each]);
}
