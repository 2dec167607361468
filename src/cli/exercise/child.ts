// The child process: loads a learner's answer or a teacher's exercises, and judges or describes. See judging.ts for its parent.

import { readdirSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import {
  defineExercise,
  exercises,
  judge,
  looksLikeExercise,
  type Code,
  type Exercise,
  type Judgement,
  type Problem,
} from '../../../exercises/index.js';
import { ChainruleError, type Finding } from '../../index.js';
import { putUpGuards, silence } from '../check/child/guards.js';
import { placed } from '../check/child/place-findings.js';
import { end, writeAll } from '../check/child/send.js';
import type { Thing } from '../check/child/thing.js';
import type { Watch } from '../check/child/watchdog.js';
import { placeOfStack } from '../check/javascript/frames.js';
import { loadModule } from '../check/javascript/load.js';
import { locator } from '../check/javascript/locate.js';
import { REPORT_FD } from '../check/task.js';
import type { ChildMessage, ChildTask, PlacedJudgement, PlacedProblem } from './child-task.js';
import { outlineOf } from './outline.js';

const MEGABYTE = 1024 * 1024;
const task = JSON.parse(process.argv[2]!) as ChildTask;

process.setSourceMapsEnabled(true);
const workerData: Watch = {
  deadline: task.deadline,
  memory: process.memoryUsage.rss() + task.memory * MEGABYTE,
};
new Worker(new URL('../check/child/watchdog.js', import.meta.url), { workerData }).unref();
putUpGuards(placeOfStack);

try {
  await run();
} catch (error) {
  if (!(error instanceof ChainruleError)) throw error;
  send({ type: 'faulty', message: error.message });
}
end();

async function run(): Promise<void> {
  const known = task.source === null ? exercises : await exercisesIn(task.source);
  if (task.kind === 'outlines') {
    send({ type: 'outlines', outlines: known.map(outlineOf) });
    return;
  }
  const exercise = known.find(({ name }) => name === task.name)!;
  const answer = codeOf(await thingsIn(task.file));
  silence();
  send({ type: 'judgement', judgement: withPlaces(judge(exercise, answer)) });
}

/** What a learner's file exports. The first trial run that fails at its end does not count. */
async function thingsIn(file: string): Promise<readonly Thing[]> {
  const { things, problem } = await loadModule(file);
  if (problem && !(problem.kind === 'threw' && problem.partly)) stop({ type: 'problem', problem, file });
  return things;
}

/** The exports by name, as `judge` takes them. */
function codeOf(things: readonly Thing[]): Code {
  return Object.fromEntries(
    things.flatMap((thing): [string, unknown][] => {
      switch (thing.kind) {
        case 'class':
          // `new` on a function gives the object that the function returns.
          return [[thing.name, function (...args: unknown[]) { return thing.make(args); }]]; // prettier-ignore
        case 'function':
        case 'object':
          return [[thing.name, thing.value]];
        case 'other':
          return [];
      }
    }),
  );
}

/** A judgement for a learner: with lines in place of stacks, and without the corrected formulas, which are the answer. */
function withPlaces(judgement: Judgement): PlacedJudgement {
  const { placeIn } = locator();
  const placeOf = ({ finding, subject }: Extract<Problem, { kind: 'backward' }>, name: string) =>
    placed(finding, subject, name, { placeIn, placeOfStack }).place;
  const withPlace = (problem: Problem, name: string): PlacedProblem => {
    if (problem.kind === 'throws') return { ...problem, stack: null, place: placeOfStack(problem.stack) };
    if (problem.kind !== 'backward') return { ...problem, place: null };
    return { kind: 'backward', finding: shown(problem.finding), place: placeOf(problem, name) };
  };
  const shown = (finding: Finding): Finding => ({ ...finding, correction: null, stack: null });
  const parts = judgement.parts.map((part) => ({
    ...part,
    problems: part.problems.map((problem) => withPlace(problem, part.name)),
    remarks: part.remarks.map(shown),
  }));
  return { ...judgement, parts };
}

/** The exercises that a file exports, or those that the files of a folder do. */
async function exercisesIn(source: string): Promise<Exercise[]> {
  if (statSync(source).isFile()) return exercisesOf(source);
  const files = readdirSync(source)
    .filter((name) => /^\.[cm]?[jt]s$/.test(extname(name)) && !name.endsWith('.d.ts'))
    .sort();
  const all: Exercise[] = [];
  for (const name of files) all.push(...(await exercisesOf(join(source, name))));
  return all;
}

async function exercisesOf(file: string): Promise<Exercise[]> {
  const { problem } = await loadModule(file);
  if (problem) stop({ type: 'problem', problem, file });
  // Loaded once, it is read again as it is: loadModule takes an exercise apart.
  const namespace = (await import(pathToFileURL(file).href)) as Record<string, unknown>;
  const found = Object.values(namespace).filter(looksLikeExercise);
  return [...new Set(found)].map((each) => defineExercise(each));
}

function stop(message: ChildMessage): never {
  send(message);
  return end();
}

/** Sends a line. NaN and the infinities, which JSON has no numbers for, go by their names. */
function send(message: ChildMessage): void {
  const line = JSON.stringify(message, (_, value: unknown) =>
    typeof value === 'number' && !Number.isFinite(value) ? String(value) : value,
  );
  writeAll(REPORT_FD, Buffer.from(`${line}\n`));
}
