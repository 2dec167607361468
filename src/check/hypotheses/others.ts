// What else the result depends on besides the slot, and the same observation with one of it changed.

import type { Tensor } from '../../tensor/index.js';
import type { Evidence, Observation } from '../evidence.js';
import type { Slot } from '../specimen/specimen.js';

/** An input or parameter besides the slot. */
export interface Other {
  readonly name: string;
  readonly slot: Slot;
  /** The observation with this one changed; null where the change cannot be made. */
  readonly settingWith: (
    observation: Observation,
    change: (value: Tensor) => Tensor | null,
  ) => Observation | null;
}

/** Each input or parameter besides the slot, and how to set it to something else. */
export function othersOf({ specimen, slot }: Evidence): Other[] {
  return [
    ...specimen.inputNames.map((name, index): Other => ({
      name,
      slot: { kind: 'input', name, index },
      settingWith: (observation, change) => {
        const changed = change(observation.inputs[index]!);
        return changed && { ...observation, inputs: observation.inputs.with(index, changed) };
      },
    })),
    ...specimen.parameters.map(({ path }): Other => ({
      name: path,
      slot: { kind: 'parameter', name: path },
      settingWith: (observation, change) => {
        const { parameters } = observation;
        const value = parameters.get(path);
        const changed = value ? change(value) : null;
        return changed && { ...observation, parameters: new Map([...parameters, [path, changed]]) };
      },
    })),
  ].filter(({ name }) => name !== slot.name);
}
