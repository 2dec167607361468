// The networks that `train` builds: layers of neurons, and convolutions for pictures.

import { nn, RandomState } from '../../../index.js';

/** What a network is built for, and how. */
export interface NetworkRequest {
  /** Of one sample: `[features]`, or `[channels, height, width]`. */
  readonly inputShape: readonly number[];
  readonly outputs: number;
  /** Widths of the hidden layers; for convolutions, of their channels. */
  readonly layers: readonly number[];
  readonly activation: nn.ActivationName;
  /** The share of numbers that is left out in training after each hidden layer. */
  readonly dropout: number;
  readonly seed: number;
}

/** Linear layers with an activation between them; pictures are laid out flat first. */
export function multilayerPerceptron(request: NetworkRequest): nn.Sequential {
  const { inputShape, outputs, layers, activation, dropout, seed } = request;
  const random = new RandomState(seed);
  const inputs = inputShape.reduce((product, length) => product * length, 1);
  const network = nn.mlp([inputs, ...layers, outputs], { activation, randomState: random });
  const withDropout = network.layers.flatMap((layer) =>
    dropout > 0 && layer instanceof nn.Activation
      ? [layer, nn.dropout(dropout, { randomState: random })]
      : [layer],
  );
  return nn.sequential(...(inputShape.length > 1 ? [nn.flatten()] : []), ...withDropout);
}

/**
 * For each number of channels a convolution of 3 by 3, an activation, and the largest of each 2 by 2 pixels; then one linear layer.
 * A picture that has become too small to be halved stays as it is.
 */
export function convolutionalNetwork(request: NetworkRequest): nn.Sequential {
  const { outputs, layers, activation, dropout, seed } = request;
  const random = new RandomState(seed);
  let [channels, height, width] = request.inputShape as [number, number, number];
  const parts: nn.Module[] = [];
  for (const next of layers) {
    parts.push(
      nn.conv2d(channels, next, 3, { padding: 1, randomState: random }),
      nn.activations[activation](),
    );
    channels = next;
    if (Math.min(height, width) < 2) continue;
    parts.push(nn.maxPool2d(2));
    [height, width] = [height >> 1, width >> 1];
  }
  parts.push(nn.flatten());
  if (dropout > 0) parts.push(nn.dropout(dropout, { randomState: random }));
  parts.push(nn.linear(channels * height * width, outputs, { randomState: random }));
  return nn.sequential(...parts);
}
