// Running a text in the place of a backward pass: where its names mean what they mean in the learner's own file.

import { foreignFunction, type ForeignFunction } from '../foreign.js';
import { textOf } from '../specimen/signature.js';
import type { Source, Specimen } from '../specimen/specimen.js';
import { edited, type Edit } from './edits.js';
import { closingOf, tokensOf, type Language } from './tokens.js';

/**
 * The key under which, on the global object, a list of functions may lie that evaluate a text inside a learner's module, where
 * its helpers and imports are known. The command line puts them there for the files that it loads.
 */
export const scopes: unique symbol = Symbol.for('chainrule.scopes');

/** Evaluates an expression. */
export type Evaluate = (text: string) => unknown;

/** A text of code, and what a change of it makes of the specimen. */
export interface Compiled {
  readonly source: string;
  readonly language: Language;
  /** The specimen with an edit of the text for its backward pass. Throws for one that makes no code of it. */
  specimenOf(changes: Edit['changes']): Specimen;
  /** A part of such a text as the learner wrote it. */
  shown(text: string): string;
}

/** The ways in which a specimen's backward pass might be run from its text. */
export function compilersFor({ source }: Specimen): Compiled[] {
  if (!source) return [];
  const elsewhere = foreignFunction(source.code);
  if (elsewhere) return compilerElsewhere(source, elsewhere);
  const text = textOf(source.code);
  if (/\[native code\]|^\s*(?:async|static|get|set)\b|\bwhile\b/.test(text)) return [];
  const known = (globalThis as { readonly [scopes]?: readonly Evaluate[] })[scopes] ?? [];
  return [...known, globally].flatMap((evaluate): Compiled[] => {
    const { with: specimenWith } = (text.includes('#') ? withoutPrivacy(source, evaluate) : source) ?? {};
    if (!specimenWith) return [];
    const plain = renamed(text);
    const counters = loopCounters(plain);
    return [
      {
        source: plain,
        language: 'javascript',
        specimenOf: (changes) => {
          const all = [...counters, ...changes].toSorted((a, b) => a.start - b.start);
          return specimenWith(functionFrom(edited(plain, all), evaluate));
        },
        shown: (part) => part.replaceAll(PRIVATE, '#'),
      },
    ];
  });
}

function compilerElsewhere(
  { with: specimenWith }: Source,
  { source, with: made }: ForeignFunction,
): Compiled[] {
  const text = source?.() ?? null;
  if (text === null || !made || /\bwhile\b/.test(text)) return [];
  return [
    {
      source: text,
      language: 'python',
      specimenOf: (changes) => specimenWith(made(edited(text, changes))),
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
function functionFrom(text: string, evaluate: Evaluate): Code {
  const isMethod = /^[\w$]+\s*\(/.test(text) && !/^function\b/.test(text);
  const make = evaluate(`((${COUNT}) => ${isMethod ? `({ ${text} })` : `(${text})`})`) as Code;
  let rounds = 0;
  const made = make(() => {
    if (++rounds > MOST_ROUNDS) throw new RangeError('a loop that goes on');
    return true;
  });
  return (isMethod ? Object.values(made as object)[0] : made) as Code;
}

const COUNT = '$chainruleCount';
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
