// What a command is given: where to write, in which language and form, and when to stop.

import type { Readable } from 'node:stream';
import { createColors } from 'picocolors';
import { Interrupted } from './errors.js';
import { isLanguage, systemLanguage, translator, type Language, type Translate } from './texts/index.js';

/** A stream that text is written to: a terminal, a file, a pipe, or a test's list. */
export interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean | undefined;
  /** Width of the terminal. */
  readonly columns?: number | undefined;
}

/** The world around the command line. */
export interface IO {
  readonly stdout: Output;
  readonly stderr: Output;
  /** Opens what is piped into the program; absent: nothing. */
  readonly stdin?: (() => Readable) | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Aborts on Ctrl-C. */
  readonly signal: AbortSignal;
}

/** What every command works with. */
export interface Context extends IO {
  readonly language: Language;
  readonly text: Translate;
  readonly colors: ReturnType<typeof createColors>;
  /** Columns for text. */
  readonly width: number;
  /** Print one JSON document and nothing else. */
  readonly json: boolean;
  /** Print only the result. */
  readonly quiet: boolean;
  /** A line, or several, to stdout. */
  print(text: string): void;
  /** Throws `Interrupted` if the user has asked to stop. */
  checkpoint(): void;
}

const WIDEST = 100; // longer lines are hard to read

/** The context that the arguments and the environment ask for. The options that hold everywhere are read here, before all others. */
export function contextOf(argv: readonly string[], io: IO): Context {
  const end = argv.indexOf('--');
  const options = end < 0 ? argv : argv.slice(0, end);
  const asked = options.findLast((_, i) => options[i - 1] === '--lang') ?? languageIn(options);
  const language = asked !== undefined && isLanguage(asked) ? asked : systemLanguage(io.env);
  const text = translator(language);
  const { stdout, env } = io;
  const wantsColor = Boolean(stdout.isTTY) && env['TERM'] !== 'dumb';
  const refusesColor = options.includes('--no-color') || Boolean(env['NO_COLOR']);
  return {
    ...io,
    language,
    text,
    colors: createColors((wantsColor || Boolean(env['FORCE_COLOR'])) && !refusesColor),
    width: Math.min(stdout.columns || 80, WIDEST),
    json: options.includes('--json'),
    quiet: options.includes('--quiet'),
    print: (lines) => void stdout.write(`${lines}\n`),
    checkpoint: () => {
      if (io.signal.aborted) throw new Interrupted(text('error.interrupted'));
    },
  };
}

function languageIn(options: readonly string[]): string | undefined {
  return options.findLast((option) => option.startsWith('--lang='))?.slice('--lang='.length);
}
