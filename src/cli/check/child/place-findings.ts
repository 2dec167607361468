// The place in the learner's code that a finding is about.

import { Chain, foreign, type Finding, type ForeignFunction, type ForeignObject } from '../../../index.js';
import type { Place, PlacedFinding } from '../task.js';
import type { Wanted } from '../wanted.js';
import { methodsOf, type Code } from './candidates.js';

/** What is asked about the language that the file is in. */
export interface Places {
  /** The line of a function that computes a derivative. */
  placeIn(f: Code, wanted: Wanted, within: string): Place | null;
  /** The learner's line that an error came from. */
  placeOfStack(stack: string): Place | null;
  /** `new Affine(3, 2)`. */
  callOf(name: string, args: readonly unknown[]): string;
}

/** A finding with its place. */
export function placed(
  finding: Finding,
  subject: unknown,
  name: string,
  places: Omit<Places, 'callOf'>,
): PlacedFinding {
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
  'forward-not-finite',
  'overflow-in-exp',
  'log-of-zero-or-division-by-zero',
  'too-rough',
]);

/** Whether a slot is an input: the forward pass has a parameter of its name, or no field has. */
function isInputOf(part: unknown, slot: string): boolean {
  if (slot.includes('.')) return false;
  const forward = passOf(part, 'forward')?.code;
  if (forward && parametersOf(forward).includes(slot)) return true;
  if (typeof part !== 'object' || part === null || Array.isArray(part)) return true;
  const told = (part as { readonly [foreign]?: ForeignObject })[foreign];
  return told ? !told.fields().some(({ path }) => path === slot) : !(slot in part);
}

/** The words in a function's list of parameters. */
function parametersOf(f: Code): readonly string[] {
  const told = (f as { readonly [foreign]?: ForeignFunction })[foreign];
  if (told) return told.parameters;
  const text = Function.prototype.toString.call(f);
  const list = /^[^(]*\(([^)]*)\)/.exec(text)?.[1] ?? text.replace(/=>.*$/s, '');
  return list.match(/[\p{L}\p{N}_$]+/gu) ?? [];
}

/** `BCELoss.call`, or the name of a function. */
export function withinOf({ code, method }: Pass, owner: string): string {
  return method === null ? code.name || owner : `${owner}.${method}`;
}

/** A pass of something that is checked. */
export interface Pass {
  readonly code: Code;
  /** The method's name, or null for a function. */
  readonly method: string | null;
  readonly givesBoth: boolean;
}

/** The function that a pass runs. Without a backward pass it is the one that gives both. */
export function passOf(part: unknown, which: 'forward' | 'backward'): Pass | null {
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
