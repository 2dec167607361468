// The playground's texts, each language complete by type.

import { fill, type Language } from '../index.js';
import { en, type TextKey, type Texts } from './en.js';
import { ko } from './ko.js';

/** All texts in all languages. */
export const catalogue = { en, ko } satisfies Record<Language, Texts>;

/** Gives a text by its name, the names in braces filled in. */
export type Translate = (key: TextKey, values?: Readonly<Record<string, string | number>>) => string;

export type { TextKey } from './en.js';

/**
 * The playground's texts in one language.
 *
 * @example
 * translator('en')('layer', { layer: 2 }); // 'Layer 2'
 */
export function translator(language: Language): Translate {
  const texts: Texts = catalogue[language];
  return (key, values) => fill(texts[key], values);
}
