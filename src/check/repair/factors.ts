// Factors that are missing, and factors that should not be there.

import type { CodeText } from './code-text.js';
import type { Edit } from './edits.js';

/** A factor that is there and should not be. */
export function* superfluousFactors(code: CodeText): Generator<Edit> {
  for (const { from, to, text } of code.operands) {
    const [before, after] = [code.tokens[from - 1]?.text, code.tokens[to]?.text];
    if (before === '*') yield code.put(from - 1, to, '', 'factor-extra', `the factor ${text} is too many`);
    if (before === '/')
      yield code.put(from - 1, to, '', 'factor-extra', `the division by ${text} is too many`);
    if (before === '**') yield code.put(from - 1, to, '', 'factor-extra', `the power ${text} is too many`);
    if (before !== '*' && before !== '/' && after === '*')
      yield code.put(from, to + 1, '', 'factor-extra', `the factor ${text} is too many`);
  }
}

/** A factor that should be there and is not: a name, its complement, or what a derivative of it looks like. */
export function* missingFactors(code: CodeText): Generator<Edit> {
  const plain = [...code.names, ...code.names.map((name) => `(1 - ${name})`), '2', '0.5'];
  for (const { from, to, text } of code.sums()) {
    for (const factor of plain) {
      const [times, over] = [`the factor ${factor} is missing`, `the division by ${factor} is missing`];
      yield code.put(from, to, `(${text}) * ${factor}`, 'factor-missing', `around ${text}, ${times}`);
      yield code.put(from, to, `(${text}) / ${factor}`, 'factor-missing', `around ${text}, ${over}`);
    }
  }
  const library = code.language === 'python' ? 'np' : 'Math';
  const composed = code.names.slice(0, MOST_TO_COMPOSE).flatMap((name) => formsOf(name, library));
  for (const factors of [plain, composed]) {
    for (const { from, to, text } of code.operands) {
      if (code.tokens[to]?.text === '**') continue;
      for (const factor of factors) {
        const [times, over] = [`the factor ${factor} is missing`, `the division by ${factor} is missing`];
        yield code.put(to, to, ` * ${factor}`, 'factor-missing', `behind ${text}, ${times}`);
        // An index is a whole number: it is no quotient.
        if (!code.isInIndex(from))
          yield code.put(to, to, ` / ${factor}`, 'factor-missing', `behind ${text}, ${over}`);
      }
    }
  }
}

const MOST_TO_COMPOSE = 12;

/** What the derivatives of the usual functions look like. */
function formsOf(x: string, library: 'Math' | 'np'): string[] {
  const calls = ['exp', 'log', 'sqrt', 'sin', 'cos', 'tanh', 'sign'].map(
    (name) => `${library}.${name}(${x})`,
  );
  return [
    `(1 - ${x} * ${x})`,
    `(${x} * ${x})`,
    ...calls,
    `${library}.exp(-${x})`,
    `(1 + ${library}.exp(-${x}))`,
    `(1 + ${library}.exp(${x}))`,
  ];
}
