// What the text of a function tells about its parameters.

import { foreignFunction } from '../foreign.js';

/** The names of a function's parameters in order; `''` for a pattern such as `{ a, b }`. Rest parameters are left out. */
export function parameterNames(f: (...args: never[]) => unknown): string[] {
  const elsewhere = foreignFunction(f);
  if (elsewhere) return [...elsewhere.parameters];
  const source = Function.prototype.toString.call(f);
  const bare = /^(?:async\s+)?([\p{L}_$][\p{L}\p{N}_$]*)\s*=>/u.exec(source);
  if (bare) return [bare[1]!];
  const start = source.indexOf('(');
  if (start < 0) return [];
  return splitTopLevel(source.slice(start + 1))
    .filter((part) => part !== '' && !part.startsWith('...'))
    .map((part) => /^[\p{L}_$][\p{L}\p{N}_$]*/u.exec(part)?.[0] ?? '');
}

/** Cuts a parameter list at its own commas, and ends at its closing bracket. */
function splitTopLevel(list: string): string[] {
  const parts = [''];
  let depth = 0;
  for (const character of list.replaceAll(/\/\*[\s\S]*?\*\//g, '')) {
    if (character === ')' && depth === 0) break;
    if ('([{'.includes(character)) depth++;
    if (')]}'.includes(character)) depth--;
    if (character === ',' && depth === 0) parts.push('');
    else parts[parts.length - 1] += character;
  }
  return parts.map((part) => part.trim());
}

/** Whether a parameter's name says that it is the size of a step. */
export function isLearningRate(name: string): boolean {
  return /^(lr|eta|alpha|rate|step_?size|learning_?rate)$/i.test(name);
}

/** `dJ_dw`, `dw`, `grad_w`, `wGrad`, `gradW`, `w_gradient` as the name of what they are the derivative by: `w`. */
export function derivativeOf(name: string): string | null {
  const stem =
    /^d[\p{L}\d]*_d_?(.+)$/u.exec(name)?.[1] ??
    /^(?:grad|gradient|g)_?s?_?(.+)$/iu.exec(name)?.[1] ??
    /^(.+?)_?(?:grad|gradient|delta)s?$/iu.exec(name)?.[1] ??
    /^(?:d_?|delta_?)(.+)$/u.exec(name)?.[1];
  return stem ? stem.toLowerCase() : null;
}
