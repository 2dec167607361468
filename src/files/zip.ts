// What a ZIP archive holds (APPNOTE.TXT, ZIP64 included): stored and deflated members, each held to its size and checksum.

import { FormatError } from './format-error.js';
import { crc32, inflate } from './inflate.js';

/** @internal One file in an archive. */
export interface ZipMember {
  readonly name: string;
  /** Bytes once unfolded, as declared. */
  readonly size: number;
  /** The bytes themselves; throws a `FormatError` if they are damaged. */
  readonly read: () => Uint8Array;
}

const END = 0x06054b50;
const END_64 = 0x06064b50;
const LOCATOR_64 = 0x07064b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;

/** No DEFLATE stream unfolds further. */
const MAX_RATIO = 1032;

/** @internal The members of an archive. Throws a `FormatError` unless the archive is whole and declares sizes that can be true. */
export function zipMembers(bytes: Uint8Array, where: string): ZipMember[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const bad = (what: string): never => {
    throw new FormatError(`${where}: a damaged ZIP archive (${what})`);
  };
  const { count, start } = directoryOf(view, bad);
  const members: ZipMember[] = [];
  let at = start;
  for (let i = 0; i < count; i++) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== ENTRY) bad('its directory is cut short');
    const [nameLength, extraLength, noteLength] = [28, 30, 32].map((offset) =>
      view.getUint16(at + offset, true),
    ) as [number, number, number];
    const end = at + 46 + nameLength + extraLength + noteLength;
    if (end > bytes.length) bad('its directory is cut short');
    members.push(memberAt(bytes, view, at, nameLength, extraLength, where, bad));
    at = end;
  }
  return members;
}

/** Where the directory begins and how many entries it has: from the record at the archive's end. */
function directoryOf(view: DataView, bad: (what: string) => never): { count: number; start: number } {
  const lowest = Math.max(0, view.byteLength - 22 - 0xffff); // a comment may follow
  let end = view.byteLength - 22;
  while (end >= lowest && view.getUint32(end, true) !== END) end--;
  if (end < lowest) return bad('the record at its end is missing: the file is cut short or no archive');
  let count = view.getUint16(end + 10, true);
  let start = view.getUint32(end + 16, true);
  if (end >= 20 && view.getUint32(end - 20, true) === LOCATOR_64) {
    const record = uint64(view, end - 12);
    if (record + 56 > view.byteLength || view.getUint32(record, true) !== END_64) bad('no ZIP64 record');
    count = uint64(view, record + 32);
    start = uint64(view, record + 48);
  }
  // An entry takes 46 bytes at least.
  if (start > view.byteLength || count * 46 > view.byteLength - start) bad('its directory is cut short');
  return { count, start };
}

function memberAt(
  bytes: Uint8Array,
  view: DataView,
  at: number,
  nameLength: number,
  extraLength: number,
  where: string,
  bad: (what: string) => never,
): ZipMember {
  const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength));
  const shown = JSON.stringify(name);
  const flags = view.getUint16(at + 8, true);
  const method = view.getUint16(at + 10, true);
  const crc = view.getUint32(at + 16, true);
  const large = zip64Fields(view, at + 46 + nameLength, extraLength);
  const [size, packed, offset] = [24, 20, 42].map((field) => {
    const value = view.getUint32(at + field, true);
    return value === 0xffffffff ? (large.shift() ?? bad(`no ZIP64 sizes of ${shown}`)) : value;
  }) as [number, number, number];

  if (flags & 1) throw new FormatError(`${where}: ${shown} is encrypted, which is not supported`);
  if (method !== 0 && method !== 8) {
    throw new FormatError(
      `${where}: ${shown} is compressed by method ${method}; expected 0 (stored) or 8 (deflated)`,
    );
  }
  if (offset + 30 > bytes.length || view.getUint32(offset, true) !== LOCAL)
    bad(`${shown} is not where it should be`);
  const begin = offset + 30 + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true);
  if (begin + packed > bytes.length) bad(`${shown} is cut short`);
  if (method === 0 ? size !== packed : size > packed * MAX_RATIO) {
    bad(`${shown} cannot unfold from ${packed} bytes to ${size}`);
  }
  return {
    name,
    size,
    read: () => {
      const data = bytes.subarray(begin, begin + packed);
      const content = method === 0 ? data : inflate(data, size, `${where}: ${shown}`);
      if (content.length !== size) bad(`${shown} unfolds to ${content.length} bytes, expected ${size}`);
      if (crc32(content) !== crc) bad(`the checksum of ${shown} differs`);
      return content;
    },
  };
}

/** The 64-bit numbers of an entry's ZIP64 field: those that did not fit their own place, in order. */
function zip64Fields(view: DataView, start: number, length: number): number[] {
  const end = start + length;
  for (let at = start; at + 4 <= end; at += 4 + view.getUint16(at + 2, true)) {
    if (view.getUint16(at, true) !== 1) continue;
    const size = Math.min(view.getUint16(at + 2, true), end - at - 4);
    return Array.from({ length: Math.floor(size / 8) }, (_, i) => uint64(view, at + 4 + i * 8));
  }
  return [];
}

/** Beyond 2⁵³ it is only near, which is far beyond any size that passes. */
function uint64(view: DataView, at: number): number {
  return view.getUint32(at, true) + view.getUint32(at + 4, true) * 2 ** 32;
}
