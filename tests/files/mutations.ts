// Damage for files: the kinds that disks, networks and malice do, by seed.

import type { RandomState } from '../../src/index.js';
import { crc32 } from '../../src/files/inflate.js';

/** A damaged copy: one or two random changes. */
export function mutated(bytes: Uint8Array, random: RandomState): Uint8Array {
  let result: Uint8Array = bytes.slice();
  for (let changes = random.randint(1, 3); changes > 0; changes--) {
    const kind = KINDS[random.randint(KINDS.length)]!;
    if (result.length > 0) result = kind(result, random);
  }
  return result;
}

type Mutation = (bytes: Uint8Array, random: RandomState) => Uint8Array;

/** Near the beginning more often than not: that is where headers are. */
function placeIn(bytes: Uint8Array, random: RandomState): number {
  return random.randint(random.randint(2) === 0 ? bytes.length : Math.min(bytes.length, 160));
}

const EXTREMES = [
  0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff,
];

const WORDS = [
  '-1',
  '0',
  '1e999',
  '99999999',
  '4294967295',
  '18446744073709551615',
  '"',
  '""',
  '[[[[',
  '}',
  '{',
  ']',
  ',',
  '\n',
  'null',
  'NaN',
  '\\u0000',
  '<f8',
  '>i8',
  '|O',
  'F16',
  'I64',
  '__proto__',
  'true',
  '(',
  "'",
];

const KINDS: readonly Mutation[] = [
  // cut short
  (bytes, random) => bytes.slice(0, random.randint(bytes.length)),
  // a bit flipped
  (bytes, random) => changed(bytes, (copy) => (copy[placeIn(bytes, random)]! ^= 1 << random.randint(8))),
  // a byte of another value
  (bytes, random) => changed(bytes, (copy) => (copy[placeIn(bytes, random)] = random.randint(256))),
  // a huge or odd size
  (bytes, random) =>
    changed(bytes, (copy) => {
      const view = new DataView(copy.buffer);
      const at = placeIn(bytes, random);
      const value = EXTREMES[random.randint(EXTREMES.length)]!;
      const little = random.randint(2) === 0;
      if (at + 4 <= copy.length && random.randint(2) === 0) view.setUint32(at, value, little);
      else if (at + 2 <= copy.length) view.setUint16(at, value, little);
    }),
  // a stretch missing, doubled, or filled
  (bytes, random) => {
    const at = placeIn(bytes, random);
    const end = Math.min(bytes.length, at + random.randint(1, 64));
    return joined(bytes.subarray(0, at), bytes.subarray(end));
  },
  (bytes, random) => {
    const at = placeIn(bytes, random);
    const end = Math.min(bytes.length, at + random.randint(1, 64));
    return joined(bytes.subarray(0, end), bytes.subarray(at));
  },
  (bytes, random) => {
    const at = placeIn(bytes, random);
    return changed(bytes, (copy) => copy.fill(random.randint(2) * 255, at, at + random.randint(1, 16)));
  },
  // a word of text in the place of another
  (bytes, random) => {
    const at = placeIn(bytes, random);
    const word = new TextEncoder().encode(WORDS[random.randint(WORDS.length)]);
    const end = Math.min(bytes.length, at + random.randint(0, 8));
    return joined(bytes.subarray(0, at), word, bytes.subarray(end));
  },
  // a number of text made longer
  (bytes, random) => {
    const digits = Array.from(bytes.keys()).filter((i) => bytes[i]! >= 0x30 && bytes[i]! <= 0x39);
    const at = digits[random.randint(Math.max(1, digits.length))] ?? 0;
    return joined(
      bytes.subarray(0, at),
      new TextEncoder().encode('9'.repeat(random.randint(1, 20))),
      bytes.subarray(at),
    );
  },
];

function changed(bytes: Uint8Array, change: (copy: Uint8Array) => unknown): Uint8Array {
  const copy = bytes.slice();
  change(copy);
  return copy;
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(Buffer.concat(parts));
}

/** A damaged PNG whose checksums are right again, so that the damage gets further in. */
export function resealedPng(bytes: Uint8Array): Uint8Array {
  const copy = bytes.slice();
  const view = new DataView(copy.buffer);
  for (let at = 8; at + 12 <= copy.length;) {
    const end = at + 8 + view.getUint32(at);
    if (end + 4 > copy.length) break;
    view.setUint32(end, crc32(copy.subarray(at + 4, end)));
    at = end + 4;
  }
  return copy;
}
