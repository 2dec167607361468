// The threads that help programs along: one crew for the whole process, hired when the first program calls that is large
// enough. They keep nobody's process alive.

import { supports, type WasmMemory, type WasmModule } from './assembler.js';
import { HELPER, WORDS } from './parallel.js';

/** What a helper is sent. */
interface Call {
  readonly module: WasmModule;
  readonly memory: WasmMemory;
  /** Another number for each program. */
  readonly program: number;
  /** Which helper it is. */
  readonly helper: number;
}

interface Helper {
  postMessage(message: Call | 'end'): void;
  addEventListener?(event: 'message', listener: () => void): void;
}

/** What there is of threads around us: in Node, or on a page. */
interface Host {
  readonly process?: { getBuiltinModule?(name: string): unknown };
  readonly navigator?: { readonly hardwareConcurrency?: number };
  readonly crossOriginIsolated?: boolean;
  readonly Worker?: new (url: string) => Helper;
  readonly Blob?: new (parts: readonly string[], options: { type: string }) => object;
  readonly URL?: { createObjectURL(blob: object): string };
}

interface NodeWorkers {
  readonly Worker: new (
    source: string,
    options: { eval: true; execArgv: string[]; env: object },
  ) => Helper & { unref(): void; on(event: 'error' | 'message', listener: () => void): void };
}

const host = globalThis as unknown as Host;

/** One of Node's own modules, asked for only when it is needed: pages are made from this file too. */
function ofNode<T>(name: string): T | undefined {
  return host.process?.getBuiltinModule?.(name) as T | undefined;
}

/** How many threads can run at the same time; 1 where they cannot share memory. */
export function threadsAvailable(): number {
  available ??= countThreads();
  return available;
}

let available: number | undefined;

function countThreads(): number {
  if (!supports('threads')) return 1;
  const cores = ofNode<{ availableParallelism(): number }>('os')?.availableParallelism();
  if (cores !== undefined) return cores;
  const isShared = host.crossOriginIsolated === true && host.Worker !== undefined;
  return isShared ? (host.navigator?.hardwareConcurrency ?? 1) : 1;
}

/**
 * What a helper does: an instance of the program on the shared memory, for as long as there is work. V8 does not see how
 * much memory such instances hold, and does not collect them; so a helper that has held 64 MB says that it is full, and
 * ends when it is told that no more calls will come.
 */
const SOURCE = `
const node = globalThis.process?.getBuiltinModule?.('worker_threads')?.parentPort;
const known = new Set();
let room = 2 ** 26;
const help = (call) => {
  if (call === 'end') return node ? node.close() : close();
  const { module, memory, program, helper } = call;
  if (!known.has(program)) room -= memory.buffer.byteLength;
  known.add(program);
  new WebAssembly.Instance(module, { env: { memory } }).exports.work(helper);
  if (room < 0) (node ?? globalThis).postMessage('full');
};
if (node) node.on('message', help);
else onmessage = ({ data }) => help(data);
`;

/** The crew so far, the program that it was last called to, and how many there were: state of the process, as its cores are. */
const crew: (Helper | undefined)[] = [];
let latest: WeakRef<Int32Array> | null = null;
let programs = 0;

function helperNumber(i: number): Helper {
  return (crew[i] ??= hire((helper) => {
    if (crew[i] !== helper) return; // it has said so before
    crew[i] = undefined;
    helper.postMessage('end');
  }));
}

function hire(whenFull: (helper: Helper) => void): Helper {
  const node = ofNode<NodeWorkers>('worker_threads');
  if (node) {
    const worker = new node.Worker(SOURCE, { eval: true, execArgv: [], env: {} });
    worker.on('message', () => whenFull(worker));
    worker.on('error', () => {}); // a program that a helper cannot run is run without it
    worker.unref();
    return worker;
  }
  const blob = new host.Blob!([SOURCE], { type: 'text/javascript' });
  const worker = new host.Worker!(host.URL!.createObjectURL(blob));
  worker.addEventListener?.('message', () => whenFull(worker));
  return worker;
}

/** A program's way to its helpers. */
export class Helpers {
  readonly #program: Omit<Call, 'helper'>;
  readonly #words: Int32Array;
  readonly #count: number;

  /** Helpers for a program whose control area starts at a byte of its memory. */
  constructor(program: { module: WasmModule; memory: WasmMemory }, control: number, count: number) {
    this.#program = { ...program, program: programs++ };
    this.#count = count;
    this.#words = new Int32Array(program.memory.buffer, control);
    this.#set('maySleep', maySleep() ? 1 : 0);
  }

  /** Whether all are there. */
  get areIn(): boolean {
    for (let i = 0; i < this.#count; i++) {
      if (Atomics.load(this.#words, HELPERS + i) !== HELPER.inside) return false;
    }
    return true;
  }

  /** Calls those who are elsewhere. They come when they have left the program that they are in; nobody waits for them. */
  call(): void {
    if (latest?.deref() !== this.#words) {
      Helpers.#dismiss(latest?.deref());
      latest = new WeakRef(this.#words);
      this.#set('leave', 0);
    }
    for (let helper = 0; helper < this.#count; helper++) {
      const was = Atomics.compareExchange(this.#words, HELPERS + helper, HELPER.away, HELPER.called);
      if (was === HELPER.away) helperNumber(helper).postMessage({ ...this.#program, helper });
    }
  }

  /** Whether the step is to be done by its own thread alone. */
  setAlone(isAlone: boolean): void {
    this.#set('alone', isAlone ? 1 : 0);
  }

  /** Lets them go. */
  dismiss(): void {
    Helpers.#dismiss(this.#words);
  }

  static #dismiss(words: Int32Array | undefined): void {
    if (!words) return;
    Atomics.store(words, WORDS.leave / 4, 1);
    Atomics.notify(words, WORDS.ticket / 4);
  }

  #set(word: 'maySleep' | 'leave' | 'alone', value: number): void {
    Atomics.store(this.#words, WORDS[word] / 4, value);
  }
}

const HELPERS = WORDS.helpers / 4;

/** Whether this thread may wait for others asleep. That of a page may not. */
function maySleep(): boolean {
  try {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 1, 0);
    return true;
  } catch {
    return false;
  }
}
