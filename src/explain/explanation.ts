// An explanation: the derivation, and its renderings.

import type { NestedArray } from '../tensor/index.js';
import type { Derivation, Quantity, Step } from './derivation.js';
import { renderHTML } from './html.js';
import { ENGLISH, type ExplanationLabels } from './labels.js';
import { renderMarkdown } from './markdown.js';
import { renderText } from './text.js';

/** Options of the renderings. */
export interface RenderOptions {
  /** The words to use. Default: English. */
  readonly labels?: ExplanationLabels;
}

/** The derivation of an output: each step forward, each derivative back, as data and in four renderings. */
export class Explanation implements Derivation {
  readonly output: string;
  readonly value: NestedArray;
  readonly upstream: NestedArray;
  readonly leaves: readonly Quantity[];
  readonly steps: readonly Step[];
  readonly gradients: Readonly<Record<string, NestedArray>>;

  constructor(derivation: Derivation) {
    this.output = derivation.output;
    this.value = derivation.value;
    this.upstream = derivation.upstream;
    this.leaves = derivation.leaves;
    this.steps = derivation.steps;
    this.gradients = derivation.gradients;
  }

  /** For a terminal: in columns, or cells one below the other where columns would be wider than `width` (default 100). */
  toText({ labels = ENGLISH, width = 100 }: RenderOptions & { readonly width?: number } = {}): string {
    return renderText(this, labels, width);
  }

  /** Markdown with LaTeX, as GitHub, Jupyter and Obsidian show it. */
  toMarkdown({ labels = ENGLISH }: RenderOptions = {}): string {
    return renderMarkdown(this, labels);
  }

  /** A page that stands alone: formulas as MathML, no script, nothing to load; light and dark. `lang` defaults to `en`. */
  toHTML({ labels = ENGLISH, lang = 'en' }: RenderOptions & { readonly lang?: string } = {}): string {
    return renderHTML(this, labels, lang);
  }

  /** The derivation as plain data, for `JSON.stringify`. */
  toJSON(): Derivation {
    return { ...this };
  }

  /** As `toText`. */
  toString(): string {
    return this.toText();
  }
}
