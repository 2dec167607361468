export { ExpressionError } from './error.js';
export { evaluate } from './evaluate.js';
export { nameToLatex, numberToLatex, toLatex } from './latex.js';
export { nameToMathML, numberToMathML, toMathML } from './mathml.js';
export { parse } from './parse.js';
export { print } from './print.js';
export type { BinarySign, Expression, IndexRange } from './syntax.js';
export { substitute, variablesOf } from './variables.js';
