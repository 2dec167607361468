// TensorFlow.js: `optimizer.minimize`, on its wasm backend or on its plain JavaScript one, `cpu`.

import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import type { Training } from '../contender.js';
import { batchesOf, oneHot, transposed, type Problem, type Table } from '../problem.js';

export async function prepare(problem: Problem, backend: string): Promise<Training> {
  await tf.setBackend(backend);
  const { work, X, parameters } = problem;
  const variables = parameters.map((table) =>
    table.rows === 0
      ? tf.variable(tf.tensor1d(Float32Array.from(table.values)))
      : tf.variable(matrix(transposed(table))),
  );
  const targets = batchesOf(oneHot(problem), work.batch).map(matrix);
  const batches = batchesOf(X, work.batch).map((rows, i) => ({ X: matrix(rows), y: targets[i]! }));
  const optimizer =
    work.optimizer === 'sgd'
      ? tf.train.sgd(work.learningRate)
      : tf.train.adam(work.learningRate, 0.9, 0.999, 1e-8);

  const lossOf = ({ X, y }: (typeof batches)[number]): tf.Scalar => {
    let a: tf.Tensor2D = X;
    for (let i = 0; i < variables.length; i += 2) {
      const z: tf.Tensor2D = tf.add(tf.matMul(a, variables[i] as tf.Tensor2D), variables[i + 1]!);
      const last = i === variables.length - 2;
      a = last ? z : work.activation === 'relu' ? tf.relu(z) : tf.tanh(z);
    }
    return work.loss === 'bce' ? tf.losses.sigmoidCrossEntropy(y, a) : tf.losses.softmaxCrossEntropy(y, a);
  };
  return {
    async steps(n) {
      for (let i = 0; i < n; i++) optimizer.minimize(() => lossOf(batches[i % batches.length]!));
      await variables[0]!.data(); // until all is computed
    },
    loss: () => tf.tidy(() => lossOf(batches[0]!).dataSync()[0]!),
  };
}

function matrix({ rows, columns, values }: Table): tf.Tensor2D {
  return tf.tensor2d(Float32Array.from(values), [rows, columns]);
}
