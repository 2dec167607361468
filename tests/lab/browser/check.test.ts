// The check page in a browser: code right and wrong, code that never ends, exercises, and who it is fit for.

import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { exercises, wordsIn, type Exercise } from '../../../exercises/index.js';
import { nameOfCause, translator } from '../../../lab/texts/check/index.js';
import { inBrowser, overhang, violations, type Reader } from './harness.js';

const lab = inBrowser();
const t = translator('en');

const open = (name: string, reader?: Reader): Promise<Page> => lab.open(`#/check/${name}`, reader);
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const editor = (page: Page) => page.getByRole('textbox', { name: t('editor.label') });
const heard = (page: Page) => page.getByRole('status');
/** The lines that are marked as wrong, as they stand in the editor. */
const marked = (page: Page) => page.locator('.cm-line-wrong').allTextContents();

async function write(page: Page, source: string): Promise<void> {
  await editor(page).focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(source);
}

async function checked(page: Page, say = t): Promise<string> {
  await button(page, say('check')).click();
  await page.locator('.headline').waitFor({ timeout: 45_000 });
  return (await page.locator('.headline').innerText()).trim();
}

test('right code is called right, each derivative by name', async () => {
  const page = await open('example-sigmoid');
  expect(await checked(page)).toContain(t('verdict.right'));
  expect(await page.getByText(`${t('slot.by', { name: 'z' })}: ${t('slot.agrees')}`).count()).toBe(1);
  expect(await heard(page).textContent()).toBe(t('verdict.right'));
  expect(await marked(page)).toEqual([]);
});

test('wrong code: the cause, what to write, and the mark at its line', async () => {
  const page = await open('example-bce');
  expect(await checked(page)).toContain(t('verdict.wrong'));
  const cause = nameOfCause('misplaced-parenthesis', t);
  expect(await heard(page).textContent()).toBe(`${t('verdict.wrong')}: ${cause}, ${t('line', { line: 11 })}`);
  expect(await page.locator('article').first().innerText()).toContain('(p + 1e-7) * (1 - p + 1e-7)');
  expect(await marked(page)).toEqual(['    return (p - y) / (p + EPSILON * (1 - p + EPSILON));']);
  expect(await page.locator('.cm-line-wrong + .cm-said').textContent()).toBe(cause);
  await button(page, t('line', { line: 11 })).click();
  expect(await page.locator('.cm-activeLine').textContent()).toContain('return (p - y)');
});

test('a loop without end is ended, and the page lives on meanwhile', async () => {
  const page = await open('example-own');
  await write(
    page,
    'export function forward(x) { while (true) postMessage(x); }\nexport const backward = (dy) => dy;',
  );
  await button(page, t('check')).click();
  await expect.poll(() => heard(page).textContent()).toBe(t('running.checking'));
  await page.getByRole('button', { name: '한국어' }).click(); // the page answers
  await page.getByRole('button', { name: 'English' }).click();
  await page.locator('.headline').waitFor({ timeout: 45_000 });
  expect(await page.locator('article').innerText()).toContain(t('time.checking', { seconds: 10 }));
  expect(await marked(page)).toEqual(['export function forward(x) { while (true) postMessage(x); }']);

  await button(page, t('check')).click();
  await button(page, t('stop')).click();
  expect(await page.locator('.headline').innerText()).toContain(t('stopped'));
  await write(page, 'export const forward = (x) => 2 * x;\nexport const backward = (dy) => 2 * dy;');
  expect(await page.locator('.headline').innerText()).toContain(t('changed'));
});

test('code that fills all memory is ended, and takes no page with it', async () => {
  const page = await open('example-own');
  await write(page, 'const all = [];\nfor (;;) all.push(new Array(1e5).fill(0.5));');
  await checked(page);
  const said = await heard(page).textContent();
  const slow = t('time.running', { seconds: 10 }); // where there is more memory than 10 s can fill
  expect([t('memory'), slow].filter((text) => said!.includes(text)).length).toBe(1);
  expect(await marked(page)).toEqual(['for (;;) all.push(new Array(1e5).fill(0.5));']);
  await write(page, 'export const forward = (x) => 2 * x;\nexport const backward = (dy) => 2 * dy;');
  expect(await checked(page)).toContain(t('verdict.right'));
});

test('a worker that is gone is missed at once', async () => {
  const page = await open('example-own');
  await write(page, 'close();\nawait new Promise(() => {});');
  await checked(page);
  expect(await heard(page).textContent()).toContain(t('memory'));
});

test('what is no TypeScript, what throws, and what is not there is told at its line', async () => {
  const page = await open('example-own');
  await write(page, 'export class A {\n  forward(x: number {\n');
  await checked(page);
  expect(await heard(page).textContent()).toContain(t('syntax', { message: '' }).trim());
  expect(await marked(page)).toEqual(['  forward(x: number {']);
  await write(page, 'const a: number = 1;\nconsole.log("here", [a]);\nnothing.at.all;');
  await checked(page);
  expect(await heard(page).textContent()).toContain('ReferenceError');
  expect(await marked(page)).toEqual(['nothing.at.all;']);
  expect(await page.locator('pre').last().textContent()).toBe('here [1]');
  await write(page, "import { readFile } from 'node:fs';\nreadFile();");
  await checked(page);
  expect(await heard(page).textContent()).toContain('node:fs');
});

test('the library can be imported', async () => {
  const page = await open('example-own');
  const parts =
    "import { chain } from 'chainrule';\nclass Twice { forward(x) { return 2 * x; } backward(dy) { return DY; } }";
  await write(
    page,
    `${parts.replace('DY', '2 * dy')}\nexport const net = chain([new Twice(), new Twice()]);`,
  );
  expect(await checked(page)).toContain(t('verdict.right'));
  expect(await page.locator('.rows').innerText()).toContain('net');
});

test('a browser that knows no shared workers checks too', async () => {
  const page = await lab.open('');
  await page.waitForLoadState('networkidle');
  await page.addInitScript('delete globalThis.SharedWorker');
  await page.reload();
  await page.getByRole('link', { name: t('title') }).click();
  await expect.poll(() => page.workers().map((worker) => worker.url())).toHaveLength(1);
  expect(await checked(page)).toContain(t('verdict.right'));
});

test('it works when whoever served it has gone', async () => {
  const page = await lab.open('');
  await page.waitForLoadState('networkidle');
  await page.context().setOffline(true);
  await page.getByRole('link', { name: t('title') }).press('Enter');
  await page.getByRole('heading', { level: 1, name: t('title') }).waitFor();
  expect(await checked(page)).toContain(t('verdict.right'));
});

test('a learner’s code reaches no network, the lab’s own server included', async () => {
  const page = await open('example-own');
  await write(
    page,
    `const tries = await Promise.allSettled([fetch('https://example.com/'), fetch('${lab.url}'), import('${lab.url}icon.svg')]);
console.log(tries.map(({ status }) => status));
try { new WebSocket('wss://example.com'); console.log('open'); } catch (error) { console.log(error.name); }`,
  );
  await checked(page);
  expect(await page.locator('pre').last().textContent()).toContain('["rejected","rejected","rejected"]');
  for (const problem of lab.problems(page)) expect(problem).toMatch(/Content Security Policy|violates| csp$/);
});

test('an exercise: unfinished, wrong, hinted at, solved; and what was done is there again later', async () => {
  const page = await open('sigmoid');
  const [, { hints }, tanh] = exercises as [Exercise, Exercise, Exercise];
  expect(await checked(page)).toContain(t('verdict.unfinished'));
  const answer = (derivative: string): string =>
    `export class Sigmoid {\n  a = 0;\n  forward(z: number) { return (this.a = 1 / (1 + Math.exp(-z))); }\n  backward(dy: number) {\n    return ${derivative};\n  }\n}\n`;
  await write(page, answer('this.a * (1 - this.a)'));
  expect(await checked(page)).toContain(t('verdict.wrong'));
  expect(await marked(page)).toEqual(['    return this.a * (1 - this.a);']);
  expect(await page.locator('article').innerText()).not.toContain(t('try'));
  await button(page, t('hint.next', { number: 1, count: hints.length })).click();
  await write(page, answer('dy * this.a * (1 - this.a)'));
  expect(await checked(page)).toContain(t('verdict.solved'));

  await page.reload();
  await page.getByText(t('solved.count', { solved: 1, count: exercises.length })).waitFor();
  expect(await editor(page).innerText()).toContain('dy * this.a');
  expect(await page.locator('.hint').count()).toBe(1);
  expect(await checked(page)).toContain(t('verdict.solved'));
  await button(page, t('next', { title: wordsIn('en', tanh.title) })).click();
  expect(new URL(page.url()).hash).toBe('#/check/tanh');
  expect(await editor(page).innerText()).toContain('class Tanh');
});

test('beginning again can be undone, and every text is kept by itself', async () => {
  const page = await open('example-own');
  await write(page, 'const mine = 1;');
  await button(page, t('reset')).click();
  expect(await editor(page).innerText()).toContain('export function forward');
  await editor(page).focus();
  await page.keyboard.press('Control+z');
  expect(await editor(page).innerText()).toBe('const mine = 1;');
  await button(page, t('example-sigmoid')).click();
  expect(await editor(page).innerText()).toContain('class Sigmoid');
  await button(page, t('example-own')).click();
  expect(await editor(page).innerText()).toBe('const mine = 1;');
});

test('the keyboard gets into the editor and out of it', async () => {
  const page = await open('example-sigmoid');
  await editor(page).focus();
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('Tab');
  expect(await editor(page).innerText()).toMatch(/^ {2}\/\*\*/);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.tagName)).not.toBe('DIV');
  await editor(page).focus();
  await page.keyboard.press('Control+Enter');
  await page.locator('.headline').waitFor({ timeout: 45_000 });
});

describe.each([
  ['en', 'light', 1280],
  ['ko', 'dark', 360],
  ['en', 'dark', 1920],
  ['ko', 'light', 768],
] as const)('in %s, %s, %i px wide', (language, theme, width) => {
  test('is fit for everyone, with a mistake on show and with an exercise', async () => {
    const say = translator(language);
    const page = await open('example-layer', { language, theme, width });
    await checked(page, say);
    expect(await page.locator('article p [lang=en]').first().innerText()).toMatch(/^[\x20-\x7e]+$/);
    expect(await violations(page)).toEqual([]);
    expect(await overhang(page)).toBe(0);
    await page.goto(`${lab.url}#/check/linear`);
    await page.locator('#check-exercise').waitFor();
    expect(await violations(page)).toEqual([]);
    expect(await overhang(page)).toBe(0);
  });
});
