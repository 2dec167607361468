// A run gets a worker of its own, which ends with it: by itself, by the learner, or when its time is up.

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { lineOfLoop, runnerOf, type Room } from '../../../lab/check/runner.js';
import type { Task, Told } from '../../../lab/check/task.js';

/** A room in which happens what the test says. */
class Puppet implements Room {
  hear: Parameters<Room['begin']>[1] | null = null;
  isClosed = false;

  begin(_task: Task, hear: Parameters<Room['begin']>[1]): void {
    this.hear = hear;
  }
  tell(told: Told): void {
    this.hear?.told(told);
  }
  close(): void {
    this.isClosed = true;
  }
}

const TASK: Task = { kind: 'check', source: 'export {};\nwhile (true);', inputs: '' };
const DONE: Told = { kind: 'outcome', outcome: { kind: 'checked', results: [], printed: [] } };

let made: Puppet[];
const runner = () =>
  runnerOf(() => {
    made.push(new Puppet());
    return made.at(-1)!;
  }, 10);

beforeEach(() => {
  made = [];
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => vi.useRealTimers());

test('what comes of it is given, its phases are told, and its worker ends', async () => {
  const phases: string[] = [];
  const ended = runner().run(TASK, (phase) => phases.push(phase));
  made[0]!.tell({ kind: 'phase', phase: 'running' });
  made[0]!.tell({ kind: 'phase', phase: 'checking' });
  made[0]!.tell(DONE);
  expect(await ended).toEqual({ kind: 'checked', results: [], printed: [] });
  expect(phases).toEqual(['running', 'checking']);
  expect(made.map(({ isClosed }) => isClosed)).toEqual([true]);
});

test('its time begins when the code does, and then it is ended', async () => {
  const ended = runner().run(TASK, () => {});
  vi.advanceTimersByTime(60_000); // while the worker loads
  made[0]!.tell({ kind: 'phase', phase: 'running' });
  vi.advanceTimersByTime(9_999);
  expect(made[0]!.isClosed).toBe(false);
  made[0]!.tell({ kind: 'phase', phase: 'checking' });
  vi.advanceTimersByTime(1);
  expect(await ended).toEqual({ kind: 'time', phase: 'checking', line: 2 });
  expect(made[0]!.isClosed).toBe(true);
});

test('it can be stopped, and another run stops it', async () => {
  const { run, stop } = runner();
  const first = run(TASK, () => {});
  const second = run(TASK, () => {});
  expect(await first).toEqual({ kind: 'stopped' });
  stop();
  expect(await second).toEqual({ kind: 'stopped' });
  expect(made.map(({ isClosed }) => isClosed)).toEqual([true, true]);
});

test('a worker that fails says so', async () => {
  const ended = runner().run(TASK, () => {});
  made[0]!.hear!.failed('out of memory');
  expect(await ended).toEqual({ kind: 'broke', message: 'out of memory' });
});

test('a worker that goes down without a word has run out of memory', async () => {
  const ended = runner().run(TASK, () => {});
  made[0]!.hear!.died();
  expect(await ended).toEqual({ kind: 'memory', line: 2 });
  expect(made[0]!.isClosed).toBe(true);
});

test('a worker that was prepared is the one that runs, and closing ends it', async () => {
  const { prepare, run, close } = runner();
  prepare();
  prepare();
  const ended = run(TASK, () => {});
  made[0]!.tell(DONE);
  await ended;
  expect(made.length).toBe(1);
  prepare();
  close();
  expect(made[1]!.isClosed).toBe(true);
});

test.each([
  ['while (true) {}', 1],
  ['let i = 0;\nfor (;;) i++;', 2],
  ['\nfor (let i = 0; i < 3;) {}', 2],
  ['for (let i = 0; i < 3; i++) {}', null],
  ['for (const x of xs) {}', null],
  ['// while (true)', null],
  ['while (a) {}\nwhile (b) {}', null], // either may be the one
])('the loop to look at in %j', (source, line) => {
  expect(lineOfLoop(source)).toBe(line);
});
