// A run of training with everything that has a state: as a program, to be killed, and as a function.

import { fileURLToPath } from 'node:url';
import { checkpoints, resume } from '../../src/disk/index.js';
import { data, earlyStopping, fit, keepBest, nn, optim, type Callback } from '../../src/index.js';

export type Way = 'float32' | 'float64' | 'interpreted';

/** The bits of all weights and of the history at the end. */
export async function finalBits(
  way: Way,
  callbacks: readonly Callback[] = [],
  signal?: AbortSignal,
): Promise<string> {
  const { X, y } = data.makeMoons({ nSamples: 90, noise: 0.2, randomState: 3 });
  const model = nn.sequential(
    ...[nn.linear(2, 8, { randomState: 1 }), nn.batchNorm1d(8), nn.tanh()],
    ...[nn.dropout(0.2, { randomState: 2 }), nn.linear(8, 1, { randomState: 4 })],
  );
  const learningRate = optim.schedules.cosine(0.02, { steps: 300 });
  const history = await fit(model, X, y, {
    loss: nn.bceWithLogitsLoss(),
    optimizer: optim.clip(optim.adamw({ learningRate }), { norm: 1 }),
    ...{ epochs: 30, batchSize: 7, randomState: 5, validation: { fraction: 0.2 } },
    ...(way === 'interpreted' ? { compiled: false } : { precision: way }),
    callbacks: [...callbacks, earlyStopping({ patience: 29 }), keepBest()],
    ...(signal && { signal }),
  });
  const tensors = [...model.namedParameters(), ...model.namedBuffers()].map(([, { data }]) => [...data]);
  return JSON.stringify([...tensors, ...Object.values(history)].map((values) => hex(values ?? [])));
}

function hex(values: readonly number[]): string {
  return Buffer.from(Float64Array.from(values).buffer).toString('hex');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [way, folder] = process.argv.slice(2) as [Way, string];
  const begun: Callback = { onBegin: () => console.log('begun') };
  const saving = checkpoints(folder, { everySteps: 5 });
  console.log(await finalBits(way, [begun, resume(folder), saving]));
}
