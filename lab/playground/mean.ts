// The end of a derivation: from one sample to the mean over all, which is what the page shows and the optimizer is given.

import { grad, type Tensor } from '../../src/index.js';
import type { Line, Section, Target } from './derivation.js';
import { evaluating } from './network.js';
import * as math from './notation.js';
import { lossOf, penaltyDerivative, samplesTensor, targetsTensor } from './objective.js';
import { b, J, w, type Scene } from './scene.js';

/** The mean for a target, after its derivation for a sample; null for what differs from sample to sample, such as an output. */
export function meanSection(scene: Scene, target: Target, sample: number): Section | null {
  if (target.kind === 'loss') return meanLoss(scene, sample);
  return target.kind === 'weight' || target.kind === 'bias' ? meanGradient(scene, target) : null;
}

/** The mean loss of all samples that are, like this one, for training or for testing. */
function meanLoss(scene: Scene, sample: number): Section {
  const { training, count } = scene.trainer.points;
  const isTraining = sample < training;
  const [from, to] = isTraining ? [0, training] : [training, count];
  const value = evaluating(scene.trainer.network, () => lossOver(scene, from, to).item());
  const lines = [{ sides: [math.mean(to - from, J), math.number(value)], value }];
  return { title: isTraining ? 'all' : 'test', layer: null, lines };
}

/** The mean over all training samples, and what the penalty adds: what the optimizer is given for a batch of all. */
function meanGradient(scene: Scene, target: Extract<Target, { kind: 'weight' | 'bias' }>): Section | null {
  const { points, settings, network } = scene.trainer;
  const { layer, unit } = target;
  const { weight, bias } = network.layers[layer]!.linear;
  const [parameter, place, name] =
    target.kind === 'weight'
      ? [weight, unit * weight.shape[1]! + target.input, w(scene, layer, unit, target.input)]
      : [bias, unit, b(scene, layer, unit)];
  if (points.training === 0 || !parameter) return null;
  const mean = evaluating(
    network,
    () => grad(lossOver(scene, 0, points.training), [parameter])[0].data[place]!,
  );
  const average = math.mean(points.training, math.partial(J, name));
  const lines: Line[] = [{ sides: [average, math.number(mean)], value: mean }];
  const pull = target.kind === 'weight' ? penaltyDerivative(settings.training, weight.data[place]!) : 0;
  if (pull !== 0) {
    const value = mean + pull;
    const penalised = math.sum([math.number(mean), math.factor(pull)]);
    lines.push({ sides: [penalised, math.number(value)], value });
  }
  return { title: 'all', layer: null, lines };
}

/** The loss of a row of samples. */
function lossOver({ trainer: { network, points, settings } }: Scene, from: number, to: number): Tensor {
  const { loss } = settings.training;
  const { a } = network.pass(samplesTensor(points.X, from, to));
  return lossOf(loss).forward(a.at(-1)!, targetsTensor(points.y, loss, from, to));
}
