// What a diagnosis is made from: the derivative expected and the one found, at several probes, with all that went in.

import { ValueError } from '../errors.js';
import type { Tensor } from '../tensor/index.js';
import { combine, dot, numericJacobian, numericTangent, valueOf, type Probe } from './gradient.js';
import { evaluate, withParameter, type Session, type Slot, type Specimen } from './specimen/specimen.js';

/** A probe, and the parameters to run it with where they are not those at hand. */
export interface Setting extends Probe {
  readonly parameters?: ReadonlyMap<string, Tensor>;
}

/** One probe of one slot. */
export interface Observation extends Setting {
  readonly output: Tensor;
  /** What the slot holds. */
  readonly value: Tensor;
  /** The right derivative, in the slot's shape. */
  readonly expected: Tensor;
  /** The derivative that the code gave, in whatever shape it gave. */
  readonly found: Tensor;
  /** Parameters by path, as they were. */
  readonly parameters: ReadonlyMap<string, Tensor>;
}

/** Everything known about a wrong derivative. */
export interface Evidence {
  readonly specimen: Specimen;
  readonly slot: Slot;
  /** Several probes, the given one first; there is always at least one. */
  readonly observations: readonly Observation[];
  /** The right derivative by this slot in another setting. Throws a `ValueError` when too many were asked for. */
  expectedAt(setting: Setting): Tensor;
  /** The right derivative by any slot. */
  expectedBy(slot: Slot, setting: Setting): Tensor;
  /** The derivative that the code gives in another setting, or null if it gives none; by another slot if one is named. */
  foundAt(setting: Setting, slot?: Slot): Tensor | null;
  /** The derivative of every output by every element of this slot, [outputs, elements]. */
  jacobianAt(setting: Setting): Tensor;
  /** The right derivative by this slot along a direction. */
  slopeAt(setting: Setting, direction: Tensor): number;
  /** The result of the forward pass in another setting. */
  outputAt(setting: Setting): Tensor;
  /** What the code holds by name, parameters too: after its forward pass, or after both. */
  keptAt(setting: Setting, after: 'forward' | 'backward'): ReadonlyMap<string, Tensor>;
}

/** A mistake that explains the numbers. */
export interface Diagnosis {
  /** An identifier, such as `sign-flipped`. */
  readonly cause: string;
  /** For people: what was done, in one or two sentences. */
  readonly message: string;
  /** The corrected formula, or what to do; null where the message says it all. */
  readonly correction: string | null;
}

/** One mistake that people make: looks at the evidence and says whether this is it. */
export type Hypothesis = (evidence: Evidence) => Diagnosis | null;

/** The evidence for a slot. What it is asked once it remembers: one mistake after the other wants to know the same. */
export function gather(specimen: Specimen, slot: Slot, observations: readonly Observation[]): Evidence {
  const answers = new Map<string, unknown>();
  let effort = 0; // elements that were differentiated by
  const remember = <T>(question: string, answer: () => T): T => {
    if (!answers.has(question)) answers.set(question, answer());
    return answers.get(question) as T;
  };
  const run = <T>({ inputs, parameters }: Setting, body: (session: Session) => T): T =>
    withParameters(specimen, parameters, () =>
      specimen.within((session) => {
        session.forward(inputs);
        return body(session);
      }),
    );
  const jacobianBy = (by: Slot, setting: Setting): Tensor =>
    remember(`jacobian ${by.name} ${textOf(setting)}`, () =>
      withParameters(specimen, setting.parameters, () => {
        effort += valueOf(specimen, by, setting.inputs).size;
        if (effort > MOST) throw new ValueError('too many derivatives for one diagnosis');
        return numericJacobian(specimen, by, setting.inputs);
      }),
    );
  const expectedBy = (by: Slot, setting: Setting): Tensor => {
    const { shape } = valueOf(specimen, by, setting.inputs);
    return combine(jacobianBy(by, setting), setting.upstream, shape);
  };
  return {
    specimen,
    slot,
    observations,
    expectedAt: (setting) => expectedBy(slot, setting),
    expectedBy,
    foundAt: (setting, by = slot) =>
      remember(`found ${by.name} ${textOf(setting)} ${fingerprint(setting.upstream)}`, () =>
        run(setting, (session) => session.backward(setting.upstream).bySlot.get(by.name) ?? null),
      ),
    jacobianAt: (setting) => jacobianBy(slot, setting),
    slopeAt: (setting, direction) => {
      const tangent = remember(`tangent ${fingerprint(direction)} ${textOf(setting)}`, () =>
        withParameters(specimen, setting.parameters, () =>
          numericTangent(specimen, slot, setting.inputs, direction),
        ),
      );
      return dot(setting.upstream, tangent);
    },
    outputAt: (setting) =>
      remember(`output ${textOf(setting)}`, () =>
        withParameters(specimen, setting.parameters, () => evaluate(specimen, setting.inputs)),
      ),
    keptAt: (setting, after) =>
      remember(
        `kept ${after} ${textOf(setting)} ${after === 'backward' ? fingerprint(setting.upstream) : ''}`,
        () =>
          run(setting, (session) => {
            if (after === 'backward') session.backward(setting.upstream);
            return session.kept();
          }),
      ),
  };
}

const MOST = 8000; // of them; a learner waits for the diagnosis

/** A setting in a line: inputs and parameters. */
function textOf({ inputs, parameters }: Setting): string {
  return [...inputs, ...(parameters?.values() ?? [])].map(fingerprint).join(' ');
}

/** The shape of a tensor and a hash of its numbers: 53 bits of FNV-1a over their bytes, four at a time. */
function fingerprint({ shape, data }: Tensor): string {
  const words = new Uint32Array(Float64Array.from(data).buffer);
  let [low, high] = [0x811c9dc5, 0x01000193];
  for (const word of words) {
    low = Math.imul(low ^ word, 0x01000193);
    high = Math.imul(high ^ word, 0x5bd1e995) ^ (high >>> 15);
  }
  return `${shape.join()}:${low >>> 0}:${high >>> 0}`;
}

function withParameters<T>(specimen: Specimen, values: Setting['parameters'], run: () => T): T {
  const [first, ...rest] = [...(values ?? [])];
  if (!first) return run();
  const field = specimen.parameters.find(({ path }) => path === first[0]);
  const inner = (): T => withParameters(specimen, new Map(rest), run);
  return field ? withParameter(field, first[1], inner) : inner();
}
