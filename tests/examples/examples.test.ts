// The examples run, and reach what docs/examples.md says. Those that take minutes run in full with SLOW=1, and briefly without.

import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { flatsCsv } from '../../examples/data/flats.js';
import { digits, sheet } from '../../examples/digits.js';
import type { Result } from '../../examples/example.js';
import { examples, run } from '../../examples/run.js';
import { ones, take, zeros } from '../../src/index.js';
import { readImage } from '../../src/files/index.js';
import { parse as parseSvg } from '../plot/svg-reader.js';

const slow = process.env['SLOW'] !== undefined;
const silent = { print: () => {} };
/** For those that take long on a machine that is busy. */
const long = { timeout: slow ? 1_200_000 : 120_000 };

/** Runs an example, in full or briefly, and reads the SVGs that it draws. */
async function result(name: string, epochs?: number): Promise<Result> {
  const found = await examples[name]!({ ...silent, epochs });
  for (const [file, content] of Object.entries(found.files)) {
    if (file.endsWith('.svg')) expect(() => parseSvg(String(content)), file).not.toThrow();
  }
  return found;
}

test('xor: one neuron does no better than chance, two hidden ones are right', async () => {
  const { figures, files } = await result('xor');
  // The best that a line can do is ln 2: the derivative of the loss is 0 where p is 0.5 for all four.
  expect(figures['neuron loss']).toBeCloseTo(Math.log(2), 6);
  expect(figures['neuron accuracy']).toBeLessThanOrEqual(0.75);
  expect(figures['hidden accuracy']).toBe(1);
  expect(figures['hidden loss']).toBeLessThan(0.01);
  expect(Object.keys(files)).toEqual(['xor-neuron.svg', 'xor-hidden.svg']);
});

test('iris: at least 29 of 30 flowers that were held back', async () => {
  const { figures } = await result('iris');
  expect(figures['accuracy']).toBeGreaterThanOrEqual(29 / 30);
});

test('csv-regression: the network finds what no straight line has', async () => {
  const { figures } = await result('csv-regression');
  expect(figures['network R²']).toBeGreaterThan(0.975);
  expect(figures['line R²']).toBeLessThan(0.95);
  expect(figures['network error']).toBeLessThan(60); // the chance in the formula alone is 32 on average
});

test('flats.csv is what the formula gives', () => {
  expect(flatsCsv(3).split('\n')[0]).toBe('size,rooms,district,floor,lift,year,renewed,rent');
  const file = readFileSync(new URL('../../examples/data/flats.csv', import.meta.url), 'utf8');
  expect(file).toBe(flatsCsv(400));
});

test('moons-movie: a film without a script, each frame once, the last one where motion is unwelcome', async () => {
  const { figures, files } = await result('moons-movie');
  const svg = String(files['moons-movie.svg']);
  expect(figures['accuracy']).toBeGreaterThan(0.96);
  expect(svg.match(/class="film-shot"/g)).toHaveLength(figures['frames']!);
  expect(svg).toContain('prefers-reduced-motion');
  expect(svg).not.toContain('<script');
  expect(svg.length).toBeLessThan(250_000);
});

test('char-transformer: learns what comes next', long, async () => {
  const { figures, files } = await result('char-transformer', slow ? undefined : 3);
  if (slow) {
    expect(figures['right']).toBeGreaterThan(0.95);
    expect(String(files['char-transformer.txt'])).toContain('The vorpal blade went snicker-snack!');
  } else {
    expect(figures['loss']).toBeLessThan(2.9); // 3.2 is the entropy of the poem's letters
  }
});

describe('with digits', () => {
  test('autoencoder: 16 numbers keep more of a digit than 16 principal components do', long, async () => {
    const { figures, files } = await result('autoencoder', slow ? undefined : 3);
    // PCA of the same digits (NumPy's svd of the training part, error on the others): 16 components leave 0.0269.
    expect(figures['error']).toBeLessThan(slow ? 0.016 : 0.035);
    const picture = await readImage(files['autoencoder.png'] as Uint8Array);
    expect(picture.shape).toEqual([56, 448, 1]);
  });

  test('mnist-mlp: at least 97 %', long, async () => {
    const { figures } = await result('mnist-mlp', slow ? undefined : 2);
    expect(figures['accuracy']).toBeGreaterThanOrEqual(slow ? 0.97 : 0.9);
  });

  test.runIf(slow)('mnist-cnn: at least 98.5 %', long, async () => {
    const { figures, files } = await result('mnist-cnn');
    expect(figures['accuracy']).toBeGreaterThanOrEqual(0.985);
    expect(figures['misread']).toBe(Math.round(2000 * (1 - figures['accuracy']!)));
    expect(files['mnist-cnn-misread.png']).toBeInstanceOf(Uint8Array);
  });

  test('the same 2,000 are held back every time, 200 or so of each kind', async () => {
    const [one, two] = [await digits(), await digits()];
    expect(one.XTest.shape).toEqual([2000, 1, 28, 28]);
    expect(one.yTest.toArray()).toEqual(two.yTest.toArray());
    const counts = new Map<number, number>();
    for (const label of one.yTest.data) counts.set(label, (counts.get(label) ?? 0) + 1);
    expect(counts.size).toBe(10);
    for (const count of counts.values()) expect(Math.abs(count - 200)).toBeLessThan(30);
  });
});

test('a sheet of digits is ink on paper, row by row', () => {
  const pictures = take(ones([2, 1, 28, 28]), [0, 1]).mul(0.25);
  const page = sheet(pictures, 3);
  expect(page.shape).toEqual([28, 84, 1]);
  expect(page.slice(0, null, 0).sum().item()).toBeCloseTo(2 * 28 * 0.75 + 28, 10);
  expect(sheet(zeros([4, 1, 28, 28]), 3).shape).toEqual([56, 84, 1]);
});

describe('npm run example', () => {
  test('writes what an example draws', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'chainrule-examples-'));
    try {
      const lines: string[] = [];
      const out = join(folder, 'new');
      expect(await run(['xor', '--epochs', '20', '--out', out], (line) => lines.push(line))).toBe(0);
      expect(readdirSync(out).sort()).toEqual(['xor-hidden.svg', 'xor-neuron.svg']);
      expect(lines.at(-1)).toBe(`wrote ${join(out, 'xor-hidden.svg')}`);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test.each([
    [[], "missing required argument 'name'"],
    [['no-such'], "'no-such' is invalid for argument 'name'. Allowed choices are xor, iris,"],
    [['toString'], 'Allowed choices are xor'],
    [['xor', 'iris'], 'too many arguments'],
    [['xor', '--epochs', '0'], 'expected a whole number of at least 1'],
    [['xor', '--epochs', 'x'], 'expected a whole number of at least 1'],
    [['xor', '--bogus'], "unknown option '--bogus'"],
  ])('%j is told what is wrong', async (args, message) => {
    const lines: string[] = [];
    expect(await run(args, (line) => lines.push(line))).toBe(2);
    expect(lines.join('\n')).toContain(message);
  });

  test('--help says what there is', async () => {
    const lines: string[] = [];
    expect(await run(['--help'], (line) => lines.push(line))).toBe(0);
    expect(lines.join('\n')).toContain('char-transformer');
  });
});

test('docs/examples.md has every example and nothing that is not there', () => {
  const page = readFileSync(new URL('../../docs/examples.md', import.meta.url), 'utf8');
  for (const name of Object.keys(examples)) expect(page).toContain(`npm run example -- ${name}\n`);
  const pictures = readdirSync(new URL('../../docs/examples/', import.meta.url));
  const shown = [...page.matchAll(/examples\/([\w-]+\.(?:svg|png|txt))/g)].map(([, file]) => file);
  expect([...new Set(shown)].sort()).toEqual(pictures.sort());
});
