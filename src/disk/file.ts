// Whole files, and files chunk by chunk.

import { createReadStream } from 'node:fs';
import { open, realpath, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { FormatError } from '../files/index.js';
import { explained, onDisk } from './disk-error.js';

/**
 * A file's bytes. Throws a `DiskError` if it cannot be read, a `FormatError` if it has more than `maxBytes` (default 2³¹, 2 GiB).
 *
 * ```ts
 * const { model } = loadModel(await loadFile('model.safetensors'));
 * ```
 */
export async function loadFile(
  path: string,
  options: { readonly maxBytes?: number | undefined } = {},
): Promise<Uint8Array> {
  const { maxBytes = 2 ** 31 } = options;
  return onDisk(path, 'read', async () => {
    const file = await open(path);
    try {
      const { size } = await file.stat();
      if (size > maxBytes) {
        throw new FormatError(`${path}: a file of ${size} bytes, expected at most ${maxBytes} (maxBytes)`);
      }
      const bytes = await file.readFile();
      return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    } finally {
      await file.close();
    }
  });
}

/**
 * Writes a file whole or not at all: under a temporary name beside its place, onto the disk, then moved there. Whenever the
 * process or the machine stops, the file is the old one or the new one. Throws a `DiskError`, and leaves the old one, if that
 * fails.
 */
export async function saveFile(path: string, content: Uint8Array | string): Promise<void> {
  await onDisk(path, 'write', async () => {
    const place = await realpath(path).catch(() => resolve(path)); // a link stays a link
    const temporary = join(dirname(place), `.${basename(place)}.${process.pid}.tmp`);
    try {
      const file = await open(temporary, 'w');
      try {
        await file.writeFile(content);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(temporary, place);
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
    await syncFolder(dirname(place));
  });
}

/** Makes the new name last too; not every system can. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder).catch(() => null);
  await handle?.sync().catch(() => {});
  await handle?.close();
}

/**
 * A file's bytes in chunks, for `fitCsvStream` and `csvBatches`; each walk reads it from the start, so that one value serves
 * for all epochs. Throws a `DiskError` if it cannot be read.
 *
 * ```ts
 * const file = fileChunks('large.csv');
 * const columns = await fitCsvStream(file, { target: 'price' });
 * for await (const { X, y } of csvBatches(file, columns)) step(X, y);
 * ```
 */
export function fileChunks(path: string): AsyncIterable<Uint8Array> {
  return {
    async *[Symbol.asyncIterator]() {
      try {
        for await (const chunk of createReadStream(path)) yield chunk as Uint8Array;
      } catch (error) {
        throw explained(path, 'read', error);
      }
    },
  };
}
