// Layers over sequences and pictures: convolution, pooling, normalisation.

import type { PerAxis, PoolOptions } from '../../functions/index.js';
import * as nn from '../../nn/index.js';
import { sizeOf } from '../../tensor/index.js';
import { layer, type Layer, type Start } from './layer.js';
import type { Options } from './options.js';

export const PICTURES: Readonly<Record<string, Layer>> = {
  Conv1d: convolution(nn.Conv1d, 1, nn.conv1d),
  Conv2d: convolution(nn.Conv2d, 2, nn.conv2d),
  MaxPool2d: pool(nn.MaxPool2d, nn.maxPool2d),
  AvgPool2d: pool(nn.AvgPool2d, nn.avgPool2d),
  GlobalAvgPool2d: layer(nn.GlobalAvgPool2d, none, () => ({ size: 0, build: nn.globalAvgPool2d })),
  GlobalMaxPool2d: layer(nn.GlobalMaxPool2d, none, () => ({ size: 0, build: nn.globalMaxPool2d })),
  BatchNorm1d: batchNorm(nn.BatchNorm1d, nn.batchNorm1d),
  BatchNorm2d: batchNorm(nn.BatchNorm2d, nn.batchNorm2d),
  LayerNorm: layer(
    nn.LayerNorm,
    ({ shape, epsilon }) => ({ shape, epsilon }),
    (options) => {
      const [shape, epsilon] = [options.shape('shape'), options.number('epsilon')];
      return { size: 2 * sizeOf(shape), build: () => nn.layerNorm(shape, { epsilon }) };
    },
  ),
};

/** Of a layer without options. */
function none(): Readonly<Record<string, unknown>> {
  return {};
}

function convolution(
  type: new (...args: never[]) => nn.Conv1d | nn.Conv2d,
  axes: number,
  make: (
    inputs: number,
    outputs: number,
    kernel: PerAxis,
    options: nn.ConvLayerOptions,
  ) => nn.Conv1d | nn.Conv2d,
): Layer {
  return layer<nn.Conv1d | nn.Conv2d>(
    type,
    ({ inChannels, outChannels, kernelSize, options, bias }) => ({
      ...{ inChannels, outChannels, kernelSize, ...options, bias: bias !== null },
    }),
    (options) => {
      const [inputs, outputs] = [options.count('inChannels'), options.count('outChannels')];
      const kernel = options.perAxis('kernelSize', axes);
      const [bias, groups] = [options.flag('bias'), options.count('groups')];
      const steps = {
        stride: options.perAxis('stride', axes),
        padding: options.is('padding', 'same') ? ('same' as const) : options.perAxis('padding', axes, 0),
        dilation: options.perAxis('dilation', axes),
      };
      const places = typeof kernel === 'number' ? kernel ** axes : sizeOf(kernel);
      return {
        size: outputs * ((inputs / groups) * places + Number(bias)),
        build: (start: Start) => make(inputs, outputs, kernel, { ...start, ...steps, groups, bias }),
      };
    },
  );
}

function pool(
  type: new (...args: never[]) => nn.MaxPool2d | nn.AvgPool2d,
  make: (kernel: PerAxis, options: PoolOptions) => nn.MaxPool2d | nn.AvgPool2d,
): Layer {
  return layer<nn.MaxPool2d | nn.AvgPool2d>(
    type,
    ({ kernelSize, options }) => ({ kernelSize, ...options }),
    (options) => {
      const kernel = options.perAxis('kernelSize', 2);
      const steps = {
        ...(options.has('stride') && { stride: options.perAxis('stride', 2) }),
        ...(options.has('padding') && { padding: options.perAxis('padding', 2, 0) }),
      };
      return { size: 0, build: () => make(kernel, steps) };
    },
  );
}

/** Weight, bias, running mean and variance of each feature, and the number of batches. */
function batchNorm(
  type: new (...args: never[]) => nn.BatchNorm1d | nn.BatchNorm2d,
  make: (features: number, options: nn.BatchNormOptions) => nn.BatchNorm1d | nn.BatchNorm2d,
): Layer {
  return layer<nn.BatchNorm1d | nn.BatchNorm2d>(
    type,
    ({ features, epsilon, momentum }) => ({ features, epsilon, momentum }),
    (options: Options) => {
      const [epsilon, momentum] = [options.number('epsilon'), options.number('momentum')];
      const features = options.count('features');
      return { size: 4 * features + 1, build: () => make(features, { epsilon, momentum }) };
    },
  );
}
