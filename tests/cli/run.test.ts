// The command line as a whole: help, options that hold everywhere, errors and exit codes.

import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { run } from '../../src/cli/run.js';
import { cli, temporaryFolder } from './cli.js';

const COMMANDS = ['lesson', 'train', 'explain'];

describe('help', () => {
  test.each([[[]], [['--help']], [['-h']]])('%j shows every command and an example', async (argv) => {
    const { code, stdout, stderr } = await cli(argv);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const command of COMMANDS) expect(stdout).toMatch(new RegExp(`^ {2}${command} `, 'm'));
    expect(stdout).toContain('chainrule explain "1/(1+exp(-z))" --at z=0');
    expect(stdout).toMatch(/130 +stopped with Ctrl-C/);
  });

  test.each(COMMANDS)('of %s has its options and examples, in both languages', async (command) => {
    const english = await cli([command, '--help']);
    const korean = await cli([command, '--help', '--lang', 'ko']);
    expect(english.stdout).toMatch(
      /Usage: [^]*Arguments:[^]*Options:[^]*--json[^]*--lang[^]*Examples:\n {2}chainrule/,
    );
    expect(korean.stdout).toMatch(/사용법: [^]*인수:[^]*옵션:[^]*--json[^]*예:\n {2}chainrule/);
    const options = (help: string) => help.match(/^ {2}(-\w, )?--[\w-]+/gm);
    expect(options(korean.stdout)).toEqual(options(english.stdout));
  });

  test('fits the terminal in both languages', async () => {
    for (const lang of ['en', 'ko']) {
      const { stdout } = await cli(['--help', '--lang', lang], { columns: 60 });
      const tooWide = stdout.split('\n').filter((line) => stringWidth(line) > 60 && !line.startsWith('  0 '));
      expect(tooWide).toEqual([]);
    }
  });
});

test('--version is the version of the package', async () => {
  expect((await cli(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});

describe('misuse ends with exit code 2', () => {
  test.each([
    [['leson'], 'there is no command leson', 'did you mean lesson?'],
    [['frobnicate'], 'there is no command frobnicate', 'chainrule --help'],
    [['train', 'moons', '--epoch', '3'], 'there is no option --epoch', 'did you mean --epochs?'],
    [['lesson', '--frobnicate'], 'there is no option --frobnicate', 'chainrule lesson --help'],
    [['train'], 'dataset is missing', 'chainrule train --help'],
    [['train', 'moons', '--epochs'], 'option --epochs <n> needs a value', ''],
    [['lesson', '1', '2'], 'more arguments than this command takes', ''],
    [['lesson', '1', '--lang', 'fr'], '--lang must be one of en, ko, got fr', ''],
  ])('%j', async (argv, message, hint) => {
    const { code, stdout, stderr } = await cli(argv);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^error: /);
    expect(stderr).toContain(message);
    expect(stderr).toContain(hint);
  });

  test('in Korean, in Korean', async () => {
    const { stderr } = await cli(['leson', '--lang=ko']);
    expect(stderr).toBe('오류: leson 명령은 없습니다\n  혹시 lesson 아닌가요?\n');
  });

  test('with --json, as JSON', async () => {
    const { stdout, stderr } = await cli(['train', 'moons', '--epoch', '3', '--json']);
    expect(stdout).toBe('');
    expect(JSON.parse(stderr)).toEqual({
      error: 'there is no option --epoch',
      hint: 'did you mean --epochs?',
      exitCode: 2,
    });
  });
});

describe('colours', () => {
  const inTerminal = async (argv: string[], env: Record<string, string> = {}) => {
    let stdout = '';
    const write = (text: string) => void (stdout += text);
    const io = { stdout: { write, isTTY: true, columns: 80 }, stderr: { write }, env };
    await run([...argv, '--out', temporaryFolder()], { ...io, signal: new AbortController().signal });
    return stdout;
  };
  const hasColor = (text: string): boolean => text !== stripVTControlCharacters(text);

  test('are used in a terminal, unless told not to', async () => {
    expect(hasColor(await inTerminal(['lesson', '1']))).toBe(true);
    expect(hasColor(await inTerminal(['lesson', '1', '--no-color']))).toBe(false);
    expect(hasColor(await inTerminal(['lesson', '1'], { NO_COLOR: '1' }))).toBe(false);
    expect(hasColor(await inTerminal(['lesson', '1'], { TERM: 'dumb' }))).toBe(false);
  });

  test('are not used elsewhere', async () => {
    expect(hasColor((await cli(['lesson', '1', '--out', temporaryFolder()])).stdout)).toBe(false);
  });
});

test('in a terminal a bar with loss and accuracy goes to stderr, and stdout is as it is elsewhere', async () => {
  const [stdout, stderr] = [terminal(), terminal()];
  const argv = ['train', 'and', '--epochs', '40', '--no-color'];
  const code = await run(argv, { stdout, stderr, env: {}, signal: new AbortController().signal });
  expect(code).toBe(0);
  expect(stripVTControlCharacters(stderr.text())).toMatch(
    /training [█░]+ \d+\/40 {2}loss 0\.\d{4} {2}accuracy \d/,
  );
  expect(stripVTControlCharacters(stdout.text())).toBe((await cli(argv)).stdout);
});

describe('an output folder that cannot be written', () => {
  test.each([
    [
      'below a file',
      (folder: string) => join(folder, 'file', 'out'),
      'part of the path is a file, not a folder',
    ],
    ['that is a file', (folder: string) => join(folder, 'file'), 'part of the path is a file, not a folder'],
    ['in /proc', () => '/proc/chainrule', 'cannot write /proc/chainrule'],
  ])('%s ends with exit code 2 before anything is trained or shown', async (_, path, reason) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'file'), '');
    for (const command of [
      ['lesson', '1'],
      ['train', 'or'],
    ]) {
      const { code, stdout, stderr } = await cli([...command, '--out', path(folder)]);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toContain(reason);
    }
    expect(readdirSync(folder)).toEqual(['file']);
  });

  test('with a folder in the place of a file gets none of the files', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'history.csv'));
    const { code, stderr } = await cli(['train', 'or', '--epochs', '1', '--out', folder]);
    expect(code).toBe(2);
    expect(stderr).toContain('history.csv: there is a folder of that name');
    expect(readdirSync(folder)).toEqual(['history.csv']);
  });
});

test('a bug is called one, with exit code 70', async () => {
  const broken = {
    write: () => {
      throw new TypeError('no such pen');
    },
  };
  let stderr = '';
  const code = await run(['explain', '1+1'], {
    stdout: broken,
    stderr: { write: (text: string) => void (stderr += text) },
    env: {},
    signal: new AbortController().signal,
  });
  expect(code).toBe(70);
  expect(stderr).toContain('a bug in Chainrule');
  expect(stderr).toContain('no such pen');
});

/** A terminal of 80 columns that remembers. */
function terminal() {
  let text = '';
  const stream = new Writable({
    write: (chunk, _, done) => {
      text += String(chunk);
      done();
    },
  });
  return Object.assign(stream, { isTTY: true, columns: 80, text: () => text });
}
