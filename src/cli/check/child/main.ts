// The child process: loads the learner's file, checks what it exports, and reports line by line. See ../run-file.ts for its parent.

import { Worker } from 'node:worker_threads';
import { placeOfStack } from '../javascript/frames.js';
import type { Problem, Task } from '../task.js';
import { select } from './candidates.js';
import { examine } from './examine.js';
import { putUpGuards, seedRandom, silence } from './guards.js';
import type { Places } from './place-findings.js';
import { end, fail, send } from './send.js';
import type { Thing } from './thing.js';
import type { Watch } from './watchdog.js';

/** A file that has been loaded, in either language. */
interface Subject {
  readonly things: readonly Thing[];
  readonly problem: Problem | null;
  /** The files that were read, to be watched. */
  readonly files: readonly string[];
  readonly places: Places;
  /** Names of what the file defines but does not export. */
  hidden(): readonly string[];
}

const task = JSON.parse(process.argv[2]!) as Task;
const subject = await (task.language === 'python' ? fromPython() : fromJavaScript());
checkAll(subject);

async function fromJavaScript(): Promise<Subject> {
  const [{ hiddenIn, loadModule }, { locator }] = await Promise.all([
    import('../javascript/load.js'),
    import('../javascript/locate.js'),
  ]);
  process.setSourceMapsEnabled(true);
  putUpGuards(placeOfStack);
  seedRandom();
  watch();
  const loaded = await loadModule(task.file);
  silence();
  const { files, placeIn } = locator();
  return {
    ...loaded,
    files: [...new Set([task.file, ...files])],
    places: { placeIn, placeOfStack, callOf: (name, args) => `new ${name}(${argumentsAsText(args)})` },
    hidden: () => hiddenIn(task.file),
  };
}

async function fromPython(): Promise<Subject> {
  const { loadPython } = await import('../python/load.js');
  const loaded = loadPython(task);
  return {
    ...loaded,
    places: { ...loaded.places, callOf: (name, args) => `${name}(${argumentsAsText(args)})` },
    hidden: () => [],
  };
}

/** Sets a thread to watch over time and memory. */
function watch(): void {
  const megabyte = 1024 * 1024;
  const workerData: Watch = {
    deadline: Date.now() + task.timeout * 1000,
    memory: process.memoryUsage.rss() + task.memory * megabyte,
  };
  new Worker(new URL('./watchdog.js', import.meta.url), { workerData }).unref();
}

function checkAll({ things, problem, files, places, hidden }: Subject): void {
  if (problem) send({ type: 'problem', problem });
  if (problem && !(problem.kind === 'threw' && problem.partly)) end();
  const names = things.map(({ name }) => name);
  const missing = task.only.find((name) => !names.includes(name));
  if (missing !== undefined) {
    send({ type: 'loaded', files, skipped: [] });
    fail({ kind: 'no-export', name: missing, names });
  }
  const asked = task.only.length === 0 ? things : things.filter(({ name }) => task.only.includes(name));
  const { candidates, skipped } = select(asked, task.args, task.only.length > 0);
  const left = [...skipped];
  const results = candidates.flatMap((candidate) => {
    const { result, skipped } = examine(candidate, task, candidates.length > 1, places);
    if (result) send({ type: 'export', result });
    else left.push(skipped);
    return result ? [result] : [];
  });
  send({ type: 'loaded', files, skipped: left });
  // A file that threw and has nothing to check: that it threw is what there is to say.
  if (results.length === 0 && problem?.kind === 'threw') fail({ ...problem, partly: false });
  if (results.length === 0) fail({ kind: 'nothing-to-check', found: left, hidden: hidden() });
  send({ type: 'done' });
  end();
}

function argumentsAsText(args: readonly unknown[]): string {
  return args.map((value) => JSON.stringify(value).replaceAll(',', ', ')).join(', ');
}
