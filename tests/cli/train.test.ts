// chainrule train: every data set, every option, and what stops it.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { data, fit, nn, optim } from '../../src/index.js';
import { DATASETS } from '../../src/cli/training/datasets.js';
import { cli, temporaryFolder } from './cli.js';

const train = (...argv: string[]) => cli(['train', ...argv]);

describe('the result', () => {
  test.each(Object.keys(DATASETS))('%s trains and gives its history as JSON', async (dataset) => {
    const { code, stdout, stderr } = await train(dataset, '--epochs', '3', '--json');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const result = JSON.parse(stdout);
    expect(Object.keys(result)).toEqual([
      ...['dataset', 'seed', 'epochs', 'loss', 'accuracy', 'history', 'parameters', 'files'],
    ]);
    expect(result).toMatchObject({ dataset, seed: 0, epochs: 3, files: [] });
    expect(result.history.loss).toHaveLength(3);
    expect(result.loss).toBe(result.history.loss[2]);
    expect(result.accuracy).toBe(result.history.accuracy[2]);
    expect(result.parameters['0.weight'][0]).toHaveLength(2);
  });

  test('is what the library gives for the same options', async () => {
    const { X, y } = data.makeMoons({ nSamples: 40, noise: 0.2, randomState: 7 });
    const model = nn.mlp([2, 4, 1], { activation: 'silu', randomState: 7 });
    const history = await fit(model, X, y, {
      loss: nn.bceWithLogitsLoss(),
      optimizer: optim.sgd({ learningRate: 0.3 }),
      ...{ epochs: 4, batchSize: 8, shuffle: false },
    });
    const { stdout } = await train(
      ...[
        'moons',
        '--samples',
        '40',
        '--noise',
        '0.2',
        '--seed',
        '7',
        '--layers',
        '4',
        '--activation',
        'silu',
      ],
      ...['--learning-rate', '0.3', '--epochs', '4', '--batch-size', '8', '--no-shuffle', '--json'],
    );
    expect(JSON.parse(stdout).history).toEqual(history);
  });

  test('is the same for the same seed, another for another', async () => {
    const of = async (seed: string) =>
      (await train('circles', '--epochs', '2', '--json', '--seed', seed)).stdout;
    expect(await of('1')).toBe(await of('1'));
    expect(JSON.parse(await of('1')).loss).not.toBe(JSON.parse(await of('2')).loss);
  });

  test('takes any optimizer and schedule, and says so', async () => {
    const argv = ['xor', '--optimizer', 'adamw', '--schedule', 'cosine', '--clip-norm', '1', '--epochs', '3'];
    const { stdout } = await train(...argv);
    expect(stdout).toMatch(/AdamW with learning rate 0\.01, batches of 4/);
    expect(stdout).toMatch(/Schedule +cosine/);
    expect(stdout).toMatch(/Largest norm +1$/m);
    const korean = await cli(['train', ...argv], { env: { LANG: 'ko_KR.UTF-8' } });
    expect(korean.stdout).toMatch(/AdamW, 학습률 0\.01/);
    expect(korean.stdout).toMatch(/학습률 스케줄 +cosine/);
  });

  test.each([
    ...['constant', 'step', 'exponential', 'cosine', 'warmup', 'one-cycle'].map((name) => ['adam', name]),
    ...['sgd', 'rmsprop', 'adagrad', 'adamw'].map((name) => [name, 'cosine']),
  ])('with %s and schedule %s lowers the loss', async (optimizer, schedule) => {
    const argv = ['moons', '--optimizer', optimizer, '--schedule', schedule, '--epochs', '15', '--json'];
    const { loss } = JSON.parse((await train(...argv)).stdout).history as { loss: number[] };
    expect(loss.at(-1)).toBeLessThan(loss[0]! * 0.7);
  });

  test('of more than two clouds has a score for each', async () => {
    const argv = ['blobs', '--centers', '3', '--cluster-std', '0.5,1,2', '--epochs', '1', '--json'];
    const { parameters } = JSON.parse((await train(...argv)).stdout);
    expect(parameters['0.bias']).toHaveLength(3);
  });

  test('of a gate shows its parameters, and that the neuron has learned it', async () => {
    const { stdout } = await train('nand');
    expect(stdout).toMatch(/accuracy 1\.0000\./);
    expect(stdout).toMatch(/0\.weight +1 × 2 +-\d\.\d{4} -\d\.\d{4}/);
  });

  test('of no epochs is the untrained network', async () => {
    const { code, stdout } = await train('and', '--epochs', '0', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ epochs: 0, loss: null, accuracy: null });
    expect((await train('and', '--epochs', '0', '--out', temporaryFolder())).code).toBe(0);
  });
});

describe('what it prints', () => {
  test('is about twenty lines of log, the first and the last epoch among them', async () => {
    const { stdout } = await train('or', '--epochs', '130');
    const epochs = [...stdout.matchAll(/^ +epoch +(\d+)\/130 {2}loss \S+ {2}accuracy \d\.\d{4}$/gm)];
    expect(epochs.length).toBeLessThan(25);
    expect([epochs[0]?.[1], epochs.at(-1)?.[1]]).toEqual(['1', '130']);
  });

  test('is one sentence with --quiet', async () => {
    const { stdout } = await train('or', '--epochs', '2', '--quiet');
    expect(stdout).toMatch(/^After 2 epochs: loss \d\.\d{4}, accuracy \d\.\d{4}\.\n$/);
  });

  test('is Korean in Korean', async () => {
    const { stdout } = await cli(['train', 'or', '--epochs', '2'], { env: { LANG: 'ko_KR.UTF-8' } });
    expect(stdout).toContain('에포크 2/2  손실');
    expect(stdout).toContain('2 에포크 학습 결과: 손실');
  });
});

describe('what it writes', () => {
  test('is nothing without --out, and with it a report, plots and the history', async () => {
    const out = join(temporaryFolder(), 'moons');
    const { stdout } = await train('moons', '--epochs', '2', '--out', out);
    expect(readdirSync(out).toSorted()).toEqual([
      ...['boundary.png', 'boundary.svg', 'history.csv', 'history.json'],
      ...['report.html', 'training.png', 'training.svg'],
    ]);
    expect(stdout).toContain(join(out, 'report.html'));
    expect(readFileSync(join(out, 'history.csv'), 'utf8')).toMatch(
      /^epoch,loss,accuracy\n1,0\.\d+,0\.\d+\n2,/,
    );
    expect(readFileSync(join(out, 'report.html'), 'utf8')).toContain('ReLU');
  });
});

describe('bad input ends with exit code 2, a message that names it, and nothing written', () => {
  test.each([
    [['mooons'], /no data set mooons; there are blobs, moons/],
    [['blobs', '--layers', '0'], /--layers .* from 1 to 1024, got 0/],
    [['blobs', '--layers', '16,,8'], /--layers .*got 16,,8/],
    [['blobs', '--layers', ''], /--layers .*got ""/],
    [['blobs', '--layers', '99999'], /--layers/],
    [['blobs', '--learning-rate', 'abc'], /--learning-rate must be a number above 0, got abc/],
    [['blobs', '--learning-rate', 'NaN'], /got NaN/],
    [['blobs', '--learning-rate', 'Infinity'], /got Infinity/],
    [['blobs', '--learning-rate', '-1'], /got -1/],
    [['blobs', '--learning-rate', '0'], /above 0, got 0/],
    [['blobs', '--seed', '-1'], /--seed must be a whole number from 0 to 4294967295, got -1/],
    [['blobs', '--seed', '4294967296'], /got 4294967296/],
    [['blobs', '--seed', '1.5'], /got 1\.5/],
    [['blobs', '--epochs', '-1'], /--epochs/],
    [['blobs', '--batch-size', '0'], /--batch-size/],
    [['blobs', '--samples', '1e20'], /--samples/],
    [['blobs', '--samples', '0x10'], /--samples/],
    [
      ['blobs', '--cluster-std', '1,2,3'],
      /--cluster-std needs one number, or one for each of 2 centers, got 3/,
    ],
    [['blobs', '--cluster-std', '-1'], /--cluster-std/],
    [['blobs', '--activation', 'swish'], /--activation must be one of sigmoid, tanh/],
    [
      ['blobs', '--optimizer', 'lion'],
      /--optimizer must be one of sgd, rmsprop, adagrad, adam, adamw, got lion/,
    ],
    [['blobs', '--schedule', 'linear'], /--schedule must be one of constant, step, .*, got linear/],
    [
      ['blobs', '--optimizer', 'adam', '--momentum', '0.9'],
      /--momentum does not apply to adam; it goes with sgd, rmsprop/,
    ],
    [['blobs', '--momentum', '1'], /--momentum must be a number of at least 0 and below 1, got 1/],
    [['blobs', '--weight-decay', '-1'], /--weight-decay must be a number of at least 0, got -1/],
    [['blobs', '--clip-norm', '0'], /--clip-norm must be a number above 0, got 0/],
    [['blobs', '--noise', '0.1'], /--noise does not apply to blobs; it goes with moons, circles, spirals/],
    [['moons', '--centers', '3'], /--centers does not apply to moons; it goes with blobs/],
    [['xor', '--samples', '9'], /--samples does not apply to xor/],
    [['circles', '--factor', '1'], /--factor must be a number of at least 0 and below 1, got 1/],
    [['moons', '--noise', '-0.1'], /--noise must be a number of at least 0/],
  ])('%j', async (argv, message) => {
    const out = join(temporaryFolder(), 'out');
    const { code, stdout, stderr } = await train(...argv, '--out', out);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(existsSync(out)).toBe(false);
  });
});

test('a loss that runs away ends with exit code 1 and says what to try', async () => {
  const { code, stderr } = await train('moons', '--learning-rate', '1e200', '--quiet');
  expect(code).toBe(1);
  expect(stderr).toContain('the loss became NaN in epoch 1');
  expect(stderr).toContain('--learning-rate');
});

describe('when the user stops it', () => {
  test('it says how far it came, with exit code 130, and writes nothing', async () => {
    const out = join(temporaryFolder(), 'out');
    const stopping = new AbortController();
    const { code, stderr } = await cli(['train', 'or', '--epochs', '1000', '--out', out], {
      signal: stopping.signal,
      onWrite: (text) => {
        if (text.includes('epoch  100/1000')) stopping.abort();
      },
    });
    expect(code).toBe(130);
    expect(stderr).toMatch(
      /stopped in epoch 101 of 1000 \(loss of the last whole epoch: 0\.\d+\); no file was written/,
    );
    expect(existsSync(out)).toBe(false);
  });
});
