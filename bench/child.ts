// A contender in a process of its own, told what to do by lines of JSON:
//
//   {"prepare": folder}   read the problem and get ready       → {"ms": …}
//   {"steps": n}          train                                → {"ms": …}
//   {"loss": true}                                             → {"loss": …}
//
// `{"missing": why}` or `{"error": why}` come back where that cannot be. Python and C speak the same.

import { createInterface } from 'node:readline';
import type { Prepare, Training } from './contender.js';
import { readProblem } from './problem.js';

const [file = '', variant = ''] = process.argv.slice(2);

interface Request {
  readonly prepare?: string;
  readonly steps?: number;
}

let training: Training | undefined;

async function answer({ prepare: folder, steps }: Request): Promise<object> {
  if (folder !== undefined) {
    const { prepare } = (await import(`./contenders/${file}.js`)) as { prepare: Prepare };
    const problem = readProblem(folder);
    const begun = performance.now();
    training = await prepare(problem, variant);
    return { ms: performance.now() - begun };
  }
  if (!training) throw new Error('not prepared');
  if (steps === undefined) return { loss: await training.loss() };
  const begun = performance.now();
  await training.steps(steps);
  return { ms: performance.now() - begun };
}

for await (const line of createInterface({ input: process.stdin })) {
  const reply = await answer(JSON.parse(line) as Request).catch((error: Error & { code?: string }) =>
    error.code === 'ERR_MODULE_NOT_FOUND'
      ? { missing: `${/package '([^']+)'/.exec(error.message)?.[1] ?? file} is not installed` }
      : { error: error.message },
  );
  console.log(JSON.stringify(reply));
}
process.exit(); // threads of a contender would keep it alive
