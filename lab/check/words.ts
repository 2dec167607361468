// What came of a run, in words: a verdict, a row for each thing that was checked, and what is to be said about the code.

import type { Inputs } from '../../exercises/index.js';
import type { NestedArray } from '../../src/index.js';
import { show } from '../format.js';
import { nameOfCause, type Translate } from '../texts/check/index.js';
import {
  LIMIT,
  type Ended,
  type Line,
  type PlacedFinding,
  type PlacedPart,
  type PlacedProblem,
  type Result,
} from './task.js';

/** How something came out: `unsure` where it could not be told. */
export type Tone = 'right' | 'wrong' | 'unsure';

/** The whole in a word. */
export interface Headline {
  readonly tone: Tone;
  readonly title: string;
}

/** One thing that was checked. */
export interface Row {
  readonly name: string;
  readonly tone: Tone;
  readonly status: string;
  /** The derivatives by inputs and parameters. */
  readonly slots: readonly { readonly name: string; readonly tone: Tone; readonly status: string }[];
}

/** Something that is said about the code. */
export interface Remark {
  readonly heading: string;
  /** The library's name for it, which tools and the command line use too; null where it has none. */
  readonly cause: string | null;
  readonly tone: 'wrong' | 'warning';
  readonly line: Line;
  readonly message: string | null;
  /** The part of heading or message that the library or JavaScript says, which speak English; null for none. */
  readonly english: string | null;
  readonly correction: string | null;
  readonly numbers: { readonly where: string; readonly expected: string; readonly found: string } | null;
  /** What went in, by name. */
  readonly inputs: readonly (readonly [name: string, value: string])[];
}

/** Something said about a line of the text, from 1, for the editor to show there. */
export interface Mark {
  readonly line: number;
  readonly text: string;
  readonly isWarning: boolean;
}

/** The verdict on everything. */
export function headlineOf(ended: Ended, t: Translate): Headline {
  switch (ended.kind) {
    case 'checked': {
      const tones = ended.results.map(toneOf);
      if (tones.length === 0) return { tone: 'unsure', title: t('verdict.failed') };
      if (tones.includes('wrong')) return { tone: 'wrong', title: t('verdict.wrong') };
      if (!tones.includes('unsure')) return { tone: 'right', title: t('verdict.right') };
      const isTold = ended.results.some(({ kind }) => kind === 'report');
      return { tone: 'unsure', title: t(isTold ? 'verdict.cannot tell' : 'verdict.failed') };
    }
    case 'judged': {
      const { verdict } = ended.judgement;
      if (verdict === 'right') return { tone: 'right', title: t('verdict.solved') };
      return { tone: verdict === 'wrong' ? 'wrong' : 'unsure', title: t(`verdict.${verdict}`) };
    }
    case 'stopped':
      return { tone: 'unsure', title: t('stopped') };
    default:
      return { tone: 'unsure', title: t('verdict.failed') };
  }
}

/** A row for each thing that was checked. */
export function rowsOf(ended: Ended, t: Translate): Row[] {
  if (ended.kind === 'checked') return ended.results.map((result) => rowOf(result, t));
  if (ended.kind !== 'judged') return [];
  return ended.judgement.parts.map((part) => {
    const tone = part.verdict === 'unfinished' ? 'unsure' : part.verdict;
    return { name: part.name, tone, status: statusOf(part, t), slots: [] };
  });
}

/** All that is said, the gravest first; of an exercise only about the first part that is not right. */
export function remarksOf(ended: Ended, t: Translate): Remark[] {
  const quoting = (key: 'syntax' | 'threw' | 'broke', message: string, line: Line): Remark =>
    remark({ heading: t(key, { message }), english: message, line });
  switch (ended.kind) {
    case 'checked':
      if (ended.results.length === 0) return [remark({ heading: t('nothing') })];
      return ended.results.flatMap((result) => remarksOn(result, t));
    case 'judged': {
      const { parts } = ended.judgement;
      const first = parts.find(({ verdict }) => verdict !== 'right');
      if (first) return first.problems.map((problem) => ofProblem(problem, t));
      return parts.flatMap(({ remarks }) => remarks.map((each) => ofFinding({ ...each, line: null }, t)));
    }
    case 'syntax':
      return [quoting('syntax', ended.message, ended.line)];
    case 'import':
      return [remark({ heading: t('import', { name: ended.specifier }), line: ended.line })];
    case 'threw':
      return [quoting('threw', ended.message, ended.line)];
    case 'inputs':
      return [remark({ heading: t('badInputs', { example: '[0.5, -1], 1', text: ended.message }) })];
    case 'time':
      return [remark({ heading: t(`time.${ended.phase}`, { seconds: LIMIT }), line: ended.line })];
    case 'memory':
      return [remark({ heading: t('memory'), line: ended.line })];
    case 'broke':
      return [quoting('broke', ended.message, null)];
    case 'stopped':
      return [];
  }
}

/** What is said about lines, for the editor. */
export function marksOf(remarks: readonly Remark[]): Mark[] {
  return remarks.flatMap(({ line, heading, tone }) =>
    line === null ? [] : [{ line, text: heading, isWarning: tone === 'warning' }],
  );
}

function remark(parts: Partial<Remark> & Pick<Remark, 'heading'>): Remark {
  return {
    ...{ cause: null, tone: 'wrong', line: null, message: null, english: null },
    ...{ correction: null, numbers: null, inputs: [], ...parts },
  };
}

function toneOf(result: Result): Tone {
  if (result.kind !== 'report') return 'unsure';
  return result.verdict === 'cannot tell' ? 'unsure' : result.verdict;
}

function rowOf(result: Result, t: Translate): Row {
  const { name } = result;
  if (result.kind !== 'report') return { name, tone: 'unsure', status: t('verdict.failed'), slots: [] };
  const slots = result.slots.map((slot) => {
    const tone = ({ agrees: 'right', differs: 'wrong' } as const)[slot.outcome as 'agrees'] ?? 'unsure';
    return { name: slot.name, tone, status: t(`slot.${slot.outcome}`) };
  });
  return { name, tone: toneOf(result), status: t(`verdict.${result.verdict}`), slots };
}

function remarksOn(result: Result, t: Translate): Remark[] {
  const { name } = result;
  switch (result.kind) {
    case 'report':
      return result.findings.map((finding) => ofFinding(finding, t));
    case 'no-inputs': {
      const message = result.error === null ? null : t('noInputs.error', { error: result.error });
      return [
        remark({ heading: t('noInputs', { name }), message, english: result.error, line: result.line }),
      ];
    }
    case 'unmade':
      return [remark({ heading: t('unmade', { name }), line: result.line })];
    case 'refused':
      return [
        remark({
          heading: t('refused', { name }),
          message: result.message,
          english: result.message,
          line: result.line,
        }),
      ];
  }
}

function ofFinding(finding: PlacedFinding, t: Translate): Remark {
  const { cause, severity, stage, slot, index, expected, found, message, correction, inputs, line } = finding;
  const heading = nameOfCause(cause, t);
  const where = `${slot ?? ''}${index?.length ? `[${index.join(', ')}]` : ''}`;
  return {
    heading: stage === null ? heading : `${stage}: ${heading}`,
    ...{ cause, line, message, correction, english: message },
    tone: severity === 'error' || severity === 'doubt' ? 'wrong' : 'warning',
    numbers:
      expected === null || found === null
        ? null
        : { where, expected: show(expected, 8), found: show(found, 8) },
    inputs: Object.entries(inputs).map(([name, value]) => [name, shown(value)] as const),
  };
}

function statusOf({ verdict, problems }: PlacedPart, t: Translate): string {
  if (verdict === 'right') return t('part.right');
  const [problem] = problems;
  if (problem?.kind === 'todo') return t('part.todo', { what: problem.what });
  if (problem?.kind === 'not-exported') return t('part.missing');
  const isForwardRight = problem && ['backward', 'no-derivative', 'refused'].includes(problem.kind);
  return t(isForwardRight ? 'part.backward' : 'part.forward');
}

function ofProblem(problem: PlacedProblem, t: Translate): Remark {
  const { line } = problem;
  switch (problem.kind) {
    case 'backward':
      return { ...ofFinding({ ...problem.finding, line }, t), correction: null };
    case 'refused':
      return remark({
        heading: t('part.backward'),
        message: problem.message,
        english: problem.message,
        line,
      });
    case 'todo':
      return remark({ heading: t('part.todo', { what: problem.what }), tone: 'warning', line });
    case 'not-exported':
      return remark({ heading: t('problem.notExported', { name: problem.name }), line });
    case 'no-derivative':
      return remark({ heading: t('problem.noDerivative', { slot: problem.slot }), line });
    case 'throws': {
      const { error, inputs } = problem;
      const heading =
        inputs === null
          ? t('problem.constructor', { error })
          : t('problem.throws', { call: call(inputs), error });
      return remark({ heading, english: error, line });
    }
    case 'not-numeric': {
      const { found, inputs } = problem;
      return remark({
        heading: t('problem.notNumeric', { call: call(inputs), found }),
        english: found,
        line,
      });
    }
    case 'forward-shape': {
      const [found, expected] = [problem.found, problem.expected].map((each) => `[${each.join(', ')}]`);
      const heading = t('problem.shape', { call: call(problem.inputs), found: found!, expected: expected! });
      return remark({ heading, line, inputs: parametersOf(problem) });
    }
    case 'forward-value': {
      const [found, expected] = [show(problem.found, 8), show(problem.expected, 8)];
      const values = { call: call(problem.inputs), found, expected, index: `[${problem.index.join(', ')}]` };
      const heading = t(problem.index.length === 0 ? 'problem.value' : 'problem.element', values);
      return remark({ heading, line, inputs: parametersOf(problem) });
    }
  }
}

function parametersOf({
  parameters,
}: {
  readonly parameters: Readonly<Record<string, NestedArray>>;
}): Remark['inputs'] {
  return Object.entries(parameters).map(([name, value]) => [name, shown(value)] as const);
}

function call(inputs: Inputs): string {
  return `forward(${inputs.map(shown).join(', ')})`;
}

const LONGEST = 160; // characters of a value that went in

function shown(value: NestedArray): string {
  const text = show(value, 6);
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}
