// One training step as an ONNX graph: forward, backward by hand, and the update.

import type { Problem, Table } from '../problem.js';
import { Graph } from './graph.js';

/** A model that takes `X`, `y` and the state `s0`, `s1`, …, and gives `loss` and the next state `t0`, `t1`, …. */
export interface StepModel {
  readonly bytes: Uint8Array;
  /** The state at the beginning: parameters, and for Adam its means, squares and powers. */
  readonly state: readonly { readonly shape: readonly number[]; readonly values: Float64Array }[];
}

export function stepModel({ work, parameters }: Problem): StepModel {
  const { layers, batch, activation, loss, optimizer, learningRate } = work;
  const g = new Graph(work.precision);
  const shapeOf = ({ rows, columns }: Table): number[] => (rows === 0 ? [columns] : [rows, columns]);
  const state = parameters.map((table) => ({ shape: shapeOf(table), values: table.values }));
  const w = state.map(({ shape }, i) => g.input(`s${i}`, shape));
  const X = g.input('X', [batch, layers[0]!]);
  const y = g.input('y', [batch, layers.at(-1)!]);
  const [one, batchSize] = [g.number(1), g.number(batch)];

  // Forward: a[i] goes into layer i, z comes out of the last.
  const a = [X];
  let z = X;
  for (let i = 0; i < layers.length - 1; i++) {
    z = g.do('Gemm', [a[i]!, w[2 * i]!, w[2 * i + 1]!], { transB: 1 });
    a.push(g.do(activation === 'relu' ? 'Relu' : 'Tanh', [z]));
  }
  const p = g.do(loss === 'bce' ? 'Sigmoid' : 'Softmax', [z]);
  const logarithms = (of: string, where: string): string => g.do('Mul', [where, g.do('Log', [of])]);
  const score =
    loss === 'bce'
      ? g.do('Add', [logarithms(p, y), logarithms(g.do('Sub', [one, p]), g.do('Sub', [one, y]))])
      : g.do('Mul', [y, g.do('LogSoftmax', [z])]);
  const total = g.do('ReduceSum', [score], { keepdims: 0 });
  g.output('loss', g.do('Div', [g.do('Neg', [total]), batchSize]), []);

  // Backward: dz = (p - y) / batch for both losses.
  let dz = g.do('Div', [g.do('Sub', [p, y]), batchSize]);
  const next: string[] = [];
  const gradients: { readonly dw: string; readonly db: string }[] = [];
  for (let i = layers.length - 2; i >= 0; i--) {
    const input = a[i]!;
    gradients[i] = {
      dw: g.do('Gemm', [dz, input], { transA: 1 }),
      db: g.do('ReduceSum', [dz, g.integers(0)], { keepdims: 0 }),
    };
    if (i === 0) break;
    const da = g.do('MatMul', [dz, w[2 * i]!]);
    const slope =
      activation === 'relu'
        ? g.do('Cast', [g.do('Greater', [input, g.number(0)])], { to: g.type })
        : g.do('Sub', [one, g.do('Mul', [input, input])]);
    dz = g.do('Mul', [da, slope]);
  }
  const flat = gradients.flatMap(({ dw, db }) => [dw, db]);

  // Update.
  const lr = g.number(learningRate);
  if (optimizer === 'sgd') {
    w.forEach((each, i) => next.push(g.do('Sub', [each, g.do('Mul', [lr, flat[i]!])])));
  } else {
    addAdam(g, w, flat, lr, state, next);
  }
  next.forEach((value, i) => g.output(`t${i}`, value, state[i]!.shape));
  return { bytes: g.toBytes(), state };
}

/** w -= lr · m̂ / (√v̂ + 1e-8), with m̂ = m / (1 - 0.9ᵗ) and v̂ = v / (1 - 0.999ᵗ). */
function addAdam(
  g: Graph,
  w: readonly string[],
  gradients: readonly string[],
  lr: string,
  state: { shape: number[]; values: Float64Array }[],
  next: string[],
): void {
  const add = (shape: number[], fill: number): string => {
    const size = shape.reduce((product, each) => product * each, 1);
    state.push({ shape, values: new Float64Array(size).fill(fill) });
    return g.input(`s${state.length - 1}`, shape);
  };
  const mix = (decay: number, old: string, now: string): string =>
    g.do('Add', [g.do('Mul', [g.number(decay), old]), g.do('Mul', [g.number(1 - decay), now])]);
  const shapes = w.map((_, i) => state[i]!.shape);
  const powers = [0.9, 0.999].map((decay) => g.do('Mul', [g.number(decay), add([], 1)]));
  const rests = powers.map((power) => g.do('Sub', [g.number(1), power]));
  const means = shapes.map((shape, i) => mix(0.9, add(shape, 0), gradients[i]!));
  const squares = shapes.map((shape, i) =>
    mix(0.999, add(shape, 0), g.do('Mul', [gradients[i]!, gradients[i]!])),
  );
  w.forEach((each, i) => {
    const [mean, square] = [g.do('Div', [means[i]!, rests[0]!]), g.do('Div', [squares[i]!, rests[1]!])];
    const root = g.do('Add', [g.do('Sqrt', [square]), g.number(1e-8)]);
    next.push(g.do('Sub', [each, g.do('Mul', [lr, g.do('Div', [mean, root])])]));
  });
  next.push(...powers, ...means, ...squares);
}
