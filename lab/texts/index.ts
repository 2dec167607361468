// The catalogue of texts, each language complete by type.

import { en, type TextKey, type Texts } from './en.js';
import { ko } from './ko.js';

/** All texts in all languages. */
export const catalogue = { en, ko } satisfies Record<string, Texts>;

/** A language that the lab speaks. */
export type Language = keyof typeof catalogue;

/** Gives a text by its name, the names in braces filled in. */
export type Translate = (key: TextKey, values?: Readonly<Record<string, string | number>>) => string;

export type { TextKey } from './en.js';

/** Whether there are texts in this language. */
export function isLanguage(name: string): name is Language {
  return Object.hasOwn(catalogue, name);
}

/**
 * The texts in one language.
 *
 * @example
 * translator('en')('step.of', { step: 2, steps: 8 }); // 'step 2 of 8'
 */
export function translator(language: Language): Translate {
  const texts: Texts = catalogue[language];
  return (key, values) => fill(texts[key], values);
}

/** A text with its names in braces filled in; those without a value stay. */
export function fill(text: string, values: Readonly<Record<string, string | number>> = {}): string {
  return text.replace(/\{(\w+)\}/g, (brace, name: string) => String(values[name] ?? brace));
}
