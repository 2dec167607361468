import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import * as fsPromises from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { checkpoints, DiskError, loadCheckpoint, resume } from '../../src/disk/index.js';
import { FormatError, readSafetensors } from '../../src/files/index.js';
import { data, fit, nn, optim, RandomState, reduceOnPlateau, ValueError } from '../../src/index.js';
import type { EpochReport, Run } from '../../src/index.js';
import { finalBits, type Way } from './training.js';

vi.mock('node:fs/promises', async (original) => ({ ...(await original<typeof fsPromises>()) }));

const root = mkdtempSync(join(tmpdir(), 'chainrule-checkpoints-'));
afterAll(() => rmSync(root, { recursive: true }));
afterEach(() => vi.restoreAllMocks());
let folders = 0;
const folder = (): string => join(root, `${folders++}`);
const newest = (path: string): string => join(path, readdirSync(path).sort().at(-1)!);
const ways: Way[] = ['float32', 'float64', 'interpreted'];

/** Ends the run after so many steps. */
function until(step: number) {
  const controller = new AbortController();
  const stepsUntilPause = (run: Run): number => Math.max(1, step - run.step);
  const onPause = (run: Run): void => {
    if (run.step >= step) controller.abort();
  };
  return { signal: controller.signal, callback: { stepsUntilPause, onPause } };
}

describe.each(ways)('%s: a run that goes on ends in the bits of one that was never interrupted', (way) => {
  // 72 samples in batches of 7: 11 steps an epoch, the last one smaller.
  test('stopped at any step', { timeout: 60_000 }, async () => {
    const whole = await finalBits(way);
    expect(await finalBits(way, [checkpoints(folder(), { everySteps: 40 })])).toBe(whole);
    for (const step of [1, 10, 11, 12, 100, 329]) {
      const path = folder();
      const { signal, callback } = until(step);
      await finalBits(way, [callback, checkpoints(path, { everySteps: 1000 })], signal);
      expect((await loadCheckpoint(path))?.step).toBe(step);
      expect(await finalBits(way, [resume(path)])).toBe(whole);
    }
    const between = folder(); // before the first batch of an epoch, whose order has been drawn
    const controller = new AbortController();
    const onEpochEnd = ({ epoch }: EpochReport): void => void (epoch === 3 && controller.abort());
    await finalBits(way, [{ onEpochEnd }, checkpoints(between, { everySteps: 1000 })], controller.signal);
    expect(await loadCheckpoint(between)).toMatchObject({ step: 33, epoch: 4, batch: 0 });
    expect(await finalBits(way, [resume(between)])).toBe(whole);
    const finished = folder();
    await finalBits(way, [checkpoints(finished)]);
    expect(await finalBits(way, [resume(finished)])).toBe(whole);
  });
});

describe('killed with -9', () => {
  const script = join(root, 'training.mjs');
  beforeAll(async () => {
    await build({
      ...{ configFile: false, logLevel: 'silent', ssr: { noExternal: true } },
      build: {
        ...{ ssr: fileURLToPath(new URL('training.ts', import.meta.url)), outDir: root, emptyOutDir: false },
        rollupOptions: { output: { entryFileNames: 'training.mjs' } },
      },
    });
  }, 60_000);

  /** The last line of its output, and how long it took from its first; null if it was killed `after` so many milliseconds. */
  const run = (way: Way, path: string, after = Infinity) =>
    new Promise<{ bits: string | null; milliseconds: number }>((resolve, reject) => {
      const child = spawn(process.execPath, [script, way, path], { stdio: ['ignore', 'pipe', 'inherit'] });
      let [output, begun] = ['', NaN];
      child.stdout.on('data', (chunk) => {
        output += String(chunk);
        if (!Number.isNaN(begun)) return;
        begun = performance.now();
        if (after < Infinity) setTimeout(() => child.kill('SIGKILL'), after);
      });
      child.on('error', reject);
      child.on('exit', (code, signal) => {
        if (code !== 0 && signal !== 'SIGKILL') return reject(new Error(`exit ${code}`));
        const bits = code === 0 ? output.trim().split('\n').at(-1)! : null;
        resolve({ bits, milliseconds: performance.now() - begun });
      });
    });

  const kills = Number(process.env['KILLS'] ?? 6);
  test(`at ${kills} random moments (KILLS=100 for more)`, { timeout: 60_000 + 15_000 * kills }, async () => {
    const random = new RandomState(kills);
    let [killed, finished] = [0, 0];
    for (let round = 0; killed < kills; round++) {
      const way = ways[round % ways.length]!;
      const whole = await run(way, folder());
      const path = folder();
      for (;;) {
        const after = killed < kills ? random.uniform(0, whole.milliseconds) : Infinity;
        const { bits } = await run(way, path, after);
        if (bits === null) killed++;
        else {
          expect(bits).toBe(whole.bits);
          finished++;
          break;
        }
      }
    }
    expect(finished).toBeGreaterThan(0);
  });
});

describe('a damaged checkpoint', () => {
  const damages: [string, (bytes: Uint8Array) => Uint8Array][] = [
    ['cut short', (bytes) => bytes.subarray(0, bytes.length - 1)],
    ['cut in half', (bytes) => bytes.subarray(0, bytes.length / 2)],
    ['empty', () => new Uint8Array(0)],
    ['longer', (bytes) => Uint8Array.from([...bytes, 0])],
    ...[0, 3, 20, 50, 500, 2000, -1].map((at): [string, (bytes: Uint8Array) => Uint8Array] => [
      `a bit of byte ${at}`,
      (bytes) => bytes.with(at < 0 ? bytes.length + at : at, bytes.at(at)! ^ 4),
    ]),
  ];
  test.each(damages)('%s: is recognised, and the one before is used', async (_, damage) => {
    const path = folder();
    const whole = await finalBits('float64', [checkpoints(path, { everySteps: 100 })]);
    const last = newest(path);
    writeFileSync(last, damage(readFileSync(last)));
    const warnings: string[] = [];
    const onWarning = (message: string): unknown => warnings.push(message);
    expect(await finalBits('float64', [resume(path, { onWarning })])).toBe(whole);
    expect(warnings).toEqual([
      expect.stringMatching(/000330\.safetensors cannot be used: .*000300.*the one before/),
    ]);
  });

  test('without one before it is an error', async () => {
    const path = folder();
    await finalBits('float64', [checkpoints(path)]);
    for (const name of readdirSync(path)) writeFileSync(join(path, name), 'nothing');
    const run = finalBits('float64', [resume(path, { onWarning: () => {} })]);
    await expect(run).rejects.toThrow(FormatError);
    await expect(run).rejects.toThrow(/none before it/);
  });
});

describe('when a save fails', () => {
  /** As many bytes as the disk still takes; then it is full. */
  const limit = (bytes: number, code: string) => {
    let left = bytes;
    const { open } = fsPromises;
    vi.spyOn(fsPromises, 'open').mockImplementation(async (...given) => {
      const file = await open(...given);
      const write = file.writeFile.bind(file);
      file.writeFile = async (content) => {
        const part = (content as Uint8Array).subarray(0, left);
        left -= part.length;
        await write(part);
        if (part.length < (content as Uint8Array).length) throw Object.assign(new Error(code), { code });
      };
      return file;
    });
  };

  test.each([
    ['ENOSPC', 'the disk is full'],
    ['EROFS', 'the disk can only be read'],
  ])('%s: the last good file stays, the run goes on and says so', async (code, reason) => {
    const path = folder();
    const whole = await finalBits('float64');
    const [probe, warnings]: [string, string[]] = [folder(), []];
    await finalBits('float64', [checkpoints(probe)]);
    limit(2.5 * readFileSync(newest(probe)).length, code);
    const onWarning = (message: string): unknown => warnings.push(message);
    expect(await finalBits('float64', [checkpoints(path, { everySteps: 100, onWarning })])).toBe(whole);
    vi.restoreAllMocks();
    expect(warnings[0]).toContain(reason);
    expect(readdirSync(path).map((name) => Number(name.match(/\d+/)![0]))).toEqual([100, 200]);
    expect((await loadCheckpoint(path))?.step).toBe(200);
    expect(await finalBits('float64', [resume(path)])).toBe(whole);
  });

  test('a folder that cannot be written is an error before the first step', async () => {
    await expect(finalBits('float64', [checkpoints('/dev/null/folder')])).rejects.toThrow(DiskError);
    vi.spyOn(fsPromises, 'access').mockRejectedValue(Object.assign(new Error(), { code: 'EACCES' }));
    await expect(finalBits('float64', [checkpoints(folder())])).rejects.toThrow('permission denied');
  });
});

describe('checkpoints', () => {
  const { X, y } = data.makeBlobs({ centers: 2, randomState: 0 });
  const train = (more: object) =>
    fit(nn.linear(2, 1, { randomState: 0 }), X, y, {
      ...{
        loss: nn.bceWithLogitsLoss(),
        optimizer: optim.sgd({ learningRate: 0.1 }),
        epochs: 3,
        randomState: 0,
      },
      ...more,
    });

  test('come at the end of each epoch unless asked for otherwise, and the newest are kept', async () => {
    const path = folder();
    await train({ epochs: 5, callbacks: [checkpoints(path)] });
    expect(readdirSync(path)).toEqual([12, 16, 20].map((step) => `checkpoint-0000000000${step}.safetensors`));
    const often = folder();
    await train({ callbacks: [checkpoints(often, { everySeconds: 0, keep: 100 })] });
    expect(readdirSync(often).length).toBeGreaterThanOrEqual(3);
  });

  test('are safetensors files that other tools read', async () => {
    const path = folder();
    await train({ callbacks: [checkpoints(path)] });
    const { tensors } = readSafetensors(readFileSync(newest(path)));
    expect(tensors.get('model.weight')?.shape).toEqual([1, 2]);
  });

  test('of another run are refused', async () => {
    const path = folder();
    await train({ callbacks: [checkpoints(path)] });
    await expect(train({ callbacks: [resume(path)], batchSize: 10 })).rejects.toThrow(ValueError);
    await expect(train({ callbacks: [resume(path)], batchSize: 10 })).rejects.toThrow(
      /another one \(samples a batch: 32, now 10\)/,
    );
    const plateau = reduceOnPlateau(optim.sgd({ learningRate: 1 }));
    await expect(train({ callbacks: [resume(path), plateau] })).rejects.toThrow(
      /callbacks with a state: 0, now 1/,
    );
    await expect(train({ callbacks: [resume(path)], optimizer: optim.adam() })).rejects.toThrow(
      /the optimizer: SGD, now Adam/,
    );
  });

  test('an unfinished file of a killed process is removed', async () => {
    const path = folder();
    await train({ callbacks: [checkpoints(path)] });
    writeFileSync(join(path, '.checkpoint-000000000001.safetensors.1.tmp'), '');
    await train({ callbacks: [checkpoints(path)] });
    expect(readdirSync(path).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  test('more epochs go on where fewer ended', async () => {
    const path = folder();
    const long = await train({ epochs: 6 });
    await train({ callbacks: [checkpoints(path)] });
    expect(await train({ epochs: 6, callbacks: [resume(path)] })).toEqual(long);
  });

  test.each([{ everySteps: 0 }, { everyEpochs: 0.5 }, { everySeconds: NaN }, { keep: 1 }])('%o', (wrong) => {
    expect(() => checkpoints('x', wrong)).toThrow(ValueError);
  });
});
