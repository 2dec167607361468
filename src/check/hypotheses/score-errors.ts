// Losses on scores have one derivative, p - t: probability minus target. These are the ways in which people get it wrong.

import { sameShape, Tensor } from '../../tensor/index.js';
import type { Cause } from './causes.js';

/** What turns scores into predictions. */
export interface Activation {
  readonly name: 'softmax' | 'sigmoid' | 'identity';
  readonly of: (z: Tensor) => Tensor;
}

/** Softmax with cross-entropy, sigmoid with binary cross-entropy, and the square of a difference. */
export const ACTIVATIONS: readonly Activation[] = [
  { name: 'softmax', of: (z) => z.softmax() },
  { name: 'sigmoid', of: (z) => z.sigmoid() },
  { name: 'identity', of: (z) => z },
];

/** What stands where p - t belongs. */
export interface ScoreError {
  readonly cause: Cause;
  /** What is wrong, as the end of a sentence that begins with "In your derivative by w,". */
  readonly what: string;
  readonly of: (z: Tensor, p: Tensor, t: Tensor) => Tensor;
}

const not = (x: Tensor): Tensor => x.neg().add(1);

/** The errors that go with an activation; `z`, `p` and `y` are what scores, predictions and targets are called. */
export function scoreErrors(activation: Activation, z: string, p: string, y: string): ScoreError[] {
  const { name } = activation;
  const always: ScoreError[] = [
    {
      cause: name === 'identity' ? 'term-missing' : 'target-not-subtracted',
      what: `${p} stands alone: the target ${y}${name === 'softmax' ? ', 1 at the right class,' : ''} must be subtracted`,
      of: (_, p) => p,
    },
    {
      cause: 'term-sign-flipped',
      what: `the target ${y} is added to ${p}: it must be subtracted`,
      of: (_, p, t) => p.add(t),
    },
    {
      cause: 'factor-extra',
      what: `${p} - ${y} is squared: that is the loss, not its derivative`,
      of: (_, p, t) => p.sub(t).mul(p.sub(t)),
    },
    {
      cause: 'absolute-value',
      what: `the sign of ${p} - ${y} is lost`,
      of: (_, p, t) => p.sub(t).abs(),
    },
  ];
  if (name === 'identity') return always;
  return [
    ...always,
    {
      cause: 'taken-at-input',
      what: `the target is subtracted from ${z} itself, where ${p} belongs`,
      of: (z, _, t) => z.sub(t),
    },
    {
      cause: 'local-derivative-twice',
      what: `there is a factor p * (1 - p) with p = ${p} too much: ${p} - ${y} has the derivative of ${name} in it already`,
      of: (_, p, t) => p.sub(t).mul(p.mul(not(p))),
    },
    {
      cause: 'local-derivative-missing',
      what: `the derivative of ${name} is missing: this is the derivative by ${p}`,
      of: (_, p, t) => (name === 'softmax' ? t.div(p).neg() : p.sub(t).div(p.mul(not(p)))),
    },
    {
      cause: 'term-missing',
      what: `there is something at the right class only: at all others it is ${p}`,
      of: (_, p, t) => p.sub(t).mul(t),
    },
  ];
}

/** Targets in the shape of the scores: as they are, or a 1 at the place that a label names. */
export function targetsFor(labels: Tensor, scores: Tensor): Tensor | null {
  if (sameShape(labels.shape, scores.shape)) return labels;
  if (labels.size === scores.size) return labels.reshape(scores.shape);
  const classes = scores.shape.at(-1);
  if (classes === undefined || labels.size * classes !== scores.size) return null;
  const data = new Float64Array(scores.size);
  labels.data.forEach((label, row) => (data[row * classes + label] = 1));
  return new Tensor(data, scores.shape);
}
