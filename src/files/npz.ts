// NumPy's .npz files: several arrays by name, a ZIP archive of .npy files.

import { zipSync } from 'fflate';
import { Tensor, type TensorLike } from '../tensor/index.js';
import { FormatError } from './format-error.js';
import { DEFAULT_MAX_BYTES, type SizeLimit } from './limits.js';
import { readNpy, writeNpy, type ArrayWriteOptions } from './npy.js';
import { zipMembers } from './zip.js';

/** Options of `writeNpz`. */
export interface NpzWriteOptions extends ArrayWriteOptions {
  /** Whether the arrays are compressed, as by `numpy.savez_compressed`. Default false. */
  readonly compressed?: boolean | undefined;
}

/**
 * The arrays of a .npz file by name, in the file's order; stored or deflated. Equals `numpy.load`. Throws a `FormatError` where
 * `readNpy` does, for a damaged archive (every checksum is tried), and before unfolding more than `maxBytes`.
 *
 * @example
 * const arrays = readNpz(writeNpz({ X: [[1, 2], [3, 4]], y: [0, 1] }));
 * arrays.get('X')?.toArray(); // [[1, 2], [3, 4]]
 */
export function readNpz(bytes: Uint8Array, options: SizeLimit = {}): Map<string, Tensor> {
  const { maxBytes = DEFAULT_MAX_BYTES } = options;
  const members = zipMembers(bytes, 'readNpz');
  const total = members.reduce((sum, { size }) => sum + size, 0);
  if (total > maxBytes) {
    throw new FormatError(
      `readNpz: the arrays take ${total} bytes, more than the ${maxBytes} that maxBytes allows`,
    );
  }
  const arrays = new Map<string, Tensor>();
  for (const { name, read } of members) {
    if (!name.endsWith('.npy')) {
      throw new FormatError(`readNpz: expected .npy files in the archive, found ${JSON.stringify(name)}`);
    }
    const key = name.slice(0, -'.npy'.length);
    if (arrays.has(key)) throw new FormatError(`readNpz: there are two arrays ${JSON.stringify(key)}`);
    arrays.set(key, readNpy(read(), `readNpz: ${JSON.stringify(key)}`));
  }
  return arrays;
}

/**
 * Arrays by name as a .npz file, which `numpy.load` reads. Equals `numpy.savez`. Throws a `FormatError` for numbers that do not
 * fit `type`.
 */
export function writeNpz(
  arrays: Readonly<Record<string, TensorLike>> | ReadonlyMap<string, TensorLike>,
  options: NpzWriteOptions = {},
): Uint8Array {
  const entries = arrays instanceof Map ? [...arrays] : Object.entries(arrays);
  const files: Record<string, Uint8Array> = {};
  for (const [name, array] of entries as [string, TensorLike][])
    files[`${name}.npy`] = writeNpy(array, options);
  // The same arrays give the same bytes: no time of day goes in.
  return zipSync(files, { level: options.compressed ? 6 : 0, mtime: '1980-01-01T00:00:00' });
}
