// The check page's texts, each language complete by type.

import { fill, type Language } from '../index.js';
import { en, type TextKey, type Texts } from './en.js';
import { ko } from './ko.js';

/** All texts in all languages. */
export const catalogue = { en, ko } satisfies Record<Language, Texts>;

/** Gives a text by its name, the names in braces filled in. */
export type Translate = (key: TextKey, values?: Readonly<Record<string, string | number>>) => string;

export type { TextKey } from './en.js';

/**
 * The check page's texts in one language.
 *
 * @example
 * translator('en')('line', { line: 12 }); // 'Line 12'
 */
export function translator(language: Language): Translate {
  const texts: Texts = catalogue[language];
  return (key, values) => fill(texts[key], values);
}

/** What a finding is called; its cause as it is where nobody has given it a name. */
export function nameOfCause(cause: string, t: Translate): string {
  const key = `cause.${cause}`;
  return Object.hasOwn(en, key) ? t(key as TextKey) : cause;
}
