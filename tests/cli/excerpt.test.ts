// A marked piece of source in the terminal: the pointer is under the mark, whatever stands before it and however narrow it is.

import { expect, test } from 'vitest';
import { rowsOf, type Excerpt } from '../../src/cli/document/excerpt.js';

const excerpt = (line: string, column: number, endColumn: number, note = ''): Excerpt => ({
  ...{ kind: 'excerpt', source: 'a.ts:9:1', firstLine: 9, lines: [line], note, tone: 'error' },
  mark: { line: 9, column, endLine: 9, endColumn },
});

const shown = (each: Excerpt, width = 60): string[] =>
  rowsOf(each, width).map(({ number, text }) => `${number}|${text}`);

test.each([
  ['plain', excerpt('return dy * 2;', 8, 14), ['9|return dy * 2;', ' |       ^^^^^^']],
  ['with a note beside it', excerpt('return 2;', 8, 9, 'found 2'), ['9|return 2;', ' |       ^ found 2']],
  ['behind a tab', excerpt('\treturn dy;', 9, 11), ['9|  return dy;', ' |         ^^']],
  ['behind wide letters', excerpt("f('값'); g(x);", 9, 13), ["9|f('값'); g(x);", ' |         ^^^^']],
  ['at the end of the line', excerpt('return', 7, 8), ['9|return', ' |      ^']],
])('a pointer %s', (_, each, rows) => {
  expect(shown(each)).toEqual(rows);
});

test('a line too long for the terminal is cut around the mark', () => {
  const line = `${'a'.repeat(60)} + mark + ${'b'.repeat(60)}`;
  const [row, pointer] = shown(excerpt(line, 64, 68), 40) as [string, string];
  expect(row.length).toBeLessThanOrEqual(40);
  expect(row).toMatch(/^9\|….*mark.*…$/);
  expect(pointer.indexOf('^')).toBe(row.indexOf('mark'));
});

test('a mark over several lines is pointed at on each, without its indentation', () => {
  const each: Excerpt = {
    ...{ kind: 'excerpt', source: '', firstLine: 1, note: '', tone: 'error' },
    lines: ['dx = sum(', '    dy,', ')'],
    mark: { line: 1, column: 6, endLine: 3, endColumn: 2 },
  };
  expect(shown(each)).toEqual(['1|dx = sum(', ' |     ^^^^', '2|    dy,', ' |    ^^^', '3|)', ' |^']);
});
