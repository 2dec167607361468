// ONNX Runtime for Node: the whole step as one graph, whose results are the next step's inputs.

import * as ort from 'onnxruntime-node';
import type { Training } from '../contender.js';
import { stepModel } from '../onnx/step.js';
import { batchesOf, oneHot, type Problem } from '../problem.js';

export async function prepare(problem: Problem, threads: string): Promise<Training> {
  const { work, X } = problem;
  const tensorOf = (values: Float64Array, shape: readonly number[]): ort.Tensor =>
    work.precision === 'float64'
      ? new ort.Tensor('float64', Float64Array.from(values), shape)
      : new ort.Tensor('float32', Float32Array.from(values), shape);
  const { bytes, state } = stepModel(problem);
  const session = await ort.InferenceSession.create(bytes, {
    ...{ intraOpNumThreads: Number(threads), graphOptimizationLevel: 'all', logSeverityLevel: 3 },
  });
  const targets = batchesOf(oneHot(problem), work.batch);
  const batches = batchesOf(X, work.batch).map((rows, i) => {
    const y = targets[i]!;
    return {
      X: tensorOf(rows.values, [rows.rows, rows.columns]),
      y: tensorOf(y.values, [y.rows, y.columns]),
    };
  });
  const inputs = state.map((_, i) => [`s${i}`, `t${i}`] as const);
  let feeds: Record<string, ort.Tensor> = Object.fromEntries(
    state.map(({ shape, values }, i) => [`s${i}`, tensorOf(values, shape)]),
  );
  const run = (i: number) => session.run({ ...feeds, ...batches[i % batches.length]! });
  return {
    async steps(n) {
      for (let i = 0; i < n; i++) {
        const results = await run(i);
        feeds = Object.fromEntries(inputs.map(([input, output]) => [input, results[output]!]));
      }
    },
    loss: async () => Number((await run(0))['loss']!.data[0]),
  };
}
