// Operands: another number, another name, another function in the place of one.

import { closingOf } from './tokens.js';
import type { CodeText } from './code-text.js';
import type { Edit } from './edits.js';

/** `a` for `1 - a`, `a` for `a²`, and the other way round. */
export function* complements(code: CodeText): Generator<Edit> {
  for (const operand of code.operands) {
    const { from, to, text } = operand;
    const inside = /^\(\s*1\s*[-+]\s*([\s\S]*)\)$/.exec(text)?.[1];
    if (inside !== undefined)
      yield code.put(from, to, `(${inside})`, 'wrong-factor', `${text} stands where ${inside} belongs`);
    if (/^[\d.]/.test(text)) continue;
    for (const by of [
      `(1 - ${text})`,
      `(1 + ${text})`,
      `(1 - ${text} * ${text})`,
      `(${text} * (1 - ${text}))`,
    ])
      yield code.put(from, to, by, 'wrong-factor', `${text} stands where ${by} belongs`);
    yield code.put(
      from,
      to,
      `(${text} * ${text})`,
      'factor-missing',
      `${text} is there once and belongs there twice`,
    );
  }
}

/** Another number in the place of one. */
export function* numbers(code: CodeText): Generator<Edit> {
  for (const { from, to, text } of code.operands) {
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
        yield code.put(
          from,
          to,
          by < 0 ? `(${by})` : String(by),
          'wrong-factor',
          `${text} stands where ${by} belongs`,
        );
  }
}

/** A name in the place of a number. */
export function* namesForNumbers(code: CodeText): Generator<Edit> {
  for (const { from, to, text } of code.operands) {
    if (!/^[\d.]/.test(text)) continue;
    for (const by of code.names)
      yield code.put(from, to, by, 'wrong-factor', `${text} stands where ${by} belongs`);
  }
}

/** Another operand of the function in the place of one. */
export function* otherOperands(code: CodeText): Generator<Edit> {
  for (const { from, to, text } of code.operands) {
    for (const by of code.names)
      if (by !== text) yield code.put(from, to, by, 'wrong-factor', `${text} stands where ${by} belongs`);
  }
  yield* otherFields(code);
  yield* otherIndices(code);
  // a - b for b - a.
  for (const left of code.operands) {
    const sign = code.tokens[left.to]?.text ?? '';
    const right = code.operands.find(({ from }) => from === left.to + 1);
    if (!right || (sign !== '-' && sign !== '/')) continue;
    const cause = sign === '-' ? 'term-sign-flipped' : 'inverted-factor';
    const by = `${right.text} ${sign} ${left.text}`;
    yield code.put(
      left.from,
      right.to,
      by,
      cause,
      `${left.text} ${sign} ${right.text} stands where ${by} belongs`,
    );
  }
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

/** Another function in the place of one, or none, or one around what has none. */
export function* otherFunctions(code: CodeText): Generator<Edit> {
  for (const [i, { text }] of code.tokens.entries()) {
    if (code.tokens[i + 1]?.text !== '(') continue;
    for (const by of FUNCTIONS[text] ?? [])
      yield code.put(i, i + 1, by, 'wrong-factor', `${text} stands where ${by} belongs`);
  }
  // A call that should not be there: its argument alone.
  for (const { from, to, text } of code.operands) {
    const inside = /^[\w.$]+\(([\s\S]*)\)$/.exec(text)?.[1];
    if (inside === undefined) continue;
    const isTurned = isTransposing(/^[\w.$]+/.exec(text)![0]);
    const cause = isTurned ? 'factor-not-transposed' : 'wrong-factor';
    yield code.put(from, to, `(${inside})`, cause, `${text} stands where ${inside} belongs`);
  }
  yield* functionsAround(code);
}

/** `a[i][j]` for `a[j][i]`: in one place, or in all that have the same indices. */
function* otherIndices(code: CodeText): Generator<Edit> {
  const places = code.tokens.flatMap(({ text }, i) => {
    if (text !== '[' || !code.endsOperand(i - 1)) return [];
    const close = closingOf(code.tokens, i);
    if (code.tokens[close + 1]?.text !== '[') return [];
    const end = closingOf(code.tokens, close + 1) + 1;
    const [one, other] = [code.textOf(i, close + 1), code.textOf(close + 1, end)];
    const mistake = `the indices ${one}${other} have changed places`;
    return [{ edit: code.put(i, end, `${other}${one}`, 'transposed', mistake), indices: `${one}${other}` }];
  });
  yield* places.map(({ edit }) => edit);
  const chains = code.indexChains();
  for (const { from, to, text } of chains) {
    for (const by of new Set([...chains.map((chain) => chain.text), ...code.known.indices]))
      if (by !== text) yield code.put(from, to, by, 'wrong-place', `${text} stands where ${by} belongs`);
  }
  for (const indices of new Set(places.map((place) => place.indices))) {
    const alike = places.filter((place) => place.indices === indices).map(({ edit }) => edit);
    if (alike.length > 1) yield { ...alike[0]!, changes: alike.flatMap(({ changes }) => changes) };
  }
}

/** `this.out[i]` for `this.points[i]`: another thing that is kept. */
function* otherFields(code: CodeText): Generator<Edit> {
  for (const { from, to, text } of code.operands) {
    const [, owner, field, rest] = /^(this|self|cache|ctx|memo)\.(\w+)(.*)$/s.exec(text) ?? [];
    if (field === undefined || !code.known.fields.includes(field)) continue;
    for (const other of code.known.fields) {
      const by = `${owner}.${other}${rest}`;
      if (other !== field) yield code.put(from, to, by, 'wrong-factor', `${text} stands where ${by} belongs`);
    }
  }
}

/** `t(A)` for `A`: a function of one argument that the code has elsewhere. */
function* functionsAround(code: CodeText): Generator<Edit> {
  const callees = code.operands.flatMap(
    ({ text }) => /^([\p{L}_$][\w$]*)\([^(),]+\)$/u.exec(text)?.[1] ?? [],
  );
  for (const callee of new Set(callees)) {
    const cause = isTransposing(callee) ? 'factor-not-transposed' : 'wrong-factor';
    for (const { from, to, text } of code.operands) {
      if (/^[\d.]/.test(text) || text.startsWith(`${callee}(`)) continue;
      const by = `${callee}(${text})`;
      yield code.put(from, to, by, cause, `${text} stands where ${by} belongs`);
    }
  }
}

function isTransposing(callee: string): boolean {
  return /^t[r]?$|transpose|swapaxes/i.test(callee);
}
