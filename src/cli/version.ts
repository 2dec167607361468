// The version of this package, from its package.json.

import { readFileSync } from 'node:fs';

/** Looks in the folders above this file: there are two between it and the package in src/, three in dist/src/. */
export function version(): string {
  for (const above of ['../..', '../../..']) {
    try {
      const json = readFileSync(new URL(`${above}/package.json`, import.meta.url), 'utf8');
      return (JSON.parse(json) as { version: string }).version;
    } catch {
      continue;
    }
  }
  return 'unknown';
}
