// Compiled training in a page gives the bits that it gives in Node, with one thread and with two.

import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { inBrowser } from './harness.js';
import { fitted, stepped, type Trained } from './page/training.js';

const SCRIPT = '/test/training.js';
const entry = fileURLToPath(new URL('./page/training.ts', import.meta.url));
const lab = inBrowser({ scripts: { [SCRIPT]: entry } });

/** Calls a function of the script in the page. As text: Playwright takes its time for many numbers. */
async function inPage(page: Page, call: string): Promise<Trained> {
  return JSON.parse(
    await page.evaluate(`import('${SCRIPT}').then(async (all) => JSON.stringify(await all.${call}))`),
  );
}

test('fit: losses and parameters to the last bit', async () => {
  const page = await lab.open('');
  const inNode = await fitted(1);
  expect(inNode.losses[1]).toBeLessThan(inNode.losses[0]!);
  expect(await fitted(2)).toEqual(inNode);
  for (const threads of [1, 2]) expect(await inPage(page, `fitted(${threads})`)).toEqual(inNode);
});

test('steps that threads of the page have shared: losses and parameters to the last bit', async () => {
  const page = await lab.open('');
  const inThePage = await inPage(page, "stepped(2, 3, 'shared')");
  const inNode = await stepped(1, inThePage.losses.length);
  expect(inNode).toEqual(inThePage);
});
