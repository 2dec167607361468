// The texts of exercises, and sentences with code in them, as pieces that a page shows each in its way.

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

/**
 * A sentence cut at its backticks.
 *
 * @example
 * piecesOf('Write `x` here.'); // [{ kind: 'text', … }, { kind: 'code', text: 'x' }, { kind: 'text', … }]
 */
export function piecesOf(sentence: string): Block[] {
  return sentence
    .split('`')
    .map((text, i): Block => ({ kind: i % 2 === 0 ? 'text' : 'code', text }))
    .filter(({ text }) => text !== '');
}
