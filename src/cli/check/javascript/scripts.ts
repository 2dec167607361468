// What V8's debugger knows about the scripts that were loaded: their files, and where a position in compiled code is in the source.

import type { Debugger, Session } from 'node:inspector';
import { SourceMap } from 'node:module';
import { isAbsolute } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isLearners, withoutQuery } from './learners.js';

/** A position in a source file; lines and columns from 1. */
export interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** A script of the learner's. */
export interface Script {
  readonly id: string;
  readonly url: string;
  readonly file: string;
  /** From a line and column of the compiled code, counted from 0, to the source. */
  sourceAt(line: number, column: number): Position;
}

/** The learner's scripts by id. The session must be connected; the debugger is switched on. */
export function learnersScripts(session: Session): ReadonlyMap<string, Script> {
  const scripts = new Map<string, Script>();
  session.on('Debugger.scriptParsed', ({ params }) => {
    // A CommonJS module goes by its path.
    const url = isAbsolute(params.url) ? pathToFileURL(params.url).href : params.url;
    if (isLearners(url)) scripts.set(params.scriptId, scriptOf(params, withoutQuery(url)));
  });
  session.post('Debugger.enable');
  return scripts;
}

function scriptOf({ scriptId, sourceMapURL }: Debugger.ScriptParsedEventDataType, url: string): Script {
  const file = fileURLToPath(url);
  const encoded = /^data:application\/json;base64,(.+)$/.exec(sourceMapURL ?? '')?.[1];
  const map =
    encoded === undefined ? null : new SourceMap(JSON.parse(Buffer.from(encoded, 'base64').toString()));
  return {
    id: scriptId,
    url,
    file,
    sourceAt(line, column) {
      const entry = map?.findEntry(line, column);
      return entry && 'originalLine' in entry
        ? { file, line: entry.originalLine + 1, column: entry.originalColumn + 1 }
        : { file, line: line + 1, column: column + 1 };
    },
  };
}
