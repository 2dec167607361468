// A piece of somebody's source file with a part of it marked, as compilers show it.

import stringWidth from 'string-width';

/** Lines of a source file, and the part of them that something is said about. */
export interface Excerpt {
  readonly kind: 'excerpt';
  /** Where they are from: `notes.ts:34:19`. */
  readonly source: string;
  /** The number of the first line. */
  readonly firstLine: number;
  readonly lines: readonly string[];
  /** Lines and columns count from 1; the end is the first column after. */
  readonly mark: Mark;
  /** What is said at the mark; may be empty. */
  readonly note: string;
  readonly tone: 'error' | 'warning' | 'note';
}

interface Mark {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** A row of an excerpt: a line of the source, or what points at it. */
export interface Row {
  readonly kind: 'source' | 'pointer' | 'note';
  /** The number of a line; empty below it. */
  readonly number: string;
  readonly text: string;
}

const LEAD = 0.6; // of the width may stand before a mark that does not fit
const MOST_POINTERS = 4; // of a mark over more lines only the first is pointed at

/** The rows of an excerpt in at most `width` columns; lines too long for that are cut around the mark. */
export function rowsOf(excerpt: Excerpt, width: number): Row[] {
  const { firstLine, lines, note } = excerpt;
  const digits = String(firstLine + lines.length - 1).length;
  const room = Math.max(20, width - digits - 3);
  const expanded = lines.map((line) => line.replaceAll('\t', '  '));
  const parts = expanded.map((line, i) => markedPart(excerpt, firstLine + i, line, lines[i]!));
  const start = Math.max(0, ...parts.map((part, i) => (part ? startFor(expanded[i]!, part, room) : 0)));
  const last = parts.findLastIndex((part) => part !== null);
  return expanded.flatMap((line, i) => {
    const row: Row = {
      kind: 'source',
      number: String(firstLine + i).padStart(digits),
      text: cut(line, start, room),
    };
    const part = parts[i];
    if (!part) return [row];
    const pointer = pointerUnder(line, part, start, room);
    const below = (kind: Row['kind'], text: string): Row => ({ kind, number: ' '.repeat(digits), text });
    if (i !== last || note === '') return [row, below('pointer', pointer)];
    if (stringWidth(pointer) + 1 + stringWidth(note) <= room)
      return [row, below('pointer', `${pointer} ${note}`)];
    return [row, below('pointer', pointer), below('note', note)];
  });
}

type Part = readonly [from: number, to: number];

/** The part of a line that is marked, in characters of the line with its tabs expanded. */
function markedPart({ mark }: Excerpt, number: number, line: string, original: string): Part | null {
  const lastPointed = mark.endLine - mark.line < MOST_POINTERS ? mark.endLine : mark.line;
  if (number < mark.line || number > lastPointed) return null;
  const tabsBefore = (column: number): number => original.slice(0, column).split('\t').length - 1;
  const indent = line.length - line.trimStart().length;
  const from = number === mark.line ? mark.column - 1 + tabsBefore(mark.column - 1) : indent;
  const to = number === mark.endLine ? mark.endColumn - 1 + tabsBefore(mark.endColumn - 1) : line.length;
  return line.trim() === ''
    ? null
    : [Math.min(from, line.length), Math.max(Math.min(to, line.length), from + 1)];
}

/** How much must be cut from the left so that the marked part is seen. */
function startFor(line: string, [from, to]: Part, room: number): number {
  if (stringWidth(line.slice(0, to)) <= room) return 0;
  // The end of a mark may be cut off; its beginning is seen, with something before it.
  let start = 0;
  while (start < from && stringWidth(line.slice(start, from)) > LEAD * room) start++;
  return start;
}

function cut(line: string, start: number, room: number): string {
  const rest = start > 0 ? `…${line.slice(start + 1)}` : line;
  if (stringWidth(rest) <= room) return rest;
  let end = rest.length;
  while (stringWidth(rest.slice(0, end)) > room - 1) end--;
  return `${rest.slice(0, end)}…`;
}

function pointerUnder(line: string, [from, to]: Part, start: number, room: number): string {
  const before = Math.max(0, stringWidth(line.slice(start, from)));
  const size = Math.max(1, stringWidth(line.slice(Math.max(from, start), to)));
  return ' '.repeat(before) + '^'.repeat(Math.max(1, Math.min(size, room - before)));
}
