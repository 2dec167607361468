// Layers that go with any input, and those that hold others.

import * as nn from '../../nn/index.js';
import { layer, type Layer } from './layer.js';

export const BASICS: Readonly<Record<string, Layer>> = {
  Linear: layer(
    nn.Linear,
    ({ inFeatures, outFeatures, bias }) => ({ inFeatures, outFeatures, bias: bias !== null }),
    (options) => {
      const [inputs, outputs] = [options.count('inFeatures'), options.count('outFeatures')];
      const bias = options.flag('bias');
      return {
        size: (inputs + Number(bias)) * outputs,
        build: (start) => nn.linear(inputs, outputs, { ...start, bias }),
      };
    },
  ),
  Sequential: layer(
    nn.Sequential,
    ({ layers }, part) => ({ layers: layers.map(part) }),
    (options) => {
      const layers = options.parts('layers');
      return {
        size: layers.reduce((sum, { size }) => sum + size, 0),
        build: (start) => nn.sequential(...layers.map((each) => each.build(start))),
      };
    },
  ),
  Residual: layer(
    nn.Residual,
    ({ inner }, part) => ({ inner: part(inner) }),
    (options) => {
      const { size, build } = options.part('inner');
      return { size, build: (start) => nn.residual(build(start)) };
    },
  ),
  Flatten: layer(
    nn.Flatten,
    ({ startAxis }) => ({ startAxis }),
    (options) => {
      const startAxis = options.number('startAxis');
      return { size: 0, build: () => nn.flatten(startAxis) };
    },
  ),
  Dropout: layer(
    nn.Dropout,
    ({ p }) => ({ p }),
    (options) => {
      const p = options.number('p');
      return { size: 0, build: ({ randomState }) => nn.dropout(p, { randomState }) };
    },
  ),
};
