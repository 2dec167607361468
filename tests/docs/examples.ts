// Runs the examples of docstrings and of the README: a statement followed by a comment with a value must have that value.

import ts from 'typescript';
import { expect } from 'vitest';
import * as files from '../../src/files/index.js';
import * as chainrule from '../../src/index.js';
import * as plot from '../../src/plot/index.js';

/** The code after each `@example` of a source file, with the line it begins at. */
export function docstringExamples(source: string): { line: number; code: string }[] {
  const comments = source.matchAll(/^[ \t]*\/\*\*[\s\S]*?\*\//gm);
  return [...comments].flatMap((comment) => {
    const at = comment[0].indexOf('@example');
    if (at < 0) return [];
    const code = comment[0]
      .slice(at + '@example'.length)
      .replace(/\*\/$/, '')
      .replaceAll(/^[ \t]*\*? ?/gm, '');
    return [{ line: source.slice(0, comment.index + at).split('\n').length, code: code.trim() }];
  });
}

/** The TypeScript blocks of a Markdown page. */
export function markdownExamples(source: string): { line: number; code: string }[] {
  return [...source.matchAll(/^```ts\n([\s\S]*?)^```/gm)].map((block) => ({
    line: source.slice(0, block.index).split('\n').length + 1,
    code: block[1]!,
  }));
}

/** Runs an example with the public API (and `more`) in scope, and holds its statements to the values beside them. */
export async function runExample(code: string, more: Readonly<Record<string, unknown>> = {}): Promise<void> {
  const scope: Record<string, unknown> = {
    ...plot,
    ...files,
    ...chainrule,
    ...more,
    __holds: holds,
    __throws: throws,
  };
  const javascript = ts.transpile(withAssertions(code), {
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.ESNext,
  });
  const declared = new Set(
    [...javascript.matchAll(/\b(?:const|let|class|function)\s+(\w+)/g)].map((match) => match[1]!),
  );
  const names = Object.keys(scope).filter(
    (name) => !declared.has(name) && /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name),
  );
  const AsyncFunction = (async () => {}).constructor as new (
    ...args: string[]
  ) => (...args: unknown[]) => Promise<void>;
  await new AsyncFunction(...names, javascript)(...names.map((name) => scope[name]));
}

/** Imports go (everything is in scope), and `statement; // value` becomes an assertion. */
function withAssertions(code: string): string {
  const file = ts.createSourceFile('example.ts', code, ts.ScriptTarget.ES2023, true);
  return file.statements
    .map((statement) => {
      if (ts.isImportDeclaration(statement)) return '';
      const text = statement.getText(file);
      if (!ts.isExpressionStatement(statement)) return text;
      const [comment] = ts.getTrailingCommentRanges(code, statement.end) ?? [];
      const expected = comment && code.slice(comment.pos, comment.end).replace(/^\/\/\s*/, '');
      const next = /^\s*\/\/ (\w*Error: .*)$/m.exec(
        code.slice(statement.end).split('\n').slice(0, 2).join('\n'),
      );
      const expression = statement.expression.getText(file);
      if (next) return `await __throws(async () => (${expression}), ${JSON.stringify(next[1])});`;
      if (expected === undefined || !isValue(expected)) return text;
      return `__holds(await (${expression}), (${expected}));`;
    })
    .join('\n');
}

/** Whether a comment is a value and not a sentence. */
function isValue(text: string): boolean {
  try {
    new Function(`return (${text});`)();
    return true;
  } catch {
    return false;
  }
}

function holds(actual: unknown, expected: unknown): void {
  expect(rounded(actual)).toEqual(rounded(expected));
}

async function throws(run: () => Promise<unknown>, expected: string): Promise<void> {
  const [, name, message] = /^(\w*Error): (.*)$/.exec(expected)!;
  await expect(run()).rejects.toMatchObject({ name, message });
}

/** The value as plain data, its numbers to twelve digits. */
function rounded(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value ?? null, (_, x: unknown) => (typeof x === 'number' ? Number(x.toPrecision(12)) : x)),
  );
}
