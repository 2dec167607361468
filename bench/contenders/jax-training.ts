// jax-js: the whole step, `valueAndGrad` and update, under `jit`, on its wasm backend.
//
// Arguments are consumed; `.ref` keeps one for another use. In float64 too its `exp` has float32's accuracy, so float32 it is.

import { blockUntilReady, defaultDevice, init, jit, nn, numpy as np, tree, valueAndGrad } from '@jax-js/jax';
import type { Training } from '../contender.js';
import { batchesOf, oneHot, type Problem, type Table } from '../problem.js';
import type { Work } from '../works.js';

/** Weights and biases, and for Adam the means of gradients and squares, and the powers of both decays. */
type State = { parameters: np.Array[]; means: np.Array[]; squares: np.Array[]; powers: np.Array[] };

export async function training(problem: Problem): Promise<Training> {
  await init('wasm');
  defaultDevice('wasm');
  const { work, X } = problem;
  const targets = batchesOf(oneHot(problem), work.batch).map(arrayOf);
  const batches = batchesOf(X, work.batch).map((rows, i) => [arrayOf(rows), targets[i]!] as const);

  const parameters = problem.parameters.map(arrayOf);
  const zeros = (): np.Array[] =>
    work.optimizer === 'sgd' ? [] : parameters.map((each) => np.zeros(each.shape));
  const ones = work.optimizer === 'sgd' ? [] : [np.array(1), np.array(1)];
  let state: State = { parameters, means: zeros(), squares: zeros(), powers: ones };

  const lossOf = (parameters: np.Array[], X: np.Array, y: np.Array): np.Array =>
    lossFrom(parameters, X, y, work);
  const update = work.optimizer === 'sgd' ? sgd : adam;
  const step = jit((state: State, X: np.Array, y: np.Array): [np.Array, State] => {
    const [loss, gradients] = valueAndGrad(lossOf)(tree.ref(state.parameters), X, y);
    return [loss, update(state, gradients as np.Array[], work.learningRate)];
  });
  return {
    async steps(n) {
      for (let i = 0; i < n; i++) {
        const [X, y] = batches[i % batches.length]!;
        const [loss, next] = step(state, X.ref, y.ref) as [np.Array, State];
        loss.dispose();
        state = next;
        await blockUntilReady(state.parameters); // steps that wait for each other go slower
      }
    },
    async loss() {
      const [X, y] = batches[0]!;
      const [loss, next] = step(tree.ref(state), X.ref, y.ref) as [np.Array, State];
      tree.dispose(next);
      return (await loss.data())[0]!;
    },
    async parameters() {
      const each = await Promise.all(state.parameters.map((parameter) => parameter.ref.data()));
      return each.flatMap((values) => [...values]);
    },
  };
}

function arrayOf({ rows, columns, values }: Table): np.Array {
  return np.array(Float32Array.from(values), { shape: rows === 0 ? [columns] : [rows, columns] });
}

function lossFrom(parameters: np.Array[], X: np.Array, y: np.Array, work: Work): np.Array {
  let a = X;
  for (let i = 0; i < parameters.length; i += 2) {
    const z = np.matmul(a, np.transpose(parameters[i]!)).add(parameters[i + 1]!);
    const last = i === parameters.length - 2;
    a = last ? z : work.activation === 'relu' ? nn.relu(z) : np.tanh(z);
  }
  const score =
    work.loss === 'crossEntropy'
      ? y.mul(nn.logSoftmax(a))
      : y.ref.mul(nn.logSigmoid(a.ref)).add(np.subtract(1, y).mul(nn.logSigmoid(a.neg())));
  return score.sum().mul(-1 / work.batch);
}

function sgd(state: State, gradients: np.Array[], learningRate: number): State {
  return { ...state, parameters: state.parameters.map((w, i) => w.sub(gradients[i]!.mul(learningRate))) };
}

function adam(state: State, gradients: np.Array[], learningRate: number): State {
  const [power1, power2] = [state.powers[0]!.mul(0.9), state.powers[1]!.mul(0.999)];
  const means = state.means.map((m, i) => m.mul(0.9).add(gradients[i]!.ref.mul(0.1)));
  const squares = state.squares.map((v, i) => v.mul(0.999).add(np.square(gradients[i]!).mul(0.001)));
  const parameters = state.parameters.map((w, i) => {
    const mean = means[i]!.ref.div(np.subtract(1, power1.ref));
    const square = squares[i]!.ref.div(np.subtract(1, power2.ref));
    return w.sub(mean.div(np.sqrt(square).add(1e-8)).mul(learningRate));
  });
  return { parameters, means, squares, powers: [power1, power2] };
}
