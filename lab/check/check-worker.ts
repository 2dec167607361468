// The worker that runs a learner's code: it may compute and nothing else. The server gives it a content policy of its own, by
// the name of this file (src/cli/lab/policy.ts): text may become code here, and no request leaves.

import * as chainrule from '../../src/index.js';
import type { Letter } from './room.js';
import { run, type Host } from './run.js';
import type { Told } from './task.js';

const LIBRARY = Symbol.for('chainrule.lab');
const LINES = 30; // of what is printed
const LONGEST = 300; // characters of a line

const printed: string[] = [];
for (const level of ['log', 'info', 'warn', 'error', 'debug'] as const) {
  console[level] = (...values: unknown[]) => {
    if (printed.length < LINES) printed.push(values.map(shown).join(' ').slice(0, LONGEST));
  };
}

// Answers go through a port that came with the task. What the learner's code posts goes nowhere: a flood of it would keep the
// page busy.
Object.defineProperty(globalThis, 'postMessage', { value: () => {} });
addEventListener('message', begin);
addEventListener('connect', (event) => ((event as MessageEvent).ports[0]!.onmessage = begin));

async function begin({ data: { task, lock }, ports: [port] }: MessageEvent<Letter>): Promise<void> {
  const tell = (told: Told): void => port?.postMessage(told);
  const host: Host = {
    load,
    library: libraryURL(),
    printed,
    enter: (phase) => tell({ kind: 'phase', phase }),
  };
  await held(lock);
  tell({ kind: 'outcome', outcome: await run(task, host) });
}

/** Takes a lock, which only the end of this worker gives back: so the page sees it. */
function held(lock: string): Promise<void> {
  return new Promise((resolve) => {
    if (!('locks' in navigator)) return resolve(); // the page is not served from this machine
    void navigator.locks.request(lock, () => {
      resolve();
      return new Promise(() => {});
    });
  });
}

async function load(code: string): Promise<{ readonly url: string; readonly namespace: Promise<object> }> {
  const url = addressOf(code);
  return { url, namespace: import(/* @vite-ignore */ url) as Promise<object> };
}

/** A module that exports what the library does: the very library that checks. */
function libraryURL(): string {
  (globalThis as { [LIBRARY]?: unknown })[LIBRARY] = chainrule;
  const lines = Object.keys(chainrule).map(
    (name, i) => `const v${i} = all[${JSON.stringify(name)}];\nexport { v${i} as ${name} };`,
  );
  return addressOf([`const all = globalThis[Symbol.for('chainrule.lab')];`, ...lines].join('\n'));
}

function addressOf(code: string): string {
  return URL.createObjectURL(new Blob([code], { type: 'text/javascript' }));
}

function shown(value: unknown): string {
  if (typeof value === 'string') return value;
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return String(value);
  }
}
