// Loading a learner's JavaScript or TypeScript file, and what it exports.

import type { Identifier } from 'acorn';
import { readFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { importFile, type Namespace } from '../../modules/import.js';
import { placeOf, restOfLine } from '../place.js';
import { described } from '../child/guards.js';
import type { Thing } from '../child/thing.js';
import type { Place, Problem } from '../task.js';
import { compile } from './compile.js';
import { thingsIn } from './exports.js';
import { framesIn, placeOfImport, placeOfStack } from './frames.js';
import { fileFor } from './hooks.js';
import { parseProgram, syntaxErrorIn, walk } from './syntax.js';

/** What a file gave: its exports, and what went wrong on the way. */
export interface LoadedModule {
  readonly things: readonly Thing[];
  readonly problem: Problem | null;
}

/** Loads a file. If it throws at its top level, once more without the statements from there on that only run something. */
export async function loadModule(file: string): Promise<LoadedModule> {
  const url = pathToFileURL(file).href;
  const exportsOf = (namespace: Namespace): Thing[] =>
    inOrderOf(readFileSync(file, 'utf8'), thingsIn(namespace));
  try {
    return { things: exportsOf(await importFile(url)), problem: null };
  } catch (error) {
    const problem = problemOf(error, file);
    const line = framesIn(error instanceof Error ? (error.stack ?? '') : '').findLast(
      (frame) => frame.file === file,
    )?.line;
    if (problem.kind === 'threw' && line !== undefined) {
      try {
        const things = exportsOf(await importFile(`${url}?until=${line}`));
        if (things.length > 0) return { things, problem: { ...problem, partly: true } };
      } catch {
        // The first error says it all.
      }
    }
    return { things: [], problem };
  }
}

/** Things in the order in which the text defines them; a module's names come sorted. */
function inOrderOf(source: string, things: readonly Thing[]): Thing[] {
  const place = ({ name }: Thing): number => {
    const plain = name.replace(/\..*$/, '').replace(/[^\w]/g, '\\$&');
    return source.search(new RegExp(`\\b(?:class|function\\*?|const|let|var|exports\\.)\\s*${plain}\\b`));
  };
  return things.toSorted((a, b) => place(a) - place(b));
}

/** What a file threw while it was loaded, and where. */
export function problemOf(error: unknown, file: string): Problem {
  const { error: text, place } = described(error, placeOfStack);
  const firstLine = text.split('\n')[0]!;
  if (/^RangeError: Maximum call stack/.test(text)) return { kind: 'recursion', place };
  const syntax = error instanceof SyntaxError ? syntaxErrorFrom(file) : null;
  if (syntax) return { kind: 'syntax', error: firstLine, place: syntax };
  return { kind: 'threw', error: firstLine, place: place ?? placeOfImport(text), partly: false };
}

/** The place of the first syntax error in a file and what it imports by path. V8 does not tell where it found one. */
function syntaxErrorFrom(file: string): Place | null {
  const waiting = [file];
  for (const path of waiting) {
    const url = pathToFileURL(path).href;
    let code: string;
    try {
      code = compile(url, readFileSync(path, 'utf8')).code;
    } catch (error) {
      return error instanceof Error ? placeOfStack(error.stack) : null;
    }
    const position = syntaxErrorIn(code);
    if (position) return placeOf(restOfLine(path, position.line, position.column), null);
    for (const statement of parseProgram(code)?.body ?? []) {
      const source = 'source' in statement ? statement.source?.value : undefined;
      const found = typeof source === 'string' && /^\.{0,2}\//.test(source) ? fileFor(source, url) : null;
      const next = found === null ? null : fileURLToPath(found);
      if (next !== null && !waiting.includes(next)) waiting.push(next);
    }
  }
  return null;
}

/** Classes and functions at the top level of a file that it does not export. */
export function hiddenIn(file: string): string[] {
  const { code } = compile(pathToFileURL(file).href, readFileSync(file, 'utf8'));
  const body = parseProgram(code)?.body ?? [];
  const exported = new Set(
    body.flatMap((statement) =>
      statement.type === 'ExportNamedDeclaration' || statement.type === 'ExportDefaultDeclaration'
        ? [...walk(statement)].flatMap((node) =>
            node.type === 'Identifier' ? [(node as Identifier).name] : [],
          )
        : [],
    ),
  );
  return body.flatMap((statement) => {
    const isDefinition = statement.type === 'ClassDeclaration' || statement.type === 'FunctionDeclaration';
    return isDefinition && !exported.has(statement.id.name) ? [statement.id.name] : [];
  });
}
