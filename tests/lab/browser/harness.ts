// The lab in a real Chromium, served by the server of `chainrule lab`.
//
//   const lab = inBrowser();                     // once at the top of a test file
//   test('…', async () => {
//     const page = await lab.open('#/lesson/1', { language: 'ko', theme: 'dark', width: 360 });
//     expect(await violations(page)).toEqual([]); // axe
//   });
//
// `page` is Playwright's. It is closed after the test, and the test fails if the page has said an error or a warning, asked
// for anything that is not there, or asked any other machine for anything. Several pages in a test do not know each other.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AxeResults, RunOptions } from 'axe-core';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, inject } from 'vitest';
import { serve, type Serving } from '../../../src/cli/lab/serve.js';
import { readSite, type SiteFile } from '../../../src/cli/lab/site.js';

/** What a reader's browser is like; by default English, light, 1280 by 800. */
export interface Reader {
  readonly language?: 'en' | 'ko';
  readonly theme?: 'light' | 'dark';
  readonly width?: number;
  readonly height?: number;
  readonly reducedMotion?: boolean;
}

/** The lab, for the tests of one file. */
export interface Lab {
  /** A page of the lab as a reader sees it who comes for the first time. */
  open(hash?: string, reader?: Reader): Promise<Page>;
  /** Where it is served, with a slash at the end. */
  readonly url: string;
  /** What a page of this test has done wrong so far. Whoever asks has expected it: the test does not fail for it any more. */
  problems(page: Page): readonly string[];
}

/** What a file of tests may want besides. */
export interface Extras {
  /** Scripts to serve with the lab: their address, such as `/test/training.js`, and the TypeScript that they are bundled from. */
  readonly scripts?: Readonly<Record<string, string>>;
}

/** Starts browser and server before the tests of this file and stops them after. */
export function inBrowser({ scripts = {} }: Extras = {}): Lab {
  const stopping = new AbortController();
  const visited = new Map<Page, string[]>();
  let browser: Browser;
  let serving: Serving;

  beforeAll(async () => {
    const site = new Map(readSite(inject('labFolder')));
    for (const [address, entry] of Object.entries(scripts)) site.set(address, await bundled(entry));
    serving = await serve(site, { host: '127.0.0.1', port: 0, signal: stopping.signal });
    browser = await launch(inject('chromium'));
  });
  afterEach(async () => {
    const [pages, problems] = [[...visited.keys()], [...visited.values()].flat()];
    visited.clear();
    await Promise.all(pages.map((page) => page.context().close()));
    expect(problems).toEqual([]);
  });
  afterAll(async () => {
    await browser?.close();
    stopping.abort();
    await serving?.stopped;
  });

  return {
    get url() {
      return serving.url;
    },
    problems: (page) => visited.get(page)?.splice(0) ?? [],
    async open(
      hash = '',
      { language = 'en', theme = 'light', width = 1280, height = 800, reducedMotion = false } = {},
    ) {
      const context = await browser.newContext({
        locale: language === 'ko' ? 'ko-KR' : 'en-US',
        colorScheme: theme,
        viewport: { width, height },
        reducedMotion: reducedMotion ? 'reduce' : 'no-preference',
      });
      const page = await context.newPage();
      visited.set(page, problemsOf(page, serving.url));
      await page.goto(serving.url + hash);
      await page.locator('main h1').first().waitFor();
      return page;
    },
  };
}

/** What goes wrong on a page, as it happens. */
function problemsOf(page: Page, url: string): string[] {
  const problems: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning')
      problems.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => problems.push(`uncaught: ${error.message}`));
  page.on('request', (request) => {
    const isOwn = request.url().startsWith(url) || /^(blob|data):/.test(request.url());
    if (!isOwn) problems.push(`request to another machine: ${request.url()}`);
  });
  page.on('requestfailed', (request) => {
    // Playwright does not see a shared worker's script arrive, and takes it for broken off when the worker's frame goes.
    if (/\/check-worker-[\w-]+\.js$/.test(request.url())) return;
    problems.push(`failed request: ${request.url()} ${request.failure()?.errorText}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400) problems.push(`status ${response.status()}: ${response.url()}`);
  });
  return problems;
}

/** Chromium that can reach nothing but this machine. */
function launch(executablePath: string): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--no-zygote', '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'], // root has no sandbox
    env: { ...process.env, FONTCONFIG_FILE: join(dirname(executablePath), 'fonts.conf') },
  });
}

/** A module for a page, and what it imports, as one file. */
async function bundled(entry: string): Promise<SiteFile> {
  const { build } = await import('vite');
  const result = await build({
    ...{ root: fileURLToPath(new URL('../../..', import.meta.url)), configFile: false, logLevel: 'warn' },
    build: { write: false, minify: false, target: 'es2022', lib: { entry, formats: ['es'] } },
  });
  const [{ output }] = result as unknown as [{ output: readonly [{ code: string }] }];
  return { body: Buffer.from(output[0].code), type: 'text/javascript', etag: '"test"', isHashed: false };
}

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * What axe finds against WCAG 2.2 AA and its own good practice: the rule, and the elements that break it. Parts of a page
 * that move are best brought to rest first.
 */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(AXE); // past the content policy, as a browser's own tools are
  const options: RunOptions = { resultTypes: ['violations'] };
  const { violations: found } = await page.evaluate(
    (how) => (globalThis as unknown as { axe: { run(how: RunOptions): Promise<AxeResults> } }).axe.run(how),
    options,
  );
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary ?? ''}`),
  );
}

/** By how many pixels the page is wider than its window. */
export function overhang(page: Page): Promise<number> {
  return page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
}

/** What Tab reaches on a page. */
export interface Walk {
  /** The controls that can be used, in the order of the page. */
  readonly controls: readonly string[];
  /** Those that Tab came to, in its order; what is none of the controls too, such as a part that scrolls by accident. */
  readonly reached: readonly string[];
  /** Those that did not look any different when it came to them. */
  readonly unseen: readonly string[];
}

/** Presses Tab from the top of the page until it leaves the page, as a reader without a mouse would. */
export async function tabThrough(page: Page): Promise<Walk> {
  const controls = await page.evaluate(() => {
    const all = document.querySelectorAll<HTMLElement>(
      'a[href], button, input, select, textarea, summary, [tabindex="0"]',
    );
    const usable = [...all].filter((control) => control.checkVisibility() && !control.matches(':disabled'));
    return usable.map(
      (control, i) => (control.dataset['control'] = `${i} ${control.outerHTML.slice(0, 60)}`),
    );
  });
  const [reached, unseen]: [string[], string[]] = [[], []];
  for (;;) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(() => {
      const control = document.activeElement;
      if (!(control instanceof HTMLElement) || control === document.body) return null;
      const { outlineStyle, outlineWidth } = getComputedStyle(control);
      const name = control.dataset['control'] ?? `no control: ${control.outerHTML.slice(0, 60)}`;
      return { name, isSeen: outlineStyle !== 'none' && outlineWidth !== '0px' };
    });
    if (at === null || reached.includes(at.name)) return { controls, reached, unseen };
    reached.push(at.name);
    if (!at.isSeen) unseen.push(at.name);
  }
}
