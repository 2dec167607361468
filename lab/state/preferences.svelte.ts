// What the reader chose and the browser keeps: language and colours.

import { isLanguage, translator, type Language, type Translate } from '../texts/index.js';

/** Light, dark, or as the system has it. */
export type Theme = 'light' | 'dark' | 'system';

const language = (): Language => {
  const kept = read('language');
  if (isLanguage(kept)) return kept;
  return navigator.language.startsWith('ko') ? 'ko' : 'en';
};
const theme = (): Theme => {
  const kept = read('theme');
  return kept === 'light' || kept === 'dark' ? kept : 'system';
};

class Preferences {
  language = $state<Language>(language());
  theme = $state<Theme>(theme());
  /** Gives a text in the language chosen. */
  readonly t: Translate = $derived(translator(this.language));

  speak(next: Language): void {
    this.language = next;
    keep('language', next);
  }

  paint(next: Theme): void {
    this.theme = next;
    keep('theme', next);
  }
}

/** The preferences of whoever reads. */
export const preferences = new Preferences();

function read(name: string): string {
  try {
    return localStorage.getItem(`chainrule.${name}`) ?? '';
  } catch {
    return ''; // storage is refused, as in a private window
  }
}

function keep(name: string, value: string): void {
  try {
    localStorage.setItem(`chainrule.${name}`, value);
  } catch {
    // Then it lasts as long as the page.
  }
}
