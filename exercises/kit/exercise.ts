// What an exercise is: one file with a text, a skeleton with holes, the reference, hints, and the inputs at which it is checked.

import { ValueError, type NestedArray } from '../../src/index.js';

/** A text in one language, or in several: `'…'` or `{ en: '…', ko: '…' }`. */
export type Words = string | Readonly<Record<string, string>>;

/** Classes or functions by the names under which the skeleton exports them. */
export type Code = Readonly<Record<string, unknown>>;

/** The arguments of one call of `forward`. */
export type Inputs = readonly NestedArray[];

/** One thing that is checked: a class of the exercise, or several of them put together. */
export interface Trial<C extends Code = Code> {
  /** How reports call it. Without `make` it is the name of a class. */
  readonly name: string;
  /** Makes the thing from the learner's classes, or from the reference's. Default: `new` on the class of that name. */
  readonly make?: (code: C) => object;
  /** Where forward and backward are checked, the arguments of one call each. */
  readonly inputs: readonly Inputs[];
  /** Where only forward is compared: kinks, ties and very large numbers. */
  readonly edges?: readonly Inputs[];
}

/** An exercise as its file gives it. Texts are Markdown: paragraphs, and formulas indented by four. */
export interface ExerciseFile<C extends Code = Code> {
  /** Lower-case letters, digits and hyphens: what the learner types, and what the learner's file is called. */
  readonly name: string;
  readonly title: Words;
  readonly text: Words;
  /** TypeScript in which each hole is a `throw new Error('TODO: …')`. */
  readonly skeleton: string;
  /** Finished TypeScript that the learner gets below the skeleton. */
  readonly helpers?: string;
  /** The solution. It is run, never printed. */
  readonly reference: C;
  /** From a gentle one to nearly there; the learner asks for them one at a time. */
  readonly hints: readonly Words[];
  readonly trials: readonly Trial<C>[];
}

/** An exercise that has been read and found complete. */
export type Exercise = ExerciseFile;

/**
 * Checks that an exercise is complete, and takes the common indentation off its texts and skeleton. Types tie the trials to the
 * reference. Throws a `ValueError` that says what is missing.
 *
 * @example
 * class Double {
 *   forward(x: number): number { return 2 * x; }
 *   backward(dy: number): number { return 2 * dy; }
 * }
 *
 * const double = defineExercise({
 *   name: 'double',
 *   title: 'Twice a number',
 *   text: 'Write y = 2x and its derivative.',
 *   skeleton: `
 *     export class Double {
 *       forward(x: number): number {
 *         throw new Error('TODO: Double.forward');
 *       }
 *
 *       backward(dy: number): number {
 *         throw new Error('TODO: Double.backward');
 *       }
 *     }
 *   `,
 *   reference: { Double },
 *   hints: ['How fast does y grow when x does?'],
 *   trials: [{ name: 'Double', inputs: [[3], [-0.5]] }],
 * });
 * double.name; // 'double'
 */
export function defineExercise<const C extends Code>(file: ExerciseFile<C>): Exercise {
  const problem = problemOf(file as unknown as ExerciseFile);
  if (problem !== null) throw new ValueError(`exercise ${String(file.name)}: ${problem}`);
  return {
    ...(file as unknown as ExerciseFile),
    text: eachOf(file.text, dedent),
    skeleton: dedent(file.skeleton),
    ...(file.helpers !== undefined && { helpers: dedent(file.helpers) }),
    hints: file.hints.map((hint) => eachOf(hint, dedent)),
  };
}

/**
 * Words in a language; in English, or whatever there is, where they are not in that one.
 *
 * @example
 * wordsIn('ko', { en: 'Sigmoid', ko: '시그모이드' }); // '시그모이드'
 */
export function wordsIn(language: string, words: Words): string {
  if (typeof words === 'string') return words;
  return words[language] ?? words['en'] ?? Object.values(words)[0] ?? '';
}

/** Whether something is an exercise, or was meant to be one. */
export function looksLikeExercise(value: unknown): value is ExerciseFile {
  return typeof value === 'object' && value !== null && 'skeleton' in value && 'reference' in value;
}

function problemOf({ name, title, text, skeleton, reference, hints, trials }: ExerciseFile): string | null {
  if (typeof name !== 'string' || !/^[a-z0-9][a-z0-9-]*$/.test(name)) {
    return 'the name must consist of lower-case letters, digits and hyphens';
  }
  if (/^\d+$/.test(name)) return 'the name must not be a number: numbers stand for places in the list';
  if (!isWords(title)) return 'title must be a text, or one text for each language';
  if (!isWords(text)) return 'text must be a text, or one text for each language';
  if (typeof skeleton !== 'string' || !skeleton.includes('TODO')) {
    return "the skeleton must be TypeScript with holes such as throw new Error('TODO: Sigmoid.forward')";
  }
  if (!Array.isArray(hints) || !hints.every(isWords)) return 'hints must be a list of texts; it may be empty';
  const names = typeof reference === 'object' && reference !== null ? Object.keys(reference) : [];
  if (names.length === 0) return 'the reference must hold the solution, as in { Sigmoid }';
  const unexported = names.find((name) => !exports(skeleton, name));
  if (unexported !== undefined) return `the skeleton must export ${unexported}, which the reference has`;
  if (!Array.isArray(trials) || trials.length === 0) return 'there must be at least one trial';
  for (const { name, make, inputs } of trials as readonly Trial[]) {
    if (make === undefined && !names.includes(name)) {
      return `trial ${name} needs a make, or the name of a class of the reference (${names.join(', ')})`;
    }
    if (!Array.isArray(inputs) || inputs.length === 0 || !inputs.every(Array.isArray)) {
      return `trial ${name} needs inputs: for each call the list of its arguments, as in [[0.3], [-2]]`;
    }
  }
  return null;
}

function exports(skeleton: string, name: string): boolean {
  return new RegExp(`export\\s+(?:class|function|const)\\s+${name}\\b`).test(skeleton);
}

function isWords(words: unknown): words is Words {
  if (typeof words === 'string') return words.trim() !== '';
  if (typeof words !== 'object' || words === null) return false;
  const texts = Object.values(words);
  return texts.length > 0 && texts.every((text) => typeof text === 'string' && text.trim() !== '');
}

function eachOf(words: Words, change: (text: string) => string): Words {
  if (typeof words === 'string') return change(words);
  return Object.fromEntries(Object.entries(words).map(([language, text]) => [language, change(text)]));
}

/** The text without blank lines around it and without the indentation that all its lines share. */
function dedent(text: string): string {
  const lines = text.replace(/^(?:[ \t]*\n)+|\s+$/g, '').split('\n');
  const indents = lines.filter((line) => line.trim() !== '').map((line) => /^ */.exec(line)![0].length);
  const shared = Math.min(...indents);
  return lines.map((line) => line.slice(shared).trimEnd()).join('\n');
}
