// What the help of several commands has in common.

import type { Context } from './context.js';
import { wrap } from './document/terminal.js';

/** Examples as help shows them. */
export function examples({ text, colors }: Context, lines: readonly string[]): string {
  return `${colors.bold(text('help.examples'))}\n${lines.map((line) => `  ${line}`).join('\n')}`;
}

/** A text as help shows it, in lines that fit. */
export function paragraph({ width }: Context, text: string): string {
  return wrap(text, width);
}
