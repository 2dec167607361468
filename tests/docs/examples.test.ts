import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { docstringExamples, markdownExamples, runExample } from './examples.js';

const root = new URL('../../', import.meta.url);
const sources = readdirSync(new URL('src', root), { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => path.endsWith('.ts') && !path.startsWith('cli/'));

/** What the examples of `check` and its like take for granted. */
class MySigmoid {
  #a = 0;
  forward(z: number): number {
    this.#a = 1 / (1 + Math.exp(-z));
    return this.#a;
  }
  backward(dJ_da: number): number {
    return this.#a * (1 - this.#a) * dJ_da;
  }
}

describe('the example in every docstring runs, and its values are those beside it', () => {
  for (const path of sources) {
    for (const { line, code } of docstringExamples(readFileSync(new URL(`src/${path}`, root), 'utf8'))) {
      test(`src/${path}:${line}`, async () => {
        const own = (await import(`../../src/${path.replace(/\.ts$/, '.js')}`)) as Record<string, unknown>;
        await runExample(code, { ...own, MySigmoid, expect, ...fixtures() });
      });
    }
  }
});

describe('the README’s code runs, and its values are those beside it', () => {
  for (const { line, code } of markdownExamples(readFileSync(new URL('README.md', root), 'utf8'))) {
    test(`README.md:${line}`, () => runExample(code, { MySigmoid }));
  }
});

/** Parts of a chain, and the like, that examples name. */
function fixtures(): Record<string, unknown> {
  class Negate {
    forward(z: number): number {
      return -z;
    }
    backward(dy: number): number {
      return -dy;
    }
  }
  class Exp {
    #y = 0;
    forward(x: number): number {
      this.#y = Math.exp(x);
      return this.#y;
    }
    backward(dy: number): number {
      return this.#y * dy;
    }
  }
  class PlusOne {
    forward(x: number): number {
      return x + 1;
    }
    backward(dy: number): number {
      return dy;
    }
  }
  class Reciprocal {
    #x = 1;
    forward(x: number): number {
      this.#x = x;
      return 1 / x;
    }
    backward(dy: number): number {
      return -dy / this.#x ** 2;
    }
  }
  return { Negate, Exp, PlusOne, Reciprocal };
}
