// The table of contents of mistakes, the plainest first: the first one that explains every number is reported.

import { sameShape } from '../../tensor/index.js';
import type { Diagnosis, Evidence } from '../evidence.js';
import { attention } from './attention.js';
import { binaryCrossEntropy } from './bce.js';
import { asFactor, constantFactor } from './constant.js';
import { constantGradient } from './constant-gradient.js';
import { crossEntropy, crossEntropyOfProbabilities } from './cross-entropy.js';
import { clipped, signLost } from './distortion.js';
import { epsilonEnormous, epsilonTooLarge } from './epsilon.js';
import { diagonalOnly } from './diagonal.js';
import { factorMissingOrExtra, unusualFactor } from './factor.js';
import { viewOf, type FactorHypothesis, type View } from './factors.js';
import { wrongHalf } from './halves.js';
import { multipliedForDivided } from './inverted.js';
import { kernelNotFlipped } from './kernel.js';
import { attempt } from './match.js';
import { localDerivativeInverted, localDerivativeMissing, localDerivativeTwice } from './local-derivative.js';
import {
  dependsOnSign,
  maskInverted,
  maskMissing,
  maskOfOutputsMissing,
  maskOfUpstream,
  spread,
} from './mask.js';
import { network } from './network.js';
import { normalisation, variance } from './normalisation.js';
import { wrongOnOneSide } from './one-side.js';
import { otherForgotten } from './other-forgotten.js';
import { onePathForgotten, onlyOneContribution, onlyOneSample } from './overwritten.js';
import { parenthesesForgotten } from './parenthesis.js';
import { matrixProducts } from './products.js';
import { recurrence } from './recurrence.js';
import { regression } from './regression.js';
import { misplaced, someElementsForgotten } from './rows.js';
import { signFlipped } from './sign-flipped.js';
import { softmax } from './softmax.js';
import { squaredError } from './squared-error.js';
import { notSummed, summedOverWrongAxis, summedTooFar } from './summation.js';
import { gradientOfOther } from './swapped.js';
import { takenAtOutput } from './taken-at-output.js';
import { targetNotSubtracted, termMissingOrExtra, termReplaced } from './term.js';
import { factorNotTransposed, jacobianNotTransposed, transposed } from './transposed.js';
import { rightWithoutUpdate, updatedBeforeUpstream } from './updated.js';
import { upstreamMissing, upstreamSummed, upstreamTwice, withoutUpstream } from './upstream.js';
import { perOutput, withOtherParameters } from './views.js';
import { wrongPlace } from './wrong-place.js';
import { twoFactors, wrongFactor } from './wrong-factor.js';
import { takenAtOtherEnd, wrongLocalDerivative, wrongQuantity } from './wrong-local.js';
import { zero } from './zero.js';

export { CAUSES, type Cause } from './causes.js';

/** Which view of the evidence a mistake is looked for in: all outputs together, one at a time, or first one, then the other. */
type Where = 'together' | 'one by one' | 'both';

/** A mistake, and where it is looked for. */
type Trial = readonly [FactorHypothesis, Where];

/** The mistakes that people make, in the order in which they are tried. */
const PLAIN: readonly Trial[] = [
  [zero, 'together'],
  [signFlipped, 'together'],
  [constantFactor, 'together'],
  [transposed, 'together'],
  [gradientOfOther, 'together'],
  [notSummed, 'together'],
  [upstreamMissing, 'together'],
  [upstreamTwice, 'together'],
  [upstreamSummed, 'together'],
  [softmax, 'together'],
  [normalisation, 'together'],
  [diagonalOnly, 'together'],
  [localDerivativeMissing, 'together'],
  [localDerivativeTwice, 'together'],
  [binaryCrossEntropy, 'together'],
  [squaredError, 'together'],
  [crossEntropy, 'together'],
  [crossEntropyOfProbabilities, 'together'],
  [regression, 'together'],
  [attention, 'together'],
  [network, 'together'],
  [variance, 'together'],
  [takenAtOutput, 'together'],
  [updatedBeforeUpstream, 'together'],
  [rightWithoutUpdate, 'together'],
  [factorNotTransposed, 'together'],
  [kernelNotFlipped, 'together'],
  [maskInverted, 'both'],
  [maskOfUpstream, 'together'],
  [spread, 'one by one'],
  [signLost, 'both'],
  [takenAtOtherEnd, 'together'],
  [localDerivativeInverted, 'together'],
  [parenthesesForgotten, 'together'],
  [wrongQuantity, 'together'],
  [multipliedForDivided, 'both'],
  [factorMissingOrExtra, 'both'],
  [wrongLocalDerivative, 'together'],
  [unusualFactor, 'both'],
  [maskMissing, 'together'],
  [maskOfOutputsMissing, 'one by one'],
  [otherForgotten, 'together'],
  [onePathForgotten, 'together'],
  [matrixProducts, 'together'],
  [recurrence, 'together'],
  [onlyOneContribution, 'together'],
  [onlyOneSample, 'together'],
  [summedTooFar, 'together'],
  [summedOverWrongAxis, 'together'],
  [jacobianNotTransposed, 'together'],
  [wrongPlace, 'together'],
  [misplaced, 'one by one'],
  [epsilonTooLarge, 'both'],
  [clipped, 'together'],
];

/** Mistakes that can be read into many numbers: tried when none of the others will do. */
const INVOLVED: readonly Trial[] = [
  [dependsOnSign, 'together'],
  [targetNotSubtracted, 'both'],
  [wrongOnOneSide, 'both'],
  [wrongFactor, 'both'],
  [twoFactors, 'both'],
  [termMissingOrExtra, 'both'],
  [epsilonEnormous, 'both'],
  [termReplaced, 'both'],
];

/** Mistakes that come alone: a missing path with the other sign is the other path by chance, and so are two slopes swapped. */
const ALONE: readonly FactorHypothesis[] = [onePathForgotten, gradientOfOther, clipped, maskInverted];

/** Constants that come on top of another mistake: the sign, a 2, a number of samples. */
const CONSTANTS = [-1, 2, 1 / 2, -2, -1 / 2, 3, 1 / 3, 4, 1 / 4];

/** The first mistake that explains all the numbers, or null. */
export function diagnose(given: Evidence): Diagnosis | null {
  const shaped = inShape(given);
  const evidence = attempt(() => withOtherParameters(shaped)) ?? shaped;
  const oneByOne = attempt(() => perOutput(evidence));
  const views = { together: viewOf(evidence), oneByOne: oneByOne && viewOf(oneByOne) };
  return (
    firstOf(PLAIN, views) ??
    attempt(() => besidesTheUpstream(evidence)) ??
    firstOf(INVOLVED, views) ??
    besidesAConstant(
      PLAIN.filter(([mistake]) => !ALONE.includes(mistake)),
      views,
    ) ??
    besidesAConstant(
      [
        [wrongOnOneSide, 'both'],
        [wrongFactor, 'both'],
      ],
      views,
    ) ??
    attempt(() => inOneHalf(evidence)) ??
    firstOf([[someElementsForgotten, 'one by one']], views) ??
    attempt(() => constantGradient(evidence))
  );
}

/** One half of a vector is right, and something is wrong with the other. */
function inOneHalf(evidence: Evidence): Diagnosis | null {
  const half = wrongHalf(evidence);
  const views = half && { together: viewOf(half), oneByOne: null };
  return views && (firstOf(OF_NUMBERS, views) ?? besidesAConstant(OF_NUMBERS, views));
}

/** Mistakes that show in the numbers alone. */
const OF_NUMBERS: readonly Trial[] = [
  ...([zero, signFlipped, constantFactor, multipliedForDivided, factorMissingOrExtra] as const),
  ...([unusualFactor, wrongFactor, twoFactors, termMissingOrExtra] as const),
].map((mistake): Trial => [mistake, 'together']);

/** The same evidence, seen in two ways. */
interface Views {
  readonly together: View;
  readonly oneByOne: View | null;
}

function firstOf(trials: readonly Trial[], { together, oneByOne }: Views): Diagnosis | null {
  for (const [hypothesis, where] of trials) {
    // At other inputs a learner's code may throw: then this mistake is left out.
    const diagnosis =
      (where !== 'one by one' ? attempt(() => hypothesis(together)) : null) ??
      (where !== 'together' && oneByOne ? attempt(() => hypothesis(oneByOne)) : null);
    if (diagnosis) return diagnosis;
  }
  return null;
}

/** The upstream is missing, and something else is wrong as well. */
function besidesTheUpstream(evidence: Evidence): Diagnosis | null {
  const bare = withoutUpstream(evidence);
  const other = bare && firstOf([...PLAIN, ...INVOLVED], { together: viewOf(bare), oneByOne: null });
  return (
    other && {
      cause: 'upstream-missing',
      message: `Your derivative by ${evidence.slot.name} does not heed the upstream, which backward is given. Besides: ${other.message}`,
      correction: ['Multiply by the upstream.', other.correction].filter(Boolean).join(' '),
    }
  );
}

/** A mistake on top of which comes a constant: the sign is flipped as well, or a 2 is missing. */
function besidesAConstant(trials: readonly Trial[], { together, oneByOne }: Views): Diagnosis | null {
  for (const constant of [...CONSTANTS, ...countsOf(together)]) {
    const diagnosis = firstOf(trials, {
      together: times(together, 1 / constant),
      oneByOne: oneByOne && times(oneByOne, 1 / constant),
    });
    if (!diagnosis) continue;
    const size = `${constant < 0 ? 'minus ' : ''}${asFactor(Math.abs(constant))}`;
    const besides =
      constant === -1
        ? 'Besides, the sign is flipped.'
        : `Besides, it is ${size} times what it then should be.`;
    return { ...diagnosis, message: `${diagnosis.message} ${besides}` };
  }
  return null;
}

/** Gradients that differ from their slot by axes of length 1 only, in its shape. */
function inShape(evidence: Evidence): Evidence {
  const squeezed = (shape: readonly number[]): number[] => shape.filter((length) => length !== 1);
  return {
    ...evidence,
    observations: evidence.observations.map((each) => {
      const { found, value } = each;
      const isSame = sameShape(squeezed(found.shape), squeezed(value.shape));
      return isSame ? { ...each, found: found.reshape(value.shape) } : each;
    }),
    foundAt(setting, slot) {
      const found = evidence.foundAt(setting, slot);
      const { shape } = evidence.observations[0]!.value;
      const isSame = !slot && found !== null && sameShape(squeezed(found.shape), squeezed(shape));
      return isSame ? found.reshape(shape) : found;
    },
  };
}

/** The evidence as it would be if the code's result were multiplied with a constant. */
function times(view: View, constant: number): View {
  return {
    ...view,
    observations: view.observations.map((each) => ({ ...each, found: each.found.mul(constant) })),
    foundAt: (setting, slot) => view.foundAt(setting, slot)?.mul(constant) ?? null,
  };
}

/** Numbers of samples and elements, and one over them. */
function countsOf({ observations: [first] }: Evidence): number[] {
  const counts = [first!.output, first!.value, ...first!.inputs].flatMap(({ shape, size }) => [
    ...shape,
    size,
  ]);
  return [...new Set(counts)].filter((n) => n > 4).flatMap((n) => [n, 1 / n]);
}
