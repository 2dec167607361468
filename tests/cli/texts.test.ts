// The catalogue of texts is complete in every language, and nothing is said outside of it.

import { readdirSync, readFileSync } from 'node:fs';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { CAUSES } from '../../src/check/hypotheses/causes.js';
import { catalogue, systemLanguage, translator } from '../../src/cli/texts/index.js';
import { withParticles } from '../../src/cli/texts/particles.js';
import type { TextKey } from '../../src/cli/texts/en.js';

const keys = Object.keys(catalogue.en) as TextKey[];
const placeholders = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).toSorted();

describe('the catalogue', () => {
  test('has the same texts in English and Korean, none of them empty', () => {
    expect(Object.keys(catalogue.ko)).toEqual(keys);
    for (const texts of Object.values(catalogue)) {
      expect(keys.filter((key) => texts[key].trim() === '')).toEqual([]);
    }
  });

  test.each(keys)('%s has the same placeholders in both', (key) => {
    expect(placeholders(catalogue.ko[key])).toEqual(placeholders(catalogue.en[key]));
  });

  test('is Korean in Korean, but for names and formulas', () => {
    const sameInBoth = ['error.atValue', 'plot.boundary'];
    const withoutKorean = keys.filter((key) => !/[가-힣]/.test(catalogue.ko[key]));
    expect(withoutKorean).toEqual(sameInBoth);
  });

  test('has no text that no command uses', () => {
    const code = sources()
      .map(({ text }) => text)
      .join('\n');
    // Reasons of the system, causes and the like are looked up by codes of their own.
    const isLookedUp = (key: string): boolean => /^(error\.write\.E|cause\.|check\.why\.)/.test(key);
    const unused = keys.filter((key) => !code.includes(`'${key}'`) && !isLookedUp(key));
    expect(unused).toEqual([]);
  });
});

/** What the check calls its verdicts and outcomes, for programs. */
const VERDICTS = ['cannot tell', 'could not run', 'not given'];

test('no command says a sentence of its own', () => {
  const found = literalsOf('example.ts', 'print(`<p>two words</p> ${value}`); import "not this";');
  expect(found.join('')).toContain('two words');
  const sentences = sources().flatMap(({ name, text }) =>
    literalsOf(name, text)
      .filter((literal) => /\p{L}{2,} \p{L}{2,}/u.test(literal) && !VERDICTS.includes(literal))
      .map((literal) => `${name}: ${literal}`),
  );
  expect(sentences).toEqual([]);
});

describe('the language', () => {
  test.each([
    [{ LANG: 'ko_KR.UTF-8' }, 'ko'],
    [{ LANG: 'ko' }, 'ko'],
    [{ LANG: 'en_US.UTF-8', LC_MESSAGES: 'ko_KR' }, 'ko'],
    [{ LANG: 'ko_KR.UTF-8', LC_ALL: 'C.UTF-8' }, 'en'],
    [{ LANG: 'ko_KR.UTF-8', LC_ALL: '' }, 'ko'],
    [{ LANG: 'kok_IN' }, 'en'],
    [{ LANG: 'de_DE.UTF-8' }, 'en'],
    [{}, 'en'],
  ])('of %o is %s', (env, language) => {
    expect(systemLanguage(env)).toBe(language);
  });
});

test('placeholders are filled in once: a value in braces stays as it is', () => {
  expect(translator('en')('error.atValue', { name: '{message}', message: 'm' })).toBe('--at {message}: m');
});

test.each([
  ['0.5이(가) 0.6이(가) 7이(가) 9이(가)', '0.5가 0.6이 7이 9가'],
  ['0(으)로 1(으)로 2(으)로 3(으)로 8(으)로', '0으로 1로 2로 3으로 8로'],
  ['`x = 2`은(는) `x = 3`은(는)', '`x = 2`는 `x = 3`은'],
  ['값을(를) 수을(를) 0.1과(와) 0.2과(와)', '값을 수를 0.1과 0.2와'],
  ['moons을(를)', 'moons을(를)'],
])('Korean particles go with the number before them: %s', (written, read) => {
  expect(withParticles(written)).toBe(read);
});

/** The files of the command line, without the catalogue. */
function sources(): { readonly name: string; readonly text: string }[] {
  const root = new URL('../../src/cli/', import.meta.url);
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !/^texts.(\w+\.)?(en|ko)\.ts$/.test(name))
    .map((name) => ({ name, text: readFileSync(new URL(name, root), 'utf8') }));
}

/** Every text that a file could print: its string literals and templates, but for styles, examples of use, Python and markup. */
function literalsOf(name: string, text: string): string[] {
  const literals: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) return;
    if (ts.isVariableDeclaration(node) && /^(STYLE|EXAMPLES|PYTHON)$/.test(node.name.getText())) return;
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)) {
      literals.push(node.text.replace(/<[^>]*>?|^[^<]*>/g, ''));
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true));
  return literals;
}

test('every cause that the check names has a heading', () => {
  const root = new URL('../../src/check/', import.meta.url);
  const code = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(new URL(name, root), 'utf8'))
    .join('\n');
  const named = [...code.matchAll(/cause: (?:\w+ \? )?'([a-z-]+)'(?: : '([a-z-]+)')?/g)].flatMap(
    ([, one, other]) => [one, other],
  );
  const causes = new Set([...CAUSES, ...named.filter((cause) => cause !== undefined)]);
  expect([...causes].filter((cause) => !Object.hasOwn(catalogue.en, `cause.${cause}`))).toEqual([]);
});
