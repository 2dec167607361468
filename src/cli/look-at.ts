// Whether there is a file or a folder at a path.

import { statSync } from 'node:fs';

/** What is at a path; null for nothing, and where it may not be looked at. */
export function lookAt(path: string): 'file' | 'folder' | null {
  try {
    const found = statSync(path, { throwIfNoEntry: false });
    return found ? (found.isDirectory() ? 'folder' : 'file') : null;
  } catch {
    return null; // part of the path is a file, or a folder that is closed to us
  }
}
