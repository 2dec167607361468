// The code that comes out of the playground. TypeScript is run here; NumPy's and PyTorch's code was run by Python, and the
// fixture (tests/fixtures/make_playground_fixtures.py) has what it came to.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import * as chainrule from '../../../src/index.js';
import { toNumPy } from '../../../lab/playground/export/numpy.js';
import { toPyTorch } from '../../../lab/playground/export/pytorch.js';
import { wrapped, type Recipe } from '../../../lab/playground/export/recipe.js';
import { toTypeScript } from '../../../lab/playground/export/typescript.js';
import { observerOf } from '../../../lab/playground/look.js';
import { trainerOf, type Trainer } from '../../../lab/playground/trainer.js';
import { CASES, recipeOf } from './recipes.js';

interface Figure {
  readonly digest: string;
  /** Mean over the last epoch, before each update. */
  readonly loss: number;
  /** On the test samples, in the end. */
  readonly test: number;
}

const figures = JSON.parse(
  readFileSync(new URL('../../fixtures/playground-code.json', import.meta.url), 'utf8'),
) as Readonly<Record<string, Readonly<Record<'numpy' | 'pytorch', Figure>>>>;

interface Outcome {
  readonly model: chainrule.nn.Module;
  readonly history: chainrule.History;
}

/** Runs the code as Node would once the package is installed. */
async function run(code: string): Promise<Outcome> {
  const [, names, rest] = /import \{ (.*) \} from 'chainrule';([^]*)/.exec(code) ?? [];
  const body = `const { ${names} } = chainrule; const console = { log() {} };\n${rest}\nreturn { model, history };`;
  const AsyncFunction = Object.getPrototypeOf(async () => {}).constructor as new (
    ...args: string[]
  ) => (library: typeof chainrule) => Promise<Outcome>;
  return new AsyncFunction('chainrule', body)(chainrule);
}

/** The same training in the playground. */
function trained(recipe: Recipe): Trainer {
  const trainer = trainerOf(recipe.settings);
  if (recipe.weights) trainer.network.assign(recipe.weights);
  trainer.advance(recipe.epochs * trainer.batches);
  return trainer;
}

describe.each(Object.keys(CASES))('%s', (name) => {
  const recipe = recipeOf(name);
  const trainer = trained(recipe);
  const hasDropout = recipe.settings.network.layers.some(({ dropout }) => dropout > 0);

  test('as TypeScript, trains to the playground’s weights, to the last bit', async () => {
    const { model, history } = await run(toTypeScript(recipe));
    expect(model.parameters().flatMap(({ data }) => [...data])).toEqual([...trainer.network.values()]);
    expect(history.loss.length).toBe(recipe.epochs);
    if (recipe.settings.training.penalty === 'none' && !hasDropout) {
      expect(figures[name]?.numpy.loss).toBeCloseTo(history.loss.at(-1) ?? NaN, 10);
    }
  });

  test.each([
    ['numpy', toNumPy],
    ['pytorch', toPyTorch],
  ] as const)('as %s, came to the playground’s loss on the test samples when it was run', (kind, write) => {
    const { digest, test } = figures[name]![kind];
    const isRun = createHash('sha256').update(write(recipe)).digest('hex').slice(0, 16) === digest;
    expect(isRun, 'this code has not been run: python3 tests/fixtures/make_playground_fixtures.py').toBe(
      true,
    );
    const here = observerOf(trainer).look('forward').test!.loss;
    if (hasDropout)
      expect(Math.abs(test - here)).toBeLessThan(0.3); // other random numbers leave out other units
    else expect(test).toBeCloseTo(here, 10);
  });
});

test('values are wrapped within the width, each with its comma', () => {
  const text = wrapped(
    Array.from({ length: 40 }, (_, i) => String(1000 + i)),
    '  ',
    30,
  );
  expect(text.split('\n').every((line) => line.length <= 30)).toBe(true);
  expect(text.match(/\d+,/g)?.length).toBe(40);
});
