// Examining one specimen: derivatives at several probes, the mistake behind a wrong one, and its conduct.

import type { RandomState } from '../random/index.js';
import { formatShape, ones, sameShape, type Tensor } from '../tensor/index.js';
import { compare, TOLERANCE, type Comparison } from './compare.js';
import { conduct, repeats } from './conduct.js';
import { edges } from './edges.js';
import { gather, type Observation } from './evidence.js';
import { finding, stackOf, type Finding, type SlotResult } from './finding.js';
import {
  dot,
  numericAlong,
  numericGradient,
  randomDirection,
  valueOf,
  type NumericGradient,
  type Probe,
} from './gradient.js';
import { diagnose } from './hypotheses/index.js';
import { exchanged, fixedInputs, randomUpstream, variationOf, type IsFixed } from './probes.js';
import { differentiate, evaluate, type Gradients, type Slot, type Specimen } from './specimen/specimen.js';

/** What an examination gives. */
export interface Examination {
  readonly slots: readonly SlotResult[];
  readonly findings: readonly Finding[];
  /** Number of places at which derivatives were compared. */
  readonly probes: number;
  /** Chance that a wrong element was overlooked; 0 where every element was compared. */
  readonly chanceOfMiss: number;
}

const VARIATIONS = 4; // probes besides the given inputs
const ATTEMPTS = 20; // at finding them: a variation may leave the function's domain
const MANY = 400; // elements of a probe; beyond it random directions take the place of single elements
const DIRECTIONS = 10;

/** Examines a specimen at inputs and at others like them. */
export function examine(specimen: Specimen, inputs: readonly Tensor[], random: RandomState): Examination {
  const nothing = { slots: [], probes: 0, chanceOfMiss: 0 };
  if (!repeats(specimen, inputs)) {
    return { ...nothing, findings: [unrepeatable()] };
  }
  const first = probeAt(specimen, inputs, random);
  let gradients: Gradients;
  try {
    gradients = differentiate(specimen, first.inputs, first.upstream);
  } catch (error) {
    return { ...nothing, findings: [backwardThrows(error, specimen, first)] };
  }
  const slots = slotsOf(specimen);
  const given = slots.filter(({ name }) => gradients.bySlot.has(name));
  if (given.length === 0) {
    return { ...nothing, findings: [nothingGiven(specimen, gradients)] };
  }

  const isFixed = fixedInputs(inputs, (index) => gradients.bySlot.has(specimen.inputNames[index]!));
  const elements = given.reduce((total, slot) => total + valueOf(specimen, slot, inputs).size, 0);
  const probes = [
    first,
    ...variationsOf(specimen, inputs, isFixed, elements > MANY ? 1 : VARIATIONS, random),
  ];
  const derivatives =
    elements > MANY
      ? examineAlong(specimen, given, probes, random)
      : examineElements(specimen, given, probes);
  const missing = slots.filter(
    (slot) => !given.includes(slot) && !(slot.kind === 'input' && isFixed(slot.index)),
  );
  const behaviour = conduct(specimen, first, probes[1] ?? null);
  return {
    slots: [...derivatives.slots, ...missing.map(notGiven)],
    findings: [
      ...derivatives.findings,
      ...forgotten(missing, given, specimen),
      // A wrong derivative is wrong in all it does: its conduct says nothing new.
      ...(derivatives.findings.some(({ severity }) => severity === 'error')
        ? behaviour.filter(({ cause }) => cause === 'input-changed-in-place')
        : behaviour),
      ...edges(specimen, inputs, isFixed),
    ].sort((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity)),
    probes: probes.length,
    chanceOfMiss: elements > MANY ? 2 ** -DIRECTIONS : 0,
  };
}

const ORDER: readonly Finding['severity'][] = ['error', 'doubt', 'warning', 'note'];

function slotsOf({ inputNames, parameters }: Specimen): Slot[] {
  return [
    ...inputNames.map((name, index): Slot => ({ kind: 'input', name, index })),
    ...parameters.map(({ path }): Slot => ({ kind: 'parameter', name: path })),
  ];
}

function probeAt(specimen: Specimen, inputs: readonly Tensor[], random: RandomState): Probe {
  const { shape } = evaluate(specimen, inputs);
  return { inputs, upstream: specimen.takesUpstream ? randomUpstream(shape, random) : ones(shape) };
}

/** Probes near the given inputs at which everything is finite. */
function variationsOf(
  specimen: Specimen,
  inputs: readonly Tensor[],
  isFixed: IsFixed,
  count: number,
  random: RandomState,
): Probe[] {
  const probes: Probe[] = [];
  for (let attempt = 0; probes.length < count && attempt < ATTEMPTS; attempt++) {
    try {
      const turned = attempt % 2 === 1;
      const start = turned ? exchanged(inputs, isFixed) : inputs;
      const probe = probeAt(specimen, variationOf(start, isFixed, random, turned), random);
      const { bySlot } = differentiate(specimen, probe.inputs, probe.upstream);
      const isFinite = [evaluate(specimen, probe.inputs), ...bySlot.values()].every(({ data }) =>
        data.every(Number.isFinite),
      );
      if (isFinite) probes.push(probe);
    } catch {
      // Outside what the code takes.
    }
  }
  return probes;
}

interface Derivatives {
  readonly slots: readonly SlotResult[];
  readonly findings: readonly Finding[];
}

/** Compares every element of every slot at every probe. */
function examineElements(specimen: Specimen, slots: readonly Slot[], probes: readonly Probe[]): Derivatives {
  const results = slots.map((slot) => {
    const seen = probes.flatMap((probe) => {
      const found = differentiate(specimen, probe.inputs, probe.upstream).bySlot.get(slot.name);
      if (!found) return [];
      const numeric = numericGradient(specimen, slot, probe);
      return [
        { ...observe(specimen, slot, probe, numeric, found), numeric, comparison: compare(found, numeric) },
      ];
    });
    return { slot, seen };
  });
  return {
    slots: results.map(({ slot, seen }) => resultOf(slot, seen)),
    findings: results.flatMap(({ slot, seen }) => findingsOf(specimen, slot, seen)),
  };
}

type Seen = Observation & { readonly numeric: NumericGradient; readonly comparison: Comparison };

function observe(
  specimen: Specimen,
  slot: Slot,
  probe: Probe,
  numeric: NumericGradient,
  found: Tensor,
): Observation {
  return {
    ...probe,
    output: evaluate(specimen, probe.inputs),
    value: valueOf(specimen, slot, probe.inputs),
    expected: numeric.value,
    found,
    parameters: new Map(specimen.parameters.map((parameter) => [parameter.path, parameter.read()])),
  };
}

function resultOf(slot: Slot, seen: readonly Seen[]): SlotResult {
  const outcomes = seen.map(({ comparison }) => comparison.outcome);
  const outcome = outcomes.includes('differs')
    ? 'differs'
    : outcomes.includes('agrees')
      ? 'agrees'
      : 'unknown';
  const scale = Math.max(1e-300, ...seen.map(({ expected }) => largest(expected)));
  return {
    name: slot.name,
    kind: slot.kind,
    outcome,
    relativeError: Math.max(0, ...seen.map(({ comparison }) => comparison.relativeError)),
    numericError: Math.max(0, ...seen.map(({ numeric }) => largest(numeric.error))) / scale,
  };
}

function findingsOf(specimen: Specimen, slot: Slot, seen: readonly Seen[]): Finding[] {
  const differing = seen.find(({ comparison }) => comparison.outcome === 'differs');
  if (differing) return [wrongDerivative(specimen, slot, seen, differing)];
  if (seen.every(({ comparison }) => comparison.outcome === 'unknown')) return [tooRough(slot)];
  const misshapen = seen.find(({ found, expected }) => !sameShape(found.shape, expected.shape));
  return misshapen ? [shapeDiffers(slot, misshapen)] : [];
}

function wrongDerivative(specimen: Specimen, slot: Slot, seen: readonly Seen[], differing: Seen): Finding {
  const { worst } = differing.comparison;
  const hasNaN = differing.found.data.some(Number.isNaN);
  const clear = seen.filter(({ numeric }) => isClear(numeric));
  const misfit = !worst && {
    found: formatShape(differing.found.shape),
    expected: formatShape(differing.expected.shape),
  };
  const diagnosis = hasNaN
    ? {
        cause: 'nan-gradient',
        message: `The derivative by ${slot.name} is NaN where the right one is finite.`,
        correction: null,
      }
    : diagnose(gather(specimen, slot, clear.length > 0 ? clear : seen));
  return finding({
    cause: diagnosis?.cause ?? (misfit ? 'wrong-shape' : 'unexplained'),
    severity: 'error',
    slot: slot.name,
    message:
      diagnosis?.message ??
      (misfit
        ? `The derivative by ${slot.name} has shape ${misfit.found}; it must have the shape of ${slot.name}, ${misfit.expected}.`
        : `The derivative by ${slot.name} is wrong, and none of the usual mistakes explains all the numbers.`),
    correction: diagnosis?.correction ?? null,
    index: worst?.index ?? null,
    expected: worst?.expected ?? null,
    found: worst?.found ?? null,
    inputs: wentIn(specimen, differing),
  });
}

/** Whether there is one right number for every element, and it is known well: at a kink, or near to one, there is not. */
function isClear({ value, error, kinks }: NumericGradient): boolean {
  return kinks.size === 0 && largest(error) <= 1e-5 * largest(value);
}

/** Everything that went in at a probe. */
function wentIn(
  { inputNames, parameters, takesUpstream }: Specimen,
  { inputs, upstream }: Probe,
): Finding['inputs'] {
  return {
    ...Object.fromEntries(inputs.map((input, i) => [inputNames[i]!, input.toArray()])),
    ...Object.fromEntries(parameters.map((parameter) => [parameter.path, parameter.read().toArray()])),
    ...(takesUpstream && { upstream: upstream.toArray() }),
  };
}

/** Compares along random directions through all slots at once, then slot by slot where they disagree. */
function examineAlong(
  specimen: Specimen,
  slots: readonly Slot[],
  probes: readonly Probe[],
  random: RandomState,
): Derivatives {
  const [probe] = probes as [Probe, ...Probe[]];
  const { bySlot } = differentiate(specimen, probe.inputs, probe.upstream);
  const misshapen = slots.filter(
    (slot) => bySlot.get(slot.name)!.size !== valueOf(specimen, slot, probe.inputs).size,
  );
  const fitting = slots.filter((slot) => !misshapen.includes(slot));
  const differs = (among: readonly Slot[]): number => {
    let worst = 0;
    for (let i = 0; i < DIRECTIONS; i++) {
      const directions = among.map((slot) => ({
        slot,
        direction: randomDirection(valueOf(specimen, slot, probe.inputs).shape, random),
      }));
      const expected = numericAlong(specimen, directions, probe);
      const found = directions.reduce(
        (sum, { slot, direction }) => sum + dot(direction, bySlot.get(slot.name)!),
        0,
      );
      const size = Math.max(
        Math.abs(expected.value),
        Math.abs(found),
        lengthOf(directions.map(({ slot }) => bySlot.get(slot.name)!)),
      );
      const off = Math.abs(expected.value - found) - 10 * expected.error;
      worst = Math.max(worst, off / (size || 1));
    }
    return worst;
  };
  const isSuspect = fitting.length > 0 && differs(fitting) > TOLERANCE;
  const suspects = isSuspect ? fitting.filter((slot) => differs([slot]) > TOLERANCE) : [];
  const results = slots.map((slot): SlotResult => ({
    name: slot.name,
    kind: slot.kind,
    outcome: suspects.includes(slot) || misshapen.includes(slot) ? 'differs' : 'agrees',
    relativeError: 0,
    numericError: 0,
  }));
  const findings = [...suspects, ...misshapen].map((slot) => {
    const numeric = numericGradient(specimen, slot, probe);
    const found = bySlot.get(slot.name)!;
    const seen = {
      ...observe(specimen, slot, probe, numeric, found),
      numeric,
      comparison: compare(found, numeric),
    };
    return wrongDerivative(specimen, slot, [seen], seen);
  });
  return { slots: results, findings };
}

function lengthOf(gradients: readonly Tensor[]): number {
  return Math.sqrt(gradients.reduce((sum, gradient) => sum + dot(gradient, gradient), 0));
}

function largest(value: Tensor): number {
  return value.data.reduce((most, x) => (Number.isFinite(x) ? Math.max(most, Math.abs(x)) : most), 0);
}

function unrepeatable(): Finding {
  return finding({
    cause: 'forward-not-deterministic',
    severity: 'doubt',
    message:
      'Two forward passes on the same inputs give different results, so there is no one derivative to compare with.',
    correction:
      'Fix the random numbers (a seed, or a mask drawn beforehand), or switch dropout off for the check.',
  });
}

function backwardThrows(error: unknown, specimen: Specimen, probe: Probe): Finding {
  const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return finding({
    cause: 'backward-throws',
    severity: 'error',
    message: `backward throws ${what}`,
    stack: stackOf(error),
    inputs: wentIn(specimen, probe),
  });
}

function nothingGiven(specimen: Specimen, { unread }: Gradients): Finding {
  const about = unread.length > 0 ? ` Not made out: ${unread.join('; ')}.` : '';
  return finding({
    cause: 'no-gradient-given',
    severity: 'doubt',
    message: `backward gives no derivative: it returns nothing, stores none beside a parameter and moves none.${about}`,
    correction: `Return the derivative by ${specimen.inputNames.join(' and by ')}.`,
  });
}

/** Parameters that go without a derivative while others have theirs. */
function forgotten(missing: readonly Slot[], given: readonly Slot[], specimen: Specimen): Finding[] {
  const hasParameters = given.some(({ kind }) => kind === 'parameter');
  return missing.flatMap((slot) => {
    if (slot.kind === 'input') return slot.index === 0 ? [inputWithout(slot)] : [];
    const isBias = /(^|\.)(b|bias|beta)\d*$/i.test(slot.name);
    const isLikeGiven = given.some(
      (other) => other.kind === 'parameter' && stemOf(other.name) === stemOf(slot.name),
    );
    if (!hasParameters || !(isBias || isLikeGiven)) return [];
    return [
      finding({
        cause: isBias ? 'bias-forgotten' : 'parameter-forgotten',
        severity: 'error',
        slot: slot.name,
        message: `The result depends on ${slot.name}, but backward gives no derivative by it: it never learns.`,
        correction: isBias ? `d${slot.name} is the upstream, summed over the batch.` : null,
        inputs: { [slot.name]: valueOf(specimen, slot, []).toArray() },
      }),
    ];
  });
}

function stemOf(name: string): string {
  return name.replace(/\d+$/, '');
}

function inputWithout(slot: Slot): Finding {
  return finding({
    cause: 'no-input-gradient',
    severity: 'note',
    slot: slot.name,
    message: `backward gives no derivative by ${slot.name}: whatever comes before this part cannot learn.`,
    correction: `Return the derivative by ${slot.name}, taken before the parameters move.`,
  });
}

function notGiven({ name, kind }: Slot): SlotResult {
  return { name, kind, outcome: 'not given', relativeError: 0, numericError: 0 };
}

function tooRough({ name }: Slot): Finding {
  return finding({
    cause: 'too-rough',
    severity: 'doubt',
    slot: name,
    message: `The numeric derivative by ${name} is too uncertain to compare with: the function is too rough there, or loses too many digits.`,
    correction: 'Check at other inputs, of size 1 or so, and in float64.',
  });
}

function shapeDiffers({ name }: Slot, { found, expected }: Observation): Finding {
  return finding({
    cause: 'shape-differs',
    severity: 'warning',
    slot: name,
    message: `The derivative by ${name} has the right numbers in shape ${formatShape(found.shape)}; ${name} has shape ${formatShape(expected.shape)}.`,
    correction: `Reshape it: an update of ${name} would broadcast.`,
  });
}
