// The neuron of lessons 2 to 4 with the library, from and to the lessons' plain numbers.

import { nn, tensor, type Tensor } from '../../src/index.js';
import type { Parameters } from '../affine-function.js';

/** A neuron with two inputs that begins with the parameters given. */
export function neuronAt({ w, b }: Parameters): nn.Sequential {
  const affine = nn.linear(2, 1);
  affine.weight.assign(tensor([w]));
  affine.bias!.assign(tensor([b]));
  return nn.sequential(affine, nn.sigmoid());
}

/** The parameters of a neuron with two inputs as plain numbers. */
export function parametersOf(neuron: nn.Module): Parameters {
  const [weight, bias] = neuron.parameters() as [Tensor, Tensor];
  const [w1, w2] = weight.data as unknown as [number, number];
  return { w: [w1, w2], b: bias.item() };
}
