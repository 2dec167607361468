// The Markdown of exercises as blocks of a document, and as a comment on top of a learner's file.

import { wrap } from '../document/terminal.js';
import type { Block } from '../document/block.js';

const COMMENT = 78; // columns of a comment's text

/**
 * Paragraphs, headings, list items and code (fenced, or indented by four) as blocks.
 *
 * @example
 * blocksOf('One line\nof text.\n\n    y = 2x'); // [{ kind: 'text', … }, { kind: 'code', lines: ['y = 2x'] }]
 */
export function blocksOf(markdown: string): Block[] {
  return piecesOf(markdown).map((piece): Block => {
    switch (piece.kind) {
      case 'code':
        return { kind: 'code', lines: piece.lines };
      case 'heading':
        return { kind: 'heading', text: piece.text };
      case 'text':
        return { kind: 'text', text: piece.text };
    }
  });
}

/** The same as lines of a comment, without the slashes. */
export function commentOf(markdown: string): string[] {
  return piecesOf(markdown).flatMap((piece, i) => {
    const lines =
      piece.kind === 'code'
        ? piece.lines.map((line) => `    ${line}`)
        : wrap(piece.text, COMMENT).split('\n');
    return i === 0 ? lines : ['', ...lines];
  });
}

type Piece =
  | { readonly kind: 'text' | 'heading'; readonly text: string }
  | { readonly kind: 'code'; readonly lines: readonly string[] };

function piecesOf(markdown: string): Piece[] {
  return chunksOf(markdown).flatMap((lines): Piece[] => {
    if (lines[0]!.startsWith('```')) {
      return [{ kind: 'code', lines: lines.slice(1, lines.at(-1)!.startsWith('```') ? -1 : undefined) }];
    }
    if (lines.every((line) => line.startsWith('    '))) {
      return [{ kind: 'code', lines: lines.map((line) => line.slice(4)) }];
    }
    const heading = /^#+ +(.*)/.exec(lines[0]!)?.[1];
    if (heading !== undefined) return [{ kind: 'heading', text: heading }];
    return itemsOf(lines).map((text) => ({ kind: 'text', text }));
  });
}

/** Lines that belong together: a blank line ends them, except within a fence. */
function chunksOf(markdown: string): string[][] {
  const chunks: string[][] = [[]];
  let fenced = false;
  for (const line of markdown.split('\n')) {
    if (line.startsWith('```')) {
      if (!fenced) chunks.push([]);
      chunks.at(-1)!.push(line);
      if (fenced) chunks.push([]);
      fenced = !fenced;
    } else if (!fenced && (line.trim() === '' || line.startsWith('#'))) {
      chunks.push(...(line.startsWith('#') ? [[line], []] : [[]]));
    } else {
      chunks.at(-1)!.push(line);
    }
  }
  return chunks.filter((lines) => lines.length > 0);
}

/** A paragraph as one line; a list as a line for each of its items. */
function itemsOf(lines: readonly string[]): string[] {
  const items: string[] = [];
  for (const line of lines) {
    if (items.length === 0 || /^\s*(?:[-*]|\d+\.) /.test(line)) items.push(line.trim());
    else items[items.length - 1] += ` ${line.trim()}`;
  }
  return items;
}
