// A contender in a process of its own, told what to do by lines of JSON:
//
//   {"prepare": folder}   read the problem and get ready       → {"ms": …}
//   {"steps": n}          train                                → {"ms": …}
//   {"loss": true}                                             → {"loss": …}
//   {"parameters": file}  write them, one float64 after the other → {"ms": …}
//
// `{"missing": why}` or `{"error": why}` come back where that cannot be. Python and C speak the same.

import { writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Prepare, Training } from './contender.js';
import { readProblem } from './problem.js';

const [contender = '', variant = ''] = process.argv.slice(2);

interface Request {
  readonly prepare?: string;
  readonly steps?: number;
  readonly parameters?: string;
}

let training: Training | undefined;

async function answer({ prepare: folder, steps, parameters: file }: Request): Promise<object> {
  if (folder !== undefined) {
    const { prepare } = (await import(`./contenders/${contender}.js`)) as { prepare: Prepare };
    const problem = readProblem(folder);
    const begun = performance.now();
    training = await prepare(problem, variant);
    return { ms: performance.now() - begun };
  }
  if (!training) throw new Error('not prepared');
  const begun = performance.now();
  if (steps !== undefined) await training.steps(steps);
  else if (file !== undefined) await writeParameters(training, file);
  else return { loss: await training.loss() };
  return { ms: performance.now() - begun };
}

async function writeParameters({ parameters }: Training, file: string): Promise<void> {
  if (!parameters) throw new Error('it does not tell its parameters');
  writeFileSync(file, Float64Array.from(await parameters()));
}

for await (const line of createInterface({ input: process.stdin })) {
  const reply = await answer(JSON.parse(line) as Request).catch((error: Error & { code?: string }) =>
    error.code === 'ERR_MODULE_NOT_FOUND'
      ? { missing: `${/package '([^']+)'/.exec(error.message)?.[1] ?? contender} is not installed` }
      : { error: error.message },
  );
  console.log(JSON.stringify(reply));
}
process.exit(); // threads of a contender would keep it alive
