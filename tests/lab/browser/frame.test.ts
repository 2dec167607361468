// What stands around every page: the way to it, language, colours, motion, and what the browser allows.

import { expect, test } from 'vitest';
import { translator } from '../../../lab/texts/index.js';
import { inBrowser } from './harness.js';

const lab = inBrowser();
const [en, ko] = [translator('en'), translator('ko')];

test('the language is the browser’s until the reader chooses, and the choice is kept', async () => {
  const page = await lab.open('#/lesson/2', { language: 'ko' });
  const heading = page.getByRole('heading', { level: 1 });
  expect(await heading.textContent()).toBe(ko('lesson2.title'));
  expect(await page.title()).toBe(`${ko('lesson2.title')} · Chainrule`);
  await page.getByRole('button', { name: 'English' }).press('Enter');
  expect(await heading.textContent()).toBe(en('lesson2.title'));
  expect(await page.locator('html').getAttribute('lang')).toBe('en');
  await page.reload();
  expect(await heading.textContent()).toBe(en('lesson2.title'));
});

test('no text of a page stays behind in the other language', async () => {
  const page = await lab.open('#/lesson/1', { language: 'ko' });
  for (const lesson of [1, 2, 3, 4]) {
    await page.evaluate((hash) => (location.hash = hash), `#/lesson/${lesson}`);
    await page
      .getByText(ko(`lesson${lesson as 1}.title`), { exact: true })
      .first()
      .waitFor();
    const words = await page.evaluate(() => {
      const said = [...document.querySelectorAll('[aria-label], [title]')].flatMap((element) => [
        ...[element.getAttribute('aria-label') ?? '', element.getAttribute('title') ?? ''],
      ]);
      return [document.body.innerText, ...said].join(' ').match(/[A-Za-z]{3,}/g) ?? [];
    });
    const names = ['Chainrule', 'English', 'AND', 'NumPy', 'BCELoss', 'Tab', 'cos', 'tanh', 'log', 'exp'];
    expect(words.filter((word) => !names.includes(word))).toEqual([]);
  }
});

test('colours follow the system until the reader chooses, and the choice is kept', async () => {
  const page = await lab.open('', { theme: 'dark' });
  const paper = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const dark = await paper();
  const button = page.getByRole('button', { name: 'Colours' });
  await button.press('Enter');
  const light = await paper();
  expect(light).not.toBe(dark);
  await page.reload();
  expect(await paper()).toBe(light);
  await button.press('Space');
  expect(await paper()).toBe(dark);
});

test('pages are turned by keyboard: focus goes to the page, and Back goes back', async () => {
  const page = await lab.open('');
  expect(await page.locator('nav a[aria-current=page]').textContent()).toContain(en('lesson1.short'));
  await page.getByRole('link', { name: en('lesson3.short') }).press('Enter');
  await page.getByRole('heading', { level: 1, name: en('lesson3.title') }).waitFor();
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('MAIN');
  await page.goBack();
  await page.getByRole('heading', { level: 1, name: en('lesson1.title') }).waitFor();
});

test.each([
  [false, 'flow'],
  [true, 'none'],
])('a reader who wants less motion (%s) sees arrows that flow: %s', async (reducedMotion, animation) => {
  const page = await lab.open('#/lesson/1', { reducedMotion });
  await page.getByRole('button', { name: en('player.back') }).press('Enter');
  const lane = page.locator('path.lane.now').first();
  expect(await lane.evaluate((path) => getComputedStyle(path).animationName)).toContain(animation);
});

test('threads may share memory', async () => {
  const page = await lab.open('');
  expect(await page.evaluate(() => [crossOriginIsolated, typeof SharedArrayBuffer])).toEqual([
    true,
    'function',
  ]);
});

test('what the content policy does not name is refused', async () => {
  const page = await lab.open('');
  await page.evaluate(async () => {
    const script = document.createElement('script');
    script.textContent = 'globalThis.ran = true';
    document.body.append(script);
    document.body.insertAdjacentHTML('beforeend', '<p style="color: red">styled</p>');
    await fetch('https://example.com/').catch(() => {});
  });
  expect(await page.evaluate(() => 'ran' in globalThis)).toBe(false);
  const refused = lab.problems(page).join('\n');
  for (const what of [
    /inline script violates/,
    /inline style violates/,
    /'https:\/\/example\.com\/' violates/,
  ]) {
    expect(refused).toMatch(what);
  }
});

test('a first visit loads at most 300 KB, fonts aside', async () => {
  const page = await lab.open('');
  const sizes = await page.evaluate(() => {
    const needed = [
      ...document.querySelectorAll<HTMLScriptElement | HTMLLinkElement>('script, link[rel=stylesheet]'),
    ];
    const addresses = needed.map((element) =>
      element instanceof HTMLScriptElement ? element.src : element.href,
    );
    const loaded = performance.getEntries() as PerformanceResourceTiming[];
    return [location.href, ...addresses].map(
      (one) => loaded.find(({ name }) => name === one)?.encodedBodySize,
    );
  });
  expect(sizes.length).toBeGreaterThan(2);
  expect(sizes.every((size) => size !== undefined && size > 0)).toBe(true);
  expect(sizes.reduce((sum: number, size) => sum + (size ?? 0), 0)).toBeLessThan(300_000);
});

test('all of the lab works when whoever served it has gone', async () => {
  const page = await lab.open('');
  await page.waitForLoadState('networkidle');
  await page.context().setOffline(true);
  await page.getByRole('link', { name: en('playground.title') }).press('Enter');
  await page.getByRole('heading', { level: 1, name: en('playground.title') }).waitFor();
  await page.getByRole('link', { name: en('lesson4.short') }).press('Enter');
  await page.getByRole('heading', { level: 1, name: en('lesson4.title') }).waitFor();
});
