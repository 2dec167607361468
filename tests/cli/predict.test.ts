// chainrule predict: tables, pictures and arrays, by models that train has saved and by others.

import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { applyColumns, fitColumns, loadModel, readCsv, saveModel, writeNpy } from '../../src/files/index.js';
import { nn, RandomState } from '../../src/index.js';
import { cli, temporaryFolder, type World } from './cli.js';
import { flatsCsv, picturesIn, planeCsv, write } from './real-data.js';

const folder = temporaryFolder(afterAll);
const [plane, flats, pictures] = ['plane', 'flats', 'pictures'].map((name) =>
  join(folder, `${name}.safetensors`),
) as [string, string, string];

beforeAll(async () => {
  const runs = [
    [planeCsv(folder), '--layers', 'none', '--epochs', '400', '--schedule', 'cosine', '--save', plane],
    [flatsCsv(folder), '--missing', 'mean', '--column', 'id=ignored', '--epochs', '60', '--save', flats],
    [await picturesIn(folder), '--epochs', '15', '--learning-rate', '0.01', '--save', pictures],
  ];
  for (const argv of runs) expect((await cli(['train', ...argv, '--quiet'])).code).toBe(0);
}, 60_000);

const predict = (argv: string[], world: World = {}) => cli(['predict', ...argv], world);
const piped = (model: string, stdin: string, ...argv: string[]) => predict([model, '-', ...argv], { stdin });

describe('a table', () => {
  test('gets a line for each record: of a plane, the height', async () => {
    const { code, stdout } = await piped(plane, 'a,b\n10,0.5\n-20,1\n');
    const [head, ...values] = stdout.trimEnd().split('\n');
    expect({ code, head }).toEqual({ code: 0, head: 'prediction' });
    expect(Math.abs(Number(values[0]) - 34_000)).toBeLessThan(40);
    expect(Math.abs(Number(values[1]) + 57_000)).toBeLessThan(40);
  });

  test('larger than a piece is read and answered piece by piece, each record in its line', async () => {
    const random = new RandomState(4);
    const rows = Array.from({ length: 6000 }, () => [random.uniform(-50, 50), random.uniform(0, 1)]);
    const here = temporaryFolder();
    const path = write(here, 'points.csv', `a,b\n${rows.map((row) => row.join(',')).join('\n')}\n`);
    const pieces: string[] = [];
    const { stdout } = await predict([plane, path], { onWrite: (text) => void pieces.push(text) });
    expect(pieces.length).toBeGreaterThan(2);
    const { model, columns } = loadModel(readFileSync(plane));
    const heights = model.predict(applyColumns(columns!, readCsv(readFileSync(path))).X).data;
    const lines = stdout.trimEnd().split('\n');
    expect(lines[0]).toBe('prediction');
    expect(lines).toHaveLength(6001);
    heights.forEach((height, i) => expect(Number(lines[i + 1])).toBeCloseTo(height, 6));

    const out = join(here, 'heights.json');
    await predict([plane, path, '--json', '--out', out]);
    const predictions = lines.slice(1).map((line) => ({ prediction: Number(line) }));
    expect(JSON.parse(readFileSync(out, 'utf8'))).toEqual({ model: plane, predictions });
    expect((await piped(plane, 'a,b\n', '--json')).stdout).toBe(
      `{\n  "model": ${JSON.stringify(plane)},\n  "predictions": []\n}\n`,
    );
  });

  test('has its columns found by name; others and the target do not matter', async () => {
    const plain = await piped(plane, 'a,b\n10,0.5\n');
    expect(await piped(plane, 'note,y,b,a\nx,unknown,0.5,10\n')).toEqual(plain);
    expect(await piped(plane, 'b;a\n0.5;10\n')).toEqual(plain);
  });

  test('of classes has the probability of each beside the most likely', async () => {
    const { stdout } = await piped(flats, 'city,size\nSeoul,20\n"Busan, old town",115\n', '--json');
    const { predictions } = JSON.parse(stdout) as {
      predictions: { prediction: string; probabilities: Record<string, number> }[];
    };
    expect(predictions.map(({ prediction }) => prediction)).toEqual(['no', 'yes']);
    for (const { prediction, probabilities } of predictions) {
      expect(Object.keys(probabilities)).toEqual(['no', 'yes']);
      expect(probabilities['no']! + probabilities['yes']!).toBeCloseTo(1, 12);
      expect(probabilities[prediction]).toBeGreaterThan(0.5);
    }
    const csv = (await piped(flats, 'city,size\nSeoul,20\n')).stdout.split('\n');
    expect(csv[0]).toBe('prediction,p(no),p(yes)');
    expect(csv[1]).toBe(['no', ...Object.values(predictions[0]!.probabilities)].join(','));
  });

  test('of whole numbers as classes has them in their order, whatever JavaScript makes of such keys', async () => {
    const here = temporaryFolder();
    const rows = Array.from({ length: 60 }, (_, i) => `${i % 3},${(i % 3) - 1}`).join('\n');
    const save = join(here, 'model.safetensors');
    await cli(['train', write(here, 'signs.csv', `x,sign\n${rows}\n`), '--epochs', '60', '--save', save]);
    const [head, first] = (await piped(save, 'x\n0\n')).stdout.split('\n');
    expect(head).toBe('prediction,p(-1),p(0),p(1)');
    const [prediction, ...probabilities] = first!.split(',');
    expect(prediction).toBe('-1');
    expect(Math.max(...probabilities.map(Number))).toBe(Number(probabilities[0]));
  });

  test('may have gaps where the training allowed them', async () => {
    expect((await piped(flats, 'city,size\nSeoul,\n')).code).toBe(0);
    const dropping = join(temporaryFolder(), 'model.safetensors');
    await cli(['train', join(folder, 'flats.csv'), '--missing', 'drop', '--epochs', '1', '--save', dropping]);
    const { stdout, stderr } = await piped(dropping, 'id,city,size\n1,Seoul,50\n2,Seoul,\n3,Seoul,60\n');
    expect(stdout.split('\n').map((line) => line.split(',')[0])).toEqual([
      ...['prediction', 'no', '', 'no', ''],
    ]);
    expect(stderr).toContain('because a value is missing: 1');
  });

  test.each([
    ['a\n1\n', /standard input: there is no column "b"; the file has "a"/],
    ['a,b\n1,2\n1,x\n', /standard input: line 3, column "b": expected a number, got "x"/],
    ['a,b\n1,2\n,2\n', /standard input: line 3, column "a": expected a number, got none/],
    ['a,b\n1\n', /line 2: 1 field, expected 2/],
    ['', /standard input: the file is empty/],
  ])('%j is refused, with line and column', async (stdin, message) => {
    for (const form of [[], ['--json']]) {
      const { code, stdout, stderr } = await piped(plane, stdin, ...form);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toMatch(form.length === 0 ? message : /"error":/);
    }
  });

  test('with a category that training never saw is refused', async () => {
    const { code, stderr } = await piped(flats, 'city,size\nJeju,50\n');
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /line 2, column "city": expected one of Busan, old town, Dae"gu, Seoul, got "Jeju"/,
    );
  });

  test('goes to a file with --out, whole or not at all', async () => {
    const here = temporaryFolder();
    const out = join(here, 'predictions.csv');
    expect(await piped(plane, 'a,b\n1,1\n', '--out', out)).toMatchObject({ code: 0, stdout: '' });
    const written = readFileSync(out, 'utf8');
    expect(written).toMatch(/^prediction\n-?\d/);
    expect((await piped(plane, 'a,b\n1,x\n', '--out', out)).code).toBe(2);
    expect(readFileSync(out, 'utf8')).toBe(written);
    expect(readdirSync(here)).toEqual(['predictions.csv']);
    expect((await piped(plane, 'a,b\n1,1\n', '--out', '/dev/null/x.csv')).stderr).toMatch(/cannot write/);
  });

  test('stops reading what is piped in with Ctrl-C', async () => {
    const stopping = new AbortController();
    setTimeout(() => stopping.abort(), 50);
    expect((await predict([plane, '-'], { signal: stopping.signal, stdin: null })).code).toBe(130);
  });
});

describe('pictures', () => {
  test('are predicted by file, folder by folder, in any size', async () => {
    const other = await picturesIn(temporaryFolder(), 'others', { size: 12, count: 3 });
    const { stdout } = await predict([pictures, other]);
    const lines = stdout.trimEnd().split('\n');
    expect(lines[0]).toBe('file,prediction,p(left),p(right)');
    expect(lines.slice(1).map((line) => line.split(',').slice(0, 2))).toEqual(
      ['left', 'right'].flatMap((name) => [0, 1, 2].map((i) => [join(other, name, `${i}.png`), name])),
    );
  });

  test('that are damaged, and files that are none, are named', async () => {
    const damaged = write(temporaryFolder(), 'a.png', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 1, 2, 3));
    expect(await predict([pictures, damaged])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('a.png: '),
    });
    expect((await predict([pictures, plane])).stderr).toMatch(/takes pictures \(\.png, \.jpg\), folders/);
    expect((await predict([pictures, temporaryFolder()])).stderr).toMatch(
      /there are no \.png or \.jpg files/,
    );
  });

  test('may come as an array, flat or not', async () => {
    const here = temporaryFolder();
    const random = new RandomState(0);
    const values = random.uniform(0, 1, [2, 36]);
    const flat = write(here, 'flat.npy', writeNpy(values));
    const square = write(here, 'square.npy', writeNpy(values.reshape([2, 1, 6, 6])));
    const { stdout } = await predict([pictures, flat]);
    expect(stdout).toMatch(/^prediction,p\(left\),p\(right\)\n(\w+,[\d.e-]+,[\d.e-]+\n){2}$/);
    expect((await predict([pictures, square])).stdout).toBe(stdout);
    const wrong = write(here, 'wrong.npy', writeNpy(random.uniform(0, 1, [2, 35])));
    expect((await predict([pictures, wrong])).stderr).toMatch(
      /takes \[n, 1, 6, 6\], n samples; the array is \[2, 35\]/,
    );
  });
});

describe('a model file', () => {
  test('that the library saved says its outputs as they are, or with columns its classes', async () => {
    const here = temporaryFolder();
    const model = nn.mlp([2, 3, 2], { randomState: 0 });
    const array = write(here, 'x.npy', writeNpy([[1, 2]]));
    const plain = write(here, 'plain.safetensors', saveModel(model));
    const outputs = model.predict([[1, 2]]).toArray() as number[][];
    expect((await predict([plain, array])).stdout).toBe(`output 1,output 2\n${outputs[0]!.join(',')}\n`);

    const columns = fitColumns(readCsv('a,b,c\n1,2,x\n3,5,y\n'));
    const withColumns = write(here, 'columns.safetensors', saveModel(model, { columns }));
    const scores = model
      .predict([[-1, -1]])
      .softmax()
      .toArray() as number[][];
    const { stdout } = await piped(withColumns, 'a,b\n1,2\n');
    expect(stdout.split('\n')[1]!.split(',').slice(1).map(Number)).toEqual(scores[0]);
  });

  test('that is damaged is refused, wherever a byte is another', async () => {
    const here = temporaryFolder();
    const bytes = readFileSync(plane);
    const random = new RandomState(0);
    const stdin = 'a,b\n1,2\n';
    for (let round = 0; round < 60; round++) {
      const at = random.randint(0, bytes.length) as number;
      const damaged =
        round % 3 === 0
          ? bytes.subarray(0, at)
          : Buffer.from(bytes.with(at, random.randint(0, 256) as number));
      const { code, stderr } = await piped(write(here, 'model.safetensors', damaged), stdin);
      // A weight may be any number; of all else it is told what is wrong.
      expect([0, 2], stderr).toContain(code);
    }
    const other = write(here, 'x.safetensors', 'nothing of the kind');
    expect((await piped(other, stdin)).stderr).toMatch(/cannot be read as a model.*train --save/s);
    expect((await piped(join(here, 'none'), stdin)).stderr).toMatch(/there is no such file/);
    expect(existsSync(join(here, 'none'))).toBe(false);
  });
});
