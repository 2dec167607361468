// Running a text in the place of a pass: where its names mean what they mean in the learner's own file.

import { foreignFunction, type ForeignFunction } from '../foreign.js';
import { textOf } from '../specimen/signature.js';
import type { Source, Specimen } from '../specimen/specimen.js';
import { edited, type Edit } from './edits.js';
import { Holder } from './holder.js';
import { closingOf, tokensOf, type Language, type Place } from './tokens.js';

/**
 * The key under which, on the global object, a list of functions may lie that evaluate a text inside a learner's module, where
 * its helpers and imports are known. The command line puts them there for the files that it loads.
 */
export const scopes: unique symbol = Symbol.for('chainrule.scopes');

/** Evaluates an expression. */
export type Evaluate = (text: string) => unknown;

/** A function of a specimen's that is run from its text. */
export type Pass = 'forward' | 'backward';

/** A text of code, and what a change of it makes of the specimen. */
export interface Compiled {
  readonly source: string;
  readonly language: Language;
  /** The specimen with an edit of the text in its place. Throws for one that makes no code of it. */
  specimenOf(changes: Edit['changes']): Specimen;
  /** The specimen in which some places of the text can be held. Throws where they are no expressions. */
  heldAt(places: readonly Place[]): Held;
  /** A part of such a text as the learner wrote it. */
  shown(text: string): string;
}

/** A specimen some places of which are constants: they have the values that they had in the run that was recorded. */
export interface Held {
  readonly specimen: Specimen;
  record(run: () => void): void;
}

/** The ways in which a specimen's pass might be run from its text. */
export function compilersFor({ source }: Specimen, pass: Pass): Compiled[] {
  if (!source) return [];
  const code = codeOf(source, pass);
  const elsewhere = foreignFunction(code);
  if (elsewhere) return compilerElsewhere(source, pass, elsewhere);
  const text = textOf(code);
  if (/\[native code\]|^\s*(?:async|static|get|set)\b|\bwhile\b/.test(text)) return [];
  const known = (globalThis as { readonly [scopes]?: readonly Evaluate[] })[scopes] ?? [];
  return [...known.slice(0, FIRST), ...known.slice(FIRST).slice(-LAST), globally].flatMap(
    (evaluate): Compiled[] => {
      const open = text.includes('#') ? withoutPrivacy(source, evaluate) : source;
      if (!open) return [];
      const plain = renamed(text);
      const counters = loopCounters(plain);
      const compile = (changes: Edit['changes'], hold?: Holder['hold']): Code => {
        const all = [...counters, ...changes].toSorted((a, b) => a.start - b.start);
        return functionFrom(edited(plain, all), evaluate, hold);
      };
      return [
        {
          source: plain,
          language: 'javascript',
          specimenOf: (changes) => specimenFrom(open, pass, compile(changes)),
          heldAt: (places) => {
            const holder = new Holder();
            const made = compile(holdsAt(places), holder.hold);
            const specimen = specimenFrom(open, pass, function (this: unknown, ...args) {
              holder.start();
              return made.apply(this, args);
            });
            return { specimen, record: (run) => holder.record(run) };
          },
          shown: (part) => part.replaceAll(PRIVATE, '#'),
        },
      ];
    },
  );
}

function codeOf({ forward, code }: Source, pass: Pass): Code {
  return pass === 'forward' ? forward : code;
}

function specimenFrom(source: Source, pass: Pass, code: Code): Specimen {
  return pass === 'forward' ? source.withForward(code) : source.with(code);
}

/** What makes `chainrule_hold(x)` of each place. */
function holdsAt(places: readonly Place[]): Edit['changes'] {
  return places.flatMap(({ start, end }) => [
    { start, end: start, text: `${HOLD}(` },
    { start: end, end, text: ')' },
  ]);
}

function compilerElsewhere(
  origin: Source,
  pass: Pass,
  { source, with: made, hold }: ForeignFunction,
): Compiled[] {
  const text = source?.() ?? null;
  if (text === null || !made || /\bwhile\b/.test(text)) return [];
  return [
    {
      source: text,
      language: 'python',
      specimenOf: (changes) => specimenFrom(origin, pass, made(edited(text, changes))),
      heldAt: (places) => ({
        specimen: specimenFrom(origin, pass, made(edited(text, holdsAt(places)))),
        record: (run) => {
          hold?.(true);
          run();
          hold?.(false);
        },
      }),
      shown: (part) => part,
    },
  ];
}

const PRIVATE = '$private_';

/** Private names as plain ones: a text outside of its class may not use the others. */
function renamed(text: string): string {
  return text.replaceAll(/#(?=[$_\p{L}])/gu, PRIVATE);
}

/** The source of a copy of the object, of a class whose private fields are plain ones; null where it cannot be made. */
function withoutPrivacy({ owner, of }: Source, evaluate: Evaluate): Source | null {
  try {
    const Class = evaluate(`(${renamed(textOf(owner.constructor as Code))})`) as new () => object;
    return of(Object.assign(new Class(), owner)).source ?? null;
  } catch {
    return null;
  }
}

type Code = (...args: unknown[]) => unknown;

/** A function or a method from its text, in which loops are counted. */
function functionFrom(text: string, evaluate: Evaluate, hold?: Holder['hold']): Code {
  const isMethod = /^[\w$]+\s*\(/.test(text) && !/^function\b/.test(text);
  const make = evaluate(`((${COUNT}, ${HOLD}) => ${isMethod ? `({ ${text} })` : `(${text})`})`) as Code;
  let rounds = 0;
  const made = make(() => {
    if (++rounds > MOST_ROUNDS) throw new RangeError('a loop that goes on');
    return true;
  }, hold);
  return (isMethod ? Object.values(made as object)[0] : made) as Code;
}

// Of many scopes, those of the modules come first, and those of the objects at hand last.
const FIRST = 8;
const LAST = 24;

const COUNT = '$chainruleCount';
const HOLD = 'chainrule_hold';
const MOST_ROUNDS = 200_000; // of all loops together

/** What makes `for (…) if (count()) body` of `for (…) body`: an edit may make a loop that never ends. */
function loopCounters(text: string): Edit['changes'] {
  const tokens = tokensOf(text, 'javascript');
  return tokens.flatMap((token, i) => {
    if (token.text !== 'for') return [];
    const { end } = tokens[closingOf(tokens, i + 1)]!;
    return [{ start: end, end, text: ` if (${COUNT}())` }];
  });
}

/** Where only JavaScript's own names are known. A page may forbid it: then it throws. */
function globally(text: string): unknown {
  return new Function(`"use strict"; return ${text};`)();
}
