// The smallest change to the code of a backward pass that makes it right: where one is found, it is the mistake.

import type { Tensor } from '../../tensor/index.js';
import type { Diagnosis, Evidence, Observation } from '../evidence.js';
import { attempt, closenessFor, isClose, isEqual } from '../hypotheses/match.js';
import { differentiate, slotsOf, type Specimen } from '../specimen/specimen.js';
import { valueOf } from '../gradient.js';
import { textOf } from '../specimen/signature.js';
import { causeOf } from './cause.js';
import { CodeText, type Known } from './code-text.js';
import { compilersFor, type Compiled } from './compile.js';
import { edited, editsOf, type Edit } from './edits.js';
import { linesAround, type Language } from './tokens.js';

const EXACT = [5e-8, 2e-9] as const; // numeric derivatives are good for that, if the code computes in float64
const SINGLE = 1e-3; // a closeness above it is meant for float32
const MOST_EDITS = { javascript: 8000, python: 1500 }; // what is in Python takes longer to try
const MOST_NUMBERS = 150_000; // that all trials together differentiate by
const PATIENCE = 6000; // milliseconds for all derivatives of a specimen: a slow machine gives up before a learner does

/**
 * Tries edits of the code's text until one gives the right derivative at every probe, and says what it undoes. Null where the
 * text cannot be run outside of where it stands (it uses what only its own file knows), or no single edit helps. Where it is not
 * urgent, because the mistake has a name already, it gives up sooner.
 */
export function diagnoseByRepair(
  evidence: Evidence,
  { isUrgent = true }: { readonly isUrgent?: boolean } = {},
): Diagnosis | null {
  const { specimen, observations } = evidence;
  if (!specimen.source) return null;
  const compiled = firstThatRuns(specimen, evidence);
  if (!compiled) return null;
  const { source, language } = compiled;
  const workshop = workshopOf(specimen);
  const [{ value, inputs, output }] = observations as [Evidence['observations'][number]];
  const numbers = inputs.reduce((total, { size }) => total + size, value.size + output.size);
  const share = isUrgent ? 1 : 1 / 4;
  let left = share * Math.min(MOST_EDITS[language], Math.ceil(MOST_NUMBERS / numbers));
  const tried = new Set<string>();
  for (const edit of firstOf(workshop.helped, editsOf(source, language, knownTo(evidence, language)))) {
    const text = edited(source, edit.changes);
    if (tried.has(text)) continue;
    tried.add(text);
    if (left-- <= 0 || workshop.spent > share * PATIENCE) return null;
    const start = performance.now();
    const trial = workshop.trials.get(text) ?? trialOf(edit, compiled);
    workshop.trials.set(text, trial);
    const isHelp = isRight(trial, evidence) && sparesOthers(trial, evidence);
    workshop.spent += performance.now() - start;
    if (!isHelp) continue;
    workshop.helped.unshift(edit);
    return diagnosisOf(edit, compiled, evidence);
  }
  return null;
}

/** What the forward pass keeps for the backward pass, as it names it. */
function knownTo(evidence: Evidence, language: Language): Known {
  const forward = new CodeText(textOf(evidence.specimen.source!.forward), language);
  const isKept = (text: string): boolean => /^(?:this|self)\.[^()]+$/.test(text);
  const kept = attempt(() => evidence.keptAt(evidence.observations[0]!, 'forward'));
  return {
    names: forward.names.filter(isKept),
    terms: forward
      .terms()
      .map(({ text }) => text)
      .filter((text) => isKept(text) && text.length <= 40),
    fields: [...new Set([...(kept?.keys() ?? [])].map((path) => path.split('.').at(-1)!))],
    indices: [...new Set(forward.indexChains().map(({ text }) => text))],
  };
}

/** What is remembered of a specimen from one of its derivatives to the next. */
interface Workshop {
  /** Edits that made another derivative right: often several are wrong for one reason. */
  readonly helped: Edit[];
  /** What each edit gave, by its text. */
  readonly trials: Map<string, Trial>;
  /** Milliseconds that trials took. */
  spent: number;
}

const workshops = new WeakMap<Specimen, Workshop>();

function workshopOf(specimen: Specimen): Workshop {
  const workshop = workshops.get(specimen) ?? { helped: [], trials: new Map(), spent: 0 };
  workshops.set(specimen, workshop);
  return workshop;
}

/** The derivatives by all slots at a probe; null where the code throws. */
type Trial = (observation: Observation) => ReadonlyMap<string, Tensor> | null;

function trialOf(edit: Edit, { specimenOf }: Compiled): Trial {
  const known = new Map<Observation['inputs'], ReturnType<Trial>>();
  const run: Trial = ({ inputs, upstream, output }) => {
    const specimen = specimenOf(edit.changes);
    const bySlot = specimen.within((session) =>
      // Of a function that gives both, an edit may not change what it is the derivative of.
      isEqual(session.forward(inputs), output) ? session.backward(upstream).bySlot : null,
    );
    // What has another size is no derivative, and may be too large to be kept.
    const fits = slotsOf(specimen).every((slot) => {
      const gradient = bySlot?.get(slot.name);
      return !gradient || gradient.size === valueOf(specimen, slot, inputs).size;
    });
    return fits ? bySlot : null;
  };
  return (observation) => {
    const { inputs } = observation;
    if (!known.has(inputs))
      known.set(
        inputs,
        attempt(() => run(observation)),
      );
    return known.get(inputs)!;
  };
}

function* firstOf<T>(first: Iterable<T>, then: Iterable<T>): Generator<T> {
  yield* first;
  yield* then;
}

/**
 * Whether an edit gives what was expected of the slot at every probe: so closely that an epsilon of 1e-7 in another place makes a
 * difference.
 */
function isRight(trial: Trial, { slot, observations }: Evidence): boolean {
  return observations.every((observation) => {
    const { expected, found: wrong } = observation;
    const [relative, floor] = closenessFor(wrong);
    const closeness = relative > SINGLE ? ([relative, floor] as const) : EXACT;
    const found = trial(observation)?.get(slot.name);
    return found ? isClose(inShapeOf(found, expected), expected, closeness) : false;
  });
}

/** Whether an edit leaves the derivatives by other slots as they were, or makes them right: what several need it may spoil for some. */
function sparesOthers(trial: Trial, { specimen, slot, observations, expectedBy }: Evidence): boolean {
  const [first] = observations as [Evidence['observations'][number]];
  const before = differentiate(specimen, first.inputs, first.upstream).bySlot;
  const gradients = trial(first);
  return slotsOf(specimen).every((other) => {
    const [was, gradient] = [before.get(other.name), gradients?.get(other.name)];
    if (!was) return true;
    if (!gradient) return false;
    if (other.name === slot.name || isClose(gradient, was, [1e-9, 0])) return true;
    const expected = attempt(() => expectedBy(other, first));
    return !expected || isClose(inShapeOf(gradient, expected), expected);
  });
}

/** A text and a way to run it that gives what the code itself gave. */
function firstThatRuns(specimen: Specimen, { slot, observations }: Evidence): Compiled | null {
  return (
    compilersFor(specimen, 'backward').find(({ specimenOf }) => {
      const again = attempt(() => specimenOf([]));
      return (
        again !== null &&
        observations.every(({ inputs, upstream, found }) => {
          const gradient = attempt(() => differentiate(again, inputs, upstream).bySlot.get(slot.name));
          return gradient ? isClose(gradient, found, [1e-12, 0]) : false;
        })
      );
    }) ?? null
  );
}

function inShapeOf(found: Tensor, expected: Tensor): Tensor {
  return found.size === expected.size ? found.reshape(expected.shape) : found;
}

function diagnosisOf(edit: Edit, { source, shown }: Compiled, evidence: Evidence): Diagnosis {
  const [before, after] = linesOf(edit, source).map(shown) as [string, string];
  return {
    cause: causeOf(edit, source, evidence),
    message: `Your derivative by ${evidence.slot.name} is right but for one thing: in ${'`'}${before}${'`'}, ${shown(edit.mistake)}.`,
    correction: `Write: ${after}`,
  };
}

/** The line that an edit changes, before and after. */
function linesOf({ changes }: Edit, source: string): [before: string, after: string] {
  const { start, end } = linesAround(source, { start: changes[0]!.start, end: changes.at(-1)!.end });
  const line = source.slice(start, end);
  const moved = changes.map((change) => ({
    ...change,
    start: change.start - start,
    end: change.end - start,
  }));
  return [line.trim(), edited(line, moved).trim()];
}
