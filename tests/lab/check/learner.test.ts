// A learner's text becomes a module whose lines stay the learner's, or an error at its line.

import { describe, expect, test } from 'vitest';
import { compile, SourceError } from '../../../lab/check/learner.js';

const LIBRARY = 'blob:library';

describe('a text in TypeScript', () => {
  const source = `import type { Tensor } from 'nowhere';
import { chain } from 'chainrule';
interface Kept {
  x: number;
}
enum Side { Left, Right }
class Double {
  private kept?: Kept;
  forward(x: number, ...rest: number[]): number {
    return 2 * (x as number)!;
  }
}
export const both = chain([new Double()]);`;
  const { code, program } = compile(source, LIBRARY);
  const lines = code.split('\n');

  test('loses its types and keeps its lines and the names of parameters', () => {
    expect(lines[8]!.replace(/\s+/g, '')).toBe('forward(x,...rest){');
    expect(lines[9]!.replace(/\s+/g, '')).toBe('return2*(x);');
    expect(code).not.toMatch(/interface|: number|nowhere/);
    expect(program.body.length).toBeGreaterThan(3);
  });

  test('imports the library from where it is', () => {
    expect(lines[1]).toContain(`from "${LIBRARY}"`);
  });

  test('exports its classes and functions, whether it says so or not', () => {
    expect(code).toMatch(/^export \{ Double \};$/m);
    expect(compile('export class A {}\nexport default class B {}', LIBRARY).code).not.toContain('export {');
    expect(compile('function f() {}\nexport { f as g };', LIBRARY).code).not.toContain('export { f }');
  });
});

test.each([
  ['export class A {\n  forward(x {\n}', 'syntax', 2],
  ['const a = 1;\nconst a = 2;', 'syntax', 2], // what takes the types off lets it pass
  ["\n\nimport { readFileSync } from 'node:fs';\nreadFileSync();", 'import', 3],
  ["export * from './other.js';", 'import', 1],
])('%j: no module', (source, kind, line) => {
  expect(() => compile(source, LIBRARY)).toThrow(SourceError);
  try {
    compile(source, LIBRARY);
  } catch (error) {
    expect(error).toMatchObject({ kind, line });
    expect((error as Error).message).not.toMatch(/\(\d+:\d+\)/);
  }
});
