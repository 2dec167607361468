// Damaged files: always a value or an error of ours, soon, and in little memory. FUZZ=10000 tries that many of each kind.

import { gzipSync, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import {
  csvBatches,
  csvDataset,
  fitCsvStream,
  loadModel,
  readIdx,
  readImage,
  readNpy,
  readNpz,
  readSafetensors,
  saveModel,
  stateDict,
  writeNpz,
  writePng,
  writeSafetensors,
} from '../../src/files/index.js';
import { ChainruleError, nn, RandomState, Tensor } from '../../src/index.js';
import { bytesOf, fixtures } from './fixtures.js';
import { mutated, resealedPng } from './mutations.js';

const runs = Number(process.env['FUZZ'] ?? 150);

/** Files of one kind, and what is done with them. */
interface Target {
  readonly name: string;
  readonly files: readonly Uint8Array[];
  readonly read: (bytes: Uint8Array) => unknown;
}

const random = new RandomState(7);
const table = `size,colour,when,y\n${Array.from({ length: 40 }, (_, i) => `${i / 4},"c ""${i % 3}""",${i % 7 ? i : 'NA'},${i % 2}`).join('\n')}\n`;
const { columns } = csvDataset(table, { missing: 'mean' });
const model = nn.sequential(nn.linear(5, 8), nn.leakyRelu(), nn.sequential(nn.linear(8, 2), nn.softmax()));
const layers = nn.sequential(
  nn.sequential(
    nn.conv2d(1, 2, 3, { padding: [1, 1] }),
    nn.batchNorm2d(2),
    nn.maxPool2d(2),
    nn.residual(nn.elu()),
  ),
  nn.sequential(nn.globalAvgPool2d(), nn.embedding(3, 4), nn.gru(4, 4, { numLayers: 2 }), nn.layerNorm([4])),
  nn.sequential(nn.transformerBlock(4, 2), nn.multiheadAttention(4, 1), nn.flatten(), nn.dropout(0.1)),
);
const picture = random.uniform(0, 1, [9, 11, 3]);
const pngs = [await writePng(picture), ...fixtures.pictures.map(({ bytes }) => bytesOf(bytes))];
const jpegs = fixtures.jpegs.map(({ bytes }) => bytesOf(bytes));
const npy = fixtures.npy.map(({ bytes }) => bytesOf(bytes));

const targets: readonly Target[] = [
  { name: '.npy', files: npy, read: (bytes) => readNpy(bytes) },
  {
    name: '.npz',
    files: [
      ...Object.values(fixtures.npz).map(bytesOf),
      writeNpz({ X: random.randn(20, 3), y: [1, 2] }, { compressed: true }),
      writeNpz({ X: [1] }),
    ],
    read: (bytes) => readNpz(bytes),
  },
  {
    name: '.npz around a damaged array',
    files: npy,
    read: (bytes) => readNpz(zipSync({ 'X.npy': bytes })),
  },
  {
    name: 'IDX',
    files: [fixtures.idx.plain, fixtures.idx.gzipped].map(bytesOf),
    read: (bytes) => readIdx(bytes),
  },
  {
    name: 'IDX, gzipped when damaged',
    files: [bytesOf(fixtures.idx.plain)],
    read: (bytes) => readIdx(gzipSync(bytes)),
  },
  {
    name: 'safetensors',
    files: [
      bytesOf(fixtures.safetensors.bytes),
      writeSafetensors({ a: [[1, 2]], b: [3] }, { metadata: { k: 'v' } }),
    ],
    read: (bytes) => readSafetensors(bytes),
  },
  {
    name: 'a model',
    files: [saveModel(model, { columns }), saveModel(nn.mlp([2, 4, 1]))],
    read: (bytes) => loadModel(bytes),
  },
  {
    name: 'a model’s description',
    files: [readSafetensors(saveModel(model, { columns })).metadata.get('chainrule')!].map((text) =>
      new TextEncoder().encode(text),
    ),
    read: (bytes) => {
      const metadata = { chainrule: Buffer.from(bytes).toString('utf8') };
      return loadModel(writeSafetensors(Object.fromEntries(model.namedParameters()), { metadata }));
    },
  },
  {
    name: 'a description of every kind of layer',
    files: [new TextEncoder().encode(readSafetensors(saveModel(layers)).metadata.get('chainrule')!)],
    read: (bytes) => {
      const metadata = { chainrule: Buffer.from(bytes).toString('utf8') };
      return loadModel(writeSafetensors(stateDict(layers), { metadata }));
    },
  },
  {
    name: 'CSV',
    files: [new TextEncoder().encode(table)],
    read: (bytes) => csvDataset(bytes, { missing: bytes.length % 2 ? 'mean' : 'drop' }),
  },
  {
    name: 'a stream of CSV',
    files: [new TextEncoder().encode(table)],
    read: async (bytes) => {
      const chunks = [bytes.subarray(0, bytes.length / 2), bytes.subarray(bytes.length / 2)];
      const fitted = await fitCsvStream(chunks, { missing: 'drop', categories: 'label' });
      const batches = [];
      for await (const { X } of csvBatches(chunks, fitted, { batchSize: 7 })) batches.push(X);
      return batches;
    },
  },
  { name: 'PNG', files: pngs, read: (bytes) => readImage(bytes) },
  { name: 'PNG with its checksums put right', files: pngs, read: (bytes) => readImage(resealedPng(bytes)) },
  { name: 'JPEG', files: jpegs, read: (bytes) => readImage(bytes) },
];

describe(`${runs} damaged files of each kind give a value or an error of ours`, () => {
  for (const [seed, { name, files, read }] of targets.entries()) {
    test(name, { timeout: 1_000_000 }, async () => {
      for (const file of files) await read(file); // undamaged, they are read; and lazy decoders are loaded
      const stream = new RandomState(seed);
      const before = process.resourceUsage().maxRSS;
      let [values, slowest] = [0, 0];
      for (let run = 0; run < runs; run++) {
        const file = mutated(files[stream.randint(files.length)]!, stream);
        const start = performance.now();
        try {
          for (const tensor of tensorsIn(await read(file))) {
            expect(tensor.size).toBe(tensor.shape.reduce((a, b) => a * b, 1));
          }
          values++;
        } catch (error) {
          if (!(error instanceof ChainruleError)) {
            throw new Error(
              `run ${run} of ${name}: ${String(error)} for ${Buffer.from(file).toString('base64')}`,
              {
                cause: error,
              },
            );
          }
        }
        slowest = Math.max(slowest, performance.now() - start);
      }
      const grown = (process.resourceUsage().maxRSS - before) / 1024;
      if (process.env['FUZZ']) {
        console.log(
          `${name}: ${values} of ${runs} read, slowest ${slowest.toFixed(0)} ms, ${grown.toFixed(0)} MiB more at the peak`,
        );
      }
      expect(slowest).toBeLessThan(5000);
      expect(grown).toBeLessThan(200);
    });
  }
});

function tensorsIn(value: unknown): Tensor[] {
  if (value instanceof Tensor) return [value];
  if (value instanceof Map || Array.isArray(value)) return [...value.values()].flatMap(tensorsIn);
  if (value instanceof nn.Module) return value.parameters();
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(tensorsIn) : [];
}
