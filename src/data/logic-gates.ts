// The truth tables of the logic gates: AND, OR and NAND a single neuron learns, XOR it cannot (Minsky and Papert, 1969).

import { ValueError } from '../errors.js';
import { tensor } from '../tensor/index.js';
import type { Dataset } from './dataset.js';

const INPUTS = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
];

const OUTPUTS = {
  and: [0, 0, 0, 1],
  or: [0, 1, 1, 1],
  nand: [1, 1, 1, 0],
  xor: [0, 1, 1, 0],
} as const;

/** The name of a gate with two inputs. */
export type LogicGate = keyof typeof OUTPUTS;

/**
 * A gate's truth table: X is `[4, 2]`, the rows [0, 0], [0, 1], [1, 0], [1, 1]; y is `[4]`, the gate's answers.
 * Throws a `ValueError` for a gate it does not know.
 *
 * @example
 * logicGate('and').y.toArray(); // [0, 0, 0, 1]
 */
export function logicGate(gate: LogicGate): Dataset {
  if (!Object.hasOwn(OUTPUTS, gate)) {
    throw new ValueError(
      `logicGate: expected one of ${Object.keys(OUTPUTS).join(', ')}, got ${JSON.stringify(gate)}`,
    );
  }
  return { X: tensor(INPUTS), y: tensor(OUTPUTS[gate], { dtype: 'int64' }) };
}
