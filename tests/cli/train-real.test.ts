// chainrule train on data that people have: tables, pictures, MNIST, Iris; and what is kept of a run.

import { existsSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadModel } from '../../src/files/index.js';
import { accuracy, data, fit, metrics, nn, optim } from '../../src/index.js';
import { cli, temporaryFolder } from './cli.js';
import { flatsCsv, picturesIn, planeCsv, write } from './real-data.js';

const train = (...argv: string[]) => cli(['train', ...argv]);
const json = async (...argv: string[]) => {
  const { code, stdout, stderr } = await train(...argv, '--json');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout);
};

describe('Iris', () => {
  test('is learned, tested on flowers of its own, and told for programs', async () => {
    const result = await json('iris');
    expect(result).toMatchObject({
      ...{ dataset: 'iris', task: 'classification', target: 'species', epochs: 100 },
      ...{ classes: ['setosa', 'versicolor', 'virginica'] },
      samples: { train: 120, validation: 0, test: 30 },
    });
    expect(result.test.accuracy).toBeGreaterThanOrEqual(0.9);
    const { confusion } = result.test;
    // Ten of each class, since shares are kept; what is right of them is the accuracy.
    expect(confusion.map((row: number[]) => row.reduce((sum, n) => sum + n))).toEqual([10, 10, 10]);
    const right = [0, 1, 2].reduce((sum, label) => sum + confusion[label][label], 0);
    expect(right / 30).toBeCloseTo(result.test.accuracy, 12);
  });

  test('gives what the library gives for the same split, standardised by its part for training', async () => {
    const { X, y } = data.iris();
    const split = data.trainTestSplit(X, y, { testSize: 30, stratify: y, randomState: 3 });
    const { XTrain } = split;
    const mean = XTrain.mean(0);
    const centred = XTrain.sub(mean);
    const std = centred.mul(centred).mean(0).sqrt();
    const model = nn.mlp([4, 5, 3], { activation: 'tanh', randomState: 3 });
    const history = await fit(model, centred.div(std), split.yTrain, {
      loss: nn.crossEntropyLoss(),
      optimizer: optim.sgd({ learningRate: 0.2 }),
      ...{ epochs: 4, batchSize: 20, randomState: 3 },
    });
    const scores = model.predict(split.XTest.sub(mean).div(std));
    const result = await json(
      ...['iris', '--seed', '3', '--layers', '5', '--activation', 'tanh', '--optimizer', 'sgd'],
      ...['--learning-rate', '0.2', '--epochs', '4', '--batch-size', '20'],
    );
    result.history.loss.forEach((loss: number, i: number) => expect(loss).toBeCloseTo(history.loss[i]!, 10));
    expect(result.test.accuracy).toBe(accuracy(scores, split.yTest).item());
    expect(result.test.confusion).toEqual(metrics.confusionMatrix(scores, split.yTest).toArray());
  });

  test('is the same for the same seed, another for another', async () => {
    const of = async (seed: string) => (await json('iris', '--epochs', '3', '--seed', seed)).test;
    expect(await of('1')).toEqual(await of('1'));
    expect((await of('1')).loss).not.toBe((await of('2')).loss);
  });

  test('stops early where asked to, keeps the best weights, and says of which epoch', async () => {
    const argv = ['iris', '--early-stopping', '2', '--learning-rate', '0.3', '--quiet'];
    const { stdout } = await train(...argv);
    const [, epochs, best] = /After (\d+) epochs.*epoch (\d+), the best/s.exec(stdout.replaceAll('\n', ' '))!;
    expect(Number(epochs)).toBeLessThan(100);
    expect(Number(best)).toBe(Number(epochs) - 2);
  });

  test('writes a report, with the test, and its history, but no boundary of four inputs', async () => {
    const out = join(temporaryFolder(), 'out');
    await train('iris', '--epochs', '2', '--validation', '0.2', '--metrics', 'accuracy,f1', '--out', out);
    expect(readdirSync(out).toSorted()).toEqual([
      ...['history.csv', 'history.json', 'report.html', 'training.png', 'training.svg'],
    ]);
    expect(readFileSync(join(out, 'history.csv'), 'utf8')).toMatch(
      /^epoch,loss,accuracy,f1,val_loss,val_accuracy,val_f1\n/,
    );
    expect(readFileSync(join(out, 'report.html'), 'utf8')).toContain('virginica');
  });
});

describe('a table', () => {
  test('has its columns shown as they were guessed', async () => {
    const path = flatsCsv(temporaryFolder());
    const { stdout } = await train(path, '--missing', 'mean', '--column', 'id=ignored', '--epochs', '1');
    expect(stdout).toMatch(/^ +id +ignored$/m);
    expect(stdout).toMatch(/^ +size +number +9 +\d+\.\d+ ± \d+\.\d+ \(\d.* to \d.*\)$/m);
    expect(stdout).toMatch(/^ +city +category +0 +"Busan, old town", Dae"gu, Seoul$/m);
    expect(stdout).toMatch(/^ +dear +category, target +0 +no, yes$/m);
  });

  test('leaves out records with gaps, or fills them, as asked', async () => {
    const path = flatsCsv(temporaryFolder());
    const samplesWith = async (rule: string) =>
      (await json(path, '--missing', rule, '--epochs', '1', '--test', '0.25')).samples;
    expect(await samplesWith('drop')).toEqual({ train: 53, validation: 0, test: 18 });
    expect(await samplesWith('mean')).toEqual({ train: 60, validation: 0, test: 20 });
  });

  test('with a number to predict: a plane is found, in its own unit', async () => {
    const folder = temporaryFolder();
    const save = join(folder, 'plane.safetensors');
    const result = await json(
      ...[planeCsv(folder), '--layers', 'none', '--epochs', '400', '--save', save],
      ...['--schedule', 'cosine'],
    );
    expect(result).toMatchObject({ task: 'regression', target: 'y', accuracy: null, files: [save] });
    expect(result.test.r2).toBeGreaterThan(0.999999);
    expect(result.test.rmse).toBeLessThan(20); // of numbers to 150,000
    const { model, columns } = loadModel(readFileSync(save));
    const [a, b] = columns!.columns.map((column) => (column.kind === 'number' ? column : null)!);
    const inputs = [[(10 - a!.mean) / a!.std, (0.5 - b!.mean) / b!.std]];
    expect(model.predict(inputs).item()).toBeCloseTo(1000 * (3 * 10 - 2 * 0.5 + 5), -2);
  });

  test('is standardised by the part for training, whatever the test holds', async () => {
    const folder = temporaryFolder();
    const rows = [0, 2, 4, 6].map((x) => `${x},${x % 4 === 0 ? 'p' : 'q'}`).join('\n');
    const table = write(folder, 'data.csv', `x,kind\n${rows}\n`);
    const other = write(folder, 'test.csv', 'kind,x\np,1000000\nq,7\n');
    const save = join(folder, 'model.safetensors');
    expect((await json(table, '--test', other, '--epochs', '1', '--save', save)).samples.test).toBe(2);
    // Mean and deviation of 0, 2, 4, 6 as scikit-learn's StandardScaler has them.
    const [x] = loadModel(readFileSync(save)).columns!.columns;
    expect(x).toMatchObject({ mean: 3, std: Math.sqrt(5), min: 0, max: 6 });
  });

  test('of whole numbers is classes or a number, as --task says', async () => {
    const folder = temporaryFolder();
    const rows = Array.from({ length: 40 }, (_, i) => `${i};${i % 4}`).join('\n');
    const path = write(folder, 'steps.txt', `x;step\n${rows}\n`);
    expect(await json(path, '--epochs', '1')).toMatchObject({
      task: 'classification',
      classes: ['0', '1', '2', '3'],
    });
    expect(await json(path, '--epochs', '1', '--task', 'regression')).toMatchObject({ task: 'regression' });
    const asked = await json(
      path,
      '--epochs',
      '1',
      '--target',
      'x',
      '--task',
      'classification',
      '--test',
      '0',
    );
    expect(asked.classes).toHaveLength(40);
  });

  test('without names of columns is read with --no-header', async () => {
    const path = write(temporaryFolder(), 'data.csv', '1,0\n2,1\n3,0\n4,1\n5,0\n6,1\n');
    expect(await json(path, '--no-header', '--epochs', '1')).toMatchObject({ target: 'column 2' });
  });
});

describe('pictures', () => {
  test.each(['mlp', 'cnn'])('in a folder for each class are learned by %s', async (model) => {
    const path = await picturesIn(temporaryFolder());
    const result = await json(path, '--model', model, '--epochs', '15', '--learning-rate', '0.01');
    expect(result).toMatchObject({ classes: ['left', 'right'], samples: { train: 32, test: 8 } });
    expect(result.test.accuracy).toBe(1);
  });

  test('of several sizes are made alike with --size; without it that is said', async () => {
    const folder = temporaryFolder();
    const path = await picturesIn(folder);
    await picturesIn(folder, 'pictures', { classes: ['right'], size: 9, count: 3 });
    const { code, stderr } = await train(path);
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /right\/0\.png has shape \[9, 9, 1\], expected \[6, 6, 1\].*--size and --channels/s,
    );
    const { stdout } = await train(path, '--size', '4x5', '--channels', '3', '--epochs', '1');
    expect(stdout).toContain('4 × 5 pixels, channels: 3');
  });

  test('of MNIST are digits', async () => {
    const result = await json('mnist', '--samples', '300', '--epochs', '2', '--layers', '16');
    expect(result).toMatchObject({
      samples: { train: 240, test: 60 },
      model: expect.stringContaining('784, 16'),
    });
    expect(result.classes).toEqual([...'0123456789']);
  });

  test('are turned and moved with --augment: other losses, the same ones again, and no test of changed pictures', async () => {
    const argv = ['mnist', '--samples', '120', '--epochs', '2', '--layers', '8'];
    const [plain, augmented, again] = [
      await json(...argv),
      await json(...argv, '--augment'),
      await json(...argv, '--augment'),
    ];
    expect(augmented.history.loss).not.toEqual(plain.history.loss);
    expect(again).toEqual(augmented);
    const { code, stderr } = await train('iris', '--augment');
    expect([code, stderr]).toEqual([2, expect.stringContaining('--augment does not apply to iris')]);
  });
});

describe('a run that is kept', () => {
  const argv = ['iris', '--epochs', '30', '--dropout', '0.2', '--early-stopping', '29'];

  test('goes on from its checkpoint, stopped with Ctrl-C, to the bits of one that was never stopped', async () => {
    const folder = temporaryFolder();
    const [checkpoint, whole, resumed] = ['run', 'whole.safetensors', 'resumed.safetensors'].map((name) =>
      join(folder, name),
    ) as [string, string, string];
    await train(...argv, '--save', whole);
    const stopping = new AbortController();
    const kept = ['--checkpoint', checkpoint, '--checkpoint-every', '7'];
    const { code, stderr } = await cli(['train', ...argv, ...kept, '--save', resumed], {
      signal: stopping.signal,
      onWrite: (text) => void (text.includes('epoch  8/30') && stopping.abort()),
    });
    expect(code).toBe(130);
    expect(stderr).toMatch(
      /stopped in epoch 9 of 30 .*the run is kept in .*run, the same command with --resume/,
    );
    expect(existsSync(resumed)).toBe(false);
    const { stdout } = await train(...argv, ...kept, '--save', resumed, '--resume');
    expect(stdout).toMatch(/going on from .*run: \d+ steps done, epoch \d/);
    expect(readFileSync(resumed).equals(readFileSync(whole))).toBe(true);
  });

  test('is not mixed up with another one', async () => {
    const checkpoint = join(temporaryFolder(), 'run');
    const kept = ['iris', '--epochs', '2', '--checkpoint', checkpoint];
    expect((await train(...kept, '--resume')).stdout).toContain('no checkpoint in');
    expect((await train(...kept)).stderr).toMatch(/holds checkpoints of an earlier run; --resume goes on/);
    expect((await train(...kept, '--resume', '--seed', '1')).stderr).toMatch(/another --seed: 0, now 1/);
    expect((await train(...kept, '--resume', '--batch-size', '8')).stderr).toMatch(
      /samples a batch: 16, now 8/,
    );
    const longer = await train(...kept, '--resume', '--epochs', '3');
    expect(longer).toMatchObject({ code: 0, stdout: expect.stringContaining('After 3 epochs') });
  });

  test.runIf(existsSync('/dev/full'))('is not lost where the disk is full in the end', async () => {
    const save = join(temporaryFolder(), 'model.safetensors');
    symlinkSync('/dev/full', save);
    const { code, stderr } = await train('iris', '--epochs', '1', '--save', save);
    expect(code).toBe(2);
    expect(stderr).toContain(`cannot write ${save}: no space left`);
    const [, elsewhere] = /The trained model is in (\S+) instead/.exec(stderr.replaceAll(/\n\s*/g, ' '))!;
    expect(String(loadModel(readFileSync(elsewhere!)).model)).toContain('Linear(4, 16)');
    rmSync(dirname(elsewhere!), { recursive: true });
  });

  test('is written for TensorBoard with --logdir', async () => {
    const logdir = join(temporaryFolder(), 'logs');
    await train('iris', '--epochs', '2', '--logdir', logdir);
    const [name] = readdirSync(logdir);
    expect(name).toMatch(/^events\.out\.tfevents\./);
    expect(readFileSync(join(logdir, name!), 'latin1')).toContain('loss/train');
  });
});

describe('bad input ends with exit code 2, a message that names it, and nothing written', () => {
  test.each<[string, string | null, string[], RegExp]>([
    ['no file', null, ['none.csv'], /there is no file or folder none\.csv/],
    ['an empty file', '', ['FILE'], /data\.csv: the file is empty/],
    [
      'a gap',
      'a,b\n1,2\n,3\n',
      ['FILE'],
      /data\.csv: line 3, column "a": expected a value, got none.*--missing/s,
    ],
    [
      'a word among numbers',
      `a,b\n${'1,2\n'.repeat(20)}x,3\n`,
      ['FILE'],
      /line 22, column "a": expected a number/,
    ],
    ['a quote that stays open', 'a,b\n"1,2\n', ['FILE'], /data\.csv: line 2: a quote \("\) is not closed/],
    ['a short record', 'a,b\n1,2\n1\n', ['FILE'], /line 3: 1 field, expected 2/],
    ['no such target', 'a,b\n1,2\n', ['FILE', '--target', 'c'], /there is no column "c"; there are "a", "b"/],
    ['one class', 'a,b\n1,x\n2,x\n', ['FILE'], /only one class, x/],
    ['nothing but the target', 'b\nx\ny\n', ['FILE'], /no column to learn from/],
    [
      'a test without the target',
      'a,b\n1,2\n2,3\n',
      ['FILE', '--test', 'FILE2'],
      /there is no record with a value in the column b/,
    ],
    [
      'an option of pictures',
      'a,b\n1,2\n',
      ['FILE', '--size', '28'],
      /--size does not apply to .*data\.csv; it goes with pictures\//,
    ],
    [
      'convolutions of a table',
      null,
      ['iris', '--model', 'cnn'],
      /--model cnn is for pictures; iris has none/,
    ],
    ['no such network', null, ['iris', '--model', 'rnn'], /--model must be mlp, cnn, or a file/],
    ['a loss of numbers', null, ['iris', '--loss', 'mse'], /--loss mse does not go with classification/],
    [
      'a loss of two classes',
      null,
      ['iris', '--loss', 'bce'],
      /--loss bce is for two classes, and there are 3/,
    ],
    [
      'a loss of probabilities',
      null,
      ['moons', '--loss', 'bce'],
      /--loss bce takes probabilities, and the network gives/,
    ],
    [
      'a metric of numbers',
      null,
      ['iris', '--metrics', 'r2'],
      /--metrics: r2 does not go with classification/,
    ],
    [
      'an unknown metric',
      null,
      ['iris', '--metrics', 'accuracy,auroc'],
      /--metrics must be one of .*, got auroc/,
    ],
    [
      'a share of all',
      null,
      ['iris', '--test', '1'],
      /--test must be a number of at least 0 and below 1, got 1/,
    ],
    [
      'a file where there is none',
      null,
      ['iris', '--test', 'x.csv'],
      /--test must be a number .*, got x\.csv/,
    ],
    [
      'a share of nothing',
      null,
      ['and', '--test', '0.9'],
      /--test 0\.9 of 4 samples leaves a part without any/,
    ],
    [
      'a target of generated data',
      null,
      ['moons', '--target', 'x'],
      /--target does not apply to moons; it goes with data\.csv/,
    ],
    ['--resume alone', null, ['iris', '--resume'], /--resume needs --checkpoint/],
    [
      'a model file in no folder',
      null,
      ['iris', '--save', '/dev/null/m.safetensors'],
      /cannot write \/dev\/null/,
    ],
    ['checkpoints in no folder', null, ['iris', '--checkpoint', '/dev/null/run'], /cannot write \/dev\/null/],
  ])('%s', async (_, content, argv, message) => {
    const folder = temporaryFolder();
    const path = content === null ? '' : write(folder, 'data.csv', content);
    const other = write(folder, 'other.csv', 'a,b\n1,\n');
    const save = join(folder, 'model.safetensors');
    const given = argv.map((word) => (word === 'FILE' ? path : word === 'FILE2' ? other : word));
    const missing = argv.includes('FILE2') ? ['--missing', 'mean'] : [];
    const keeping = argv.includes('--save') ? [] : ['--save', save];
    const { code, stdout, stderr } = await train(...given, ...missing, ...keeping);
    expect({ code, stdout, stderr }).toEqual({ code: 2, stdout: '', stderr: expect.stringMatching(message) });
    expect(existsSync(save)).toBe(false);
  });

  test('a damaged picture is named', async () => {
    const path = await picturesIn(temporaryFolder());
    const picture = join(path, 'left', '3.png');
    write(path, 'left/3.png', readFileSync(picture).subarray(0, 40));
    const { code, stderr } = await train(path);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('left/3.png') });
  });

  test('a class that only the test has is named', async () => {
    const folder = temporaryFolder();
    const path = await picturesIn(folder);
    const other = await picturesIn(folder, 'others', { classes: ['middle'] });
    expect((await train(path, '--test', other)).stderr).toMatch(/there is a class middle.*left, right/);
  });
});

test('in Korean it is said in Korean', async () => {
  const { stdout } = await cli(['train', 'iris', '--epochs', '2', '--early-stopping'], {
    env: { LANG: 'ko_KR' },
  });
  expect(stdout).toMatch(/과제 +분류, species: setosa/);
  expect(stdout).toContain('검증 손실');
  expect(stdout).toContain('표본 30개로 시험한 결과: 손실');
});
