// chainrule train on a table that is read row by row in every epoch: what a table in memory gives, in memory that does not grow.

import { existsSync, readFileSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { sourceOf, STREAMED } from '../../src/cli/training/sources/index.js';
import { countsOf, dealer } from '../../src/cli/training/sources/parts.js';
import { translator } from '../../src/cli/texts/index.js';
import { loadModel } from '../../src/files/index.js';
import { RandomState } from '../../src/index.js';
import { cli, temporaryFolder } from './cli.js';
import { planeCsv, write } from './real-data.js';

const text = translator('en');
const train = (...argv: string[]) => cli(['train', ...argv]);
const json = async (...argv: string[]) => {
  const { code, stdout, stderr } = await train(...argv, '--json');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout);
};

/** 600 rows: two numbers, a category, a gap now and then, and two classes. */
function tableCsv(folder: string, name = 'table.csv', seed = 0): string {
  const random = new RandomState(seed);
  const rows = Array.from({ length: 600 }, (_, i) => {
    const [a, b] = [random.uniform(-1, 1), random.uniform(0, 9)];
    const kind = random.randint(0, 3);
    return `${i % 50 === 7 ? '' : a},${b},${'xyz'[kind]!},${a + kind > 1 ? 'yes' : 'no'}`;
  });
  return write(folder, name, `a,b,kind,good\n${rows.join('\n')}\n`);
}

describe('a stream', () => {
  test.each([['drop'], ['mean']])(
    'in order, with a test of its own, gives the numbers of a table in memory (--missing %s)',
    async (missing) => {
      const folder = temporaryFolder();
      const common = [tableCsv(folder), '--test', tableCsv(folder, 'other.csv', 1), '--missing', missing];
      const options = ['--no-shuffle', '--epochs', '3', '--batch-size', '50', '--metrics', 'accuracy,f1'];
      const of = async (name: string, ...argv: string[]) => {
        const save = join(folder, `${name}.safetensors`);
        const { files: _, ...result } = await json(...common, ...options, ...argv, '--save', save);
        return { result, ...loadModel(readFileSync(save)) };
      };
      const [held, streamed] = [await of('held'), await of('streamed', '--stream')];
      expect(streamed.columns).toEqual(held.columns);
      expect(streamed.result.samples).toEqual(held.result.samples);
      for (const [name, values] of Object.entries<number[]>(held.result.history)) {
        values.forEach((value, i) => expect(streamed.result.history[name][i]).toBeCloseTo(value, 10));
      }
      expect(streamed.result.test.confusion).toEqual(held.result.test.confusion);
      expect(streamed.result.test.loss).toBeCloseTo(held.result.test.loss, 10);
    },
  );

  test('is divided by the seed, and standardised by the part for training', async () => {
    const folder = temporaryFolder();
    const rows = Array.from({ length: 100 }, (_, i) => `${i},${i % 2 === 0 ? 'p' : 'q'}`);
    const path = write(folder, 'data.csv', `x,kind\n${rows.join('\n')}\n`);
    const save = join(folder, 'model.safetensors');
    const of = async (seed: string) => {
      const argv = ['--stream', '--validation', '0.25', '--seed', seed, '--epochs', '1', '--save', save];
      const { samples, history } = await json(path, ...argv);
      const [x] = loadModel(readFileSync(save)).columns!.columns;
      return { samples, history, x };
    };
    const first = await of('0');
    expect(first.samples).toEqual({ train: 60, validation: 20, test: 20 });
    expect(first.history['val_loss']).toHaveLength(1);
    expect(await of('0')).toEqual(first);
    const kept = dealer({ rows: 100, test: 20, validation: 20 }, 0);
    const training = Array.from({ length: 100 }, (_, i) => i).filter(() => kept() === 'train');
    const mean = training.reduce((sum, x) => sum + x, 0) / 60;
    expect(first.x).toMatchObject({ kind: 'number', mean: expect.closeTo(mean, 10), min: 0, max: 99 });
    expect((await of('1')).x).not.toEqual(first.x);
  });

  test('learns a plane, saves it in its own unit, and goes on where it was stopped to the same bits', async () => {
    const folder = temporaryFolder();
    const [whole, resumed, run] = ['whole.safetensors', 'resumed.safetensors', 'run'].map((name) =>
      join(folder, name),
    ) as [string, string, string];
    const argv = [planeCsv(folder), '--stream', '--layers', 'none', '--epochs', '150', '--batch-size', '8'];
    const { stdout } = await train(...argv, '--schedule', 'cosine', '--save', whole);
    expect(stdout).toMatch(/Stream +read row by row/);
    expect(stdout).toMatch(/R² 1\.0000/);
    const stopping = new AbortController();
    const kept = [...argv, '--schedule', 'cosine', '--save', resumed, '--checkpoint', run];
    const stopped = await cli(['train', ...kept, '--checkpoint-every', '5'], {
      signal: stopping.signal,
      onWrite: (line) => void (/epoch +40\//.test(line) && stopping.abort()),
    });
    expect([stopped.code, existsSync(resumed)]).toEqual([130, false]);
    const other = await train(...kept, '--resume', '--batch-size', '4');
    expect(other).toMatchObject({ code: 2, stderr: expect.stringMatching(/another --batch-size: 8, now 4/) });
    expect((await train(...kept, '--resume')).code).toBe(0);
    expect(readFileSync(resumed).equals(readFileSync(whole))).toBe(true);
  });

  test('is what a large file is, unless it is said otherwise', () => {
    const path = write(temporaryFolder(), 'large.csv', 'a,b\n');
    const epochs = (stream?: boolean) => sourceOf(path, stream, text).defaults.epochs;
    expect([epochs(), epochs(true)]).toEqual([100, 5]);
    truncateSync(path, STREAMED + 1); // takes no room on the disk
    expect([epochs(), epochs(false)]).toEqual([5, 100]);
  });

  test.each<[string, string, string[], RegExp]>([
    ['a gap', 'a,b\n1,2\n,3\n', ['FILE'], /data\.csv: line 3, column "a": expected a value.*--missing/s],
    ['an empty file', '', ['FILE'], /data\.csv: the file is empty/],
    ['one class', 'a,b\n1,x\n2,x\n', ['FILE'], /only one class, x/],
    ['nothing but the target', 'b\nx\ny\n', ['FILE'], /no column to learn from/],
    ['a share of nothing', 'a,b\n1,x\n2,y\n', ['FILE', '--test', '0.9'], /0\.9 of 2 samples leaves a part/],
    ['a test without the target', 'a,b\n1,2\n2,3\n', ['FILE', '--test', 'FILE2'], /value in the column b/],
    ['what can be read only once', '', ['/dev/null'], /\/dev\/null is no file that can be read again/],
    ['flowers', '', ['iris'], /--stream does not apply to iris; it goes with data\.csv/],
  ])('refuses %s', async (_, content, argv, message) => {
    const folder = temporaryFolder();
    const path = write(folder, 'data.csv', content);
    const other = write(folder, 'other.csv', 'a\n1\n');
    const given = argv.map((word) => (word === 'FILE' ? path : word === 'FILE2' ? other : word));
    const { code, stdout, stderr } = await train(...given, '--stream');
    expect({ code, stdout, stderr }).toEqual({ code: 2, stdout: '', stderr: expect.stringMatching(message) });
  });
});

describe('the parts of a stream', () => {
  test('have exactly so many rows, and every row is as likely in each', () => {
    const counts = { rows: 10, test: 3, validation: 2 };
    const inTest = new Array<number>(10).fill(0);
    for (let seed = 0; seed < 2000; seed++) {
      const deal = dealer(counts, seed);
      const parts = Array.from({ length: 10 }, deal);
      expect(parts.filter((part) => part === 'test')).toHaveLength(3);
      expect(parts.filter((part) => part === 'validation')).toHaveLength(2);
      expect(deal()).toBeNull();
      parts.forEach((part, row) => (inTest[row]! += part === 'test' ? 1 : 0));
    }
    // Five standard deviations of a count of 2000 with probability 0.3.
    for (const count of inTest) expect(Math.abs(count - 600)).toBeLessThan(5 * Math.sqrt(2000 * 0.3 * 0.7));
  });

  test('for testing have no more rows than are held in memory', () => {
    const parts = { test: { fraction: 0.5 }, validation: { fraction: 0.5 } };
    expect(countsOf(1000, parts, 100, text)).toEqual({ rows: 1000, test: 100, validation: 100 });
    expect(countsOf(100, parts, 100, text)).toEqual({ rows: 100, test: 50, validation: 25 });
  });
});
