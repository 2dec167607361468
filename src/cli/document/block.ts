// A document: what a command has to say, in blocks that the terminal and the HTML report each show in their way.
// `code` in backticks is set as code.

import type { Figure } from '../../plot/index.js';
import type { Excerpt } from './excerpt.js';

/** A piece of a document. */
export type Block =
  | { readonly kind: 'title'; readonly text: string }
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  /** Lines as they are. */
  | { readonly kind: 'code'; readonly lines: readonly string[] }
  | {
      readonly kind: 'table';
      readonly head: readonly string[];
      readonly rows: readonly (readonly string[])[];
    }
  /** Names and what they stand for. */
  | { readonly kind: 'facts'; readonly facts: readonly (readonly [name: string, value: string])[] }
  /** Points of a list, under a heading of their own. */
  | { readonly kind: 'list'; readonly heading: string; readonly items: readonly string[] }
  /** Lines of a source file with a part marked. */
  | Excerpt
  /** Shown by the report only. */
  | { readonly kind: 'figure'; readonly figure: Figure; readonly caption: string };

/** For each column, whether it holds numbers only and is set against the right edge. */
export function numericColumns(rows: readonly (readonly string[])[]): boolean[] {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  return Array.from({ length: columns }, (_, column) =>
    rows.every((row) => /^[-+]?[\d. ]+(e[-+]?\d+)?$|^$/.test(row[column] ?? '')),
  );
}
