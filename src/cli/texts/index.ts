// The catalogue of texts, and the language to speak.

import { en, type TextKey, type Texts } from './en.js';
import { ko } from './ko.js';
import { withParticles } from './particles.js';

/** All texts in all languages; each is complete by type. */
export const catalogue = { en, ko } satisfies Record<string, Texts>;

/** A language that the command line speaks. */
export type Language = keyof typeof catalogue;

/** The names in braces that a text wants filled in. */
type Names<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Names<Rest>
  : never;

/** Gives a text by its name, with a value for each name in braces: a missing one is a type error. */
export type Translate = <Key extends TextKey>(
  key: Key,
  ...values: [Names<(typeof en)[Key]>] extends [never]
    ? []
    : [Readonly<Record<Names<(typeof en)[Key]>, string | number>>]
) => string;

export type { TextKey } from './en.js';

/**
 * The texts in one language.
 *
 * @example
 * translator('ko')('plot.class', { label: 0 }); // '클래스 0'
 */
export function translator(language: Language): Translate {
  const texts: Texts = catalogue[language];
  return (key, ...[values = {}]) => {
    const filled = texts[key].replace(/\{(\w+)\}/g, (_, name: string) =>
      String((values as Record<string, unknown>)[name]),
    );
    return language === 'ko' ? withParticles(filled) : filled;
  };
}

/** Whether there are texts in this language. */
export function isLanguage(name: string): name is Language {
  return Object.hasOwn(catalogue, name);
}

/** The system's language where it is one of ours, else English; the variables in POSIX's order. */
export function systemLanguage(env: Readonly<Record<string, string | undefined>>): Language {
  const locale = env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || '';
  const name = locale.split(/[_.@]/)[0] ?? '';
  return isLanguage(name) ? name : 'en';
}
