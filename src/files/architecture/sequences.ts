// Layers that read one thing after the other: embedding, recurrent layers, attention.

import * as nn from '../../nn/index.js';
import { layer, type Blueprint, type Layer } from './layer.js';
import type { Options } from './options.js';

export const SEQUENCES: Readonly<Record<string, Layer>> = {
  Embedding: layer(
    nn.Embedding,
    ({ count, features, paddingIdx }) => ({ count, features, ...(paddingIdx !== null && { paddingIdx }) }),
    (options) => {
      const [count, features] = [options.count('count'), options.count('features')];
      const padding = options.has('paddingIdx') && { paddingIdx: options.count('paddingIdx', 0) };
      return {
        size: count * features,
        build: (start) => nn.embedding(count, features, { ...start, ...padding }),
      };
    },
  ),
  RNN: layer(
    nn.RNN,
    (module) => ({ ...describeRecurrent(module), nonlinearity: module.nonlinearity }),
    (options) => {
      const nonlinearity = options.choice('nonlinearity', ['tanh', 'relu']);
      return recurrent(options, 1, (inputs, hidden, rest) =>
        nn.rnn(inputs, hidden, { ...rest, nonlinearity }),
      );
    },
  ),
  LSTM: layer(nn.LSTM, describeRecurrent, (options) => recurrent(options, 4, nn.lstm)),
  GRU: layer(nn.GRU, describeRecurrent, (options) => recurrent(options, 3, nn.gru)),
  MultiheadAttention: layer(
    nn.MultiheadAttention,
    ({ features, heads, inBias, causal, dropout }) => ({
      ...{ features, heads, bias: inBias !== null, causal, dropout: dropout.p },
    }),
    (options) => {
      const [features, heads] = [options.count('features'), options.count('heads')];
      const [bias, causal] = [options.flag('bias'), options.flag('causal')];
      const dropout = options.number('dropout');
      return {
        size: 4 * features * (features + Number(bias)),
        build: (start) => nn.multiheadAttention(features, heads, { ...start, bias, causal, dropout }),
      };
    },
  ),
  TransformerBlock: layer(
    nn.TransformerBlock,
    ({ attention: { features, heads, causal, dropout }, linear1 }) => ({
      ...{ features, heads, hidden: linear1.outFeatures, causal, dropout: dropout.p },
    }),
    (options) => {
      const [features, heads] = [options.count('features'), options.count('heads')];
      const [hidden, causal] = [options.count('hidden'), options.flag('causal')];
      const dropout = options.number('dropout');
      const [attention, norms] = [4 * features * (features + 1), 4 * features];
      return {
        size: attention + (2 * features + 1) * hidden + features + norms,
        build: (start) => nn.transformerBlock(features, heads, { ...start, hidden, causal, dropout }),
      };
    },
  ),
};

function describeRecurrent(module: nn.RNN | nn.LSTM | nn.GRU) {
  const { inputSize, hiddenSize, numLayers, bidirectional, cells } = module;
  return { inputSize, hiddenSize, numLayers, bidirectional, bias: cells[0]?.bias_ih !== null };
}

function recurrent(
  options: Options,
  gates: number,
  make: (inputs: number, hidden: number, options: nn.RecurrentOptions) => nn.Module,
): Blueprint {
  const [inputs, hidden] = [options.count('inputSize'), options.count('hiddenSize')];
  const [numLayers, bias] = [options.count('numLayers'), options.flag('bias')];
  const bidirectional = options.flag('bidirectional');
  const directions = bidirectional ? 2 : 1;
  const sizeOf = (from: number): number => directions * gates * hidden * (from + hidden + 2 * Number(bias));
  return {
    size: sizeOf(inputs) + (numLayers - 1) * sizeOf(directions * hidden),
    build: (start) => make(inputs, hidden, { ...start, numLayers, bidirectional, bias }),
  };
}
