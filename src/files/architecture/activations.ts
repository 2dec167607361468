// Activations, which have at most one number as option.

import * as nn from '../../nn/index.js';
import { layer, type Layer } from './layer.js';

export const ACTIVATIONS: Readonly<Record<string, Layer>> = {
  Sigmoid: activation('Sigmoid', null, nn.sigmoid),
  Tanh: activation('Tanh', null, nn.tanh),
  ReLU: activation('ReLU', null, nn.relu),
  LeakyReLU: activation('LeakyReLU', 'negativeSlope', nn.leakyRelu),
  ELU: activation('ELU', 'alpha', nn.elu),
  GELU: activation('GELU', null, nn.gelu),
  SiLU: activation('SiLU', null, nn.silu),
  Softplus: activation('Softplus', null, nn.softplus),
  Softmax: activation('Softmax', 'axis', nn.softmax),
};

/** All activations are of one class, and called by name; a function of one's own has no options, and no description. */
function activation(type: string, option: string | null, make: (value?: number) => nn.Activation): Layer {
  const { describe, read } = layer(
    nn.Activation,
    (module) => ({ ...module.options }),
    (options) => {
      const value = option === null ? undefined : options.number(option);
      return { size: 0, build: () => make(value) };
    },
  );
  return {
    describe: (module, part) =>
      module instanceof nn.Activation && module.name === type && module.options
        ? describe(module, part)
        : null,
    read,
  };
}
