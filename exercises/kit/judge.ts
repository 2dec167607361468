// Judging an answer: forward against the reference's values, backward by `check`. What it says never holds the reference's code.

import {
  ChainruleError,
  check,
  ValueError,
  type Finding,
  type NestedArray,
  type Report,
} from '../../src/index.js';
import type { Code, Exercise, Inputs, Trial } from './exercise.js';
import { callForward, differenceOf, publicNumbers, readResult, type Numbers } from './forward.js';

/** What is wrong with a part, or still missing. */
export type Problem =
  /** The file does not export a class of the skeleton. */
  | { readonly kind: 'not-exported'; readonly name: string }
  /** A hole throws its TODO. */
  | { readonly kind: 'todo'; readonly what: string }
  /** The constructor or forward throws. `inputs` is null for the constructor. */
  | {
      readonly kind: 'throws';
      readonly error: string;
      readonly inputs: Inputs | null;
      /** The error's own; for whoever wants to show the line. */
      readonly stack: string | null;
    }
  /** forward returned something without numbers. */
  | { readonly kind: 'not-numeric'; readonly found: string; readonly inputs: Inputs }
  | {
      readonly kind: 'forward-shape';
      readonly expected: readonly number[];
      readonly found: readonly number[];
      readonly inputs: Inputs;
      readonly parameters: Numbers;
    }
  | {
      readonly kind: 'forward-value';
      /** The first element that differs; empty for a single number. */
      readonly index: readonly number[];
      readonly expected: number;
      readonly found: number;
      readonly inputs: Inputs;
      readonly parameters: Numbers;
    }
  /** Why `check` cannot check it: there is no backward, say. */
  | { readonly kind: 'refused'; readonly message: string }
  /** What `check` says of the backward pass, and the object that it checked: for whoever wants to show the line. */
  | { readonly kind: 'backward'; readonly finding: Finding; readonly subject: object }
  /** backward gives no derivative by an input or parameter. */
  | { readonly kind: 'no-derivative'; readonly slot: string };

/** `unfinished`: nothing is wrong so far, but a hole is left. */
export type JudgementVerdict = 'right' | 'wrong' | 'unfinished';

/** How one trial went. */
export interface PartJudgement {
  readonly name: string;
  readonly verdict: JudgementVerdict;
  readonly problems: readonly Problem[];
  /** What `check` remarks of code that is right, and not of the reference: an overflow at the edges, say. */
  readonly remarks: readonly Finding[];
}

/** How an answer was judged. */
export interface Judgement {
  readonly exercise: string;
  readonly verdict: JudgementVerdict;
  readonly parts: readonly PartJudgement[];
}

/**
 * Judges an answer to an exercise: every trial in its order, forward first. A wrong forward is told with the input, the value
 * expected and the one found; a wrong backward with `check`'s finding. Throws a `ValueError` if an answer
 * passes where the reference itself does not.
 *
 * @example
 * const [chainRule] = exercises;
 * judge(chainRule, chainRule.reference).verdict; // 'right'
 */
export function judge(exercise: Exercise, answer: Code): Judgement {
  const parts = exercise.trials.map((trial): PartJudgement => {
    const { problems, remarks } = attempt(exercise, trial, answer);
    const isLeft = problems.length > 0 && problems.every(({ kind }) => kind === 'todo');
    return {
      name: trial.name,
      verdict: problems.length === 0 ? 'right' : isLeft ? 'unfinished' : 'wrong',
      problems,
      remarks,
    };
  });
  const verdicts = parts.map(({ verdict }) => verdict);
  return {
    exercise: exercise.name,
    verdict: verdicts.includes('wrong') ? 'wrong' : verdicts.includes('unfinished') ? 'unfinished' : 'right',
    parts,
  };
}

interface Outcome {
  readonly problems: readonly Problem[];
  readonly remarks: readonly Finding[];
}

function attempt(exercise: Exercise, trial: Trial, answer: Code): Outcome {
  const make = trial.make ?? ((code: Code) => new (code[trial.name] as new () => object)());
  const references = [make(exercise.reference), make(exercise.reference)] as const;
  let subjects: readonly [object, object];
  try {
    subjects = [make(withoutGaps(answer)), make(answer)];
  } catch (error) {
    return only(problemOf(error, null));
  }
  for (const inputs of [...trial.inputs, ...(trial.edges ?? [])]) {
    const problem = compareForward(subjects[0], references[0], inputs);
    if (problem) return only(problem);
  }
  return checkBackward(exercise, trial, subjects[1], references[1]);
}

function only(problem: Problem): Outcome {
  return { problems: [problem], remarks: [] };
}

/** The learner's exports; asking for one that is missing says so. */
function withoutGaps(answer: Code): Code {
  return new Proxy(answer, {
    get(exports, name) {
      if (typeof name === 'string' && exports[name] === undefined) throw new NotExported(name);
      return exports[name as string];
    },
  });
}

class NotExported extends Error {}

function problemOf(error: unknown, inputs: Inputs | null): Problem {
  if (error instanceof NotExported) return { kind: 'not-exported', name: error.message };
  const text = error instanceof Error ? error.message : String(error);
  const hole = holeIn(text);
  if (hole !== null) return { kind: 'todo', what: hole };
  if (!(error instanceof Error)) return { kind: 'throws', error: text, inputs, stack: null };
  return { kind: 'throws', error: `${error.name}: ${text}`, inputs, stack: error.stack ?? null };
}

/** What is still to be filled in, if a message is that of a hole. */
function holeIn(message: string): string | null {
  return /\bTODO:?\s*(.*)/.exec(message)?.[1] ?? null;
}

function compareForward(subject: object, reference: object, inputs: Inputs): Problem | null {
  const parameters = publicNumbers(reference);
  const right = callForward(reference, inputs);
  const expected = readResult(right, right);
  if (!expected) throw new ValueError('exercise: the reference’s forward returned something without numbers');
  let result: unknown;
  try {
    result = callForward(subject, inputs);
  } catch (error) {
    return problemOf(error, inputs);
  }
  const found = readResult(result, right);
  if (!found) return { kind: 'not-numeric', found: describe(result), inputs };
  if (String(found.shape) !== String(expected.shape)) {
    return { kind: 'forward-shape', expected: expected.shape, found: found.shape, inputs, parameters };
  }
  const difference = differenceOf(found, expected);
  return difference && { kind: 'forward-value', ...difference, inputs, parameters };
}

function checkBackward(exercise: Exercise, trial: Trial, subject: object, reference: object): Outcome {
  const remarks: Finding[] = [];
  for (const inputs of trial.inputs) {
    let report: Report;
    try {
      report = check(subject, { inputs: copyOf(inputs), name: trial.name });
    } catch (error) {
      if (!(error instanceof ChainruleError)) throw error;
      return only({ kind: 'refused', message: error.message });
    }
    const problems = problemsIn(report, subject);
    if (problems.length > 0) return { problems, remarks: [] };
    const expected = check(reference, { inputs: copyOf(inputs), name: trial.name });
    if (expected.verdict !== 'right') {
      throw new ValueError(`exercise ${exercise.name}: its own reference is wrong.\n${expected.toText()}`);
    }
    const missing = missingSlots(report, expected).map((slot): Problem => ({ kind: 'no-derivative', slot }));
    if (missing.length > 0) return { problems: missing, remarks: [] };
    const known = [...remarks, ...expected.findings].map(({ cause }) => cause);
    remarks.push(...report.findings.filter(({ cause }) => !known.includes(cause)));
  }
  return { problems: [], remarks };
}

/** What `check` found: holes first, then what is wrong or cannot be told. The correction would be the answer, and is left out. */
function problemsIn({ findings }: Report, subject: object): Problem[] {
  const grave = findings.filter(({ severity }) => severity === 'error' || severity === 'doubt');
  const problems = grave.map((finding): Problem => {
    const hole = finding.cause === 'backward-throws' ? holeIn(finding.message) : null;
    return hole === null
      ? { kind: 'backward', finding: { ...finding, correction: null }, subject }
      : { kind: 'todo', what: hole };
  });
  const holes = problems.filter(({ kind }) => kind === 'todo');
  return holes.length > 0 ? holes : problems;
}

/** Parameters go by their names; inputs by their number, as a learner may call them differently. */
function missingSlots(report: Report, expected: Report): string[] {
  const given = (kind: string, { slots }: Report): string[] =>
    slots.filter((slot) => slot.kind === kind && slot.outcome !== 'not given').map(({ name }) => name);
  const parameters = given('parameter', expected).filter(
    (name) => !given('parameter', report).includes(name),
  );
  const lacking = given('input', expected).length - given('input', report).length;
  const inputs = report.slots.filter(({ kind, outcome }) => kind === 'input' && outcome === 'not given');
  return [...inputs.slice(0, Math.max(lacking, 0)).map(({ name }) => name), ...parameters];
}

function copyOf(inputs: Inputs): NestedArray[] {
  return structuredClone(inputs) as NestedArray[];
}

function describe(result: unknown): string {
  if (result === undefined) return 'undefined';
  if (typeof result === 'number') return String(result);
  return JSON.stringify(result)?.slice(0, 80) ?? typeof result;
}
