// The files of the lab, read once when the server starts: what is not among them then is never served, whatever a request
// calls it, and a lab that is built anew meanwhile does not mix with the one that is open.

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { lookup } from 'mrmime';

/** A file as it is served. */
export interface SiteFile {
  readonly body: Buffer;
  /** Its media type. */
  readonly type: string;
  /** Changes with the content. */
  readonly etag: string;
  /** Whether the name changes with the content, so that a browser need never ask again. */
  readonly isHashed: boolean;
}

/** Files by the path of their address, such as `/index.html`. */
export type Site = ReadonlyMap<string, SiteFile>;

/**
 * Reads the files of a folder and of those within it. Links count for the files that they lead to, unless these are outside
 * of the folder: then they are left out, as are names that begin with a dot.
 *
 * ```ts
 * readSite('dist/lab').get('/index.html')?.type; // 'text/html; charset=utf-8'
 * ```
 *
 * @param folder - An existing folder. Throws the system's error where it cannot be read.
 */
export function readSite(folder: string): Site {
  const root = realpathSync(folder);
  const site = new Map<string, SiteFile>();
  for (const name of readdirSync(root, { recursive: true, encoding: 'utf8' })) {
    const parts = name.split(sep);
    const path = parts.some((part) => part.startsWith('.')) ? null : fileWithin(root, join(root, name));
    const address = `/${parts.join('/')}`;
    if (path !== null) site.set(address, fileOf(address, readFileSync(path)));
  }
  return site;
}

/** The file that a path stands for, all links followed; null for a folder, and for what lies outside of the root. */
function fileWithin(root: string, path: string): string | null {
  try {
    const target = realpathSync(path);
    return target.startsWith(root + sep) && statSync(target).isFile() ? target : null;
  } catch {
    return null; // a link that leads nowhere
  }
}

function fileOf(address: string, body: Buffer): SiteFile {
  const type = lookup(address) ?? 'application/octet-stream';
  return {
    body,
    type: /^text\/|json$|^image\/svg/.test(type) ? `${type}; charset=utf-8` : type,
    etag: `"${createHash('sha256').update(body).digest('base64url')}"`,
    isHashed: /^\/assets\/.*-[\w-]{8}\.\w+$/.test(address), // as Vite names what it builds
  };
}
