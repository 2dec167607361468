// Decompression that cannot run away: output stops at a limit, and is held to its checksum.

import { Inflate } from 'fflate';
import { FormatError } from './format-error.js';

/** Input a step; DEFLATE unfolds at most 1032 times, so that a step gives 16 MiB at most. */
const STEP = 2 ** 14;

/** A block of 64 KiB can wait this many steps for its end; where nothing comes for longer, the stream has ended before its data. */
const PATIENCE = 8;

/**
 * @internal What a raw DEFLATE stream unfolds to. Throws a `FormatError` for a damaged stream, and as soon as there are more
 * than `limit` bytes.
 */
export function inflate(bytes: Uint8Array, limit: number, where: string): Uint8Array {
  const chunks: Uint8Array[] = [];
  let size = 0;
  let ended = false;
  let silence = 0;
  const stream = new Inflate((chunk, final) => {
    size += chunk.length;
    if (size > limit) throw new FormatError(`${where}: unfolds to more than the ${limit} bytes expected`);
    silence = chunk.length > 0 ? 0 : silence + 1;
    if (chunk.length > 0) chunks.push(chunk);
    ended = final;
  });
  try {
    for (let at = 0; at < bytes.length && silence <= PATIENCE; at += STEP) {
      stream.push(bytes.subarray(at, at + STEP), at + STEP >= bytes.length);
    }
  } catch (error) {
    if (error instanceof FormatError) throw error;
    throw new FormatError(
      `${where}: the compressed data are damaged (${error instanceof Error ? error.message : String(error)})`,
      {
        cause: error,
      },
    );
  }
  if (!ended)
    throw new FormatError(`${where}: the compressed data are damaged (they and their end do not agree)`);
  return joined(chunks, size);
}

/** @internal Whether bytes begin as gzip does. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** @internal What a gzip file of one member (RFC 1952) holds, checked against its checksum and length. */
export function gunzip(bytes: Uint8Array, limit: number, where: string): Uint8Array {
  const start = gzipHeaderLength(bytes);
  if (start === null || bytes.length < start + 8) {
    throw new FormatError(`${where}: a damaged gzip file (its header or its end is missing)`);
  }
  const content = inflate(bytes.subarray(start, -8), limit, where);
  const view = new DataView(bytes.buffer, bytes.byteOffset + bytes.length - 8, 8);
  if (view.getUint32(4, true) !== content.length % 2 ** 32 || view.getUint32(0, true) !== crc32(content)) {
    throw new FormatError(`${where}: a damaged gzip file (its checksum differs)`);
  }
  return content;
}

function gzipHeaderLength(bytes: Uint8Array): number | null {
  const flags = bytes[3];
  if (!isGzip(bytes) || bytes[2] !== 8 || flags === undefined) return null;
  let at = 10;
  if (flags & 4) at += 2 + (bytes[at] ?? 0) + (bytes[at + 1] ?? 0) * 256; // extra field
  for (const flag of [8, 16]) {
    if (!(flags & flag)) continue; // name, comment: up to a zero
    const end = bytes.indexOf(0, at);
    if (end < 0) return null;
    at = end + 1;
  }
  return flags & 2 ? at + 2 : at; // the header's own checksum
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  return crc;
});

/** @internal The checksum of ZIP, gzip and PNG. */
export function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (let i = 0; i < bytes.length; i++) crc = CRC_TABLE[(crc ^ bytes[i]!) & 0xff]! ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

function joined(chunks: readonly Uint8Array[], size: number): Uint8Array {
  if (chunks.length === 1) return chunks[0]!;
  const all = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}
