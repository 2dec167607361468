// Outputs of a network that has learned numbers in standard deviations, in the numbers' own unit.

import { nn, tensor } from '../../index.js';
import type { Units } from '../training/sources/source.js';

/**
 * The network with outputs in a unit of their own, `output * std + mean`: by the weights of its last layer, if that is `Linear` and
 * has a bias, else by one more. The network itself stays as it is.
 */
export function inUnits(model: nn.Module, { mean, std }: Units): nn.Module {
  const layers = model instanceof nn.Sequential ? model.layers : [model];
  const last = layers.at(-1)!;
  if (last instanceof nn.Linear && last.bias) {
    const scaled = nn.linear(last.inFeatures, last.outFeatures);
    scaled.weight.assign(last.weight.detach().mul(std));
    scaled.bias!.assign(last.bias.detach().mul(std).add(mean));
    return nn.sequential(...layers.slice(0, -1), scaled);
  }
  const unit = nn.linear(1, 1);
  unit.weight.assign(tensor([[std]]));
  unit.bias!.assign(tensor([mean]));
  return nn.sequential(...layers, unit);
}
