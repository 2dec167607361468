// The texts of exercises as paragraphs and formulas.

/** A paragraph, or lines of code. */
export interface Block {
  readonly kind: 'text' | 'code';
  readonly text: string;
}

/**
 * Paragraphs, and formulas indented by four.
 *
 * @example
 * blocksOf('One line\nof text.\n\n    y = 2x'); // [{ kind: 'text', text: 'One line of text.' }, { kind: 'code', text: 'y = 2x' }]
 */
export function blocksOf(markdown: string): Block[] {
  const chunks = markdown.split(/\n\s*\n/).filter((chunk) => chunk.trim() !== '');
  const blocks = chunks.map((chunk): Block => {
    const lines = chunk.split('\n').filter((line) => line.trim() !== '');
    if (!lines.every((line) => line.startsWith('    ')))
      return { kind: 'text', text: lines.map((line) => line.trim()).join(' ') };
    return { kind: 'code', text: lines.map((line) => line.slice(4)).join('\n') };
  });
  // Formulas that only a blank line parts stand in one frame.
  return blocks.reduce<Block[]>((all, block) => {
    const before = all.at(-1);
    if (before?.kind !== 'code' || block.kind !== 'code') return [...all, block];
    return [...all.slice(0, -1), { kind: 'code', text: `${before.text}\n\n${block.text}` }];
  }, []);
}
