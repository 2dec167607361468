// Checking one export: making it, checking it, and finding the lines that the findings are about.

import { Chain, check, foreign, type Finding, type ForeignObject, type Report } from '../../../index.js';
import type { ExportResult, Place, PlacedFinding, Reason, Skipped, Task } from '../task.js';
import type { Wanted } from '../wanted.js';
import { methodsOf, type Candidate, type Code, type Making } from './candidates.js';

/** What is asked about the language that the file is in. */
export interface Places {
  /** The line of a function that computes a derivative. */
  placeIn(f: Code, wanted: Wanted, within: string): Place | null;
  /** The learner's line that an error came from. */
  placeOfStack(stack: string): Place | null;
  /** `new Affine(3, 2)`. */
  callOf(name: string, args: readonly unknown[]): string;
}

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
  const { name, kind, makings, required } = candidate;
  const result = (parts: Partial<ExportResult>): Examined => ({
    result: {
      ...{ name, kind, construction: null, verdict: 'could not run', reason: null },
      ...{ slots: [], findings: [], probes: 0, chanceOfMiss: 0, ignoredInputs: false },
      ...parts,
    },
  });
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
      // Of guessed arguments those are best with which backward runs.
      if (!findings.some(({ cause }) => cause === 'backward-throws')) return result(checked);
      crashed ??= result(checked);
      continue;
    }
    const reason = reasonOf(outcome, name, places);
    const why = whyLeftOut(outcome, candidate, reason);
    if (why !== null && only.length === 0) {
      return {
        skipped: {
          name,
          what: kind === 'function' ? 'function' : kind === 'class' ? 'class' : 'object',
          why,
        },
      };
    }
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
  const told = (forward as { readonly [foreign]?: { readonly parameters: readonly string[] } } | undefined)?.[
    foreign
  ];
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

function placed(finding: Finding, subject: unknown, name: string, places: Places): PlacedFinding {
  const { cause, stage, stack, slot, inputs, message } = finding;
  if (stack !== null) return { ...finding, place: places.placeOfStack(stack) };
  const part = stage === null ? subject : partAt(subject, stage);
  const isForward = ABOUT_FORWARD.has(cause) || (cause === CHANGED && message.startsWith('forward'));
  const pass = passOf(part, isForward ? 'forward' : 'backward');
  if (!pass) return { ...finding, place: null };
  const owner = part === subject ? name : classOf(part);
  const place = Object.keys(inputs).indexOf(slot ?? '');
  const isInput = slot !== null && isInputOf(part, slot);
  const wanted: Wanted = {
    slot,
    // What changes an input is an assignment to its name, as if it were a parameter.
    index: isInput && cause !== CHANGED ? Math.max(0, place) : null,
    resultsBefore: pass.givesBoth ? 1 : 0,
  };
  return { ...finding, place: places.placeIn(pass.code, wanted, withinOf(pass, owner)) };
}

const CHANGED = 'input-changed-in-place';

/** Causes that are about the forward pass. */
const ABOUT_FORWARD: ReadonlySet<string> = new Set([
  'forward-throws',
  'forward-not-deterministic',
  'overflow-in-exp',
  'log-of-zero-or-division-by-zero',
  'too-rough',
]);

/** A parameter is a field, and an input is not. */
function isInputOf(part: unknown, slot: string): boolean {
  if (slot.includes('.')) return false;
  const told = (part as { readonly [foreign]?: ForeignObject } | null)?.[foreign];
  if (told?.fields) return !told.fields().some(({ path }) => path === slot);
  return (
    !(typeof part === 'object' && part !== null && !Array.isArray(part) && slot in part) || takes(part, slot)
  );
}

/** Whether the forward pass has a parameter of this name, which goes before a field of the same name. */
function takes(part: object, name: string): boolean {
  const forward = passOf(part, 'forward')?.code;
  const list = /\(([^)]*)\)/.exec(forward ? Function.prototype.toString.call(forward) : '')?.[1] ?? '';
  return new RegExp(`\\b${name.replace(/[^\w]/g, '\\$&')}\\b`).test(list);
}

/** `BCELoss.call`, or the name of a function. */
function withinOf({ code, method }: Pass, owner: string): string {
  return method === null ? code.name || owner : `${owner}.${method}`;
}

interface Pass {
  readonly code: Code;
  /** The method's name, or null for a function. */
  readonly method: string | null;
  readonly givesBoth: boolean;
}

/** The function that a pass runs. Without a backward pass it is the one that gives both. */
function passOf(part: unknown, which: 'forward' | 'backward'): Pass | null {
  if (Array.isArray(part)) {
    const code = part[which === 'forward' ? 0 : 1] as Code;
    return { code, method: null, givesBoth: false };
  }
  if (typeof part === 'function') return { code: part as Code, method: null, givesBoth: true };
  if (typeof part !== 'object' || part === null) return null;
  const methods = methodsOf(part);
  const names = which === 'forward' ? FORWARD : BACKWARD;
  const method =
    names.find((name) => methods.includes(name)) ?? FORWARD.find((name) => methods.includes(name));
  if (method === undefined) return null;
  return {
    code: (part as Record<string, Code>)[method]!,
    method,
    givesBoth: which === 'backward' && !BACKWARD.includes(method),
  };
}

const FORWARD: readonly string[] = ['forward', 'call', '__call__', 'f', 'fn', 'value'];
const BACKWARD: readonly string[] = ['backward', 'df', 'grad', 'gradient', 'derivative'];

/** The part that a stage such as `layers[0].affine` names. */
function partAt(subject: unknown, stage: string): unknown {
  if (stage === '') return subject;
  if (typeof subject !== 'object' || subject === null) return null;
  const after = (name: string): string | null =>
    stage === name ? '' : stage.startsWith(`${name}.`) ? stage.slice(name.length + 1) : null;
  const told = (subject as { readonly [foreign]?: ForeignObject })[foreign];
  const named =
    subject instanceof Chain
      ? subject.links.map(({ name, passes }) => ({ name, part: passes as unknown }))
      : (told?.parts() ?? ownParts(subject));
  for (const { name, part } of named) {
    const rest = after(name);
    if (rest !== null) return partAt(part, rest);
  }
  return null;
}

function ownParts(owner: object): { readonly name: string; readonly part: unknown }[] {
  return Object.entries(owner).flatMap(([name, value]: [string, unknown]) =>
    Array.isArray(value)
      ? value.map((part: unknown, i) => ({ name: `${name}[${i}]`, part }))
      : [{ name, part: value }],
  );
}

function classOf(part: unknown): string {
  return typeof part === 'object' && part !== null ? part.constructor.name : '';
}
