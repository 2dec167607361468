export { ExpressionError } from './error.js';
export { evaluate } from './evaluate.js';
export { derivativeToLatex, nameToLatex, numberToLatex, toLatex } from './latex.js';
export { parse } from './parse.js';
export { print } from './print.js';
export type { BinarySign, Expression, IndexRange } from './syntax.js';
export { substitute, variablesOf } from './variables.js';
