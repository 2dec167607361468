// chainrule lesson: the notes' numbers on the screen, and a report, plots and a history in a folder.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import stringWidth from 'string-width';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AND_LOG, NEURON_LOSSES } from '../lessons/published.js';
import { cli, temporaryFolder } from './cli.js';

const FILES = [
  'boundary.png',
  'boundary.svg',
  'history.csv',
  'history.json',
  'report.html',
  'training.png',
  'training.svg',
];

/** All four lessons, once in each language. */
const english = { folder: temporaryFolder(afterAll), stdout: '' };
const korean = { folder: temporaryFolder(afterAll), stdout: '' };

beforeAll(async () => {
  english.stdout = (await cli(['lesson', '--out', english.folder])).stdout;
  korean.stdout = (await cli(['lesson', '--out', korean.folder], { env: { LANG: 'ko_KR.UTF-8' } })).stdout;
}, 60_000);

describe('what the lessons show', () => {
  test('lesson 1: each derivative with its number', () => {
    expect(english.stdout).toMatch(/da\/dz3 = -1 \/ z3² +-0\.25 +1 +-0\.25/);
    expect(english.stdout).toMatch(/da\/dz +dz1\/dz = -1 +-1 +-0\.25 +0\.25/);
  });

  test('lesson 2: the thirty published losses beside the right ones', () => {
    const rows = [...english.stdout.matchAll(/^ +(\d+) +(0\.\d{4}) +(0\.\d{4})$/gm)];
    expect(rows.map((row) => row[2])).toEqual(NEURON_LOSSES.map((loss) => loss.toFixed(4)));
    expect(rows.at(-1)?.[3]).toBe('0.1484');
    expect(inOneLine(english.stdout)).toContain('it is 63 % of what it should be');
  });

  test("lesson 3: the notes' log, digit by digit", () => {
    for (const [step, w1, w2, b, x1, x2, y, p, J] of AND_LOG) {
      const weights = [w1, w2].map((w) => w.toFixed(8));
      const rest = [p, J].map((value) => value.toFixed(4));
      const line = [step, ...weights, b.toFixed(4), `${x1} ${x2}`, y, ...rest].join(' +');
      expect(english.stdout).toMatch(new RegExp(`^ +${line.replaceAll('.', '\\.')} `, 'm'));
    }
    expect(english.stdout).toContain('w1 stays at 0.5980');
    expect(english.stdout).toContain('from 0.5094 to 0.9934');
  });

  test('lesson 4: the published derivative never learns, the right one does', () => {
    expect(english.stdout).toMatch(/^ +30 +1\.8930 +0\.50 +0\.0930 +1\.00$/m);
    expect(inOneLine(english.stdout)).toContain('accuracy stays at 0.5 to the end');
    expect(inOneLine(english.stdout)).toContain('the loss goes from 1.97888392 to 0.09304512');
  });

  test('the same numbers in Korean', () => {
    expect(korean.stdout).toContain('예제 3 · AND 게이트');
    const numbers = (text: string) => text.match(/\d\.\d{4,}/g)?.toSorted();
    expect(numbers(korean.stdout)).toEqual(numbers(english.stdout));
  });

  test('in lines that fit a terminal of 80 columns', () => {
    for (const { stdout, folder } of [english, korean]) {
      const lines = stdout.replaceAll(folder, 'out').split('\n');
      expect(lines.filter((line) => stringWidth(line) > 80)).toEqual([]);
    }
  });

  test('each row as lines of its own, where the terminal is too narrow for a table', async () => {
    const { stdout } = await cli(['lesson', '1', '--out', temporaryFolder()], { columns: 40 });
    expect(stdout).toMatch(/^ {2}derivative {8}da\/dz\n {2}local derivative {2}dz1\/dz = -1$/m);
  });

  test('tables alone with --quiet', async () => {
    const { stdout } = await cli(['lesson', '2', '--quiet', '--out', temporaryFolder()]);
    expect(stdout).toContain('0.1839');
    expect(stdout).not.toContain('What to notice');
    expect(stdout).not.toContain('Written');
  });

  test('data alone with --json', async () => {
    const folder = temporaryFolder();
    const { stdout } = await cli(['lesson', '1', '--json', '--out', folder]);
    const { lessons, files } = JSON.parse(stdout);
    expect(lessons).toMatchObject([{ lesson: 1, byHand: { da_dz: 0.25 }, withLibrary: { da_dz: 0.25 } }]);
    expect(files).toEqual([join(folder, 'report.html')]);
    expect(readdirSync(folder)).toEqual(['report.html']);
  });
});

describe('what the lessons write', () => {
  const read = (name: string): string => readFileSync(join(korean.folder, name), 'utf8');

  test('is a report, plots as SVG and PNG, and the history as CSV and JSON', () => {
    expect(readdirSync(korean.folder).toSorted()).toEqual(FILES);
    for (const name of FILES) expect(korean.stdout).toContain(join(korean.folder, name));
  });

  test('the history has every digit', () => {
    const [head, first] = read('history.csv').split('\n');
    expect(head).toBe('epoch,published_loss,published_accuracy,right_loss,right_accuracy');
    expect(first).toMatch(/^1,2\.2141120848541664,0\.5,1\.97888585189\d+,0\.5$/);
    expect(JSON.parse(read('history.json')).right.accuracy.at(-1)).toBe(1);
  });

  test('the plots speak the language, as SVG and as PNG', () => {
    expect(read('training.svg')).toContain('에포크별 손실 (BCELoss)');
    for (const name of ['training.png', 'boundary.png']) {
      expect(readFileSync(join(korean.folder, name)).subarray(1, 4).toString()).toBe('PNG');
    }
  });

  test('the report stands alone', () => {
    const report = read('report.html');
    expect(report).toMatch(/^<!doctype html>\n<html lang="ko">/);
    expect(report.match(/<figure/g)).toHaveLength(5);
    expect(report).not.toMatch(/<script|<link|<img|url\(|src=/);
  });
});

test.each(['0', '5', 'two', '1.5', ''])('lesson %j does not exist', async (lesson) => {
  const folder = temporaryFolder();
  const { code, stdout, stderr } = await cli(['lesson', lesson, '--out', join(folder, 'out')]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain('lessons 1 to 4');
  expect(existsSync(join(folder, 'out'))).toBe(false);
});

function inOneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}
