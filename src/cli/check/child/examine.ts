// Checking one export: making it, checking it, and finding the lines that the findings are about.

import { check, foreign, type ForeignFunction, type Report } from '../../../index.js';
import type { ExportResult, Reason, Skipped, Task } from '../task.js';
import type { Candidate, Making } from './candidates.js';
import { passOf, placed, withinOf, type Places } from './place-findings.js';

/** How an export came out; or that it is left out after all, and why. */
export type Examined =
  | { readonly result: ExportResult; readonly skipped?: never }
  | { readonly result?: never; readonly skipped: Skipped };

/** Checks an export. `others`: whether there are others, for which given inputs may be meant. */
export function examine(
  candidate: Candidate,
  { inputs, only }: Task,
  others: boolean,
  places: Places,
): Examined {
  const { name, kind, makings, required, isDoubtful } = candidate;
  const result = (parts: Partial<ExportResult>): Examined => ({
    result: {
      ...{ name, kind, construction: null, verdict: 'could not run', reason: null },
      ...{ slots: [], findings: [], probes: 0, chanceOfMiss: 0, ignoredInputs: false },
      ...parts,
    },
  });
  const leaveOut = (why: Skipped['why']): Examined => ({ skipped: { name, what: kind, why } });
  if (makings.length === 0) return result({ reason: { kind: 'needs-arguments', names: required } });

  let failure: { readonly reason: Reason; readonly construction: string | null } | null = null;
  let crashed: Examined | null = null;
  for (const { args, make } of makings) {
    const construction = args.length > 0 ? places.callOf(name, args) : null;
    const outcome = tryToCheck({ args, make }, name, inputs, others);
    if ('report' in outcome) {
      const { subject, report, ignoredInputs } = outcome;
      const findings = report.findings.map((finding) => placed(finding, subject, name, places));
      const recursion = findings.find(({ stack }) => isRecursion(stack));
      const { verdict, slots, probes, chanceOfMiss } = report;
      if (recursion) return result({ construction, reason: { kind: 'recursion', place: recursion.place } });
      const checked = { construction, verdict, slots, findings, probes, chanceOfMiss, ignoredInputs };
      const crash = findings.find(({ cause }) => /^(forward|backward)-throws$/.test(cause));
      if (crash && isDoubtful && only.length === 0) return leaveOut('base-class');
      // Of guessed arguments those are best with which both passes run.
      if (!crash) return result(checked);
      crashed ??= result(checked);
      continue;
    }
    const reason = reasonOf(outcome, name, places);
    const why = whyLeftOut(outcome, candidate, reason);
    if (why !== null && only.length === 0) return leaveOut(why);
    failure ??= { reason, construction };
  }
  return crashed ?? result({ ...failure });
}

type Outcome =
  | { readonly report: Report; readonly subject: unknown; readonly ignoredInputs: boolean }
  | { readonly pass: 'constructor' | 'check'; readonly error: unknown; readonly subject?: unknown };

function tryToCheck({ make }: Making, name: string, inputs: Task['inputs'], others: boolean): Outcome {
  let subject: unknown;
  try {
    subject = make();
  } catch (error) {
    return { pass: 'constructor', error };
  }
  const fits = inputs !== null && (!others || inputs.length === countOf(subject));
  try {
    const report = check(subject, { name, ...(fits && { inputs }) });
    return { report, subject, ignoredInputs: inputs !== null && !fits };
  } catch (error) {
    return { pass: 'check', error, subject };
  }
}

/** How many inputs the forward pass takes. */
function countOf(subject: unknown): number {
  const forward = passOf(subject, 'forward')?.code;
  const told = (forward as { readonly [foreign]?: ForeignFunction } | undefined)?.[foreign];
  return told?.parameters.length ?? forward?.length ?? 1;
}

function reasonOf(
  { pass, error, subject }: Extract<Outcome, { pass: string }>,
  name: string,
  places: Places,
): Reason {
  const stack = error instanceof Error ? (error.stack ?? null) : null;
  const message = error instanceof Error ? error.message : String(error);
  if (pass === 'constructor') {
    const place = stack === null ? null : places.placeOfStack(stack);
    return isRecursion(stack)
      ? { kind: 'recursion', place }
      : { kind: 'constructor-throws', error: String(error), place };
  }
  // While inputs are looked for, what forward throws is only told in the message.
  const noInputs = /^check: no inputs were given/.test(message);
  const forward = /Maximum call stack|RecursionError/.test(message) ? passOf(subject, 'forward') : null;
  if (!forward && noInputs)
    return { kind: 'no-inputs', error: /it ended in (.*)$/s.exec(message)?.[1] ?? null };
  if (!forward) return { kind: 'refused', message };
  const within = withinOf(forward, name);
  return {
    kind: 'recursion',
    place: places.placeIn(forward.code, { slot: null, index: 0, resultsBefore: 0 }, within),
  };
}

/** Whether an export that could not be checked was not meant to be. */
function whyLeftOut(
  { error }: Extract<Outcome, { pass: string }>,
  { isDoubtful, kind }: Candidate,
  reason: Reason,
): Skipped['why'] | null {
  const message = error instanceof Error ? error.message : String(error);
  if (/nothing that gives its derivative/.test(message)) return 'no-backward';
  if (/implement|abstract|override/i.test(message)) return 'base-class';
  if (!isDoubtful || reason.kind === 'recursion') return null;
  return kind === 'function' ? 'no-derivative' : 'base-class';
}

function isRecursion(stack: string | null): boolean {
  return stack !== null && /^(RangeError: Maximum call stack|RecursionError)/.test(stack);
}
