// CSV as text to records, chunk by chunk, each with the line it begins in. The parser itself is Papa Parse.

import Papa from 'papaparse';
import { FormatError } from '../format-error.js';

/** How a CSV file is written. */
export interface CsvOptions {
  /** What stands between two fields. Default: of comma, semicolon, tab and bar the one that the first line has most of. */
  readonly delimiter?: string | undefined;
  /** Whether the first line holds the columns' names. Default true; without, they are `column 1`, `column 2`, …. */
  readonly header?: boolean | undefined;
}

/** @internal A record: its fields, white space around them removed, and the line it begins in (from 1). */
export interface CsvRecord {
  readonly line: number;
  readonly fields: readonly string[];
}

/** What Papa's parser gives for a text. */
interface Parsed {
  readonly data: string[][];
  readonly errors: readonly { readonly row: number; readonly message: string }[];
  /** How far the whole records reach. */
  readonly meta: { readonly cursor: number };
}

/** Text that waits for its record's end is parsed again with more of it: the larger the steps, the less often. */
const STEP = 2 ** 16;

/** A record this long is a quote that nobody closed. */
const MAX_RECORD = 2 ** 20;

const DELIMITERS = [',', ';', '\t', '|'];

/** @internal Reads text as it comes: `push` gives the records that are whole by now, `end` those that are left. */
export interface RecordReader {
  readonly push: (text: string) => CsvRecord[];
  readonly end: () => CsvRecord[];
  /** What stands between fields; null before the first line is known. */
  readonly delimiter: () => string | null;
}

/** @internal A reader of records. It throws a `FormatError` for quotes in the wrong place, naming the line. */
export function recordReader(options: CsvOptions = {}, where = 'readCsv'): RecordReader {
  if (options.delimiter !== undefined && !isDelimiter(options.delimiter)) {
    throw new FormatError(
      `${where}: a delimiter is one character other than a quote and a line's end, got ${JSON.stringify(options.delimiter)}`,
    );
  }
  let delimiter = options.delimiter ?? null;
  let waiting = ''; // text whose record has not ended
  let fresh = 0; // how much of it has not been tried
  let started = false;
  let line = 1;

  const parse = (last: boolean): CsvRecord[] => {
    delimiter ??= guessDelimiter(waiting, last);
    if (delimiter === null) return [];
    const parser = new Papa.Parser({ delimiter, newline: '\n', quoteChar: '"' });
    const { data, errors, meta } = parser.parse(waiting, 0, !last) as Parsed;
    const records: CsvRecord[] = [];
    const [bad] = errors;
    data.forEach((fields, row) => {
      // What Papa says of the record at the end holds only once that is whole.
      if (bad?.row === row) throw quoteError(where, line, bad.message);
      const blank = fields.length === 1 && fields[0]!.trim() === '';
      if (!blank) records.push({ line, fields: fields.map((field) => field.trim()) });
      line += 1 + fields.reduce((breaks, field) => breaks + countBreaks(field), 0);
    });
    waiting = last ? '' : waiting.slice(meta.cursor);
    fresh = 0;
    if (waiting.length > MAX_RECORD) {
      throw new FormatError(
        `${where}: line ${line}: no end of the record within ${MAX_RECORD} characters; is a quote (") not closed?`,
      );
    }
    return records;
  };

  let carried = ''; // a carriage return at a chunk's end may be half of a line's end
  const take = (text: string, last: boolean): void => {
    let all = carried + text;
    carried = !last && all.endsWith('\r') ? '\r' : '';
    if (carried !== '') all = all.slice(0, -1);
    if (!started && all.startsWith('\ufeff')) all = all.slice(1);
    started ||= all !== '';
    const normal = all.includes('\r') ? all.replaceAll(/\r\n?/g, '\n') : all;
    waiting += normal;
    fresh += normal.length;
  };

  return {
    push: (text) => {
      const records: CsvRecord[] = [];
      for (let at = 0; at < text.length; at += STEP) {
        take(text.slice(at, at + STEP), false);
        if (fresh >= Math.max(STEP, waiting.length / 2))
          for (const record of parse(false)) records.push(record);
      }
      return records;
    },
    end: () => {
      take('', true);
      return waiting === '' ? [] : parse(true);
    },
    delimiter: () => delimiter,
  };
}

/** @internal Texts, or bytes of UTF-8, in whatever pieces they come. */
export type Chunks = AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>;

/** @internal Bytes to text, piece by piece. Throws a `FormatError` for bytes that are not UTF-8. */
export function utf8Decoder(where: string): (bytes: Uint8Array, last: boolean) => string {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  return (bytes, last) => {
    try {
      return decoder.decode(bytes, { stream: !last });
    } catch (error) {
      throw new FormatError(`${where}: the file is not UTF-8 text; save it as UTF-8`, { cause: error });
    }
  };
}

function isDelimiter(text: string): boolean {
  return typeof text === 'string' && text.length === 1 && !['"', '\n', '\r', '\ufeff'].includes(text);
}

/** The delimiter that the first line has most of outside quotes; null while the line goes on. */
function guessDelimiter(text: string, last: boolean): string | null {
  const counts = new Map(DELIMITERS.map((delimiter) => [delimiter, 0]));
  let quoted = false;
  let ended = last;
  for (const char of text) {
    if (char === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (char === '\n') {
      ended = true;
      break;
    } else if (counts.has(char)) counts.set(char, counts.get(char)! + 1);
  }
  if (!ended && text.length <= MAX_RECORD) return null;
  return DELIMITERS.reduce((best, other) => (counts.get(other)! > counts.get(best)! ? other : best));
}

function countBreaks(field: string): number {
  let breaks = 0;
  for (let at = field.indexOf('\n'); at >= 0; at = field.indexOf('\n', at + 1)) breaks++;
  return breaks;
}

function quoteError(where: string, line: number, message: string): FormatError {
  return new FormatError(
    `${where}: line ${line}: ${/unterminated/.test(message) ? 'a quote (") is not closed' : 'text after a closing quote (")'}; ` +
      'expected a quoted field to end with a quote, quotes within it written twice',
  );
}
