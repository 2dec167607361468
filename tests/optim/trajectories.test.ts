import { describe, expect, test } from 'vitest';
import { optim, tensor, type NestedArray } from '../../src/index.js';
import { expectCourse, readFixture, train, type Course, type Start } from './torch.js';

const oracle = readFixture<{ trajectories: readonly (Start & Course & { optimizer: string })[] }>(
  'torch-trajectories.json',
);
type Name = 'sgd' | 'rmsprop' | 'adagrad' | 'adam' | 'adamw';
const torch = readFixture<
  Start & {
    trajectories: readonly (Course & { optimizer: Name; options: object })[];
    clipped: readonly (Course & { clip: optim.ClipOptions })[];
    norms: readonly {
      most: number;
      norm: number | 'inf';
      gradients: readonly NestedArray[];
      total: number;
      clipped: readonly NestedArray[];
    }[];
    grouped: Course;
    accumulated: Course;
    driven: Course;
  }
>('torch-optim.json');

const make = (name: Name, options: object): optim.Optimizer => optim[name](options as optim.SGDOptions);

/** `sgd lr=0.1 momentum=0.9 nesterov` as an optimizer. */
function named(title: string): optim.Optimizer {
  const [name, ...words] = title.split(' ');
  const options = words.map((word) => {
    const [key, value] = word.split('=');
    return [key === 'lr' ? 'learningRate' : key, value === undefined ? true : Number(value)];
  });
  return make(name as Name, Object.fromEntries(options) as object);
}

const engines = [
  ['interpreted', false],
  ['compiled', true],
] as const;

describe.each(engines)('%s, twenty steps are PyTorch’s', (_, compiled) => {
  test.each(oracle.trajectories.map((course) => [course.optimizer, course] as const))(
    '%s (the oracle’s)',
    (title, course) =>
      expectCourse(
        train(course, () => named(title), { steps: 20, compiled }),
        course,
      ),
  );

  test.each(
    torch.trajectories.map((course) => [course.optimizer, JSON.stringify(course.options), course] as const),
  )('%s %s', (name, _, course) => {
    expectCourse(
      train(torch, () => make(name, course.options), { steps: 20, compiled }),
      course,
    );
  });

  test.each(torch.clipped.map((course) => [JSON.stringify(course.clip), course] as const))(
    'SGD with gradients clipped by %s',
    (_, course) => {
      const clipped = (): optim.Optimizer => optim.clip(optim.sgd({ learningRate: 0.5 }), course.clip);
      expectCourse(train(torch, clipped, { steps: 20, compiled }), course);
    },
  );

  test('AdamW in groups: biases without weight decay, the last layer at another rate', () => {
    const [learningRate, weightDecay] = [0.02, 0.3];
    const grouped = ({ b1, b2, W2 }: ReturnType<typeof train>['parameters']): optim.Optimizer =>
      optim.groups(
        optim.adamw({ learningRate, weightDecay }),
        { parameters: [b1, b2], optimizer: optim.adamw({ learningRate, weightDecay: 0 }) },
        { parameters: [W2], optimizer: optim.adamw({ learningRate: 0.1, weightDecay }) },
      );
    expectCourse(train(torch, grouped, { steps: 20, compiled }), torch.grouped);
  });

  test('Adam by three batches a step', () => {
    const accumulated = (): optim.Optimizer => optim.accumulate(optim.adam({ learningRate: 0.05 }), 3);
    const rows = (i: number) => [[2 * (i % 3), 2 * (i % 3) + 2]] as const;
    expectCourse(train(torch, accumulated, { steps: 60, compiled, rows }), torch.accumulated);
  });

  test('Adam driven by a schedule', () => {
    const learningRate = optim.schedules.cosine(0.1, { steps: 15, least: 0.01 });
    expectCourse(
      train(torch, () => optim.adam({ learningRate }), { steps: 20, compiled }),
      torch.driven,
    );
  });
});

describe('clipping by norm is PyTorch’s', () => {
  test.each(torch.norms.map((norm) => [norm.norm, norm.most, norm] as const))(
    'norm %s to %d',
    (kind, most, { gradients, total, clipped }) => {
      const parameters = gradients.map((gradient) => {
        const parameter = tensor(gradient, { requiresGrad: true });
        parameter.grad = tensor(gradient);
        return parameter;
      });
      const had = optim.clipGradNorm(parameters, most, kind === 'inf' ? Infinity : kind).item();
      expect(had).toBeCloseTo(total, 12);
      parameters.forEach(({ grad }, i) =>
        expect(grad!.sub(tensor(clipped[i]!)).abs().max().item()).toBeLessThan(1e-14),
      );
    },
  );

  test('without gradients the norm is 0', () => {
    expect(optim.clipGradNorm([tensor(1, { requiresGrad: true })], 1).item()).toBe(0);
  });
});
