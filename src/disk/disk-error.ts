// What the system answers when a file cannot be read or written, as a sentence.

import { ChainruleError } from '../errors.js';

/** A file or folder cannot be read or written; the message says which and why. */
export class DiskError extends ChainruleError {
  override readonly name = 'DiskError';
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  ENOTDIR: 'it is not a folder',
  EISDIR: 'it is a folder',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the disk can only be read',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  ENAMETOOLONG: 'the name is too long',
};

/** @internal Runs, and turns the system's errors into a `DiskError` that names the path. */
export async function onDisk<T>(path: string, action: 'read' | 'write', run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw explained(path, action, error);
  }
}

/** @internal A `DiskError` for an error of the system's; any other as it is. */
export function explained(path: string, action: 'read' | 'write', error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : null;
  if (code === null) return error;
  return new DiskError(`cannot ${action} ${path}: ${REASONS[code] ?? code}`, { cause: error });
}
