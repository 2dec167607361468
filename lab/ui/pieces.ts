// Sentences as pieces that a page shows each in its way: words, code, and what is English in a page that may not be.

/** Words or code of a sentence; `lang` where they are in another language than the page may be. */
export interface Piece {
  readonly kind: 'text' | 'code';
  readonly text: string;
  readonly lang?: 'en';
}

/**
 * A sentence cut at its backticks, and around the part of it that is English whatever the page speaks.
 *
 * @example
 * piecesOf('Write `x` here.'); // [{ kind: 'text', … }, { kind: 'code', text: 'x' }, { kind: 'text', … }]
 * piecesOf('예외: No.', 'No.'); // [{ kind: 'text', text: '예외: ' }, { kind: 'text', text: 'No.', lang: 'en' }]
 */
export function piecesOf(sentence: string, english: string | null = null): Piece[] {
  const at = english ? sentence.indexOf(english) : -1;
  if (!english || at < 0) return cutAtBackticks(sentence);
  return [
    ...cutAtBackticks(sentence.slice(0, at)),
    ...cutAtBackticks(english).map((piece): Piece => ({ ...piece, lang: 'en' })),
    ...cutAtBackticks(sentence.slice(at + english.length)),
  ];
}

function cutAtBackticks(text: string): Piece[] {
  return text
    .split('`')
    .map((part, i): Piece => ({ kind: i % 2 === 0 ? 'text' : 'code', text: part }))
    .filter((piece) => piece.text !== '');
}
