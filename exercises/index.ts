// The exercises in the order in which they are best done, and what a teacher needs to write more.

import { affine } from './affine.js';
import { attention } from './attention.js';
import { bce } from './bce.js';
import { bceWithLogits } from './bce-with-logits.js';
import { chainRule } from './chain-rule.js';
import { convolution1d } from './convolution-1d.js';
import { convolution2d } from './convolution-2d.js';
import { embedding } from './embedding.js';
import type { Exercise } from './kit/exercise.js';
import { layerNorm } from './layer-norm.js';
import { linear } from './linear.js';
import { maxPooling } from './max-pooling.js';
import { mse } from './mse.js';
import { neuron } from './neuron.js';
import { relu } from './relu.js';
import { residual } from './residual.js';
import { sigmoid } from './sigmoid.js';
import { softmax } from './softmax.js';
import { softmaxCrossEntropy } from './softmax-cross-entropy.js';
import { tanh } from './tanh.js';
import { twoLayers } from './two-layers.js';

/** All exercises, in learning order. */
export const exercises: readonly Exercise[] = [
  chainRule,
  sigmoid,
  tanh,
  affine,
  bce,
  bceWithLogits,
  neuron,
  relu,
  linear,
  mse,
  softmax,
  softmaxCrossEntropy,
  twoLayers,
  residual,
  convolution1d,
  convolution2d,
  maxPooling,
  layerNorm,
  embedding,
  attention,
];

export * from './kit/index.js';
