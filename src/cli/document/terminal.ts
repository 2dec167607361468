// A document in the terminal: wrapped lines and aligned columns, by the width that characters have there.

import stringWidth from 'string-width';
import type { Context } from '../context.js';
import { numericColumns, type Block } from './block.js';
import { rowsOf, type Excerpt } from './excerpt.js';

type Style = Pick<Context, 'width' | 'colors'>;

const GAP = '  ';

/** The blocks as text, with a line left free between them. Figures are left out. */
export function toTerminal(blocks: readonly Block[], style: Style): string {
  return blocks
    .filter((block) => block.kind !== 'figure')
    .map((block) => show(block, style))
    .join('\n\n');
}

function show(block: Exclude<Block, { kind: 'figure' }>, style: Style): string {
  const { colors, width } = style;
  switch (block.kind) {
    case 'title':
      return `${colors.bold(colors.cyan(block.text))}\n${colors.cyan('─'.repeat(Math.min(stringWidth(block.text), width)))}`;
    case 'heading':
      return colors.bold(block.text);
    case 'text':
      return withCode(wrap(block.text, width), style);
    case 'code':
      return block.lines.map((line) => `${GAP}${colors.green(line)}`).join('\n');
    case 'table':
      return table(block.head, block.rows, style);
    case 'facts':
      return facts(block.facts, style);
    case 'excerpt':
      return excerpt(block, style);
    case 'list':
      return [
        colors.bold(block.heading),
        ...block.items.map((item) => `- ${withCode(wrap(item, width - 2).replaceAll('\n', '\n  '), style)}`),
      ].join('\n');
  }
}

/** The lines with their numbers, and what points at them in the colour of its tone. */
function excerpt(block: Excerpt, { colors, width }: Style): string {
  const paint = { error: colors.red, warning: colors.yellow, note: colors.cyan }[block.tone];
  const rows = rowsOf(block, width - GAP.length).map(({ kind, number, text }) =>
    `${GAP}${colors.dim(`${number} │`)} ${kind === 'source' ? text : paint(text)}`.trimEnd(),
  );
  return [`${GAP}${colors.cyan(block.source)}`, ...rows].join('\n');
}

/** Columns side by side; where the terminal is too narrow for them, each row as facts of its own. */
function table(head: readonly string[], rows: readonly (readonly string[])[], style: Style): string {
  const numeric = numericColumns(rows);
  const widths = head.map((_, i) => Math.max(...[head, ...rows].map((row) => stringWidth(row[i] ?? ''))));
  if (widths.reduce((sum, column) => sum + GAP.length + column, 0) > style.width) {
    return rows
      .map((row) =>
        facts(
          head.map((title, i) => [title, row[i] ?? '']),
          style,
        ),
      )
      .join('\n\n');
  }
  const line = (cells: readonly string[]): string =>
    GAP +
    cells
      .map((cell, i) => pad(cell, widths[i]!, numeric[i]!))
      .join(GAP)
      .trimEnd();
  return [style.colors.dim(line(head)), ...rows.map(line)].join('\n');
}

function facts(pairs: readonly (readonly [name: string, value: string])[], { colors, width }: Style): string {
  const names = Math.max(...pairs.map(([name]) => stringWidth(name)));
  const indent = names + 2 * GAP.length;
  return pairs
    .map(([name, value]) => {
      const lines = wrap(value, width - indent).replaceAll('\n', `\n${' '.repeat(indent)}`);
      return GAP + colors.dim(pad(name, names, false)) + GAP + lines;
    })
    .join('\n');
}

function pad(cell: string, width: number, right: boolean): string {
  const space = ' '.repeat(Math.max(0, width - stringWidth(cell)));
  return right ? space + cell : cell + space;
}

/** Lines of at most `width` columns, broken between words; code in backticks stays in one piece where it can. */
export function wrap(text: string, width: number): string {
  const lines = [''];
  for (const word of text.match(/`[^`]*`\S*|\S+/g) ?? []) {
    const line = lines.at(-1)!;
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && stringWidth(longer.replaceAll('`', '')) > width) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines.join('\n');
}

function withCode(text: string, { colors }: Style): string {
  return text.replace(/`([^`]*)`/g, (_, code: string) => colors.green(code));
}
