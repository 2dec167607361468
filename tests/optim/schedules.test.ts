import { describe, expect, test } from 'vitest';
import { compile, optim, tensor, ValueError, type Tensor } from '../../src/index.js';
import { wholePeriods } from '../../src/optim/schedules/schedule.js';
import { readFixture } from './torch.js';

type Arguments = readonly unknown[];
const { schedules } = readFixture<{
  schedules: readonly { schedule: string; args: Arguments; rates: readonly number[] }[];
}>('torch-optim.json');

/** A schedule by name; a list among its arguments is a schedule too. */
function make(name: string, args: Arguments): optim.Schedule {
  const made = args.map((arg) => (Array.isArray(arg) ? make(arg[0] as string, arg.slice(1)) : arg));
  const schedule = optim.schedules[name as keyof typeof optim.schedules] as (
    ...args: unknown[]
  ) => optim.Schedule;
  return schedule(...made);
}

describe('fifty rates are those of torch.optim.lr_scheduler', () => {
  test.each(
    schedules.map(({ schedule, args, rates }) => [schedule, JSON.stringify(args), args, rates] as const),
  )('%s %s', (name, _, args, rates) => {
    const schedule = make(name, args);
    const single = compile(schedule, { precision: 'float32' });
    rates.forEach((rate, step) => {
      const given = schedule(tensor(step)).item();
      expect(Math.abs(given - rate), `step ${step}: ${given} for ${rate}`).toBeLessThan(1e-12 * rate + 1e-16);
      expect(Math.abs(single(step).item() - rate)).toBeLessThan(2e-6 * rate + 1e-7);
    });
  });
});

test('OneCycle stays at its last rate', () => {
  const schedule = optim.schedules.oneCycle(1, { steps: 10 });
  expect(schedule(tensor(1000)).item()).toBe(schedule(tensor(9)).item());
});

test('periods are counted exactly, in float32 too', () => {
  const steps = [0, 1, 6, 7, 8, 69, 70, 71, 48999, 49000, 9_999_990, 2 ** 24 - 1];
  for (const every of [1, 2, 7, 1000, 3_000_001]) {
    const count = compile((step: Tensor) => wholePeriods(step, every), { precision: 'float32' });
    for (const step of steps) {
      expect(wholePeriods(tensor(step), every).item()).toBe(Math.floor(step / every));
      expect(count(step).item(), `${step} / ${every}`).toBe(Math.floor(step / every));
    }
  }
  expect(wholePeriods(tensor(2 ** 31 + 5), 3).item()).toBe(Math.floor((2 ** 31 + 5) / 3));
});

describe('a schedule of one’s own', () => {
  const w = (): Tensor => tensor(1, { requiresGrad: true });
  test('is tensor code', () => {
    const optimizer = optim.sgd({ learningRate: (step) => tensor(1).div(step.add(1)) });
    expect(optimizer.learningRate).toBe(1);
    optimizer.step([w()]);
    expect(optimizer.learningRate).toBe(0.5);
  });
  test.each([
    [() => tensor([1, 2]), /a schedule gives a tensor of shape \[\] for a step, got one of shape \[2\]/],
    [() => 0.1, /got 0.1/],
    [() => tensor(NaN), /first rate must be a number of at least 0, got NaN/],
  ])('that gives something else is refused', (schedule, message) => {
    expect(() => optim.sgd({ learningRate: schedule as optim.Schedule })).toThrow(ValueError);
    expect(() => optim.sgd({ learningRate: schedule as optim.Schedule })).toThrow(message);
  });
});

describe('options out of range are refused', () => {
  const { constant, cosine, exponentialDecay, linearWarmup, oneCycle, perEpoch, stepDecay } = optim.schedules;
  test.each([
    [() => constant(0), /constant: the rate must be a number above 0, got 0/],
    [() => stepDecay(0.1, { every: 0 }), /stepDecay: every must be a whole number of at least 1, got 0/],
    [() => stepDecay(0.1, { every: 2, factor: -1 }), /factor must be a number above 0, got -1/],
    [() => exponentialDecay(0.1, { factor: NaN }), /factor must be a number above 0, got NaN/],
    [() => cosine(0.1, { steps: 1.5 }), /cosine: steps must be a whole number of at least 1, got 1.5/],
    [() => cosine(0.1, { steps: 5, least: -1 }), /least must be a number of at least 0, got -1/],
    [() => linearWarmup(-1, { steps: 5 }), /linearWarmup: the rate must be a number above 0, got -1/],
    [() => linearWarmup(1, { steps: 5, startFactor: Infinity }), /startFactor/],
    [() => oneCycle(1, { steps: 10, rising: 2 }), /rising must be at most 1, got 2/],
    [() => oneCycle(1, { steps: 10, rising: 0.6, threePhase: true }), /rising must be at most 0.5, got 0.6/],
    // @ts-expect-error no such shape
    [() => oneCycle(1, { steps: 10, shape: 'square' }), /shape must be cosine or linear, got square/],
    [() => perEpoch(constant(1), 0), /stepsPerEpoch must be a whole number of at least 1, got 0/],
  ])('%#', (make, message) => {
    expect(make).toThrow(ValueError);
    expect(make).toThrow(message);
  });
});
