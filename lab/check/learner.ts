// A learner's text as a module that a browser runs: types taken off, imports of the library led to the one that is here.
//
// Sucrase takes the types off: it keeps every line where it is and the names of parameters, which `check` reads, and is 0.2 MB.
// What the command line uses (@swc/wasm-typescript) is 3.7 MB, and ts-blank-space brings all of TypeScript with it.

import { parse, type Node, type Program } from 'acorn';
import { transform } from 'sucrase';

/** A module, and its tree. Lines are those of the text. */
export interface Compiled {
  readonly code: string;
  readonly program: Program;
}

/** A text that is no module: `syntax`, or `import` of something that is not here. */
export class SourceError extends Error {
  readonly kind: 'syntax' | 'import';
  readonly line: number;

  constructor(kind: SourceError['kind'], message: string, line: number) {
    super(message);
    this.kind = kind;
    this.line = line;
  }
}

/**
 * Makes a module of a text. Classes and functions of its top level are exported even where the learner forgot to.
 * Throws a `SourceError` with the line where it is none, or imports anything but the library.
 *
 * @param library - The address that an import of `'chainrule'` is led to.
 * @example
 * compile('class Double { forward(x: number) { return 2 * x; } }', 'blob:…').code; // '… export { Double };'
 */
export function compile(source: string, library: string): Compiled {
  const code = withoutTypes(source);
  const program = programOf(code);
  const hidden = hiddenIn(program);
  const exported = hidden.length > 0 ? `\nexport { ${hidden.join(', ')} };` : '';
  return { code: `${ledTo(library, code, program)}${exported}${SCOPE}`, program };
}

/** Lets `check` run other versions of a function where it stands, among the module's own helpers, to find the smallest repair. */
const SCOPE = `\n;(globalThis[Symbol.for('chainrule.scopes')] ??= []).push((text) => eval(text));`;

function withoutTypes(source: string): string {
  try {
    return transform(source, { transforms: ['typescript'], disableESTransforms: true }).code;
  } catch (error) {
    throw syntaxError(error);
  }
}

function programOf(code: string): Program {
  try {
    return parse(code, { ecmaVersion: 'latest', sourceType: 'module', locations: true });
  } catch (error) {
    throw syntaxError(error);
  }
}

function syntaxError(error: unknown): SourceError {
  const { message, loc } = error as Error & { readonly loc?: { readonly line: number } };
  return new SourceError('syntax', message.replace(/ \(\d+:\d+\)$/, ''), loc?.line ?? 1);
}

/** The code with its imports of the library led there. */
function ledTo(library: string, code: string, { body }: Program): string {
  return body
    .flatMap((statement) => ('source' in statement && statement.source ? [statement.source] : []))
    .toReversed()
    .reduce((rest, { value, start, end, loc }) => {
      if (value !== 'chainrule') throw new SourceError('import', String(value), loc!.start.line);
      return rest.slice(0, start) + JSON.stringify(library) + rest.slice(end);
    }, code);
}

/** Classes and functions of the top level that are not exported. */
function hiddenIn({ body }: Program): string[] {
  const exported = new Set(body.flatMap(exportedBy));
  return body.flatMap((statement) => {
    const isDefinition = statement.type === 'ClassDeclaration' || statement.type === 'FunctionDeclaration';
    return isDefinition && !exported.has(statement.id.name) ? [statement.id.name] : [];
  });
}

/** The module's own names that a statement exports. */
function exportedBy(statement: Program['body'][number]): string[] {
  if (statement.type === 'ExportDefaultDeclaration') return namesOf(statement.declaration);
  if (statement.type !== 'ExportNamedDeclaration' || statement.source) return [];
  return statement.specifiers.flatMap(({ local }) => namesOf(local));
}

function namesOf(node: Node): string[] {
  return node.type === 'Identifier' ? [(node as Node & { readonly name: string }).name] : [];
}
