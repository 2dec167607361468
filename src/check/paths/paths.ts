// Paths: what the derivative owes to one place of the forward pass. With that place held, as if a constant stood there, what is
// left is the derivative through all others; so it shows where the way back through one place was forgotten, or turned round.

import { Tensor } from '../../tensor/index.js';
import type { Diagnosis, Evidence, Observation } from '../evidence.js';
import { combine, dot, numericJacobian, numericTangent } from '../gradient.js';
import { asFactor } from '../hypotheses/constant.js';
import type { Cause } from '../hypotheses/index.js';
import { attempt, explains, hasSameNumbers, isSame } from '../hypotheses/match.js';
import { CodeText } from '../repair/code-text.js';
import { compilersFor, type Compiled, type Held } from '../repair/compile.js';
import { linesAround, type Place } from '../repair/tokens.js';
import { isDerivative, textOf } from '../specimen/signature.js';
import { evaluate, type Slot } from '../specimen/specimen.js';

const MOST_PLACES = 120;
const MOST_ELEMENTS = 400; // of the slot: with more, one derivative is a long wait
const PATIENCE = 2000; // milliseconds

/**
 * A mistake in what comes back through one place of the forward pass, or all places where a name stands: left out, with the wrong
 * sign, or times a constant. Null where the text of the forward pass cannot be run outside of where it stands. Where the mistake is
 * named already, only a forgotten part is a better name.
 */
export function diagnoseByPath(
  evidence: Evidence,
  { isNamed = false }: { readonly isNamed?: boolean } = {},
): Diagnosis | null {
  const { specimen, observations } = evidence;
  if (observations[0]!.value.size > MOST_ELEMENTS) return null;
  const compiled = compilersFor(specimen, 'forward').find((each) => runs(each, evidence));
  if (!compiled) return null;
  const start = performance.now();
  let best: { readonly places: readonly Place[]; readonly fault: Fault } | null = null;
  for (const places of placesIn(compiled).slice(0, MOST_PLACES)) {
    if (performance.now() - start > PATIENCE) break;
    const held = attempt(() => compiled.heldAt(places));
    const fault = held && attempt(() => faultOf(held, evidence));
    if (fault && (!best || plainness(fault) < plainness(best.fault))) best = { places, fault };
    if (best && plainness(best.fault) === 0) break;
  }
  if (isNamed && best && plainness(best.fault) > 0) return null;
  return best && diagnosisOf(best.places, best.fault, compiled, evidence);
}

/** Of x * x, the other sign through one x is what forgetting both would be: forgotten is plainer. */
function plainness(fault: Fault): number {
  if (!('times' in fault)) return 2;
  return fault.times === 0 ? 0 : fault.times === -1 ? 1 : 2;
}

/** Whether the forward pass run from its text gives what it gives itself. */
function runs({ specimenOf }: Compiled, { observations }: Evidence): boolean {
  const [{ inputs, output }] = observations as [Observation];
  const again = attempt(() => evaluate(specimenOf([]), inputs));
  return again !== null && hasSameNumbers(again, output);
}

/** Single places where a value is used, and then all places together where the same name stands. */
function placesIn({ source, language }: Compiled): Place[][] {
  const { operands, tokens } = new CodeText(source, language);
  const byText = new Map<string, Place[]>();
  for (const { from, to, text } of operands) {
    if (/^[\d.]/.test(text)) continue;
    const place = { start: tokens[from]!.start, end: tokens[to - 1]!.end };
    byText.set(text, [...(byText.get(text) ?? []), place]);
  }
  const all = [...byText.values()];
  return [
    ...all.flatMap((places) => places.map((place) => [place])),
    ...all.filter(({ length }) => length > 1),
  ];
}

/**
 * How often what comes back through the held places is in the derivative that was found: 1 where it should be, 0 where it was
 * forgotten. Null where nothing, or everything, comes back through them, or it is not found so often in two directions alike.
 */
function timesAt(held: Held, slot: Slot, observation: Observation): number | null {
  const { inputs, upstream, expected, found } = observation;
  held.record(() => evaluate(held.specimen, inputs));
  const [times, again] = [1, 2].map((turn) => {
    const direction = irregular(expected.shape, turn);
    const whole = dot(expected, direction);
    const rest = dot(upstream, numericTangent(held.specimen, slot, inputs, direction));
    const through = whole - rest;
    const least = TINY * (Math.abs(whole) + Math.abs(rest));
    if (Math.abs(through) <= least || Math.abs(rest) <= least) return NaN;
    return (dot(found.reshape(expected.shape), direction) - rest) / through;
  }) as [number, number];
  return Math.abs(times - again) <= 1e-4 * (1 + Math.abs(times)) ? rounded(times) : null;
}

const TINY = 1e-6;

/** A number as it is probably meant: whole, or one over a whole number. */
function rounded(x: number): number {
  const [whole, part] = [Math.round(x), 1 / Math.round(1 / x)];
  if (Math.abs(x - whole) < 1e-4) return whole;
  return isSame(x, part, 1e-4) ? part : x;
}

/** What is wrong with what comes back through held places: how often it is there, or the factor that it lacks or has. */
type Fault = { readonly times: number } | { readonly lacks: string } | { readonly has: string };

function faultOf(held: Held, evidence: Evidence): Fault | null {
  const { slot, observations } = evidence;
  const first = timesAt(held, slot, observations[0]!);
  if (first === null || Math.abs(first - 1) < 1e-3) return null;
  const times = observations.map((each) => timesAt(held, slot, each));
  const known = times.filter((each) => each !== null);
  const isConfirmed = explains(evidence, (observation) => {
    const share = times[observations.indexOf(observation)] ?? null;
    if (share === null) return null;
    const { inputs, upstream, expected } = observation;
    held.record(() => evaluate(held.specimen, inputs));
    const jacobian = numericJacobian(held.specimen, slot, inputs);
    const rest = combine(jacobian, upstream, expected.shape);
    return rest.add(expected.sub(rest).mul(share));
  });
  if (!isConfirmed) return null;
  if (known.every((each) => isSame(each, first, 1e-3))) return isPlain(first) ? { times: first } : null;
  if (known.length < FEWEST) return null;
  for (const { name, at } of numbersIn(evidence)) {
    const is = (f: (share: number, number: number) => number): boolean =>
      times.every((share, i) => share === null || isSame(f(share, at(observations[i]!)), 1, 1e-3));
    if (is((share, number) => share * number)) return { lacks: name };
    if (is((share, number) => share / number)) return { has: name };
  }
  return null;
}

/** A whole number, or one over it: of any other the part would be something else by chance. */
function isPlain(times: number): boolean {
  return Number.isInteger(times) || (times !== 0 && Number.isInteger(1 / times));
}

const FEWEST = 3; // probes, to tell a factor from chance

/** Every single number that goes in or is kept, by name. */
function numbersIn(evidence: Evidence): { name: string; at: (observation: Observation) => number }[] {
  const { specimen, observations } = evidence;
  const valuesAt = (observation: Observation): Map<string, Tensor> =>
    new Map([
      ...specimen.inputNames.map((name, i) => [name, observation.inputs[i]!] as const),
      ...observation.parameters,
      ...evidence.keptAt(observation, 'forward'),
    ]);
  return [...valuesAt(observations[0]!)].flatMap(([name, { size, ndim }]) =>
    Array.from({ length: Math.min(size, MOST_NUMBERS) }, (_, i) => ({
      name: ndim === 0 ? name : `${name}[${i}]`,
      at: (observation: Observation) => valuesAt(observation).get(name)?.data[i] ?? NaN,
    })),
  );
}

const MOST_NUMBERS = 8; // of an array

/** Numbers between -1 and 1 without a pattern, always the same. */
function irregular(shape: readonly number[], turn: number): Tensor {
  const size = shape.reduce((product, length) => product * length, 1);
  return new Tensor(
    Float64Array.from({ length: size }, (_, i) => Math.sin(12.9898 * (i + 1) * turn + turn)),
    shape,
  );
}

function diagnosisOf(
  places: readonly Place[],
  fault: Fault,
  { source, shown }: Compiled,
  evidence: Evidence,
): Diagnosis {
  const { name } = evidence.slot;
  const [{ start, end }] = places as [Place];
  const text = shown(source.slice(start, end));
  const lines = linesAround(source, { start, end: start });
  const line = shown(source.slice(lines.start, lines.end)).trim();
  const where = places.length > 1 ? `\`${text}\`, wherever forward has it,` : `\`${text}\` in \`${line}\``;
  const comesBack = `In your derivative by ${name}, what comes back through ${where}`;
  if ('lacks' in fault) {
    return {
      cause: 'factor-missing',
      message: `${comesBack} lacks the factor ${fault.lacks}.`,
      correction: `Multiply that part by ${fault.lacks}.`,
    };
  }
  if ('has' in fault) {
    return {
      cause: 'factor-extra',
      message: `${comesBack} has a factor ${fault.has} too much.`,
      correction: `Divide that part by ${fault.has}.`,
    };
  }
  if (fault.times === 0) {
    return {
      cause: causeOfMissing(`${text.startsWith(name) ? '' : text} ${assignedIn(line)}`, evidence),
      message: `Your derivative by ${name} lacks what comes back through ${where}: it is that of a function in which a constant stands there.`,
      correction:
        text === name
          ? 'Add up what comes back from all the places where it stands.'
          : `${text} depends on ${name} too: add the derivative by it, times its own derivative by ${name}.`,
    };
  }
  if (fault.times === -1) {
    return {
      cause: 'term-sign-flipped',
      message: `${comesBack} has the wrong sign.`,
      correction: 'Take it with the other sign.',
    };
  }
  return {
    cause: 'constant-factor',
    message: `${comesBack} is there ${asFactor(fault.times)} times.`,
    correction: `Multiply that part by ${asFactor(1 / fault.times)}.`,
  };
}

/** What a line assigns to, or adds up in. */
function assignedIn(line: string): string {
  return /([\p{L}_$][\p{L}\p{N}_$]*)\s*[-+*/]?=(?![=>])/u.exec(line)?.[1] ?? '';
}

function causeOfMissing(words: string, { specimen }: Evidence): Cause {
  if (/mean|mu\b|average|avg/i.test(words)) return 'mean-path-forgotten';
  if (/var(?!iab)|std|sigma|sd\b/i.test(words)) return 'variance-path-forgotten';
  return assignsTwice(textOf(specimen.source!.code)) ? 'overwritten-where-used-twice' : 'term-missing';
}

/** Whether a function gives a derivative a second value without regard to its first. */
function assignsTwice(text: string): boolean {
  const assignments = [...text.matchAll(/([\p{L}\p{N}_$.]+)\s*=(?![=>])([^;\n]*)/gu)].map(
    ([, target, value]) => ({ target: target!, value: value! }),
  );
  return assignments.some(
    ({ target, value }, i) =>
      isDerivative(target.replace(/^(?:this|self)\./, '')) &&
      assignments.slice(0, i).some((before) => before.target === target) &&
      !value.includes(target),
  );
}
