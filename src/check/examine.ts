// Examining one specimen: derivatives at several probes, the mistake behind a wrong one, and its conduct.

import type { RandomState } from '../random/index.js';
import { formatShape, ones, sameShape, type Tensor } from '../tensor/index.js';
import { compare, type Comparison } from './compare.js';
import { conduct, repeats } from './conduct.js';
import { edges } from './edges.js';
import { gather, type Diagnosis, type Evidence, type Observation } from './evidence.js';
import { DIRECTIONS, examineAlong } from './examine-along.js';
import { finding, stackOf, tooRough, type Finding, type SlotResult } from './finding.js';
import { numericGradient, valueOf, type NumericGradient, type Probe } from './gradient.js';
import { diagnose } from './hypotheses/index.js';
import { observe, wentIn, type Derivatives } from './observe.js';
import { diagnoseByPath } from './paths/paths.js';
import { exchanged, farFrom, fixedInputs, randomUpstream, variationOf, type IsFixed } from './probes.js';
import { diagnoseByRepair } from './repair/repair.js';
import { isProbability, isWeight, textOf } from './specimen/signature.js';
import {
  differentiate,
  evaluate,
  slotsOf,
  type Gradients,
  type Slot,
  type Specimen,
} from './specimen/specimen.js';

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
const SOME = 48; // elements of a probe; beyond it fewer probes show as much
const ATTEMPTS = 20; // at finding them: a variation may leave the function's domain
const MANY = 400; // elements of a probe; beyond it random directions take the place of single elements

/** Examines a specimen at inputs and at others like them; if they are `isFree`, chosen by nobody, also away from them. */
export function examine(
  specimen: Specimen,
  inputs: readonly Tensor[],
  random: RandomState,
  { isFree = false }: { readonly isFree?: boolean } = {},
): Examination {
  const nothing = { slots: [], probes: 0, chanceOfMiss: 0 };
  if (!repeats(specimen, inputs)) {
    return { ...nothing, findings: [unrepeatable()] };
  }
  const output = evaluate(specimen, inputs);
  const here = { inputs, upstream: upstreamFor(specimen, output, random) };
  const isFiniteHere = isFinite(output);
  let gradients: Gradients;
  try {
    gradients = differentiate(specimen, here.inputs, here.upstream);
  } catch (error) {
    const why = isFiniteHere ? backwardThrows(error, specimen, here) : notFinite(specimen, here);
    return { ...nothing, findings: [why] };
  }
  const slots = slotsOf(specimen);
  const given = slots.filter(({ name }) => gradients.bySlot.has(name));
  const isFixed = fixedInputs(inputs, (index) => gradients.bySlot.has(specimen.inputNames[index]!));
  const doubts = isFiniteHere ? [] : [notFinite(specimen, here), ...edges(specimen, inputs, isFixed)];
  if (given.length === 0) {
    return { ...nothing, findings: isFiniteHere ? [nothingGiven(specimen, gradients)] : doubts };
  }

  const elements = given.reduce((total, slot) => total + valueOf(specimen, slot, inputs).size, 0);
  const count = elements > MANY ? 1 : elements > SOME ? 2 : VARIATIONS;
  const others = variationsOf(specimen, inputs, isFixed, count, random);
  // Where the result is not finite there is no derivative; near to it there may be.
  const probes = isFiniteHere ? [here, ...others] : others;
  const [first] = probes;
  if (!first) return { ...nothing, findings: doubts };
  const derivatives =
    elements > MANY
      ? examineAlong(
          specimen,
          given,
          probes,
          first === here ? gradients : differentiate(specimen, first.inputs, first.upstream),
          random,
        )
      : examineElements(specimen, given, probes, isFree ? farProbes(specimen, inputs, isFixed, random) : []);
  const missing = slots.filter(
    (slot) => !given.includes(slot) && !(slot.kind === 'input' && isFixed(slot.index)),
  );
  const behaviour = conduct(specimen, first, probes[1] ?? null, { isBrief: elements > MANY });
  return {
    slots: [...derivatives.slots, ...missing.map(notGiven)],
    findings: [
      ...derivatives.findings,
      ...forgotten(missing, given, specimen),
      ...unseen(missing, given, specimen),
      // A wrong derivative is wrong in all it does: its conduct says nothing new.
      ...(derivatives.findings.some(({ severity }) => severity === 'error')
        ? behaviour.filter(({ cause }) => cause === 'input-changed-in-place')
        : behaviour),
      ...(isFiniteHere ? edges(specimen, inputs, isFixed, { isBrief: elements > MANY }) : doubts),
    ].sort((a, b) => rankOf(a) - rankOf(b)),
    probes: probes.length,
    chanceOfMiss: elements > MANY ? 2 ** -DIRECTIONS : 0,
  };
}

const ORDER: readonly Finding['severity'][] = ['error', 'doubt', 'warning', 'note'];
const SYMPTOMS = ['unexplained', 'constant-gradient', 'wrong-shape']; // often what follows from a mistake that has a name

function rankOf({ severity, cause }: Finding): number {
  return 2 * ORDER.indexOf(severity) + Number(SYMPTOMS.includes(cause));
}

function upstreamFor({ takesUpstream }: Specimen, { shape }: Tensor, random: RandomState): Tensor {
  return takesUpstream ? randomUpstream(shape, random) : ones(shape);
}

/** A probe at inputs, or null where anything is not finite there. Throws outside of what the code takes. */
function finiteProbe(specimen: Specimen, inputs: readonly Tensor[], random: RandomState): Probe | null {
  return specimen.within((session) => {
    const output = session.forward(inputs);
    const upstream = upstreamFor(specimen, output, random);
    const { bySlot } = session.backward(upstream);
    return [output, ...bySlot.values()].every(isFinite) ? { inputs, upstream } : null;
  });
}

/**
 * Whether a function of one input, given positive numbers alone, takes negative ones as well: near 0 it is no steeper than
 * here. Relu is such a function, and half of it would go unseen. Log and root are not, even where code keeps them off 0.
 */
function isOpenAtZero(specimen: Specimen, inputs: readonly Tensor[], isFixed: IsFixed): boolean {
  const [input] = inputs;
  if (inputs.length !== 1 || isFixed(0) || !input!.data.every((x) => x > 0)) return false;
  const slopeAt = (scale: number): number => {
    const [here, further] = [scale, 2 * scale].map((factor) => evaluate(specimen, [input!.mul(factor)]));
    return Math.max(...further!.sub(here!).data.map(Math.abs)) / scale;
  };
  try {
    return slopeAt(1e-6) <= STEEP * slopeAt(0.5);
  } catch {
    return false;
  }
}

const STEEP = 100;

/** Probes near the given inputs at which everything is finite. */
function variationsOf(
  specimen: Specimen,
  inputs: readonly Tensor[],
  isFixed: IsFixed,
  count: number,
  random: RandomState,
): Probe[] {
  const probes: Probe[] = [];
  const other = isOpenAtZero(specimen, inputs, isFixed) ? inputs.map((input) => input.neg()) : inputs;
  for (let attempt = 0; probes.length < count && attempt < ATTEMPTS; attempt++) {
    try {
      const turned = attempt % 2 === 1;
      const start = turned ? exchanged(inputs, isFixed) : attempt % 4 === 2 ? other : inputs;
      const probe = finiteProbe(specimen, variationOf(start, isFixed, random, turned), random);
      if (probe) probes.push(probe);
    } catch {
      // Outside what the code takes.
    }
  }
  return probes;
}

/** Probes away from the inputs at which everything is finite. */
function farProbes(
  specimen: Specimen,
  inputs: readonly Tensor[],
  isFixed: IsFixed,
  random: RandomState,
): Probe[] {
  if (specimen.inputNames.some((name) => isProbability(name))) return [];
  const elements = inputs.reduce((total, { size }) => total + size, 0);
  const attempts = Array.from({ length: elements > FEW ? 2 : FAR_PROBES }, (_, i) => i % 3 === 2);
  return attempts.flatMap((positive) => {
    try {
      return finiteProbe(specimen, farFrom(inputs, isFixed, random, { positive }), random) ?? [];
    } catch {
      return []; // outside what the code takes
    }
  });
}

const FAR_PROBES = 5;
const FEW = 16; // elements of the inputs

/** Compares every element of every slot at every probe; where all is well, at those that are far from them too. */
function examineElements(
  specimen: Specimen,
  slots: readonly Slot[],
  probes: readonly Probe[],
  far: readonly Probe[],
): Derivatives {
  const isBounded = specimen.source ? BOUNDS.test(textOf(specimen.source.forward)) : false;
  const results = slots.map((slot) => {
    const seenAt = (probe: Probe): Seen[] => {
      const found = differentiate(specimen, probe.inputs, probe.upstream).bySlot.get(slot.name);
      if (!found) return [];
      const numeric = numericGradient(specimen, slot, probe);
      return [
        {
          ...observe(specimen, slot, probe, numeric.value, found),
          numeric,
          comparison: compare(found, numeric),
        },
      ];
    };
    const seen = probes.flatMap(seenAt);
    const isRight = seen.every(({ comparison }) => comparison.outcome === 'agrees');
    const beyond = (isRight ? far.flatMap(seenAt) : []).filter(
      ({ comparison, expected }) =>
        // Code that keeps its inputs within bounds is flat out there, and its derivative there is not asked for.
        comparison.outcome === 'differs' && !(isBounded && expected.data.some((x) => x === 0)),
    );
    return { slot, seen: [...seen, ...beyond] };
  });
  return {
    slots: results.map(({ slot, seen }) => resultOf(slot, seen)),
    findings: results.flatMap(({ slot, seen }) => findingsOf(specimen, slot, seen)),
  };
}

const BOUNDS = /clip|clamp|min(?:imum)?\(|eps|1e-/i;

type Seen = Observation & { readonly numeric: NumericGradient; readonly comparison: Comparison };

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
    : why(gather(specimen, slot, clear.length > 0 ? clear : seen));
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

/** A mistake that explains the numbers, and the change to the code that makes them right. */
function why(evidence: Evidence): Diagnosis | null {
  const diagnosis = diagnose(evidence);
  const isUnsure = !diagnosis || UNSURE.has(diagnosis.cause);
  const path = isUnsure ? diagnoseByPath(evidence, { isNamed: diagnosis !== null }) : null;
  const isUrgent = path === null || path.cause === 'constant-factor';
  const repair = diagnoseByRepair(evidence, { isUrgent });
  if (!repair) return path ?? diagnosis;
  if (path && repair.cause === 'wrong-factor') return withCorrections(path, repair);
  if (!diagnosis) return repair;
  if (repair.cause === 'misplaced-parenthesis') return repair;
  const isVaguer = VAGUE.has(repair.cause) && TELLING.includes(diagnosis.cause);
  if (COINCIDENTAL.has(diagnosis.cause) && !isVaguer) return repair;
  return withCorrections(diagnosis, repair);
}

function withCorrections(diagnosis: Diagnosis, repair: Diagnosis): Diagnosis {
  return { ...diagnosis, correction: [diagnosis.correction, repair.correction].filter(Boolean).join(' ') };
}

/** Names of edits that say no more than that a factor is another one. */
const VAGUE: ReadonlySet<string> = new Set([
  'factor-missing',
  'factor-extra',
  'wrong-factor',
  'inverted-factor',
]);

/** Names that say more than those, though other numbers may look like them. */
const TELLING = ['wrong-factor', 'overwritten-where-used-twice'];

/** What is said where nothing fits better than a term too much, or than what all that is found has in common. */
const UNSURE: ReadonlySet<string> = new Set([
  ...SYMPTOMS,
  ...['term-missing', 'term-extra', 'overwritten-where-used-twice'],
]);

/** Mistakes that other numbers may look like by chance. */
const COINCIDENTAL: ReadonlySet<string> = new Set([
  ...SYMPTOMS,
  ...['wrong-on-one-side', 'clipped', 'epsilon-too-large', 'absolute-value'],
  ...['inverted-factor', 'term-missing', 'term-extra', 'wrong-factor', 'overwritten-where-used-twice'],
]);

/** Whether there is one right number for every element, and it is known well: at a kink, or near to one, there is not. */
function isClear({ value, error, kinks }: NumericGradient): boolean {
  return kinks.size === 0 && largest(error) <= 1e-5 * largest(value);
}

function isFinite({ data }: Tensor): boolean {
  return data.every(Number.isFinite);
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

function notFinite(specimen: Specimen, probe: Probe): Finding {
  return finding({
    cause: 'forward-not-finite',
    severity: 'doubt',
    message:
      'The forward pass gives NaN or infinity at these inputs, so there is no derivative to compare with.',
    correction: 'Check at inputs that the code is made for: of its shape, and where its result is finite.',
    inputs: wentIn(specimen, probe),
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
  const hasInput = given.some(({ kind }) => kind === 'input');
  return missing.flatMap((slot) => {
    if (slot.kind === 'input') return slot.index === 0 && !hasInput ? [inputWithout(slot)] : [];
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

/** Parameters that learn, by their names and sizes, of which not one has a derivative that could be made out. */
function unseen(missing: readonly Slot[], given: readonly Slot[], specimen: Specimen): Finding[] {
  if (given.some(({ kind }) => kind === 'parameter')) return [];
  const names = missing.flatMap(({ kind, name }) => (kind === 'parameter' ? [name] : []));
  const weights = names.filter(
    (name) => isWeight(name) && valueOf(specimen, { kind: 'parameter', name }, []).size > 1,
  );
  if (weights.length === 0) return [];
  return [
    finding({
      cause: 'no-parameter-gradient',
      severity: 'doubt',
      message: `backward gives a derivative by the input, but none by ${weights.join(', ')} could be made out: whether those are right cannot be told.`,
      correction: `Return them as { dx, ${gradientNames(weights)} }, or store them in fields of these names.`,
    }),
  ];
}

function gradientNames(paths: readonly string[]): string {
  return paths.map((path) => `d${path.split('.').at(-1)!}`).join(', ');
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

function shapeDiffers({ name }: Slot, { found, expected }: Observation): Finding {
  return finding({
    cause: 'shape-differs',
    severity: 'warning',
    slot: name,
    message: `The derivative by ${name} has the right numbers in shape ${formatShape(found.shape)}; ${name} has shape ${formatShape(expected.shape)}.`,
    correction: `Reshape it: an update of ${name} would broadcast.`,
  });
}
