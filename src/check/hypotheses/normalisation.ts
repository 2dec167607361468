// Normalisation (layer norm, batch norm, division by the length): (g - mean(g) - x̂ mean(g x̂)) / σ with g = dy γ, and the paths
// through the statistics that get forgotten.

import { sameShape, type Tensor } from '../../tensor/index.js';
import type { Evidence, Observation } from '../evidence.js';
import { broadcasts } from './align.js';
import { mistakesIn, type Formula, type Mistake, type Reading } from './formula.js';

const EPSILONS = [0, 1e-5, 1e-3];

/** Mistakes in the derivative of a normalisation by its input. */
export const normalisation = mistakesIn((evidence) => {
  const { value, output } = evidence.observations[0]!;
  if (evidence.slot.kind !== 'input' || !sameShape(value.shape, output.shape) || value.ndim === 0) return [];
  const scales = [null, ...scalesOf(evidence)];
  const epsilons = [...EPSILONS.map((epsilon) => () => epsilon), ...epsilonsOf(evidence)];
  return [
    ...axesOf(value.ndim).flatMap((axes) =>
      scales.flatMap((scale) => [
        ...epsilons.map((epsilon) => byDeviation(evidence, axes, scale, epsilon)),
        byLength(evidence, axes, scale),
      ]),
    ),
    ...groupsOf(value.shape).flatMap((size) =>
      scales.flatMap((scale) => epsilons.map((epsilon) => byDeviation(evidence, [-1], scale, epsilon, size))),
    ),
  ];
});

/** The epsilons among the parameters. */
function epsilonsOf({ specimen }: Evidence): ((observation: Observation) => number)[] {
  return specimen.parameters
    .filter(({ path }) => /(?:^|[._])(?:eps(?:ilon)?)$/i.test(path))
    .map(
      ({ path }) =>
        ({ parameters }: Observation) =>
          parameters.get(path)?.data[0] ?? 0,
    );
}

/** The sizes of groups of features that a normalisation may run over by themselves. */
function groupsOf(shape: readonly number[]): number[] {
  const features = shape.at(-1) ?? 1;
  return Array.from({ length: features }, (_, i) => i + 1).filter(
    (size) => size > 1 && size < features && features % size === 0,
  );
}

/** The axes that a normalisation may run over: the last (layer), the first (batch), all but the channels, all of an image. */
function axesOf(ndim: number): number[][] {
  const all = Array.from({ length: ndim }, (_, axis) => axis);
  const sets = [
    [ndim - 1],
    [0],
    all,
    ...(ndim > 2 ? [all.filter((axis) => axis !== 1), all.slice(2), all.slice(1)] : []),
  ];
  return sets.filter((set, i) => sets.findIndex((other) => String(other) === String(set)) === i);
}

/** What could be γ: by name, and its values laid beside the input. */
interface Scale {
  readonly name: string;
  readonly of: Formula;
}

/** Everything that fits beside the input. */
function scalesOf({ specimen, slot, observations }: Evidence): Scale[] {
  const { value } = observations[0]!;
  const laid = (scale: Tensor | undefined): Tensor | null => {
    if (!scale) return null;
    if (broadcasts(scale.shape, value.shape)) return scale;
    const perChannel = [...scale.shape, ...value.shape.slice(2).map(() => 1)];
    return scale.ndim === 1 && broadcasts(perChannel, value.shape) ? scale.reshape(perChannel) : null;
  };
  return [
    ...specimen.inputNames
      .map((name, i) => ({ name, of: ({ inputs }: Observation) => laid(inputs[i]) }))
      .filter(({ name }) => name !== slot.name),
    ...specimen.parameters.map(({ path }) => ({
      name: path,
      of: ({ parameters }: Observation) => laid(parameters?.get(path)),
    })),
  ];
}

/** x minus its mean, divided by its standard deviation. */
function byDeviation(
  { slot }: Evidence,
  axes: readonly number[],
  scale: Scale | null,
  epsilonAt: (observation: Observation) => number,
  group: number | null = null,
): Reading {
  const x = slot.name;
  /** Features of one group in a row of their own. */
  const grouped = (values: Tensor): Tensor =>
    group === null ? values : values.reshape([values.size / group, group]);
  const mean = (values: Tensor): Tensor => values.mean(axes, { keepDims: true });
  const sum = (values: Tensor): Tensor => values.sum(axes, { keepDims: true });
  const from =
    (formula: (g: Tensor, xHat: Tensor, sigma: Tensor, dy: Tensor) => Tensor): Formula =>
    (observation) => {
      const value = grouped(observation.value);
      const centred = value.sub(mean(value));
      const sigma = mean(centred.mul(centred)).add(epsilonAt(observation)).sqrt();
      const gamma = scale ? scale.of(observation) : null;
      if (scale && !gamma) return null;
      const dy = observation.upstream;
      const g = gamma ? dy.mul(gamma) : dy;
      return formula(grouped(g), centred.div(sigma), sigma, grouped(dy)).reshape(observation.value.shape);
    };
  const g = scale ? `dy * ${scale.name}` : 'dy';
  const full = (g: Tensor, xHat: Tensor, sigma: Tensor): Tensor =>
    g
      .sub(mean(g))
      .sub(xHat.mul(mean(g.mul(xHat))))
      .div(sigma);
  const withoutScale: Mistake[] = scale
    ? [
        {
          cause: 'factor-missing',
          message: `In your derivative by ${x}, the factor ${scale.name} is missing: it comes after the normalisation, so its derivative comes first.`,
          formula: from((_, xHat, sigma, dy) => full(dy, xHat, sigma)),
        },
        {
          cause: 'statistics-as-constants',
          message: `Your derivative by ${x} is dy / σ: the mean and the variance depend on ${x} too, and ${scale.name} is missing as well.`,
          formula: from((_g, _x, sigma, dy) => dy.div(sigma)),
        },
      ]
    : [];
  return {
    right: from(full),
    correction: `d${x} = (g - mean(g) - x̂ * mean(g * x̂)) / σ with g = ${g}`,
    mistakes: () => [
      {
        cause: 'statistics-as-constants',
        message: `Your derivative by ${x} treats mean and variance as constants. Both depend on ${x}, and each gives a path of its own back to it.`,
        formula: from((g, _, sigma) => g.div(sigma)),
      },
      {
        cause: 'variance-path-forgotten',
        message: `In your derivative by ${x}, the path through the variance is missing: - x̂ * mean(g * x̂).`,
        formula: from((g, _, sigma) => g.sub(mean(g)).div(sigma)),
      },
      {
        cause: 'mean-path-forgotten',
        message: `In your derivative by ${x}, the path through the mean is missing: - mean(g).`,
        formula: from((g, xHat, sigma) => g.sub(xHat.mul(mean(g.mul(xHat)))).div(sigma)),
      },
      ...withoutScale,
      {
        cause: 'factor-missing',
        message: `In your derivative by ${x}, the division by the standard deviation σ is missing.`,
        formula: from((g, xHat) => g.sub(mean(g)).sub(xHat.mul(mean(g.mul(xHat))))),
      },
      {
        cause: 'factor-extra',
        message: `Your derivative by ${x} is divided by the variance σ² where the standard deviation σ belongs.`,
        formula: from((g, xHat, sigma) => full(g, xHat, sigma).div(sigma)),
      },
      {
        cause: 'summed-instead-of-averaged',
        message: `In your derivative by ${x}, there are sums where the means of g and g * x̂ belong.`,
        formula: from((g, xHat, sigma) =>
          g
            .sub(sum(g))
            .sub(xHat.mul(sum(g.mul(xHat))))
            .div(sigma),
        ),
      },
      {
        cause: 'factor-missing',
        message: `In your derivative by ${x}, the mean of g * x̂ is taken away as it is: the factor x̂ is missing.`,
        formula: from((g, xHat, sigma) =>
          g
            .sub(mean(g))
            .sub(mean(g.mul(xHat)))
            .div(sigma),
        ),
      },
      {
        cause: 'term-sign-flipped',
        message: `In your derivative by ${x}, the path through the variance is added: it must be taken away.`,
        formula: from((g, xHat, sigma) =>
          g
            .sub(mean(g))
            .add(xHat.mul(mean(g.mul(xHat))))
            .div(sigma),
        ),
      },
      {
        cause: 'term-sign-flipped',
        message: `In your derivative by ${x}, the path through the mean is added: it must be taken away.`,
        formula: from((g, xHat, sigma) =>
          g
            .add(mean(g))
            .sub(xHat.mul(mean(g.mul(xHat))))
            .div(sigma),
        ),
      },
    ],
  };
}

/** x divided by its length, or by the root of its mean square. */
function byLength({ slot }: Evidence, axes: readonly number[], scale: Scale | null): Reading {
  const x = slot.name;
  const sum = (values: Tensor): Tensor => values.sum(axes, { keepDims: true });
  const from =
    (formula: (g: Tensor, xHat: Tensor, length: Tensor) => Tensor): Formula =>
    (observation) => {
      const gamma = scale ? scale.of(observation) : null;
      if (scale && !gamma) return null;
      const { value, upstream } = observation;
      const length = sum(value.mul(value)).sqrt();
      return formula(gamma ? upstream.mul(gamma) : upstream, value.div(length), length);
    };
  return {
    right: from((g, xHat, length) => g.sub(xHat.mul(sum(g.mul(xHat)))).div(length)),
    correction: `d${x} = (g - x̂ * sum(g * x̂)) / |${x}| with x̂ = ${x} / |${x}| and g = ${scale ? `dy * ${scale.name}` : 'dy'}`,
    mistakes: () => [
      {
        cause: 'statistics-as-constants',
        message: `Your derivative by ${x} treats the length of ${x} as a constant. It depends on ${x}, and gives a path of its own back to it.`,
        formula: from((g, _, length) => g.div(length)),
      },
      {
        cause: 'term-sign-flipped',
        message: `In your derivative by ${x}, the path through the length is added: it must be taken away.`,
        formula: from((g, xHat, length) => g.add(xHat.mul(sum(g.mul(xHat)))).div(length)),
      },
      {
        cause: 'factor-missing',
        message: `In your derivative by ${x}, the division by the length of ${x} is missing.`,
        formula: from((g, xHat) => g.sub(xHat.mul(sum(g.mul(xHat))))),
      },
    ],
  };
}

/** Mistakes in the derivative of a variance, 2 (x - mean(x)) / n. */
export const variance = mistakesIn(({ slot, observations }) => {
  const { value } = observations[0]!;
  if (value.ndim === 0) return [];
  return axesOf(value.ndim).map((axes): Reading => {
    const from =
      (formula: (x: Tensor, mean: Tensor) => Tensor): Formula =>
      ({ value, upstream }) => {
        const dy = upstream.size === 1 ? upstream.reshape([]) : keepAxes(upstream, value.shape, axes);
        return formula(value, value.mean(axes, { keepDims: true })).mul(dy);
      };
    return {
      right: from((x, mean) => x.sub(mean)),
      correction: `d${slot.name} = 2 * (${slot.name} - mean(${slot.name})) / n`,
      mistakes: () => [
        {
          cause: 'term-missing',
          message: `In your derivative by ${slot.name}, the mean is not subtracted from ${slot.name}.`,
          formula: from((x) => x),
        },
        {
          cause: 'term-sign-flipped',
          message: `In your derivative by ${slot.name}, the mean is added to ${slot.name}: it must be subtracted.`,
          formula: from((x, mean) => x.add(mean)),
        },
      ],
    };
  });
});

/** A reduced tensor with its lost axes back as axes of length 1. */
function keepAxes(reduced: Tensor, shape: readonly number[], axes: readonly number[]): Tensor {
  return reduced.reshape(shape.map((length, axis) => (axes.includes(axis) ? 1 : length)));
}
