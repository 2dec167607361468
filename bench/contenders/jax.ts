// jax-js, which decides while it loads whether there are threads.

import type { Training } from '../contender.js';
import type { Problem } from '../problem.js';
import { offerFloat16Array, offerWorkers } from './browser.js';

export async function prepare(problem: Problem, threads: string): Promise<Training> {
  offerFloat16Array();
  if (Number(threads) > 1) offerWorkers(Number(threads));
  const { training } = await import('./jax-training.js');
  return training(problem);
}
