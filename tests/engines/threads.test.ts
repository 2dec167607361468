import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Duel } from '../../src/engines/wasm/duel.js';
import { Machine } from '../../src/engines/wasm/machine.js';
import {
  compile,
  functions,
  nn,
  optim,
  RandomState,
  ShapeError,
  ValueError,
  type Tensor,
} from '../../src/index.js';

/** A network large enough for threads: products, maps and sums in slices, sizes that leave something over. */
function network(threads: number, optimizer: optim.Optimizer = optim.adam({ learningRate: 0.01 })) {
  const random = new RandomState(0);
  const model = nn.mlp([301, 207, 5], { activation: 'tanh', randomState: random });
  const [X, y] = [random.standardNormal([203, 301]), random.randint(0, 5, 203)];
  const step = (x: Tensor, labels: Tensor): Tensor => {
    const loss = functions.crossEntropy(model.forward(x), labels);
    optimizer.zeroGrad(model.parameters());
    loss.backward();
    optimizer.step(model.parameters());
    return loss;
  };
  const machine = new Machine(step as (...inputs: Tensor[]) => Tensor, [X, y], { float: 'f32', threads });
  return { machine, X, y, model };
}

/** A few weights on many samples: threads share what is done to those, while the weights stay in variables from step to step. */
function fewWeights(threads: number) {
  const [samples, steps] = [40_000, 3];
  const random = new RandomState(0);
  const w = random.standardNormal([3, 1]);
  const X = random.standardNormal([samples * steps, 3]);
  const step = (x: Tensor): Tensor[] => {
    const p = x.matmul(w).sigmoid().log().tanh();
    w.assign(w.mul(0.9).add(x.transpose().matmul(p).mul(1e-5)));
    return [p.mean(), p.max()];
  };
  const batch = X.slice([0, samples]);
  const machine = new Machine(
    step,
    [batch],
    { float: 'f64', threads },
    {
      ...{ inputs: [X], batchSize: samples, steps },
    },
  );
  machine.setOrder(Int32Array.from({ length: samples * steps }, (_, i) => i));
  const run = (): number[] => machine.run(0, steps).flatMap((values) => [...values]);
  return { machine, run, w };
}

/** Steps until helpers have come and have shared some of them. */
async function stepsShared(machine: Machine, run: () => number, atLeast: number): Promise<number[]> {
  const results: number[] = [];
  const deadline = performance.now() + 15_000;
  for (const before = machine.sharedSteps; machine.sharedSteps < before + atLeast;) {
    if (performance.now() > deadline) throw new Error('no helper came');
    results.push(run());
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  return results;
}

describe('threads', () => {
  test('that share the steps of a run give the bits of one', async () => {
    const [one, two] = [fewWeights(1), fewWeights(2)];
    const sums = await stepsShared(two.machine, () => two.run().reduce((sum, x) => sum + x), 6);
    expect(sums).toEqual(sums.map(() => one.run().reduce((sum, x) => sum + x)));
    expect(two.w.data).toEqual(one.w.data);
  });
  test.each([
    [2, 'adam'],
    [3, 'adam'],
    [2, 'sgd'], // moves weights where their gradients are summed
  ] as const)('%i give the bits of one, in losses and parameters, with %s', async (threads, name) => {
    const trained = (count: number) => network(count, optim[name]({ learningRate: 0.01 }));
    const [one, several] = [trained(1), trained(threads)];
    const run = ({ machine, X, y }: ReturnType<typeof network>) => machine.step([X, y])[0]!.item();
    const losses = await stepsShared(several.machine, () => run(several), 5);
    expect(losses).toEqual(losses.map(() => run(one)));
    expect(several.model.parameters().map(({ data }) => data)).toEqual(
      one.model.parameters().map(({ data }) => data),
    );
  });

  test('are lent from one program to another and back', async () => {
    const [a, b] = [network(2), network(2)];
    for (let round = 0; round < 2; round++) {
      await stepsShared(a.machine, () => a.machine.step([a.X, a.y])[0]!.item(), 1);
      await stepsShared(b.machine, () => b.machine.step([b.X, b.y])[0]!.item(), 1);
    }
    a.machine.dispose();
  });

  test('a number that picks nothing is the same error as without', () => {
    const { machine, X, y } = network(2);
    const wrong = y.add(5);
    expect(() => machine.step([X, wrong])).toThrow(ShapeError);
    expect(machine.step([X, y])[0]!.item()).toBeGreaterThan(0);
  });

  test('none is asked for by a small program', () => {
    const machine = new Machine((x: Tensor) => x.mul(2).sum(), [new RandomState(0).randomSample([10])], {
      ...{ float: 'f32', threads: 4 },
    });
    expect(machine.isShared).toBe(false);
  });

  test('a number below 1 is refused', () => {
    expect(() => compile((x: Tensor) => x, { threads: 0 })).toThrow(ValueError);
    expect(() => compile((x: Tensor) => x, { threads: 1.5 })).toThrow(/whole number of at least 1, got 1.5/);
  });
});

describe('a duel', () => {
  test('goes the faster way, and tries the other now and then', () => {
    const duel = new Duel();
    const ways = Array.from({ length: 200 }, () => {
      const way = duel.choose();
      duel.note(way, way === 0 ? 2 : 1);
      return way;
    });
    expect(ways.filter((way) => way === 1).length).toBeGreaterThan(180);
    expect(ways.slice(100)).toContain(0);
  });

  test('notices when the other way has become faster', () => {
    const duel = new Duel();
    for (let i = 0; i < 300; i++) {
      const way = duel.choose();
      duel.note(way, i < 100 ? [2, 1][way]! : [2, 3][way]!);
    }
    expect(duel.choose()).toBe(0);
  });
});

describe('memory', () => {
  const folder = mkdtempSync(join(tmpdir(), 'chainrule-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  beforeAll(() =>
    build({
      ...{ root: fileURLToPath(new URL('../../', import.meta.url)), configFile: false, logLevel: 'silent' },
      build: { ssr: 'tests/engines/memory-runner.ts', outDir: folder, emptyOutDir: false },
    }),
  );

  test.each([
    ['stays flat over a thousand programs that are compiled, run and dropped', 1000, 40, 1, 40],
    [
      'of programs that threads share goes, too, and the threads keep nobody’s process alive',
      200,
      400,
      2,
      90,
    ],
  ])('%s', { timeout: 90_000 }, (_, programs, size, threads, room) => {
    const file = readdirSync(folder).find((name) => name.startsWith('memory-runner'));
    const { stdout, stderr, status } = spawnSync(
      process.execPath,
      ['--expose-gc', join(folder, file!), ...[programs, size, threads].map(String)],
      { encoding: 'utf8', timeout: 80_000 },
    );
    expect([stderr, status]).toEqual(['', 0]);
    const [first, ...later] = JSON.parse(stdout) as [number, ...number[]];
    expect(Math.max(...later)).toBeLessThan(first + room); // megabytes; the second would take 380 if nothing went
  });
});
