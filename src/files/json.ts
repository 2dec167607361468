// JSON from a file: parsed, and held to what JavaScript's own parser lets pass.

import { FormatError } from './format-error.js';

/** @internal Deeper nesting than any file of ours has: it is refused before code that walks it runs out of stack. */
export const MAX_DEPTH = 200;

/** @internal What a JSON text says. Throws a `FormatError` for bad JSON, a key named twice in one object, and nesting deeper than 200. */
export function readJson(text: string, where: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new FormatError(`${where}: not JSON (${error instanceof Error ? error.message : String(error)})`, {
      cause: error,
    });
  }
  checkKeys(text, where);
  return value;
}

/** @internal Whether a value is a JSON object. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Walks valid JSON from quote to quote; `JSON.parse` would keep the last of two equal keys and say nothing. */
function checkKeys(text: string, where: string): void {
  const open: (Set<string> | null)[] = []; // the keys of each object that is open; null for an array
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (char === '{' || char === '[') {
      open.push(char === '{' ? new Set() : null);
      if (open.length > MAX_DEPTH) throw new FormatError(`${where}: nested deeper than ${MAX_DEPTH}`);
    } else if (char === '}' || char === ']') {
      open.pop();
    } else if (char === '"') {
      const start = at++;
      while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
      const keys = open.at(-1);
      if (!keys || !isKey(text, at + 1)) continue;
      const key = JSON.parse(text.slice(start, at + 1)) as string;
      if (keys.has(key)) {
        throw new FormatError(`${where}: the key ${JSON.stringify(key)} comes twice in one object`);
      }
      keys.add(key);
    }
  }
}

/** Whether a colon follows, after white space. */
function isKey(text: string, at: number): boolean {
  while (' \t\n\r'.includes(text[at] ?? '.')) at++;
  return text[at] === ':';
}
