// What the parts of a network are called, in words and in symbols.

import type { Translate } from '../texts/playground/index.js';
import type { Target } from './derivation.js';
import { placesOf } from './network.js';
import * as math from './notation.js';

/** The name of the neuron in a column (0 for the inputs) of a network with so many columns. */
export function neuronName(t: Translate, columns: number, column: number, place: number): string {
  if (column === 0) return t('neuron.input', { place: place + 1 });
  if (column === columns - 1) return t('neuron.output');
  return t('neuron.hidden', { layer: column, unit: place + 1 });
}

/** The name of a target. */
export function targetName(t: Translate, columns: number, target: Target): string {
  switch (target.kind) {
    case 'weight':
      return t('weight.name', {
        from: neuronName(t, columns, target.layer, target.input),
        to: neuronName(t, columns, target.layer + 1, target.unit),
      });
    case 'bias':
      return t('bias.name', { of: neuronName(t, columns, target.layer + 1, target.unit) });
    case 'sum':
      return t('sum.name', { of: neuronName(t, columns, target.layer + 1, target.unit) });
    case 'neuron':
      return neuronName(t, columns, target.layer + 1, target.unit);
    case 'input':
      return neuronName(t, columns, 0, target.input);
    case 'loss':
      return t('loss');
  }
}

/** The symbol of a target, in MathML; the output is p where it is a probability, else z. */
export function targetSymbol(columns: number, target: Target, isProbability: boolean): string {
  if (target.kind === 'loss') return math.symbol('J');
  if (target.kind === 'input') return math.symbol('x', undefined, target.input + 1);
  const { layer, unit } = target;
  const isLast = layer === columns - 2;
  const above = isLast ? undefined : layer + 1;
  const own = isLast ? [] : [unit + 1];
  const letter = { weight: 'w', bias: 'b', sum: 'z', neuron: isLast ? (isProbability ? 'p' : 'z') : 'a' }[
    target.kind
  ];
  const places = target.kind === 'weight' ? [...own, target.input + 1] : own;
  return math.symbol(letter, above, ...places);
}

/** Where the number of a weight or a bias stands among all of the network. */
export function indexOf(widths: readonly number[], target: Target): number | null {
  if (target.kind !== 'weight' && target.kind !== 'bias') return null;
  const place = placesOf(widths)[target.layer];
  if (!place) return null;
  return target.kind === 'bias'
    ? place.bias + target.unit
    : place.weight + target.unit * place.inputs + target.input;
}
