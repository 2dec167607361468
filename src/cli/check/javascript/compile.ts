// A learner's file as JavaScript that Node runs.
//
// Types are taken off by @swc/wasm-typescript, which puts spaces in their place: lines, columns and the text of functions, from
// which `check` reads the names of parameters, stay the learner's own. It is what Node itself uses (under the name amaro, whose
// releases ask for Node 22), has no dependency and no install script, and is 3.6 MB under Apache-2.0. jiti, tsx and esbuild print
// the code anew; ts-blank-space brings all of TypeScript with it, 24 MB.

import { createRequire } from 'node:module';
import { parseProgram, walk, type Node, type Program } from './syntax.js';

/** A file that Node can run. */
export interface Compiled {
  readonly code: string;
  readonly format: 'module' | 'commonjs';
}

type Stripper = typeof import('@swc/wasm-typescript');

/** What the stripper throws. */
interface StripError {
  readonly code?: string;
  readonly message?: string;
  readonly startLine?: number;
  readonly startColumn?: number;
}

/**
 * Compiles a file; which language it is in, its name tells. Throws a `SyntaxError` whose stack names the place.
 *
 * @example
 * compile('file:///a.ts', 'export const a: number = 1;').code; // 'export const a         = 1;'
 */
export function compile(url: string, source: string): Compiled {
  const extension = /\.[cm]?[jt]s$/.exec(url)?.[0] ?? '.js';
  const isTyped = extension.endsWith('ts');
  const code = isTyped ? withoutTypes(url, source) : source;
  return { code, format: formatOf(code, extension) };
}

/** Of a `.js` file its content tells whether it is a module, whatever a package.json above it says. */
function formatOf(code: string, extension: string): Compiled['format'] {
  if (extension === '.cjs') return 'commonjs';
  if (extension !== '.js') return 'module';
  const program = parseProgram(code);
  if (!program) return 'module'; // Node will say what is wrong with it
  const isModule = [...walk(program)].some(({ type }) => /^(Import|Export)[A-Z]|^MetaProperty$/.test(type));
  const isCommon = /\b(module\.exports|exports\.\w+\s*=|require\s*\()/.test(code);
  return isCommon && !isModule ? 'commonjs' : 'module';
}

function withoutTypes(url: string, source: string): string {
  // Loaded only where there is TypeScript: it takes 0.2 s.
  const { transformSync } = createRequire(import.meta.url)('@swc/wasm-typescript') as Stripper;
  try {
    return withoutUnusedImports(transformSync(source, { mode: 'strip-only', filename: url }).code);
  } catch (error) {
    // Enums, parameter properties and the like must be put into other words; a source map leads back.
    if ((error as StripError).code !== 'UnsupportedSyntax') throw syntaxError(error as StripError, url);
  }
  try {
    const { code, map } = transformSync(source, { mode: 'transform', filename: url, sourceMap: true });
    const encoded = Buffer.from(map ?? '').toString('base64');
    return `${code}\n//# sourceMappingURL=data:application/json;base64,${encoded}`;
  } catch (error) {
    throw syntaxError(error as StripError, url);
  }
}

function syntaxError({ message, startLine = 1, startColumn = 0 }: StripError, url: string): SyntaxError {
  const error = new SyntaxError(message ?? '');
  error.stack = `SyntaxError: ${error.message}\n    at ${url}:${startLine}:${startColumn + 1}`;
  return error;
}

/** An import that only types used: there may be nothing of that name to import. */
function withoutUnusedImports(code: string): string {
  const program = parseProgram(code);
  if (!program) return code;
  const used = new Set<string>();
  for (const node of program.body.flatMap((statement) =>
    statement.type === 'ImportDeclaration' ? [] : [...walk(statement)],
  )) {
    if (node.type === 'Identifier') used.add((node as Node & { readonly name: string }).name);
  }
  let result = code;
  for (const statement of program.body) {
    if (statement.type !== 'ImportDeclaration' || statement.specifiers.length === 0) continue;
    const unused = statement.specifiers.filter(({ local }) => !used.has(local.name));
    if (unused.length === statement.specifiers.length) result = blank(result, statement.start, statement.end);
    else {
      for (const { start, end } of unused) {
        const comma = /^\s*,/.exec(result.slice(end))?.[0].length ?? 0;
        result = blank(result, start, end + comma);
      }
    }
  }
  return result;
}

/**
 * The program without the statement on a line of its top level and without what runs after it; what is defined there stays.
 * For a file whose own trial run at the end fails.
 */
export function definitionsOnly(code: string, line: number): string {
  const program: Program | null = parseProgram(code);
  const isDefinition = (type: string): boolean => /^(Import|Export|Class|Function)/.test(type);
  return (program?.body ?? [])
    .filter(({ type, loc }) => loc!.end.line >= line && !isDefinition(type))
    .reduce((rest, { start, end }) => blank(rest, start, end), code);
}

function blank(code: string, start: number, end: number): string {
  return code.slice(0, start) + code.slice(start, end).replace(/[^\r\n]/g, ' ') + code.slice(end);
}
