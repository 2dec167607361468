// Prints the Python code of every recipe as JSON, for tests/fixtures/make_playground_fixtures.py to run.

import { toNumPy } from '../../../lab/playground/export/numpy.js';
import { toPyTorch } from '../../../lab/playground/export/pytorch.js';
import { CASES, recipeOf } from './recipes.js';

const code = Object.keys(CASES).map((name) => {
  const recipe = recipeOf(name);
  return [name, { numpy: toNumPy(recipe), pytorch: toPyTorch(recipe) }];
});
console.log(JSON.stringify(Object.fromEntries(code)));
