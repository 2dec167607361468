// Every lesson as a page, for every reader: nothing that axe finds, nothing wider than a phone, all of it by keyboard.

import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { hashOf, LESSONS } from '../../../lab/state/route.js';
import { inBrowser, overhang, tabThrough, violations } from './harness.js';

const lab = inBrowser();

describe.each(LESSONS)('lesson %i', (lesson) => {
  // Every pair of language, theme and width, in half of the runs that all triples would take.
  test.each([
    ['en', 'light', 'dark'],
    ['ko', 'dark', 'light'],
  ] as const)(
    'in %s is fit for everyone, %s on a screen and %s on a phone',
    async (language, wide, narrow) => {
      const page = await lab.open(hashOf(lesson), { language });
      expect(await page.locator('html').getAttribute('lang')).toBe(language);
      for (const [width, colorScheme] of [
        [1280, wide],
        [360, narrow],
      ] as const) {
        await page.setViewportSize({ width, height: 800 });
        await page.emulateMedia({ colorScheme });
        expect(await overhang(page)).toBe(0);
        expect(await violations(page)).toEqual([]);
      }
    },
  );

  test('can be walked through with Tab: every control, in the order of the page, and it shows', async () => {
    const page = await lab.open(hashOf(lesson));
    const { controls, reached, unseen } = await tabThrough(page);
    expect(controls.length).toBeGreaterThan(10);
    expect(reached).toEqual(controls);
    expect(unseen).toEqual([]);
  });
});

/** Pages in the midst of things, where they show what they do not show at first. */
const BUSY: readonly (readonly [what: string, hash: string, act: (page: Page) => Promise<void>])[] = [
  [
    'lesson 1 halfway, with an expression that cannot be read',
    '#/lesson/1',
    async (page) => {
      await page.getByLabel('Expression').fill('tanh(w*x +');
      await page.keyboard.press('Enter');
      for (let i = 0; i < 5; i++) await page.getByRole('button', { name: 'Back' }).press('Enter');
    },
  ],
  [
    'lesson 1 with an expression of two variables',
    '#/lesson/1',
    (page) => page.getByRole('button', { name: '(a - b)**2 / (a + b)' }).press('Enter'),
  ],
  [
    'lesson 2 at the end of a step, with all losses',
    '#/lesson/2',
    async (page) => {
      await page.getByRole('button', { name: 'Whole step' }).press('Enter');
      for (let i = 0; i < 3; i++) await page.getByRole('button', { name: 'Next' }).press('Enter');
      await page.locator('summary').press('Enter');
    },
  ],
  [
    'lesson 4 when all is done',
    '#/lesson/4',
    async (page) => {
      const epoch = page.getByRole('button', { name: 'To the end of the epoch' });
      await epoch.focus();
      for (let i = 0; i < 30; i++) await page.keyboard.press('Enter');
    },
  ],
];

test.each(BUSY)('%s is fit for everyone', async (_, hash, act) => {
  const page = await lab.open(hash, { width: 360, reducedMotion: true });
  await act(page);
  expect(await overhang(page)).toBe(0);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await violations(page)).toEqual([]);
  }
});
