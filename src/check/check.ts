// check: is this backward right, and if not, where and why?

import { nameOf } from '../protocol/index.js';
import type { RandomState } from '../random/index.js';
import { ChainruleError } from '../errors.js';
import type { Tensor } from '../tensor/index.js';
import { asVectors, drawInputs } from './draw.js';
import { examine } from './examine.js';
import { finding, stackOf, type Finding } from './finding.js';
import { newStream } from './random.js';
import { Report } from './report.js';
import { isNamedInput, type NamedInput } from './specimen/held.js';
import { recognise } from './specimen/recognise.js';
import { evaluate, type Specimen } from './specimen/specimen.js';
import { stagesOf } from './stages.js';
import { readValue, type Value } from './value.js';

/** Options of `check`. */
export interface CheckOptions {
  /**
   * What goes in, in the form that the code takes: numbers, nested arrays, typed arrays, tensors; for a pair of functions also
   * an object of them, such as the parameters by name. Default: forms and shapes are tried until some fit.
   */
  readonly inputs?: readonly (Value | NamedInput)[];
  /** How the report calls the subject. Default: the name of its class or function. */
  readonly name?: string;
}

/**
 * Checks a hand-written derivative against the numbers, and names the mistake.
 *
 * The subject is anything with `forward` and `backward` (a class on plain numbers or arrays, a chain, a model that updates
 * its parameters in `backward(dy, lr)`), a loss called with `(prediction, target)` that returns value and derivative, a pair
 * of functions `[f, df]`, a function of the library or a module. How it wants to be called is found out by itself.
 *
 * Every derivative is compared at the given inputs and at others like them, with a random upstream. The subject's state is
 * put back afterwards. A wrong part of a chain or model is named as the finding's `stage`.
 *
 * Throws a `ValueError` for a subject that cannot be checked, and for inputs that are missing where none could be found.
 * What the subject itself throws becomes a finding.
 *
 * @example
 * const report = check(new MySigmoid(), { inputs: [0.3] });
 * report.verdict; // 'right', 'wrong' or 'cannot tell'
 * report.findings[0]?.message;
 */
export function check(subject: unknown, options: CheckOptions = {}): Report {
  const random = newStream();
  if (options.inputs || !isObject(subject)) return checkWith(subject, options, random);
  const inputs = drawInputs(subject, random);
  const report = checkWith(subject, { ...options, inputs }, random, { isFree: true });
  if (report.verdict !== 'right') return report;
  // A sum in place of a mean does not show with one number.
  const vectors = asVectors(subject, inputs, random);
  const wider = vectors && checkWith(subject, { ...options, inputs: vectors }, random);
  return wider?.verdict === 'wrong' ? wider : report;
}

function checkWith(
  subject: unknown,
  { inputs: given = [], name }: CheckOptions,
  random: RandomState,
  { isFree = false }: { readonly isFree?: boolean } = {},
): Report {
  const title = name ?? (isObject(subject) ? nameOf(subject) : typeof subject);
  const values = given.flatMap((input) => (isNamedInput(input) ? [] : [readValue(input)!]));
  let specimen: Specimen;
  try {
    specimen = recognise(subject, given);
    evaluate(specimen, values);
  } catch (error) {
    if (error instanceof ChainruleError) throw error;
    return new Report(title, [], [failure('forward-throws', 'forward', error)], {
      probes: 0,
      chanceOfMiss: 0,
    });
  }
  const whole = examine(specimen, values, random, { isFree });
  const isWrong = whole.findings.some(({ severity }) => severity === 'error');
  const culprits = isWrong ? wrongStages(specimen, values, random) : [];
  const findings = culprits.length > 0 ? culprits : whole.findings;
  return new Report(title, whole.slots, findings, whole);
}

/** The findings of those parts whose own derivative is wrong, in the order in which the parts run. */
function wrongStages(specimen: Specimen, inputs: readonly Tensor[], random: RandomState): Finding[] {
  return stagesOf(specimen, inputs).flatMap(({ name, part, inputs: given }) => {
    const report = checkWith(part, { inputs: given, name }, random);
    return report.findings
      .filter(({ severity }) => severity === 'error')
      .map((each) => ({ ...each, stage: each.stage === null ? name : `${name}.${each.stage}` }));
  });
}

/** A pass that threw. */
export function failure(cause: 'forward-throws' | 'backward-throws', pass: string, error: unknown): Finding {
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return finding({
    cause,
    severity: cause === 'forward-throws' ? 'doubt' : 'error',
    message: `${pass} throws ${message}`,
    stack: stackOf(error),
  });
}

function isObject(subject: unknown): subject is object {
  return (typeof subject === 'object' || typeof subject === 'function') && subject !== null;
}
