// What a check found, as a document for the terminal and for the report.

import stringWidth from 'string-width';
import type { NestedArray, SlotResult } from '../../index.js';
import type { Context } from '../context.js';
import type { Block } from '../document/block.js';
import { catalogue, type TextKey } from '../texts/index.js';
import { excerptOf, nameOf, problemInWords, reasonInWords, skippedInWords, type Run } from './problems.js';
import type { Outcome } from './run-file.js';
import type { ExportResult, PlacedFinding, Skipped } from './task.js';

type Graded = PlacedFinding & { readonly of: ExportResult };

const MARKS = { error: '✗', doubt: '?', warning: '!', note: '·' } as const;
const TONES = { error: 'error', doubt: 'warning', warning: 'warning', note: 'note' } as const;
const LONGEST = 72; // characters of a value that went in

/** The whole document. `all`: with what was left out and what was printed. */
export function documentOf(outcome: Outcome, run: Run, all: boolean, context: Context): Block[] {
  const { exports, skipped, output, problem } = outcome;
  const findings = exports.flatMap((of) => of.findings.map((finding) => ({ ...finding, of })));
  const shown = findings.filter(({ severity }) => severity !== 'note');
  return [
    ...(problem?.kind === 'threw' && problem.partly ? partlyBlocks(outcome, run, context) : []),
    ...(exports.length > 0 ? [table(exports, context)] : []),
    ...shown.flatMap((finding, i) => findingBlocks(finding, shown.slice(0, i), run, context)),
    ...exports.flatMap((result) => reasonBlocks(result, run, context)),
    ...notes(
      exports,
      findings.filter(({ severity }) => severity === 'note'),
      context,
    ),
    ...(all && skipped.length > 0 ? [leftOut(skipped, context)] : []),
    ...(all && output.trim() !== '' ? printed(output, context) : []),
  ];
}

/** A line for each export: verdict, name, and where and what is wrong. */
export function linesOf({ exports }: Outcome, { path }: Run, { text }: Context): string {
  const words = exports.map(({ verdict }) => verdictInWords(verdict, text));
  const width = Math.max(0, ...words.map((word) => word.length));
  return exports
    .flatMap(({ name, findings }, i) => {
      const head = `${words[i]!.padEnd(width)}  ${name}`;
      const grave = findings.filter(({ severity }) => severity === 'error' || severity === 'doubt');
      if (grave.length === 0) return [head];
      return grave.map(({ cause, place }) => {
        const position = place ? `  ${nameOf(place.file, path)}:${place.line}:${place.column}` : '';
        return `${head}${position}  ${cause}`;
      });
    })
    .join('\n');
}

function table(exports: readonly ExportResult[], { text, width }: Context): Block {
  const rows = exports.map(({ name, verdict, slots }) => [
    name,
    `${VERDICT_MARKS[verdict]} ${verdictInWords(verdict, text)}`,
    slotsInWords(slots, text),
  ]);
  const taken = [0, 1].map((column) => Math.max(...rows.map((row) => stringWidth(row[column]!), 0)));
  const room = width - taken.reduce((sum, each) => sum + each, 0) - 3 * GAP;
  return {
    kind: 'table',
    head: [text('check.column.export'), text('check.column.verdict'), text('check.column.derivatives')],
    rows: rows.map(([name, verdict, slots]) => [name!, verdict!, shortened(slots!, Math.max(room, 20))]),
  };
}

const GAP = 2; // columns between the table's own, as terminal.ts has it
const VERDICT_MARKS = { right: '✓', wrong: '✗', 'cannot tell': '?', 'could not run': '?' } as const;

function shortened(text: string, room: number): string {
  return text.length > room ? `${text.slice(0, room - 1)}…` : text;
}

function verdictInWords(verdict: ExportResult['verdict'], text: Context['text']): string {
  switch (verdict) {
    case 'right':
      return text('check.verdict.right');
    case 'wrong':
      return text('check.verdict.wrong');
    case 'cannot tell':
      return text('check.verdict.cannotTell');
    case 'could not run':
      return text('check.verdict.couldNotRun');
  }
}

/** `w, b; wrong: x`. */
function slotsInWords(slots: readonly SlotResult[], text: Context['text']): string {
  const names = (outcome: SlotResult['outcome']): string =>
    slots.flatMap((slot) => (slot.outcome === outcome ? [slot.name] : [])).join(', ');
  const [right, wrong, unknown, missing] = [
    names('agrees'),
    names('differs'),
    names('unknown'),
    names('not given'),
  ];
  return [
    wrong && text('check.slots.wrong', { names: wrong }),
    right,
    unknown && text('check.slots.unknown', { names: unknown }),
    missing && text('check.slots.notGiven', { names: missing }),
  ]
    .filter((part) => part !== '')
    .join('; ');
}

function findingBlocks(finding: Graded, earlier: readonly Graded[], run: Run, context: Context): Block[] {
  const { text } = context;
  const { severity, cause, slot, stage, place, message, correction, inputs, of } = finding;
  const about = [
    of.name,
    ...(stage === null ? [] : [text('check.stage', { stage })]),
    ...(slot === null ? [] : [text('check.derivativeBy', { slot })]),
  ].join(', ');
  const title = `${MARKS[severity]} ${about}: ${headingOf(cause, text)} [${cause}]`;
  const same = earlier.find((other) => other.cause === cause && isSamePlace(other, finding));
  if (same) {
    return [
      { kind: 'heading', text: title },
      { kind: 'text', text: text('check.same', { name: same.of.name }) },
    ];
  }
  const wentIn = Object.entries(inputs).map(([name, value]) => `${name} = ${short(value)}`);
  const facts = [
    ...(correction === null ? [] : [[text('check.try'), correction] as const]),
    ...wentIn.map((value, i) => [i === 0 ? text('check.with') : '', value] as const),
  ];
  return [
    { kind: 'heading', text: title },
    ...(place
      ? [excerptOf(place, run.path, context, { note: comparison(finding, text), tone: TONES[severity] })]
      : []),
    { kind: 'text', text: message },
    ...(place || comparison(finding, text) === ''
      ? []
      : [{ kind: 'text', text: comparison(finding, text) } as const]),
    ...(facts.length > 0 ? [{ kind: 'facts', facts } as const] : []),
  ];
}

function isSamePlace(a: Graded, b: Graded): boolean {
  if (!a.place || !b.place) return false;
  return a.place.file === b.place.file && a.place.line === b.place.line && a.place.column === b.place.column;
}

/** A cause as a heading; one that has none goes by its identifier alone. */
export function headingOf(cause: string, text: Context['text']): string {
  const key = `cause.${cause}`;
  return Object.hasOwn(catalogue.en, key) ? (text as (key: TextKey) => string)(key as TextKey) : cause;
}

function comparison({ expected, found, slot, index }: PlacedFinding, text: Context['text']): string {
  if (expected === null || found === null) return '';
  const values = { expected: decimal(expected), found: decimal(found) };
  if (slot === null || !index || index.length === 0) return text('check.expected', values);
  return text('check.expectedAt', { ...values, element: `${slot}[${index.join(', ')}]` });
}

function reasonBlocks({ name, verdict, reason }: ExportResult, run: Run, context: Context): Block[] {
  if (verdict !== 'could not run' || reason === null) return [];
  const { text } = context;
  const place = 'place' in reason ? reason.place : null;
  return [
    { kind: 'heading', text: `${MARKS.doubt} ${name}: ${text('check.verdict.couldNotRun')}` },
    ...(place ? [excerptOf(place, run.path, context, { tone: 'warning' })] : []),
    { kind: 'text', text: reasonInWords(reason, context) },
  ];
}

function notes(exports: readonly ExportResult[], findings: readonly Graded[], { text }: Context): Block[] {
  const items = [
    ...exports.flatMap(({ name, construction }) =>
      construction === null ? [] : [text('check.made', { name, construction })],
    ),
    ...exports.flatMap(({ name, ignoredInputs }) => (ignoredInputs ? [text('check.ignored', { name })] : [])),
    ...exports.flatMap(({ name, chanceOfMiss }) =>
      chanceOfMiss > 0 ? [text('check.chance', { name, chance: decimal(chanceOfMiss, 1) })] : [],
    ),
    ...findings.map(({ of, message }) => `${of.name}: ${message}`),
  ];
  return items.length > 0 ? [{ kind: 'list', heading: text('check.notes'), items }] : [];
}

function leftOut(skipped: readonly Skipped[], context: Context): Block {
  return {
    kind: 'list',
    heading: context.text('check.skipped'),
    items: skipped.map((each) => skippedInWords(each, context)),
  };
}

function printed(output: string, { text }: Context): Block[] {
  return [
    { kind: 'heading', text: text('check.printed') },
    { kind: 'code', lines: output.trimEnd().split(/\r?\n/) },
  ];
}

function partlyBlocks({ problem }: Outcome, run: Run, context: Context): Block[] {
  if (problem?.kind !== 'threw') return [];
  const { message } = problemInWords(problem, run, context);
  return [
    { kind: 'heading', text: `${MARKS.warning} ${message}` },
    ...(problem.place ? [excerptOf(problem.place, run.path, context, { tone: 'warning' })] : []),
    { kind: 'text', text: context.text('check.partly') },
  ];
}

/** A number in so many significant digits. One that JSON has no number for came as its name. */
function decimal(value: number, digits = 8): string {
  return typeof value === 'number' ? String(Number(value.toPrecision(digits)) + 0) : String(value);
}

function short(value: NestedArray): string {
  const text = JSON.stringify(value, (_, x: unknown) =>
    typeof x === 'number' ? Number(x.toPrecision(4)) : x,
  );
  return shortened(text, LONGEST);
}
