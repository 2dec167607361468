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

/** The text of a function, in whatever language; empty where it cannot be had. */
export function textOf(f: (...args: never[]) => unknown): string {
  const elsewhere = foreignFunction(f);
  return elsewhere ? (elsewhere.source?.() ?? '') : Function.prototype.toString.call(f);
}

/** How many arguments a function has a use for, as far as its text tells. */
export function mostArguments(f: (...args: never[]) => unknown): number {
  const source = Function.prototype.toString.call(f);
  const isOpen = foreignFunction(f) !== null || /\.\.\.|\barguments\b|\[native code\]/.test(source);
  return isOpen ? Infinity : parameterNames(f).length;
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

/** Whether a parameter's name says that it is what comes back from the part after this one. */
export function isUpstream(name: string): boolean {
  const isOtherWord = /^(?:data|dim|depth|dist|delay|decay|drop|device|dtype|dense)/i.test(name);
  return /^(?:d|∂|grad|upstream|incoming|g$|g_?(?:y|z|out)$)/iu.test(name) && !isOtherWord;
}

/** Whether a parameter's name says that it is what forward put aside. */
export function isCache(name: string): boolean {
  return /^(?:cached?|ctx|context|saved|saved_?\w+|memo|tape)$/i.test(name);
}

/** Whether an input's name says that it is what should come out, by which a loss is not differentiated. */
export function isTarget(name: string): boolean {
  return /^(?:t|y_?(?:true|real|actual|target|gt)|true_?\w*|targets?|labels?|truths?|ground_?truth|actuals?|gold|expected|observed)$/i.test(
    name,
  );
}

/** Whether it could be either: `y` is a prediction beside `t`, and a target beside `p`. */
export function mayBeTarget(name: string): boolean {
  return /^ys?$/i.test(name) || isTarget(name);
}

/** Whether an input's name says that it is a prediction, by which a loss is differentiated. */
export function isPrediction(name: string): boolean {
  return /^(?:y_?(?:pred|hat|p)|p|pred\w*|probs?|probabilit\w*|logits?|scores?|outputs?|out|estimates?)$/i.test(
    name,
  );
}

/** Whether a parameter, or an input, is called what weights are called. */
export function isWeight(path: string): boolean {
  return /(?:^|\.)(?:w|weights?|kernels?|filters?|theta|params?|bias(?:es)?|b|g|gamma|beta|scale|shift|embeddings?|coef\w*)_?\w?\d*_?$/i.test(
    path.replace(/\.\d+$/, '').replace(/\.(?:value|data)$/, ''),
  );
}

/** Whether an input's name says that it lies between 0 and 1. */
export function isProbability(name: string): boolean {
  return /^(?:p|q|ps|probs?|probabilit\w*|p_?\w?|y_?(?:hat|p))$/i.test(name);
}

/** Whether two names are one but for their case and underscores. */
export function isSameName(a: string, b: string): boolean {
  return bare(a) === bare(b);
}

function bare(name: string): string {
  return name.toLowerCase().replaceAll('_', '') || name;
}

/** Whether a name is a word for gradients and tells nothing of what they are by: `grads`, `gradient`, `derivatives`. */
export function isGradientWord(name: string): boolean {
  return new RegExp(`^(?:param(?:eter)?_?)?(?:${WORDS})$|^d$`, 'i').test(name);
}

/** Whether a name is that of a derivative: `dJ_dw`, `dw`, `grad_w`, or a word for gradients alone. */
export function isDerivative(name: string): boolean {
  return isGradientWord(name) || derivativesOf(name).length > 0;
}

const WORDS = 'grad(?:ient)?s?|nablas?|deriv(?:ative)?s?|partials?|adjoints?';

const NAMES_OF_DERIVATIVES = [
  /^[d∂][\p{L}\d]*_[d∂]_?(.+)$/u, // dJ_dw
  /^d[LJEC]d_?(.+)$/u, // dLdw
  new RegExp(`^(?:${WORDS})_?(?:of|wrt|by|for)_?(.+)$`, 'iu'), // gradientOfW
  new RegExp(`^(?:${WORDS}|delta)_?(.+)$`, 'iu'), // grad_w
  new RegExp(`^(.+?)_?(?:${WORDS}|delta|bar)$`, 'iu'), // wGrad
  /^g(?:_|(?=\p{Lu}))(.+)$/u, // gW
  /^[d∂]_?(.+)$/u, // dw
] as const;

/**
 * What a name may be the derivative by, in lower case: `w` for `dJ_dw`, `dw`, `grad_w`, `wGrad`, `gradientOfW` and `nabla_w`.
 * More than one where it can be read in several ways.
 */
export function derivativesOf(name: string): string[] {
  if (isGradientWord(name)) return [];
  const stems = NAMES_OF_DERIVATIVES.flatMap((pattern) => pattern.exec(name)?.[1] ?? []);
  return [...new Set(stems.map((stem) => stem.toLowerCase()))];
}

/** Whether a name is that of a derivative by something of another name. */
export function isDerivativeBy(name: string, by: string): boolean {
  return derivativesOf(name).some((stem) => isSameName(stem, by)) || name === `g${by}`;
}
