// Loading a learner's file as a module, in this process.

import ts from 'typescript';
import type { Code } from '../../exercises/index.js';

/** What a learner's file exports. */
export async function load(text: string): Promise<Code> {
  const { outputText } = ts.transpileModule(text, {
    compilerOptions: { target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.ESNext },
  });
  return (await import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(outputText)}`)) as Code;
}
