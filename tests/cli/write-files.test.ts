// Files are written whole or not at all.

import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { contextOf } from '../../src/cli/context.js';
import { Interrupted, UsageError } from '../../src/cli/errors.js';
import { checkFolder, writeFiles, writeOneFile } from '../../src/cli/output/write-files.js';
import { temporaryFolder } from './cli.js';

const silent = { write: () => {} };
const contextWith = (signal: AbortSignal) =>
  contextOf([], { stdout: silent, stderr: silent, env: {}, signal });
const context = contextWith(new AbortController().signal);

describe('writing files', () => {
  test('makes the folder, replaces what is there, and leaves nothing else behind', async () => {
    const folder = join(temporaryFolder(), 'a', 'b');
    await writeFiles(folder, { 'x.txt': 'old' }, context);
    const paths = await writeFiles(folder, { 'x.txt': 'new', 'y.bin': Uint8Array.of(1, 2) }, context);
    expect(paths).toEqual([join(folder, 'x.txt'), join(folder, 'y.bin')]);
    expect(readdirSync(folder).toSorted()).toEqual(['x.txt', 'y.bin']);
    expect(readFileSync(join(folder, 'x.txt'), 'utf8')).toBe('new');
  });

  test('changes no file if one cannot be written', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'x.txt'), 'old');
    mkdirSync(join(folder, 'y.txt'));
    await expect(writeFiles(folder, { 'x.txt': 'new', 'y.txt': '' }, context)).rejects.toThrow(UsageError);
    expect(readFileSync(join(folder, 'x.txt'), 'utf8')).toBe('old');
    expect(readdirSync(folder).toSorted()).toEqual(['x.txt', 'y.txt']);
  });

  test('leaves no trace when it is stopped, the folder it made included', async () => {
    const above = temporaryFolder();
    const stopped = contextWith(AbortSignal.abort());
    await expect(writeFiles(join(above, 'a', 'b'), { 'x.txt': '1' }, stopped)).rejects.toThrow(Interrupted);
    expect(readdirSync(above)).toEqual([]);
  });

  test('writes through a link to the file that it names', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'real.txt'), 'old');
    symlinkSync('real.txt', join(folder, 'link.txt'));
    await writeOneFile(join(folder, 'link.txt'), 'new', context);
    expect(lstatSync(join(folder, 'link.txt')).isSymbolicLink()).toBe(true);
    expect(readFileSync(join(folder, 'real.txt'), 'utf8')).toBe('new');
  });

  test.runIf(existsSync('/dev/full'))('does not replace a device, and says that it is full', async () => {
    await writeOneFile('/dev/null', 'text', context);
    expect(lstatSync('/dev/null').isCharacterDevice()).toBe(true);
    await expect(writeOneFile('/dev/full', 'text', context)).rejects.toThrow('no space left');
  });
});

describe('checking a folder beforehand', () => {
  test('leaves no trace', async () => {
    const folder = temporaryFolder();
    await checkFolder(join(folder, 'a', 'b'), context);
    await checkFolder(folder, context);
    expect(readdirSync(folder)).toEqual([]);
  });

  // The superuser may write anywhere.
  test.runIf(process.getuid?.() !== 0)('finds a folder without permission', async () => {
    const folder = temporaryFolder();
    chmodSync(folder, 0o500);
    await expect(checkFolder(join(folder, 'a'), context)).rejects.toThrow('permission denied');
  });
});
