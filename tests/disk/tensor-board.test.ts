import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { checkpoints, csvLog, DiskError, jsonLog, resume, tensorBoard } from '../../src/disk/index.js';
import { encodeEvent } from '../../src/disk/event.js';
import { crc32c, tfRecord } from '../../src/disk/tf-record.js';
import { data, fit, nn, optim, ValueError, type Callback, type FitOptions } from '../../src/index.js';

const root = mkdtempSync(join(tmpdir(), 'chainrule-tensorboard-'));
afterAll(() => rmSync(root, { recursive: true }));
let folders = 0;
const folder = (): string => join(root, `${folders++}`);

const { X, y } = data.makeMoons({ nSamples: 64, randomState: 0 });
const train = (callbacks: readonly Callback[], more: Partial<FitOptions> = {}) =>
  fit(nn.linear(2, 1, { randomState: 0 }), X, y, {
    ...{
      loss: nn.bceWithLogitsLoss(),
      optimizer: optim.sgd({ learningRate: 0.25 }),
      epochs: 3,
      batchSize: 16,
    },
    ...{ randomState: 0, validation: { fraction: 0.25 }, callbacks, ...more },
  });

interface Event {
  readonly wallTime: number;
  readonly step: number;
  readonly version?: string;
  readonly session?: number;
  readonly scalars: Readonly<Record<string, number>>;
}

/** Read by tests/disk/read_events.py, which shares no code with the writer. */
function eventsOf(path: string): Event[][] {
  return readdirSync(path)
    .sort()
    .map((name) => {
      const script = fileURLToPath(new URL('read_events.py', import.meta.url));
      return JSON.parse(execFileSync('python3', [script, join(path, name)], { encoding: 'utf8' })) as Event[];
    });
}

describe('the parts of the format, against published values', () => {
  test.each([
    // RFC 3720, appendix B.4.
    [new Uint8Array(32), 0x8a9136aa],
    [new Uint8Array(32).fill(0xff), 0x62a8ab43],
    [Uint8Array.from({ length: 32 }, (_, i) => i), 0x46dd794e],
    [new TextEncoder().encode('123456789'), 0xe3069283],
  ])('CRC-32C %#', (bytes, crc) => expect(crc32c(bytes)).toBe(crc));

  test('the first record of every event file, as TensorFlow and PyTorch write it', () => {
    // From a file of torch.utils.tensorboard: the length, its masked checksum, time, field 3.
    const record = tfRecord(encodeEvent({ wallTime: 0, fileVersion: 'brain.Event:2' }));
    const bytes = Buffer.from(record).toString('hex');
    expect(bytes.slice(0, 24)).toBe('1800000000000000a37f4b22');
    expect(bytes.slice(24, 72)).toBe('0900000000000000001a0d627261696e2e4576656e743a32');
  });
});

describe('a run', () => {
  test('has its logs at the end of each epoch', async () => {
    const path = folder();
    const history = await train([tensorBoard(path)]);
    const [name] = readdirSync(path);
    expect(name).toMatch(/^events\.out\.tfevents\.\d{10}\..+\.\d+\.0$/);
    const [[first, start, ...epochs]] = eventsOf(path) as [Event[]];
    expect(first!.version).toBe('brain.Event:2');
    expect(start!.session).toBe(1);
    expect(epochs.map(({ step }) => step)).toEqual([3, 6, 9]);
    epochs.forEach(({ scalars, wallTime }, i) => {
      expect(Math.abs(wallTime - Date.now() / 1000)).toBeLessThan(60);
      expect(scalars).toEqual({
        'loss/train': Math.fround(history.loss[i]!),
        'accuracy/train': Math.fround(history.accuracy![i]!),
        'loss/validation': Math.fround(history['val_loss']![i]!),
        'accuracy/validation': Math.fround(history['val_accuracy']![i]!),
        learning_rate: 0.25,
      });
    });
  });

  test('has the loss of batches if that is wanted; steps beyond 127 and long records', async () => {
    const path = folder();
    await train([tensorBoard(path, { everySteps: 100 })], { epochs: 100 });
    const batches = eventsOf(path)[0]!.filter(({ scalars }) => 'loss/batch' in scalars);
    expect(batches.map(({ step }) => step)).toEqual([100, 200, 300]);
  });

  test('that goes on has a second file, which begins where the first is overtaken', async () => {
    const [path, saved] = [folder(), folder()];
    await train([checkpoints(saved), tensorBoard(path)]);
    await train([resume(saved), tensorBoard(path)], { epochs: 5 });
    const [, second] = eventsOf(path);
    expect(second!.slice(1).map(({ step }) => step)).toEqual([12, 12, 15]);
  });

  test('errors', async () => {
    expect(() => tensorBoard('x', { everySteps: 0 })).toThrow(ValueError);
    await expect(train([tensorBoard('/dev/null/x')])).rejects.toThrow(DiskError);
  });
});

test('the history as CSV and JSON, whole after a run that was gone on with', async () => {
  const path = folder();
  await train([checkpoints(path)]);
  const logs = [csvLog(join(path, 'log.csv')), jsonLog(join(path, 'log.json'))];
  const history = await train([resume(path), ...logs], { epochs: 5 });
  expect(JSON.parse(readFileSync(join(path, 'log.json'), 'utf8'))).toEqual(history);
  const [header, ...rows] = readFileSync(join(path, 'log.csv'), 'utf8').trim().split('\n');
  expect(header).toBe('epoch,loss,accuracy,val_loss,val_accuracy');
  expect(rows.map((row) => Number(row.split(',')[1]))).toEqual(history.loss);
});
