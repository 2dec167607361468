// A learner's text compiled, run, and checked or judged; where that happens, a host says.

import { exercises, judge, type Code, type Problem } from '../../exercises/index.js';
import { ChainruleError, check, type Finding, type NestedArray } from '../../src/index.js';
import { compile, SourceError } from './learner.js';
import { lineOf, lineOfName, lineOfStack, type Placing } from './place.js';
import { subjectsIn, type Subject } from './subjects.js';
import type { Outcome, Phase, PlacedFinding, PlacedJudgement, PlacedProblem, Result, Task } from './task.js';

/** Where a module is run. */
export interface Host {
  /** Runs a module; the promise of its exports rejects with what it throws. */
  load(code: string): Promise<{ readonly url: string; readonly namespace: Promise<object> }>;
  /** The address of the library. */
  readonly library: string;
  /** Lines that were printed; it grows. */
  readonly printed: readonly string[];
  enter(phase: Phase): void;
}

/** Does a task. Whatever the learner's code does, this resolves, if it comes to an end at all. */
export async function run(task: Task, host: Host): Promise<Outcome> {
  let compiled: ReturnType<typeof compile>;
  try {
    compiled = compile(task.source, host.library);
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    const { kind, message, line } = error;
    return kind === 'syntax' ? { kind, message, line } : { kind, specifier: message, line };
  }
  const inputs = task.kind === 'check' ? readInputs(task.inputs) : null;
  if (typeof inputs === 'string') return { kind: 'inputs', message: inputs };
  host.enter('running');
  const { url, namespace } = await host.load(compiled.code);
  const placing: Placing = { ...compiled, url };
  let exports: Readonly<Record<string, unknown>>;
  try {
    exports = { ...(await namespace) };
  } catch (error) {
    const line = lineOfStack(error instanceof Error ? (error.stack ?? null) : null, url);
    return { kind: 'threw', message: inWords(error), line, printed: [...host.printed] };
  }
  host.enter('checking');
  if (task.kind === 'exercise') {
    const exercise = exercises.find(({ name }) => name === task.name);
    if (!exercise) throw new Error(`check: there is no exercise ${task.name}`);
    const judgement = withLines(judge(exercise, exports as Code), placing);
    return { kind: 'judged', judgement, printed: [...host.printed] };
  }
  const results = subjectsIn(exports, task.source).map((subject) => resultOf(subject, inputs, placing));
  return { kind: 'checked', results, printed: [...host.printed] };
}

/**
 * What was typed as a list of arguments; null for nothing, and a sentence where it is no such list.
 *
 * @example
 * readInputs('[0.5, -1], 1'); // [[0.5, -1], 1]
 */
export function readInputs(text: string): readonly NestedArray[] | null | string {
  if (text.trim() === '') return null;
  try {
    const values = JSON.parse(`[${text}]`) as unknown[];
    return values.every(isNumeric) ? (values as NestedArray[]) : text;
  } catch {
    return text;
  }
}

function isNumeric(value: unknown): boolean {
  return typeof value === 'number' || (Array.isArray(value) && value.every(isNumeric));
}

function resultOf(subject: Subject, inputs: readonly NestedArray[] | null, placing: Placing): Result {
  const { name } = subject;
  if (subject.kind === 'unmade') return { kind: 'unmade', name, line: lineOfName(name, placing.program) };
  const refused = (error: unknown): Result => {
    const stack = error instanceof Error ? (error.stack ?? null) : null;
    const line = lineOfStack(stack, placing.url) ?? lineOfName(name, placing.program);
    const message = error instanceof ChainruleError ? error.message : inWords(error);
    if (/^check: no inputs were given/.test(message))
      return { kind: 'no-inputs', name, error: /it ended in (.*)$/s.exec(message)?.[1] ?? null, line };
    return { kind: 'refused', name, message, line };
  };
  try {
    const value = subject.kind === 'class' ? subject.make() : subject.value;
    const report = check(value, { name, ...(inputs && { inputs }) });
    const findings = report.findings.map((finding) => placed(finding, value, placing));
    return { kind: 'report', name, verdict: report.verdict, slots: report.slots, findings };
  } catch (error) {
    return refused(error);
  }
}

function placed(finding: Finding, subject: unknown, placing: Placing): PlacedFinding {
  return { ...finding, stack: null, line: lineOf(finding, subject, placing) };
}

/** A judgement for a learner: with lines, and without the corrected formulas, which are the answer. */
function withLines(judgement: ReturnType<typeof judge>, placing: Placing): PlacedJudgement {
  const withLine = (problem: Problem): PlacedProblem => {
    if (problem.kind === 'backward') {
      const { finding, subject } = problem;
      const line = lineOf(finding, subject, placing);
      return { kind: 'backward', finding: { ...finding, correction: null, stack: null }, line };
    }
    const line =
      problem.kind === 'throws'
        ? lineOfStack(problem.stack, placing.url)
        : problem.kind === 'todo'
          ? lineOfHole(problem.what, placing.code)
          : null;
    return { ...problem, ...(problem.kind === 'throws' && { stack: null }), line };
  };
  const parts = judgement.parts.map((part) => ({ ...part, problems: part.problems.map(withLine) }));
  return { ...judgement, parts };
}

function lineOfHole(what: string, code: string): number | null {
  const index = code.split('\n').findIndex((line) => line.includes(`TODO: ${what}`));
  return index < 0 ? null : index + 1;
}

function inWords(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
