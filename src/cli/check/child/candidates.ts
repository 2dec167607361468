// Which exports can be checked: what has both passes, what gives value and derivative at once, and functions that go in pairs.

import { Chain, foreign, type ForeignFunction } from '../../../index.js';
import type { CandidateKind, Skipped } from '../task.js';
import { guessArguments } from './guess-arguments.js';
import type { Thing } from './thing.js';

/** A function of the learner's. */
export type Code = (...args: unknown[]) => unknown;

/** An export that can be checked, or at least tried. */
export interface Candidate {
  readonly name: string;
  readonly kind: CandidateKind;
  /** Ways to make it, to be tried in this order. Empty: its arguments could not be guessed. */
  readonly makings: readonly Making[];
  /** The constructor's parameters that must be given. */
  readonly required: readonly string[];
  /** Whether a failure to check it says nothing: a base class, or a function that was only taken for a loss. */
  readonly isDoubtful: boolean;
}

/** A way to make what is checked. */
export interface Making {
  readonly args: readonly unknown[];
  make(): unknown;
}

/** What is to be checked, and what is left out. */
export interface Selection {
  readonly candidates: readonly Candidate[];
  readonly skipped: readonly Skipped[];
}

const CALLS = ['forward', 'call', '__call__'];

/** Finds what can be checked. A `named` export was asked for: whatever has anything to call is tried. */
export function select(
  things: readonly Thing[],
  args: readonly unknown[] | null,
  isNamed: boolean,
): Selection {
  const functions = things.filter((thing) => thing.kind === 'function');
  const pairs = pairsOf(functions);
  const paired = new Set(pairs.flatMap(({ members }) => members));
  const candidates: Candidate[] = [];
  const skipped: Skipped[] = [];
  const repeated = isNamed ? new Set<string>() : repeatedIn(things);
  for (const thing of things) {
    if (repeated.has(thing.name)) {
      skipped.push({ name: thing.name, what: thing.kind, why: 'same-class' });
      continue;
    }
    if (thing.kind === 'function') {
      const pair = pairs.find(({ members }) => members[0] === thing.name);
      if (pair) candidates.push(candidateOf(pair.name, 'pair', pair.value));
      else if (paired.has(thing.name)) continue;
      else if (isNamed || looksLikeLoss(thing)) {
        candidates.push({ ...candidateOf(thing.name, 'function', thing.value), isDoubtful: !isNamed });
      } else skipped.push({ name: thing.name, what: 'function', why: 'no-derivative' });
    } else if (thing.kind === 'class') {
      const why = isNamed ? null : lackOf(thing.methods);
      if (why !== null) skipped.push({ name: thing.name, what: 'class', why });
      else candidates.push(ofClass(thing, args));
    } else if (thing.kind === 'object') {
      const why = isNamed ? null : lackOf(methodsOf(thing.value));
      if (why !== null) skipped.push({ name: thing.name, what: 'object', why });
      else
        candidates.push(
          candidateOf(thing.name, thing.value instanceof Chain ? 'chain' : 'object', thing.value),
        );
    } else {
      skipped.push({ name: thing.name, what: thing.what, why: 'no-code' });
    }
  }
  return { candidates, skipped };
}

/** Classes and their objects are the same code. An object stands for a class that wants arguments; else the class for its objects. */
function repeatedIn(things: readonly Thing[]): Set<string> {
  const classes = things.filter((thing) => thing.kind === 'class');
  return new Set(
    classes.flatMap(({ name, parameters }) => {
      const objects = things.filter((thing) => thing.kind === 'object' && thing.instanceOf === name);
      const wantsArguments = parameters.some(({ isOptional }) => !isOptional);
      const [first, ...others] = objects.map((object) => object.name);
      if (first === undefined) return [];
      return wantsArguments ? [name, ...others] : [first, ...others];
    }),
  );
}

function candidateOf(name: string, kind: CandidateKind, value: unknown): Candidate {
  return { name, kind, makings: [{ args: [], make: () => value }], required: [], isDoubtful: false };
}

function ofClass(thing: Thing & { readonly kind: 'class' }, args: readonly unknown[] | null): Candidate {
  const takesArguments = thing.parameters.length > 0;
  const lists = args !== null && takesArguments ? [args] : guessArguments(thing.parameters);
  return {
    name: thing.name,
    kind: 'class',
    makings: lists.map((list) => ({ args: list, make: () => thing.make(list) })),
    required: thing.parameters.filter(({ isOptional }) => !isOptional).map(({ name }) => name),
    isDoubtful: thing.isBase,
  };
}

/** What is missing for a check, by the names of the methods. */
function lackOf(methods: readonly string[]): Skipped['why'] | null {
  if (methods.includes('backward') && methods.includes('forward')) return null;
  if (methods.includes('call') || methods.includes('__call__')) return null;
  if (PAIRED.some((pair) => pair.every((name) => methods.includes(name)))) return null;
  // A loss may give both from `forward`: that shows when it is called.
  return methods.some((name) => CALLS.includes(name)) ? null : 'no-passes';
}

/** Names of value and derivative that `check` knows in an object. */
const PAIRED = [
  ['f', 'df'],
  ['f', 'grad'],
  ['fn', 'grad'],
  ['value', 'gradient'],
  ['value', 'derivative'],
];

/** Names of methods, own or inherited. */
export function methodsOf(value: object): string[] {
  const names: string[] = [];
  for (
    let each: object | null = value;
    each && each !== Object.prototype;
    each = Object.getPrototypeOf(each)
  ) {
    names.push(...Object.getOwnPropertyNames(each));
  }
  return names.filter((name) => {
    try {
      return typeof (value as Record<string, unknown>)[name] === 'function';
    } catch {
      return false; // a getter that throws
    }
  });
}

type FunctionThing = Thing & { readonly kind: 'function' };

interface Pair {
  readonly name: string;
  readonly members: readonly [string, string];
  readonly value: readonly [Code, Code];
}

/** `xForward` with `xBackward`, `forward_x` with `backward_x`, `x` with `xBackward`, `xGrad`, `xPrime`, `dx`. */
function pairsOf(functions: readonly FunctionThing[]): Pair[] {
  const taken = new Set<string>();
  return functions.flatMap((forward) => {
    const stem = forward.name.replace(/_?forward/i, '').replace(/^_/, '');
    const partner = functions.find(
      ({ name }) => name !== forward.name && !taken.has(name) && isPartner(name, forward.name),
    );
    if (!partner || taken.has(forward.name)) return [];
    taken.add(forward.name).add(partner.name);
    return [
      {
        name: stem === '' ? forward.name : stem,
        members: [forward.name, partner.name] as const,
        value: [forward.value, partner.value] as const,
      },
    ];
  });
}

function isPartner(name: string, forward: string): boolean {
  const plain = (text: string): string => text.toLowerCase().replaceAll('_', '');
  const [other, own] = [plain(name), plain(forward)];
  if (own.includes('forward')) return other === own.replace('forward', 'backward');
  if (other === `${own}backward`) return true;
  const endings = ['grad', 'gradient', 'prime', 'derivative', 'deriv'];
  return other === `d${own}` || other === `grad${own}` || endings.some((ending) => other === own + ending);
}

/** Only what is called like a loss, or says that it gives a derivative, is tried: a helper that gives two numbers must not be accused. */
function looksLikeLoss({ name, parameters, value }: FunctionThing): boolean {
  if (GIVES_DERIVATIVE.test(textOf(value))) return parameters.length > 0;
  const hasTarget = /^(y|t|targets?|labels?|y_?true|truth)$/i.test(parameters[1]?.name ?? '');
  return (
    parameters.length >= 2 && hasTarget && /loss|cost|error|entropy|bce|mse|nll|hinge|objective/i.test(name)
  );
}

/** `return loss, grad` in all its forms: of two results the second is called what derivatives are called. */
const GIVES_DERIVATIVE =
  /\breturn\s*[[({]?\s*(?:\w+\s*:\s*)?[\w$.]+\s*,\s*(?:grad\w*|\w*[gG]rad(?:ients?)?|d_?\w*_d_?\w+|d[A-Z]\w*|derivatives?)\s*(?:[\])}:;\n]|$)/;

function textOf(f: Code): string {
  const elsewhere = (f as { readonly [foreign]?: ForeignFunction })[foreign];
  return elsewhere ? (elsewhere.source?.() ?? '') : Function.prototype.toString.call(f);
}
