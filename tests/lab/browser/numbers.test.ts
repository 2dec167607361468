// The numbers on the pages are the library's and those that the class notes print, and every control can be worked by keyboard.

import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { fixed, show } from '../../../lab/format.js';
import { andGate, BCELoss, blobs, chainRule, neuron, PublishedBCELoss } from '../../../lessons/index.js';
import { explain } from '../../../src/index.js';
import { AND_LOG, BLOBS_RUNS, NEURON_LOSSES } from '../../lessons/published.js';
import { inBrowser } from './harness.js';

const lab = inBrowser();

/** The texts of what a selector finds, spaces put right. */
async function texts(page: Page, selector: string): Promise<string[]> {
  const found = await page.locator(selector).allTextContents();
  return found.map((text) => text.replace(/\s+/g, ' ').trim());
}

describe('lesson 1', () => {
  const boxes = (page: Page) => texts(page, 'button.box .unseen');

  test('opens with sigmoid at 0: value 0.5, derivative 0.25, and every box between', async () => {
    const page = await lab.open('#/lesson/1');
    expect(await boxes(page)).toEqual([
      'z, value 0, derivative 0.25',
      'z1 = -z, value 0, derivative −0.25',
      'z2 = exp(z1), value 1, derivative −0.25',
      'z3 = 1 + z2, value 2, derivative −0.25',
      'a = 1 / z3, value 0.5, derivative 1',
    ]);
    expect(await texts(page, '.whole .num')).toEqual(['0.5', '(−0.25) · 1 · 1 · (−1)', '0.25']);
  });

  test('follows z, dragged with the arrows or typed', async () => {
    const page = await lab.open('#/lesson/1');
    await page.getByRole('slider', { name: 'z' }).press('ArrowRight');
    const small = chainRule(0.01);
    expect(await texts(page, '.whole .num.forward')).toEqual([show(small.a, 8)]);
    await page.getByRole('spinbutton', { name: 'z' }).fill('-1.5');
    await page.keyboard.press('Enter');
    const { z1, z2, z3, a, da_dz } = chainRule(-1.5);
    expect((await boxes(page)).map((text) => /value (\S+),/.exec(text)?.[1])).toEqual(
      [-1.5, z1, z2, z3, a].map((value) => show(value)),
    );
    expect((await texts(page, '.whole .num')).at(-1)).toBe(show(da_dz, 8));
  });

  test('goes step by step: values forward, then derivatives back, and the box at work is open', async () => {
    const page = await lab.open('#/lesson/1');
    await page.getByRole('slider', { name: 'Position' }).press('Home');
    expect((await boxes(page)).filter((text) => !text.includes('…'))).toEqual([]);
    await page.getByRole('button', { name: 'Step', exact: true }).focus();
    for (let i = 0; i < 5; i++) await page.keyboard.press('Enter');
    expect(await texts(page, '.say')).toEqual(['Backward step 5 of 8']);
    expect((await boxes(page)).map((text) => text.includes('…'))).toEqual([true, true, true, false, false]);
    expect(await page.locator('button.box[aria-pressed=true] .unseen').textContent()).toContain('a = 1 / z3');
  });

  test('opens a box with Enter: upstream times local derivative', async () => {
    const page = await lab.open('#/lesson/1');
    await page.locator('button.box', { hasText: 'z2 = exp(z1)' }).press('Enter');
    expect(await texts(page, '.product .num')).toEqual(['−0.25', '1', '−0.25']);
  });

  test('draws an expression of the reader, and says what is wrong with one that cannot be read', async () => {
    const page = await lab.open('#/lesson/1');
    const field = page.getByLabel('Expression');
    await field.fill('x * tanh(x)');
    await field.press('Enter');
    const { value, gradients } = explain('x * tanh(x)', { at: { x: 1 } });
    expect(await texts(page, '.whole .num')).toEqual([show(value, 8), show(gradients['x'], 8)]);
    await field.fill('x * tanh(');
    await field.press('Enter');
    expect(await page.getByRole('alert').textContent()).toContain('x * tanh(');
    expect(await texts(page, '.whole .num.forward')).toEqual([show(value, 8)]); // the last that could be read stays
  });
});

describe('lesson 2', () => {
  test('has the thirty losses that the notes print, beside the right ones', async () => {
    const page = await lab.open('#/lesson/2');
    await page.locator('summary').press('Enter');
    expect(await texts(page, 'li .published')).toEqual(NEURON_LOSSES.map((loss) => fixed(loss)));
    expect(await texts(page, 'li .right')).toEqual(neuron(new BCELoss()).losses.map((loss) => fixed(loss)));
  });

  test('takes its steps by keyboard, and each number says where it comes from', async () => {
    const page = await lab.open('#/lesson/2');
    const loss = page.locator('.group.loss button');
    await page.getByRole('button', { name: 'Next: Loss' }).press('Enter');
    expect(await loss.locator('.num').textContent()).toBe(show(neuron().losses[0]));
    for (let i = 0; i < 3; i++) await page.keyboard.press('Space'); // on the same button: backward, update, and the next step
    expect(await page.getByRole('heading', { name: 'Step 1' }).count()).toBe(1);
    await page.getByRole('button', { name: 'Whole step' }).focus();
    for (let i = 0; i < 28; i++) await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Next: Loss' }).press('Enter');
    const { losses } = neuron(new PublishedBCELoss());
    expect(await loss.locator('.num').textContent()).toBe(show(losses[29]));
    await loss.focus();
    expect(await page.locator('.sum strong').textContent()).toBe(show(losses[29], 10));
    expect(await page.locator('.cell.source').count()).toBe(2); // y and p
  });

  test('begins anew with the right derivative, switched on with Space', async () => {
    const page = await lab.open('#/lesson/2');
    await page.getByRole('button', { name: 'Right derivative' }).press('Space');
    for (let i = 0; i < 5; i++) await page.getByRole('button', { name: 'Whole step' }).press('Enter');
    await page.getByRole('button', { name: 'Next: Loss' }).press('Enter');
    const { losses } = neuron(new BCELoss());
    expect(await page.locator('.group.loss .num').textContent()).toBe(show(losses[5]));
  });
});

describe('lesson 3', () => {
  test('has the log that the notes print', async () => {
    const page = await lab.open('#/lesson/3');
    const rows = await page
      .locator('tbody tr')
      .evaluateAll((rows) =>
        rows.map((row) =>
          [...(row as HTMLTableRowElement).cells].map((cell) => cell.lastChild?.textContent?.trim()),
        ),
      );
    expect(rows).toEqual(
      AND_LOG.map(([step, w1, w2, b, x1, x2, y, p, J]) => [
        ...[String(step), fixed(w1, 8), fixed(w2, 8), fixed(b), `${x1} ${x2}`, String(y), fixed(p), fixed(J)],
      ]),
    );
  });

  test('is scrubbed with the arrows, and sent to a line of the log with Enter', async () => {
    const page = await lab.open('#/lesson/3');
    const shown = () => texts(page, 'dd');
    await page.getByRole('button', { name: 'Go to step 1809' }).press('Enter');
    expect((await shown()).slice(0, 4)).toEqual(['1809', '3.1234', '3.1290', '−5.5222']);
    const position = page.getByRole('slider', { name: 'Position' });
    await position.press('ArrowLeft');
    expect((await shown())[0]).toBe('1808');
    await position.press('End');
    expect((await shown())[0]).toBe('1999');
    await page.getByRole('button', { name: 'Right derivative' }).press('Enter');
    await page.getByRole('button', { name: 'Go to step 1206' }).press('Enter');
    const line = andGate(new BCELoss()).log.find(({ step }) => step === 1206)!;
    expect((await shown()).slice(1, 4)).toEqual([fixed(line.w[0]), fixed(line.w[1]), fixed(line.b)]);
  });
});

describe('lesson 4', () => {
  test('trains to NumPy’s numbers, epoch by epoch', async () => {
    const page = await lab.open('#/lesson/4');
    const epoch = page.getByRole('button', { name: 'To the end of the epoch' });
    await epoch.focus();
    for (let i = 0; i < 30; i++) await page.keyboard.press('Enter');
    expect(await texts(page, '.where')).toEqual(['epoch 30 of 30, step 3000']);
    expect(await epoch.isDisabled()).toBe(true);
    const here = (await texts(page, 'tbody td:nth-child(2)')).map((text) => Number(text.replace('−', '-')));
    const numpy = [BLOBS_RUNS.published, BLOBS_RUNS.right].flatMap(({ loss, accuracy, w, b }) => [
      ...[...loss, ...accuracy, ...w, b],
    ]);
    expect(here.length).toBe(numpy.length);
    here.forEach((value, i) => expect(value).toBeCloseTo(numpy[i]!, 12));
    const { loss } = blobs(new BCELoss());
    expect(here[7]).toBe(loss[0]);
    expect(here[8]).toBe(loss.at(-1));
  });

  test('trains live, pauses, and begins again', async () => {
    const page = await lab.open('#/lesson/4');
    await page.getByRole('button', { name: '50×' }).press('Space');
    await page.getByRole('button', { name: 'Train' }).press('Enter');
    await page.getByText('epoch 30 of 30').waitFor();
    expect((await texts(page, 'tbody td:nth-child(2)'))[3]).toBe('0.5'); // the published derivative never learns
    expect((await texts(page, 'tbody td:nth-child(2)'))[10]).toBe('1');
    await page.getByRole('button', { name: 'Begin again' }).press('Enter');
    await page.getByText('epoch 0 of 30').waitFor();
    await page.getByRole('button', { name: '1×', exact: true }).press('Space');
    await page.getByRole('button', { name: 'Train' }).press('Enter');
    await page.getByRole('button', { name: 'Pause' }).press('Enter');
    const [where] = await texts(page, '.where');
    await page.waitForTimeout(100);
    expect(await texts(page, '.where')).toEqual([where]);
  });
});
