// A judgement in words: each part with its mark, and the first one that is not right in full. No code of the reference is in it.

import type { Inputs } from '../../../exercises/index.js';
import type { Finding, NestedArray } from '../../index.js';
import { excerptOf } from '../check/problems.js';
import { headingOf } from '../check/view.js';
import type { Context } from '../context.js';
import type { Block } from '../document/block.js';
import type { PlacedJudgement, PlacedPart, PlacedProblem } from './child-task.js';

const DIGITS = 8;
const LONGEST = 400; // of values as text
const INLINE = 40; // of a call within a sentence

/** What is right and what is not. One thing at a time: details only of the first part that is not right. */
export function judgementView({ parts }: PlacedJudgement, path: string, context: Context): Block[] {
  const first = parts.find(({ verdict }) => verdict !== 'right');
  const facts = parts.map(
    (part) => [`${MARKS[part.verdict]} ${part.name}`, statusOf(part, context)] as const,
  );
  return [
    { kind: 'facts', facts },
    ...(first?.verdict === 'wrong' ? details(first, path, context) : []),
    ...(first ? [] : remarksOn(parts, context)),
  ];
}

const MARKS = { right: '✓', wrong: '✗', unfinished: '…' } as const;

function statusOf({ verdict, problems }: PlacedPart, { text }: Context): string {
  if (verdict === 'right') return text('exercise.check.part.right');
  const [problem] = problems;
  if (problem?.kind === 'todo') return text('exercise.check.part.todo', { what: problem.what });
  if (problem?.kind === 'not-exported') return text('exercise.check.part.missing');
  const isForwardRight = problem && ['backward', 'no-derivative', 'refused'].includes(problem.kind);
  return isForwardRight ? text('exercise.check.part.backward') : text('exercise.check.part.forward');
}

function details(part: PlacedPart, path: string, context: Context): Block[] {
  return part.problems.flatMap((problem, i) => [
    { kind: 'heading', text: headingFor(problem, part, context) },
    ...problemView(problem, part, context),
    ...whatWentIn(problem, part.problems[i + 1]),
    ...(problem.place ? [excerptOf(problem.place, path, context)] : []),
  ]);
}

/** What went into `check`; below the last of several findings at the same place. */
function whatWentIn(problem: PlacedProblem, next: PlacedProblem | undefined): Block[] {
  if (problem.kind !== 'backward') return [];
  const { inputs } = problem.finding;
  const isSame = next?.kind === 'backward' && JSON.stringify(next.finding.inputs) === JSON.stringify(inputs);
  return isSame ? [] : values(inputs);
}

/** Where it is wrong; and for a backward pass also what is, by the name that `check` has for it. */
function headingFor(problem: PlacedProblem, part: PlacedPart, context: Context): string {
  if (problem.kind !== 'backward')
    return `${part.name}: ${statusOf({ ...part, problems: [problem] }, context)}`;
  const { stage, cause } = problem.finding;
  const where = stage === null ? part.name : `${part.name}, ${stage}`;
  return `${where}: ${headingOf(cause, context.text)} [${cause}]`;
}

function remarksOn(parts: readonly PlacedPart[], { text }: Context): Block[] {
  const items = parts.flatMap(({ remarks }) => remarks.map(({ message }) => message));
  return items.length > 0 ? [{ kind: 'list', heading: text('exercise.check.remarks'), items }] : [];
}

function problemView(problem: PlacedProblem, part: PlacedPart, { text }: Context): Block[] {
  switch (problem.kind) {
    case 'todo':
      return [said(text('exercise.check.part.todo', { what: problem.what }))];
    case 'not-exported':
      return [said(text('exercise.problem.notExported', { name: problem.name }))];
    case 'throws': {
      const { error, inputs } = problem;
      if (inputs === null) return [said(text('exercise.problem.constructor', { name: part.name, error }))];
      return [said(text('exercise.problem.throws', { call: call(inputs), error })), ...given(inputs)];
    }
    case 'not-numeric': {
      const { found, inputs } = problem;
      return [said(text('exercise.problem.notNumeric', { call: call(inputs), found })), ...given(inputs)];
    }
    case 'forward-shape': {
      const { inputs, parameters } = problem;
      const [found, expected] = [shape(problem.found), shape(problem.expected)];
      const told = text('exercise.problem.shape', { call: call(inputs), found, expected });
      return [said(told), ...given(inputs, parameters)];
    }
    case 'forward-value': {
      const { index, inputs, parameters } = problem;
      const [found, expected] = [number(problem.found), number(problem.expected)];
      const told =
        index.length === 0
          ? text('exercise.problem.value', { call: call(inputs), found, expected })
          : text('exercise.problem.element', { call: call(inputs), index: shape(index), found, expected });
      return [said(told), ...given(inputs, parameters)];
    }
    case 'refused':
      return [said(problem.message)];
    case 'backward':
      return findingView(problem.finding, text);
    case 'no-derivative':
      return [said(text('exercise.problem.noDerivative', { slot: problem.slot }))];
  }
}

/** What `check` found, without the corrected formula: that would be the answer. */
function findingView(finding: Finding, text: Context['text']): Block[] {
  const { message, slot, index, expected, found } = finding;
  const where = `${slot ?? ''}${index?.length ? shape(index) : ''}`;
  const numbers =
    expected === null || found === null ? null : { found: number(found), expected: number(expected) };
  return [
    said(message),
    ...(numbers ? [said(text('exercise.problem.derivative', { slot: where, ...numbers }))] : []),
  ];
}

function said(text: string): Block {
  return { kind: 'text', text };
}

/** What went in, as far as the sentence does not say it. */
function given(inputs: Inputs, parameters: Readonly<Record<string, NestedArray>> = {}): Block[] {
  const isSaid = call(inputs) !== CALL;
  return values({ ...(isSaid ? {} : { [CALL.replaceAll('`', '')]: inputs }), ...parameters });
}

function values(numbers: Readonly<Record<string, NestedArray>>): Block[] {
  const facts = Object.entries(numbers).map(([name, value]) => [name, short(value)] as const);
  return facts.length > 0 ? [{ kind: 'facts', facts }] : [];
}

const CALL = '`forward(…)`';

/** `forward(0.3, 1)`; long arguments are left to `given`. */
function call(inputs: Inputs): string {
  const written = `\`forward(${inputs.map(short).join(', ')})\``;
  return written.length <= INLINE ? written : CALL;
}

function shape(lengths: readonly number[]): string {
  return `[${lengths.join(', ')}]`;
}

function short(value: NestedArray): string {
  const text = JSON.stringify(value, (_, x: unknown) => (typeof x === 'number' ? Number(number(x)) : x));
  const spaced = text.replaceAll(',', ', ');
  return spaced.length > LONGEST ? `${spaced.slice(0, LONGEST - 1)}…` : spaced;
}

/** A number as people read it. One that JSON has no number for comes as its name. */
function number(value: number | string): string {
  return typeof value === 'number' ? String(Number(value.toPrecision(DIGITS)) + 0) : value;
}
