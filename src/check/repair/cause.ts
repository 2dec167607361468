// The name of the mistake that an edit undoes, where what is replaced by what tells more than the kind of the edit.

import type { Evidence } from '../evidence.js';
import type { Cause } from '../hypotheses/index.js';
import { attempt, hasSameNumbers } from '../hypotheses/match.js';
import { isUpstream, parameterNames } from '../specimen/signature.js';
import type { Edit } from './edits.js';
import { closingOf, tokensOf } from './tokens.js';

/** An edit of one place: what stands there, what belongs there, and the signs around it. */
interface Swap {
  readonly found: string;
  readonly by: string;
  readonly before: string;
  readonly after: string;
  /** Whether it stands in the brackets of an index. */
  readonly isIndex: boolean;
}

/** The mistake that an edit undoes. */
export function causeOf(edit: Edit, source: string, evidence: Evidence): Cause {
  if (edit.changes.length !== 1) return edit.cause;
  const swap = swapOf(edit.changes[0]!, source);
  if (swap.isIndex) return 'wrong-place';
  if (!GENERAL.has(edit.cause)) return edit.cause;
  const [missing, extra] = [addedTo(swap.found, swap.by), addedTo(swap.by, swap.found)];
  const factor = factorIn(missing ?? extra ?? '');
  if (factor && missing !== null && reachesAnother(factor, source.slice(edit.changes[0]!.end)))
    return 'misplaced-parenthesis';
  if (factor) return causeOfFactor(factor, missing !== null, evidence) ?? edit.cause;
  return causeOfSwap(swap, evidence) ?? edit.cause;
}

/** Kinds of edits that say little: the others have a name of their own. */
const GENERAL: ReadonlySet<Cause> = new Set(['factor-missing', 'factor-extra', 'wrong-factor']);

interface Factor {
  readonly sign: string;
  readonly text: string;
}

/** Whether the same factor stands further on in the line, behind another term of the sum: it should reach both. */
function reachesAnother({ sign, text }: Factor, rest: string): boolean {
  const line = rest.slice(0, /[;\n]|$/.exec(rest)!.index).replace(/[)\]}\s]+$/, '');
  const at = line.search(/[-+]/);
  return at >= 0 && line.slice(at).replaceAll(' ', '').endsWith(`${sign}${text}`.replaceAll(' ', ''));
}

/** What stands behind a text, or around it, in a longer one; null where it is not in it so. */
function addedTo(text: string, longer: string): string | null {
  if (text === '') return longer;
  const whole = `(${text})`;
  return longer.startsWith(`${whole} `) ? longer.slice(whole.length).trim() : null;
}

/** What is multiplied or divided by: `* x`, `/ n`, or `x *`. */
function factorIn(text: string): Factor | null {
  const behind = /^([*/])\s*(.+)$/s.exec(text);
  if (behind) return { sign: behind[1]!, text: behind[2]! };
  const ahead = /^(.+?)\s*\*$/s.exec(text);
  return ahead && { sign: '*', text: ahead[1]! };
}

function causeOfFactor({ sign, text }: Factor, isMissing: boolean, evidence: Evidence): Cause | null {
  if (isUpstreamOf(text, evidence) && sign === '*') return isMissing ? 'upstream-missing' : 'upstream-twice';
  if (isCount(text))
    return (sign === '/') === isMissing ? 'summed-instead-of-averaged' : 'averaged-instead-of-summed';
  return isNumber(text) ? 'constant-factor' : null;
}

function causeOfSwap({ found, by, before, after }: Swap, evidence: Evidence): Cause | null {
  if (/\b(?:axis|dim)\s*=\s*$/.test(before)) return 'summed-over-wrong-axis';
  if (isOtherElement(found, by)) return 'wrong-place';
  const isCompared = COMPARISON.test(before) || COMPARISON.test(after);
  if (isCompared) return isUpstreamOf(found, evidence) ? 'mask-of-upstream' : null;
  if (isUpstreamOf(by, evidence) && !isUpstreamOf(found, evidence)) return 'upstream-missing';
  const isEpsilon = isNumber(found) && Number(found) < 0.1 && Number(by) === 0 && /^[-+,]$/.test(before);
  if (isEpsilon) return 'epsilon-too-large';
  if (insideAbs(found) === bare(by)) return 'absolute-value';
  if (bare(by).startsWith(`${found} *`)) return 'factor-missing';
  const isFactor = /^[*/]$/.test(before) || /^[*/]$/.test(after);
  if (isFactor && isNumber(found) && isNumber(by)) return 'constant-factor';
  const [stands, belongs] = [found, by].map((text) => whatIs(text, evidence));
  if (stands === 'output' && belongs !== 'output') return 'taken-at-output';
  return stands === 'input' && belongs === 'output' ? 'taken-at-input' : null;
}

/** What an absolute value is taken of; null where the text is none. */
function insideAbs(text: string): string | null {
  return /^(?:[\w$]+\.)?(?:f?abs|absolute)\((.*)\)$/s.exec(text)?.[1] ?? null;
}

/** A text without the brackets around it. */
function bare(text: string): string {
  const tokens = tokensOf(text, 'javascript');
  const isBracketed = tokens[0]?.text === '(' && closingOf(tokens, 0) === tokens.length - 1;
  return isBracketed ? text.slice(1, -1) : text;
}

/** Whether two texts are elements of one array. */
function isOtherElement(found: string, by: string): boolean {
  const [of, other] = [found, by].map((text) => /^([^[]+)\[.*\]$/.exec(text)?.[1]);
  return of !== undefined && of === other;
}

const COMPARISON = /^(?:[<>]=?|[!=]==?)$/;

function isNumber(text: string): boolean {
  return /^\(?-?[\d.]+(?:e-?\d+)?\)?$/.test(text);
}

/** Whether a text is the number of samples or elements. */
function isCount(text: string): boolean {
  return /^(?:n|m|N|M|B|batch\w*|count|num_?\w*|n_?(?:samples|batch)|size|rows|cols|columns|features|width|dim|D|length|len\([^()]*\))$|\.(?:length|size|shape\[0\])$/.test(
    text.replace(/^(?:this|self)\./, ''),
  );
}

/** Whether a text is, or is an element of, what backward is given from the part behind. */
function isUpstreamOf(text: string, { specimen }: Evidence): boolean {
  const name = /^[\p{L}_$][\p{L}\p{N}_$]*(?=$|[[.])/u.exec(text)?.[0];
  return (
    name !== undefined &&
    parameterNames(specimen.source!.code).some((each) => each === name && isUpstream(each))
  );
}

/** Whether a name is that of the result or of an input, among what forward keeps. */
function whatIs(text: string, evidence: Evidence): 'input' | 'output' | null {
  const name = /^(?:\w+\.)*([\p{L}_$][\p{L}\p{N}_$]*)(?=$|\[)/u.exec(text)?.[1];
  const [first] = evidence.observations;
  if (name === undefined || !first) return null;
  const kept = attempt(() => evidence.keptAt(first, 'forward')) ?? new Map<string, never>();
  const inputs = new Map(evidence.specimen.inputNames.map((each, i) => [each, first.inputs[i]!]));
  const value = inputs.get(name) ?? [...kept].find(([path]) => path.split('.').at(-1) === name)?.[1];
  if (!value) return null;
  if (hasSameNumbers(value, first.output)) return 'output';
  return [...inputs.values()].some((input) => hasSameNumbers(value, input)) ? 'input' : null;
}

function swapOf({ start, end, text }: Edit['changes'][number], source: string): Swap {
  const [left, right] = [source.slice(0, start), source.slice(end)];
  return {
    found: source.slice(start, end).trim(),
    by: text.trim(),
    before: /(\b(?:axis|dim)\s*=\s*|[<>!=]=*|[-+*/%[(,])\s*$/.exec(left)?.[1] ?? '',
    after: /^\s*([<>!=]=*|[-+*/%\])])/.exec(right)?.[1] ?? '',
    isIndex: isInIndex(left),
  };
}

/** Whether a text ends inside the brackets of an index: behind a name or another bracket. */
function isInIndex(text: string): boolean {
  let depth = 0;
  for (let i = text.length - 1; i >= 0; i--) {
    const character = text[i]!;
    if (character === ']' || character === ')') depth++;
    else if (character === '(' || character === '[') {
      if (depth-- === 0) return character === '[' && /[\p{L}\p{N}_$\])]/u.test(text[i - 1] ?? '');
    } else if (depth === 0 && /[;{}\n]/.test(character)) return false;
  }
  return false;
}
