// The playground's texts in the language chosen.

import { preferences } from '../state/preferences.svelte.js';
import { translator, type Translate } from '../texts/playground/index.js';

class PlaygroundTexts {
  /** Gives a text in the language chosen. */
  readonly t: Translate = $derived(translator(preferences.language));
}

/** The texts of whoever reads. */
export const texts = new PlaygroundTexts();
