// A place in a source file with the lines around it, for people to see.

import { readFileSync } from 'node:fs';
import type { Place } from './task.js';

/** From a position up to another; lines and columns from 1, the end is the first column after. */
export interface Span {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

const AROUND = 2; // lines before and after
const TALLEST = 12; // lines of a span that are shown

/** The place of a span, with the lines around it as far as `from` and `to`. Null if the file cannot be read. */
export function placeOf(span: Span, within: string | null, [from, to] = [1, Infinity]): Place | null {
  const lines = linesOf(span.file);
  if (!lines) return null;
  const firstLine = Math.max(1, from, span.line - AROUND);
  let lastLine = Math.min(lines.length, to, span.endLine + AROUND, firstLine + TALLEST);
  while (lastLine > span.line && lines[lastLine - 1]!.trim() === '') lastLine--;
  const { file, line, column, endLine, endColumn } = span;
  return {
    ...{ file, line, column, endLine, endColumn, within, firstLine },
    lines: lines.slice(firstLine - 1, lastLine),
  };
}

/** The span from a position to the end of what stands on its line. */
export function restOfLine(file: string, line: number, column?: number): Span {
  const text = linesOf(file)?.[line - 1] ?? '';
  const from = column || text.length - text.trimStart().length + 1;
  const comment = file.endsWith('.py') ? /\s*(#.*)?$/ : /\s*(\/\/.*)?$/;
  const to = text.replace(comment, '').length + 1;
  return { file, line, column: from, endLine: line, endColumn: Math.max(to, from + 1) };
}

function linesOf(file: string): string[] | null {
  try {
    return readFileSync(file, 'utf8').split(/\r?\n/);
  } catch {
    return null;
  }
}
