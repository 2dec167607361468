// Text by character: each character a number, and back.

import { ValueError } from '../errors.js';
import { Tensor, toTensor, type TensorLike } from '../tensor/index.js';
import { checkCount } from './dataset.js';

/** The characters that a text is made of, numbered. */
export interface Vocabulary {
  /** Every character once, in the order of Unicode; a character's place is its number. */
  readonly characters: readonly string[];
  /** How many there are. */
  readonly size: number;
  /** A text's characters as numbers, `[length]`, int64. Throws a `ValueError` for one that is not in the vocabulary, naming its place. */
  readonly encode: (text: string) => Tensor;
  /** The text that numbers stand for. Throws a `ValueError` for a number that stands for nothing. */
  readonly decode: (ids: TensorLike) => string;
}

/**
 * The vocabulary of a text, or of a list of characters that an earlier one had. A character is a code point of Unicode, so that
 * 한 and 🙂 are one each. Throws a `ValueError` for an empty text, and for a list with anything but different characters.
 *
 * @example
 * const vocabulary = characterVocabulary('hello');
 * vocabulary.characters; // ['e', 'h', 'l', 'o']
 * vocabulary.encode('hole').toArray(); // [1, 3, 2, 0]
 * vocabulary.decode([1, 0, 2, 2, 3]); // 'hello'
 */
export function characterVocabulary(source: string | readonly string[]): Vocabulary {
  const characters =
    typeof source === 'string'
      ? [...new Set(source)].sort((a, b) => a.codePointAt(0)! - b.codePointAt(0)!)
      : [...source];
  if (characters.length === 0) {
    throw new ValueError('characterVocabulary: expected at least one character, got none');
  }
  const ids = new Map(characters.map((character, id) => [character, id]));
  const bad = characters.find(
    (character, id) =>
      typeof character !== 'string' || [...character].length !== 1 || ids.get(character) !== id,
  );
  if (bad !== undefined) {
    throw new ValueError(
      `characterVocabulary: expected single characters, each once, got ${JSON.stringify(bad)}`,
    );
  }
  return {
    characters,
    size: characters.length,
    encode: (text) => {
      const numbers = Float64Array.from(text, (character, place) => {
        const id = ids.get(character);
        if (id !== undefined) return id;
        throw new ValueError(
          `encode: character ${place + 1}, ${JSON.stringify(character)}, is not among the ${characters.length} of the vocabulary`,
        );
      });
      return new Tensor(numbers, [numbers.length], { dtype: 'int64' });
    },
    decode: (numbers) =>
      Array.from(toTensor(numbers).data, (id) => {
        const character = characters[id];
        if (character !== undefined) return character;
        throw new ValueError(`decode: expected numbers from 0 to ${characters.length - 1}, got ${id}`);
      }).join(''),
  };
}

/**
 * Windows of a sequence for training on what comes next: X holds `length` numbers from each start, y the same one step on, both
 * `[windows, length]`, int64. Starts lie `stride` apart (default `length`: no overlap); what is left at the end is left out. Throws a
 * `ValueError` for a sequence of `length` numbers or fewer.
 *
 * @example
 * const { X, y } = sequenceWindows([1, 2, 3, 4, 5], { length: 2 });
 * X.toArray(); // [[1, 2], [3, 4]]
 * y.toArray(); // [[2, 3], [4, 5]]
 */
export function sequenceWindows(
  ids: TensorLike,
  options: { readonly length: number; readonly stride?: number | undefined },
): { readonly X: Tensor; readonly y: Tensor } {
  const { length, stride = length } = options;
  checkCount(length, 'length', 'sequenceWindows', 1);
  checkCount(stride, 'stride', 'sequenceWindows', 1);
  const { data } = toTensor(ids);
  const windows = Math.floor((data.length - 1 - length) / stride) + 1;
  if (windows < 1) {
    throw new ValueError(
      `sequenceWindows: a window of ${length} and what follows need ${length + 1} numbers, got ${data.length}`,
    );
  }
  const taken = (offset: number): Tensor => {
    const rows = new Float64Array(windows * length);
    for (let i = 0; i < windows; i++) {
      rows.set(data.subarray(i * stride + offset, i * stride + offset + length), i * length);
    }
    return new Tensor(rows, [windows, length], { dtype: 'int64' });
  };
  return { X: taken(0), y: taken(1) };
}
