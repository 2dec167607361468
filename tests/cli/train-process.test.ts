// Training as a process of its own: networks out of TypeScript files, and what becomes of a run that is killed.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { readSafetensors } from '../../src/files/index.js';
import { temporaryFolder, type Result } from './cli.js';
import { BUILD, program, start } from './program.js';
import { planeCsv, write } from './real-data.js';

const folder = temporaryFolder(afterAll);
const network = (name: string, code: string): string =>
  write(folder, name, `import { nn, Tensor, type TensorLike, type RandomState } from 'chainrule';\n${code}`);
const IRIS = 'sepal length (cm),sepal width (cm),petal length (cm),petal width (cm)';
const training = (file: string): string[] => ['train', 'iris', '--epochs', '3', '--model', file];

describe('a network out of a file', () => {
  test('is a function of shape, classes and seed; it is trained, saved, and predicts', async () => {
    const file = network(
      'maker.ts',
      `enum Width { Hidden = 7 }
       export default function net([inputs]: number[], classes: number, randomState: RandomState): nn.Module {
         const hidden = nn.linear(inputs!, Width.Hidden, { randomState });
         return nn.sequential(hidden, nn.gelu(), nn.linear(Width.Hidden, classes, { randomState }));
       }`,
    );
    const save = join(folder, 'maker.safetensors');
    const csv = `${IRIS}\n5,3,1.4,0.2\n`;
    const [saving, plain, predicted] = await inOneProcess([
      [...training(file), '--save', save, '--json'],
      [...training(file), '--json'],
      ['predict', save, write(folder, 'flower.csv', csv)],
    ]);
    const { files, ...result } = JSON.parse(saving!.stdout);
    expect({ files, model: result.model }).toEqual({
      files: [save],
      model: 'Sequential(Linear(4, 7), GELU, Linear(7, 3))',
    });
    expect(JSON.parse(plain!.stdout)).toEqual({ ...result, files: [] }); // the seed's numbers again
    expect(predicted!.stdout).toMatch(/^prediction,p\(setosa\),p\(versicolor\),p\(virginica\)\n\w+,0/);
  });

  test('may be a module, or the only export, or a class of its own, which predicts and serves out of its file', async () => {
    const module = network('module.mts', 'export const model = nn.mlp([4, 3]);');
    const own = network(
      'own.ts',
      `export class Net extends nn.Module {
         private readonly layer: nn.Linear;
         constructor(shape: number[], classes: number) {
           super();
           this.layer = nn.linear(shape[0]!, classes);
         }
         forward(x: TensorLike): Tensor {
           return this.layer.forward(x);
         }
       }`,
    );
    const save = join(folder, 'own.safetensors');
    const other = network('other.ts', 'export default nn.mlp([4, 3]);');
    const flower = write(folder, 'iris.csv', `${IRIS}\n5,3,1.4,0.2\n`);
    const [ofModule, ofClass, predicted, without, wrong] = await inOneProcess([
      training(module),
      [...training(own), '--save', save],
      ['predict', save, flower, '--model', own],
      ['predict', save, flower],
      ['predict', save, flower, '--model', other],
    ]);
    expect([ofModule, ofClass]).toMatchObject([{ code: 0 }, { code: 0 }]);
    const { tensors } = readSafetensors(readFileSync(save));
    expect([...tensors.keys()].toSorted()).toEqual(['layer.bias', 'layer.weight']); // the class's own names
    expect(predicted!.stdout).toMatch(/^prediction,p\(setosa\),p\(versicolor\),p\(virginica\)\n\w+,0/);
    expect(without).toMatchObject({ code: 2, stderr: expect.stringMatching(/trained out\s+of\s.*own\.ts/) });
    expect(wrong).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/other\.ts exports another network.*missing: 0\.weight/s),
    });
  });

  test('that predicts a number does so in its own unit, though a file cannot describe it', async () => {
    const file = network(
      'plane.ts',
      `class Twice extends nn.Module {
         readonly inner = nn.linear(2, 1, { randomState: 0 });
         forward(x: TensorLike): Tensor {
           return this.inner.forward(x).mul(2);
         }
       }
       export default () => new Twice();`,
    );
    const save = join(folder, 'plane.safetensors');
    const argv = ['train', planeCsv(folder), '--epochs', '400', '--schedule', 'cosine', '--quiet'];
    const described = join(folder, 'described.safetensors');
    const [trained, predicted, , needless] = await inOneProcess([
      [...argv, '--model', file, '--save', save],
      ['predict', save, write(folder, 'points.csv', 'a,b\n10,0.5\n-20,1\n'), '--model', file],
      [...argv, '--epochs', '1', '--save', described],
      ['predict', described, join(folder, 'points.csv'), '--model', file],
    ]);
    expect(trained!.code).toBe(0);
    const [, ...heights] = predicted!.stdout.trimEnd().split('\n').map(Number);
    expect(Math.abs(heights[0]! - 34_000)).toBeLessThan(40); // y = 1000 (3a - 2b + 5)
    expect(Math.abs(heights[1]! + 57_000)).toBeLessThan(40);
    expect(needless).toMatchObject({ code: 2, stderr: expect.stringMatching(/leave\s+out\s+--model/) });
  });

  test('that cannot be used is refused with exit code 2 and its place', async () => {
    const cases: [file: string, code: string, message: RegExp][] = [
      ['none.ts', 'export const width = 5;', /none\.ts exports no network/],
      ['two.ts', 'export const a = nn.relu(); export const b = nn.relu();', /several things \(a, b\)/],
      ['list.ts', 'export default [nn.relu()];', /list\.ts exports is no module of chainrule/],
      ['wide.ts', 'export default nn.mlp([5, 3]);', /does not take samples of shape \[1, 4\]: .*5/],
      [
        'outputs.ts',
        'export default nn.mlp([4, 2]);',
        /gives \[1, 2\], expected \[1, 3\], a score for each class/,
      ],
      [
        'soft.ts',
        'export default nn.sequential(nn.mlp([4, 3]), nn.softmax());',
        /leave out the last layer, Softmax/,
      ],
      ['syntax.ts', 'export default nn.mlp([4, 3);', /syntax\.ts:2[\s\S]*nn\.mlp\(\[4, 3\)/],
      ['throws.ts', '\nexport default () => { throw new Error("my own"); };', /throws\.ts:3.*my own/],
      [
        'forward.ts',
        'export default class extends nn.Module {\n layer = nn.linear(4, 3);\n forward(x: TensorLike): Tensor { return (this as any).nothing.forward(x); } }',
        /forward\.ts:4.*undefined/,
      ],
      ['refused.ts', 'export default () => nn.linear(0, 3);', /refused\.ts: Linear\(0, 3\)/],
    ];
    const results = await inOneProcess(cases.map(([name, code]) => training(network(name, code))));
    for (const [i, [, , message]] of cases.entries()) {
      expect(results[i]).toEqual({ code: 2, stdout: '', stderr: expect.stringMatching(message) });
    }
  });
});

test('killed with -9 and resumed, it ends in the bits of a run that was never stopped', async () => {
  const [whole, killed, run] = ['whole.safetensors', 'killed.safetensors', 'run'].map((name) =>
    join(folder, name),
  ) as [string, string, string];
  const argv = ['train', 'iris', '--epochs', '60', '--dropout', '0.1', '--early-stopping', '50', '--quiet'];
  expect((await program([...argv, '--save', whole])).code).toBe(0);
  const kept = [...argv, '--checkpoint', run, '--checkpoint-every', '3', '--resume', '--save', killed];
  for (let round = 0; round < 2; round++) {
    const before = newest(run);
    const child = start(kept);
    while (newest(run) === before && child.exitCode === null)
      await new Promise((resume) => setTimeout(resume, 5));
    child.kill('SIGKILL');
    await once(child, 'close');
    expect(existsSync(killed)).toBe(false);
  }
  expect((await program(kept)).code).toBe(0);
  expect(readFileSync(killed).equals(readFileSync(whole))).toBe(true);
});

test('a server ends with exit code 0 when the system asks it to', async () => {
  const model = join(folder, 'served.safetensors');
  await program(['train', 'iris', '--epochs', '1', '--save', model]);
  const child = start(['serve', model, '--port', '0', '--quiet']);
  const [line] = (await once(child.stdout!, 'data')) as [Buffer];
  expect((await fetch(new URL('health', String(line).trim()))).status).toBe(200);
  child.kill('SIGTERM');
  expect(await once(child, 'close')).toEqual([0, null]);
});

/** The newest checkpoint of a folder, if there is one. */
function newest(run: string): string | undefined {
  return existsSync(run)
    ? readdirSync(run)
        .filter((name) => name.startsWith('checkpoint'))
        .sort()
        .at(-1)
    : undefined;
}

/** Several commands one after the other in one process, which is begun once. */
async function inOneProcess(commands: readonly (readonly string[])[]): Promise<Result[]> {
  const code = `
    import { run } from ${JSON.stringify(pathToFileURL(join(BUILD, 'src/cli/run.js')).href)};
    const results = [];
    for (const argv of ${JSON.stringify(commands)}) {
      const written = { stdout: '', stderr: '' };
      const output = (name) => ({ columns: 80, write: (text) => void (written[name] += text) });
      const io = { stdout: output('stdout'), stderr: output('stderr'), env: {}, signal: new AbortController().signal };
      results.push({ code: await run(argv, io), ...written });
    }
    console.log(JSON.stringify(results));`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return JSON.parse(Buffer.concat(await child.stdout.toArray()).toString()) as Result[];
}
