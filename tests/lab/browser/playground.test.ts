// The playground in a real browser: from painted points to exported code, and back by a link.

import { readFileSync } from 'node:fs';
import type { Download, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { readSafetensors } from '../../../src/files/index.js';
import { decode } from '../../../lab/playground/link.js';
import { translator } from '../../../lab/texts/playground/index.js';
import { inBrowser, overhang, tabThrough, violations } from './harness.js';

const lab = inBrowser();
const t = translator('en');
const PLAYGROUND = '#/playground';

async function steps(page: Page): Promise<number> {
  return Number(/step (\d+)/.exec((await page.locator('.where').textContent()) ?? '')?.[1]);
}
/** The steps once no more are on their way. */
async function settled(page: Page): Promise<number> {
  let before = -1;
  await expect
    .poll(async () => before === (before = await steps(page)), { interval: 400, timeout: 10_000 })
    .toBe(true);
  return before;
}
function button(page: Page, name: string) {
  return page.getByRole('button', { name, exact: true });
}
async function contentOf(download: Download): Promise<Buffer> {
  return readFileSync(await download.path());
}
/** The page with its first look drawn. */
async function opened(hash = PLAYGROUND, reader: Parameters<typeof lab.open>[1] = {}): Promise<Page> {
  const page = await lab.open(hash, reader);
  await page.getByText(/^[1-9]\d* parameters$|^매개변수 [1-9]\d*개$/).waitFor();
  await page.locator('.out').waitFor();
  return page;
}

test('points are painted, a network is built, it trains, and every number opens', async () => {
  const page = await opened();
  await button(page, t('set.own')).click();
  await button(page, t('points.clear')).click();
  const plane = page.getByRole('application', { name: t('plane') });
  const box = (await plane.boundingBox())!;
  for (const [label, from, to] of [
    [0, 0.15, 0.4],
    [1, 0.6, 0.85],
  ] as const) {
    await button(page, t(label === 0 ? 'brush.0' : 'brush.1')).click();
    await page.mouse.move(box.x + from * box.width, box.y + 0.3 * box.height);
    await page.mouse.down();
    await page.mouse.move(box.x + to * box.width, box.y + 0.7 * box.height, { steps: 12 });
    await page.mouse.up();
  }
  const count = await page.locator('.count .num').textContent();
  expect(Number.parseInt(count!)).toBeGreaterThan(10);

  await button(page, `+ ${t('layer.add')}`).click();
  await button(page, t('layer.more', { layer: 3 })).click();
  await page.getByLabel(t('layer.activation', { layer: 3 })).selectOption('sigmoid');
  await page
    .getByText(t('network.parameters', { count: 2 * 4 + 4 + 4 * 3 + 3 + 3 * 4 + 4 + 4 + 1 }))
    .waitFor();

  await button(page, t('play')).click();
  await expect.poll(() => steps(page), { timeout: 15_000 }).toBeGreaterThan(50);
  await button(page, t('pause')).click();
  const before = await settled(page);
  await button(page, t('step')).click();
  await expect.poll(() => steps(page)).toBe(before + 1);
  await button(page, t('sample')).click();
  await expect.poll(() => steps(page)).toBe(before + 2);

  await page.getByRole('button', { name: t('view.backward') }).click();
  await button(page, t('neuron.hidden', { layer: 1, unit: 2 })).click();
  await page.getByRole('heading', { name: t('neuron.hidden', { layer: 1, unit: 2 }) }).waitFor();
  expect(await page.locator('.backwards math').count()).toBeGreaterThan(20);
  await button(page, `${t('neuron.input', { place: 1 })} ${t('derivation')}`).click();
  await page.getByRole('group', { name: t('section.all') }).waitFor();
});

test('losses open a derivation, and so does every value in a bar of a histogram', async () => {
  const page = await opened();
  await button(page, t('step')).click();
  await expect.poll(() => steps(page)).toBe(1);
  for (const [name, section] of [
    ['test.loss', 'section.test'],
    ['train.loss', 'section.all'],
  ] as const) {
    const number = page.locator('dl.num > div', { hasText: t(name) }).getByRole('button');
    const shown = await number.textContent();
    await number.click();
    await expect.poll(() => page.getByRole('group', { name: t(section) }).textContent()).toContain(shown);
  }
  const histogram = (of: 'activations' | 'gradients', layer: number) =>
    page.getByRole('slider', { name: t(`histograms.label.${of}`, { layer: t('layer', { layer }) }) });
  await histogram('activations', 1).click();
  const value = page.locator('.values td button').first();
  const shown = await value.textContent();
  await value.press('Enter');
  const numberOf = (text: string | null): number => Number(text!.replaceAll('−', '-'));
  const derived = async (): Promise<number> => numberOf(await page.locator('.result .forward').textContent());
  await expect.poll(derived).toBeCloseTo(numberOf(shown), 2); // until then, the derivation of the loss is there

  await histogram('gradients', 2).focus();
  await page.keyboard.press('Home');
  const first = await histogram('gradients', 2).getAttribute('aria-valuetext');
  await page.keyboard.press('ArrowRight');
  const second = await histogram('gradients', 2).getAttribute('aria-valuetext');
  expect(second).not.toBe(first);
  expect(await page.locator('.values h3').textContent()).toContain(second!.split(':')[0]);
  await page.locator('.values td button').first().press('Enter');
  await page.getByRole('heading', { name: /Weighted sum of Neuron \d of layer 2/ }).waitFor();
  await button(page, t('bar.close')).press('Enter');
  expect(await page.locator('.values').count()).toBe(0);
  expect(await page.evaluate(() => document.activeElement?.role)).toBe('slider');
});

test('undo and redo go through the settings, by keyboard too', async () => {
  const page = await opened();
  const rate = page.getByLabel(t('learningRate'));
  await rate.selectOption('0.03');
  await page.getByLabel(t('optimizer')).selectOption('adam');
  await page.keyboard.press('Control+z');
  expect(await page.getByLabel(t('optimizer')).inputValue()).toBe('sgd');
  await button(page, t('undo')).click();
  expect(await rate.inputValue()).toBe('0.3');
  await page.keyboard.press('Control+y');
  expect(await rate.inputValue()).toBe('0.03');
});

test('a link opens the same data, network, weights, step and view', async () => {
  const page = await opened();
  await button(page, t('set.xor')).click();
  await page.getByLabel(t('optimizer')).selectOption('adam');
  await button(page, t('step')).click();
  await button(page, t('step')).click();
  await expect.poll(() => steps(page)).toBe(2);
  await page.getByRole('button', { name: t('view.backward') }).click();
  await button(page, t('export.link')).click();
  await expect.poll(() => new URL(page.url()).hash.length).toBeGreaterThan(100);
  const { hash } = new URL(page.url());
  const state = decode(hash.slice(`${PLAYGROUND}/`.length))!;
  expect(state).toMatchObject({ view: 'backward', saved: { steps: 2 }, settings: { data: { set: 'xor' } } });

  const other = await opened(hash);
  expect(await steps(other)).toBe(2);
  expect(await other.getByRole('button', { name: t('view.backward') }).getAttribute('aria-pressed')).toBe(
    'true',
  );
  expect(await other.locator('dl.num').textContent()).toBe(await page.locator('dl.num').textContent());
  for (const one of [page, other]) {
    await button(one, t('step')).click();
    await expect.poll(() => steps(one)).toBe(3);
  }
  expect(await other.locator('dl.num').textContent()).toBe(await page.locator('dl.num').textContent());
});

test('code, model and pictures come out, and the model goes back in', async () => {
  const page = await opened();
  await button(page, t('step')).click();
  await expect.poll(() => steps(page)).toBe(1);
  await page.getByText(`${t('export.code')}:`).click();
  const code = page.locator('pre code');
  await expect.poll(() => code.textContent()).toContain("from 'chainrule'");
  await button(page, t('export.pytorch')).click();
  await button(page, t('export.start.now')).click();
  await expect.poll(() => code.textContent()).toContain('# The weights that it had reached.');
  await button(page, t('export.numpy')).click();
  const saved = async (press: () => Promise<void>): Promise<Download> => {
    const [download] = await Promise.all([page.waitForEvent('download'), press()]);
    return download;
  };
  const file = await saved(() => button(page, t('export.download', { name: 'network_numpy.py' })).click());
  expect((await contentOf(file)).toString()).toBe(await code.textContent());

  for (const figure of ['plane', 'loss', 'network'] as const) {
    for (const [format, start] of [
      ['SVG', '<svg'],
      ['PNG', '\x89PNG'],
    ] as const) {
      const name = t('export.download', { name: `${t(`export.figure.${figure}`)}, ${format}` });
      const picture = await saved(() => button(page, name).click());
      expect((await contentOf(picture)).toString('latin1').startsWith(start)).toBe(true);
    }
  }

  const model = await saved(() => button(page, t('export.model')).click());
  const bytes = await contentOf(model);
  expect([...readSafetensors(bytes).tensors.keys()].length).toBe(6);
  await button(page, t('layer.remove', { layer: 2 })).click();
  await page.getByText(t('network.parameters', { count: 2 * 4 + 4 + 4 + 1 })).waitFor();
  await page.locator('input[accept=".safetensors"]').setInputFiles(await model.path());
  await page.getByText(t('network.parameters', { count: 2 * 4 + 4 + 4 * 3 + 3 + 3 + 1 })).waitFor();
});

test('a CSV file is dropped in, and one of many megabytes leaves the page free', async () => {
  const page = await opened();
  const rows = Array.from(
    { length: 120_000 },
    (_, i) => `${i % 997},${(i * 7) % 1009},note ${i},${i % 2 ? 'yes' : 'no'}`,
  );
  const content = Buffer.from(['a,b,note,answer', ...rows].join('\n'));
  const input = page.locator('.csv input[type=file]');
  await input.setInputFiles({ name: 'large.csv', mimeType: 'text/csv', buffer: content });
  const longest = await page.evaluate(async () => {
    let [longest, last] = [0, performance.now()];
    for (let i = 0; i < 40; i++) {
      await new Promise(requestAnimationFrame);
      const now = performance.now();
      [longest, last] = [Math.max(longest, now - last), now];
    }
    return longest;
  });
  expect(longest).toBeLessThan(1000); // to parse it takes seconds
  await page.getByText('large.csv: 1000 of 120000').waitFor({ timeout: 60_000 });
  await page.getByLabel('x₁').selectOption('b');
  await page.getByLabel('x₂').selectOption('a');
  await button(page, t('csv.cancel')).click();
  await input.setInputFiles({
    name: 'narrow.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('a,b\n1,x\n2,y\n'),
  });
  await page.getByText(t('csv.narrow', { columns: 'a, b' })).waitFor();
}, 90_000);

test('a formula that is none is answered at its field, and the last data stay', async () => {
  const page = await opened();
  await button(page, t('set.curve')).click();
  const field = page.getByLabel(t('curve'), { exact: true });
  await field.fill('sin(');
  await page.getByRole('alert').waitFor();
  await field.fill('x ** 2 - 1');
  await page.getByRole('alert').waitFor({ state: 'detached' });
});

test('all of it works by keyboard: points are painted, neurons walked, derivations opened', async () => {
  const page = await opened(PLAYGROUND, { reducedMotion: true });
  await button(page, t('set.own')).press('Enter');
  await button(page, t('points.clear')).press('Enter');
  await page.getByRole('application', { name: t('plane') }).focus();
  await page.keyboard.press('0');
  for (const key of ['ArrowLeft', 'Space', 'ArrowUp', 'ArrowUp', 'Space', '1', 'Shift+ArrowRight', 'Space']) {
    await page.keyboard.press(key);
  }
  await expect.poll(() => page.locator('.count .num').textContent()).toBe(t('points.count', { count: 3 }));
  await page.keyboard.press('e');
  await page.keyboard.press('Space');
  await expect.poll(() => page.locator('.count .num').textContent()).toBe(t('points.count', { count: 2 }));

  await button(page, t('neuron.input', { place: 1 })).focus();
  for (const key of ['ArrowRight', 'ArrowDown', 'ArrowRight', 'Enter']) await page.keyboard.press(key);
  await page.getByRole('heading', { name: new RegExp(t('derivation.of', { what: '' }).trim()) }).waitFor();
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('playground-derivation');
  await button(page, t('derivation.close')).press('Enter');
  await expect.poll(() => page.evaluate(() => document.activeElement?.className)).toContain('neuron');
});

test('Tab reaches every control, in the order of the page, and shows where it is', async () => {
  const page = await opened();
  const { controls, reached, unseen } = await tabThrough(page);
  expect(controls.length).toBeGreaterThan(40);
  // The neurons are one stop; arrow keys move between them.
  const isNeuron = (control: string): boolean => control.includes('class="neuron');
  const first = controls.find(isNeuron);
  expect(reached).toEqual(controls.filter((control) => !isNeuron(control) || control === first));
  expect(unseen).toEqual([]);
});

describe.each([
  ['en', 'light', 1280],
  ['ko', 'dark', 360],
  ['en', 'dark', 768],
  ['ko', 'light', 1920],
] as const)('in %s, %s, %i px wide', (language, theme, width) => {
  test('is fit for everyone, with a derivation and the code open', async () => {
    const page = await opened(PLAYGROUND, { language, theme, width });
    const say = translator(language);
    await page.getByRole('button', { name: say('view.backward') }).click();
    await button(page, say('neuron.hidden', { layer: 1, unit: 1 })).click();
    await page.locator('.derivation').waitFor();
    await page.locator('.histogram').first().click();
    await page.locator('.values td button').first().waitFor();
    await page.getByText(`${say('export.code')}:`).click();
    expect(await violations(page)).toEqual([]);
    expect(await overhang(page)).toBe(0);
  });
});
