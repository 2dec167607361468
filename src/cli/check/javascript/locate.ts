// Where a function of the learner's stands in the source, and in it the line that a finding is about.

import type { Function as FunctionNode, Node, Program } from 'acorn';
import { Session, type Runtime } from 'node:inspector';
import { placeOf } from '../place.js';
import type { Place } from '../task.js';
import type { Wanted } from '../wanted.js';
import { learnersScripts, type Script } from './scripts.js';
import { spotIn } from './spot.js';
import { isFunction, parseProgram, walk } from './syntax.js';

/** Finds places in what was loaded. */
export interface Locator {
  /** The files that were loaded, the learner's only. */
  readonly files: readonly string[];
  /** The line of a function that computes a derivative, or that a forward pass returns. */
  placeIn(f: (...args: never[]) => unknown, wanted: Wanted, within: string): Place | null;
}

/** A locator for everything that has been loaded up to now. */
export function locator(): Locator {
  const session = new Session();
  session.connect();
  const scripts = learnersScripts(session);
  const programs = new Map<string, { readonly code: string; readonly program: Program | null }>();

  const programOf = ({ id }: Script): { readonly code: string; readonly program: Program | null } => {
    let known = programs.get(id);
    if (!known) {
      let code = '';
      session.post('Debugger.getScriptSource', { scriptId: id }, (_, { scriptSource }) => {
        code = scriptSource;
      });
      known = { code, program: parseProgram(code) };
      programs.set(id, known);
    }
    return known;
  };

  return {
    files: [...new Set([...scripts.values()].map(({ file }) => file))],
    placeIn(f, wanted, within) {
      const location = locationOf(f, session);
      const script = location && scripts.get(location.scriptId);
      if (!script) return null;
      const { code, program } = programOf(script);
      const offset = offsetAt(code, location.lineNumber, location.columnNumber ?? 0);
      const node = program && functionAt(program, offset);
      const spot: Node | null = node && spotIn(node, wanted);
      if (!node || !spot?.loc) {
        const { file, line, column } = script.sourceAt(location.lineNumber, location.columnNumber ?? 0);
        return placeOf({ file, line, column, endLine: line, endColumn: column + 1 }, within);
      }
      // Of a whole function its first line is enough.
      const isWhole = spot === node;
      const [from, to] = [node.loc!, spot.loc];
      const start = script.sourceAt(to.start.line - 1, to.start.column);
      const end = isWhole ? start : script.sourceAt(to.end.line - 1, to.end.column);
      const last = script.sourceAt(from.end.line - 1, from.end.column).line;
      const first = script.sourceAt(from.start.line - 1, from.start.column).line;
      return placeOf(
        { ...start, endLine: end.line, endColumn: isWhole ? start.column + 1 : end.column },
        within,
        [first, last],
      );
    },
  };
}

/** What the debugger tells of a function. */
function locationOf(
  f: (...args: never[]) => unknown,
  session: Session,
): { readonly scriptId: string; readonly lineNumber: number; readonly columnNumber?: number } | null {
  // The debugger knows values by expressions: the function is held where one can name it.
  const held = globalThis as { [HOLD]?: unknown };
  held[HOLD] = f;
  let found: Runtime.InternalPropertyDescriptor | undefined;
  session.post(
    'Runtime.evaluate',
    { expression: `globalThis[Symbol.for('${HOLD_NAME}')]` },
    (_, { result }) => {
      if (result.objectId === undefined) return;
      session.post('Runtime.getProperties', { objectId: result.objectId }, (_, { internalProperties }) => {
        found = internalProperties?.find(({ name }) => name === '[[FunctionLocation]]');
      });
    },
  );
  delete held[HOLD];
  return (found?.value?.value as ReturnType<typeof locationOf> | undefined) ?? null;
}

const HOLD_NAME = 'chainrule.located';
const HOLD = Symbol.for(HOLD_NAME);

function offsetAt(code: string, line: number, column: number): number {
  let start = 0;
  for (let i = 0; i < line; i++) start = code.indexOf('\n', start) + 1;
  return start + column;
}

/** The innermost function around an offset. */
function functionAt(program: Program, offset: number): FunctionNode | null {
  const around = [...walk(program)].filter(
    (node) => isFunction(node) && node.start <= offset && offset < node.end,
  );
  return (around.at(-1) as FunctionNode | undefined) ?? null;
}
