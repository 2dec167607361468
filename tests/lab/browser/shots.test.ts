import { test } from 'vitest';
import { inBrowser } from './harness.js';
import { translator } from '../../../lab/texts/check/index.js';
const lab = inBrowser();
test.each([['en','light',1280,'example-bce'],['en','dark',1280,'linear'],['ko','light',360,'example-layer'],['ko','dark',360,'sigmoid'],['ko','light',1280,'example-layer']] as const)('%s %s %i %s', async (language, theme, width, name) => {
  const page = await lab.open(`#/check/${name}`, { language, theme, width });
  await page.getByRole('button', { name: translator(language)('check'), exact: true }).click();
  await page.locator('.headline').waitFor();
  await page.screenshot({ path: `/tmp/helpers/check/${name}-${language}-${theme}-${width}.png`, fullPage: true });
});
