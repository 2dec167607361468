// The network as a safetensors file, and back: weights and architecture, and the playground's settings besides.

import { describeModule, loadModel, saveModel, type Architecture } from '../../../src/files/index.js';
import type { nn } from '../../../src/index.js';
import { buildNetwork } from '../network.js';
import { ACTIVATIONS, clean, LIMITS, type LayerSettings, type Settings } from '../settings.js';
import type { Saved } from '../trainer.js';

/** Under this name the settings stand in the file's metadata. */
const KEY = 'playground';

/** A network that the playground cannot show; the message is its description. */
export class OtherNetwork extends Error {}

/** The file of a network with these weights. */
export function toModelFile(settings: Settings, weights: ArrayLike<number>): Uint8Array {
  const network = buildNetwork(settings.network, settings.training.loss);
  network.assign(weights);
  return saveModel(network.model, { metadata: { [KEY]: JSON.stringify(settings) } });
}

/**
 * The settings and the weights of a file: those it was saved with, or for a network of another origin the present ones with its
 * layers. Throws a `FormatError` for a damaged file, and `OtherNetwork` for a network that is none of the playground's.
 */
export function fromModelFile(
  bytes: Uint8Array,
  present: Settings,
): { readonly settings: Settings; readonly saved: Saved } {
  const { model, metadata } = loadModel(bytes);
  const kept = metadata.get(KEY);
  const settings = kept === undefined ? adopted(model, present) : clean(parsed(kept));
  const weights = model.parameters().flatMap(({ data }) => [...data]);
  const fits =
    String(buildNetwork(settings.network, settings.training.loss).model) === String(model) &&
    weights.every(Number.isFinite);
  if (!fits) throw new OtherNetwork(String(model));
  return { settings, saved: { steps: 0, epoch: 0, batch: 0, weights, optimizer: {} } };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** The present settings with the layers of a network that came from elsewhere. */
function adopted(model: nn.Module, present: Settings): Settings {
  const other = new OtherNetwork(String(model));
  const { type, layers } = describeModule(model);
  if (type !== 'Sequential' || !Array.isArray(layers)) throw other;
  const parts = layers as readonly Architecture[];
  const hidden: LayerSettings[] = [];
  let [inputs, at] = [2, 0];
  for (;;) {
    const linear = parts[at++];
    if (linear?.type !== 'Linear' || linear['inFeatures'] !== inputs || linear['bias'] !== true) throw other;
    const units = Number(linear['outFeatures']);
    const rest = parts.slice(at);
    if (rest.length <= 1 && units === 1 && (rest.length === 0 || rest[0]!.type === 'Sigmoid')) break;
    if (units > LIMITS.units[1] || hidden.length >= LIMITS.layers[1]) throw other;
    const activation = ACTIVATIONS.find(
      (name) => name !== 'linear' && name.toLowerCase() === rest[0]?.type.toLowerCase(),
    );
    if (activation) at++;
    const dropout = parts[at]?.type === 'Dropout' ? Number(parts[at++]!['p']) : 0;
    hidden.push({ units, activation: activation ?? 'linear', dropout });
    inputs = units;
  }
  const endsInSigmoid = parts.at(-1)!.type === 'Sigmoid';
  const { training } = present;
  const isFitting = endsInSigmoid === (training.loss === 'bce' || training.loss === 'mse');
  const loss = isFitting ? training.loss : endsInSigmoid ? 'bce' : 'bceWithLogits';
  return {
    ...present,
    network: { ...present.network, layers: hidden },
    training: { ...training, loss },
  };
}
