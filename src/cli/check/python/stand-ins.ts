// Objects and functions here that stand in for those in Python, as `check` wants them: see `foreign` in src/check.

import {
  foreign,
  Tensor,
  type ForeignFunction,
  type ForeignObject,
  type NestedArray,
  type NumericField,
} from '../../../index.js';
import type { Code } from '../child/candidates.js';
import type { Parameter } from '../child/thing.js';
import { ask, decode, encode, PythonError, tell } from './link.js';

/** What the host tells about an object. */
export interface Description {
  readonly id: number;
  readonly class: string;
  /** The methods that matter, with their parameters. */
  readonly methods: Readonly<Record<string, readonly Parameter[]>>;
}

/** What a function here stands for. */
export interface Target {
  readonly id: number;
  /** A method of the object, or null for the object itself. */
  readonly method: string | null;
}

const targets = new WeakMap<Code, Target>();

/** What a function stands for in Python. */
export function targetOf(f: Code): Target | null {
  return targets.get(f) ?? null;
}

const objects = new Map<number, object>();
const listeners = new Map<number, (args: readonly Value[]) => void>();
let time = 0; // goes on with every call and every write: what was read before may have changed
let saves = 0;

type Value = Parameters<Parameters<ForeignObject['listen']>[0]>[0][number];

/** The stand-in for an object; the same one every time. */
export function objectFor(description: Description): object {
  const { id, methods } = description;
  const known = objects.get(id);
  if (known) return known;
  // Named after the class in Python: reports call things by their constructor's name.
  const StandIn = { [description.class]: class {} }[description.class]!;
  for (const [name, parameters] of Object.entries(methods)) {
    Object.defineProperty(StandIn.prototype, name, {
      value: functionFor({ id, method: name }, name, parameters),
      writable: true,
      configurable: true,
    });
  }
  const object = Object.assign(new StandIn(), { [foreign]: foreignObjectFor(id) });
  objects.set(id, object);
  return object;
}

function foreignObjectFor(id: number): ForeignObject {
  let fields: readonly NumericField[] = [];
  let readAt = -1;
  return {
    save() {
      const key = saves++;
      tell('save', id, key);
      return () => {
        tell('restore', key);
        watched.clear();
        time++;
      };
    },
    fields() {
      if (readAt === time) return fields;
      fields = (ask('fields', id) as readonly (readonly [string, unknown])[]).map(([path, value]) =>
        fieldFor(id, path, value, time),
      );
      readAt = time;
      return fields;
    },
    parts: () =>
      (ask('parts', id) as readonly (Description & { readonly name: string })[]).map((part) => ({
        name: part.name,
        part: objectFor(part),
      })),
    listen(onForward) {
      listeners.set(id, onForward);
      tell('listen', id);
      return () => {
        listeners.delete(id);
        tell('stop', id);
      };
    },
  };
}

/** What was read last, of one object. The host watches it too, and says with every call what has changed of it. */
const watched = new Map<string, Tensor>();
let watchedObject = -1;

function fieldFor(id: number, path: string, listed: unknown, listedAt: number): NumericField {
  const read = (): Tensor => {
    // A copy: what is decoded stands for the very array in Python, which a write changes.
    if (listed !== null && listedAt === time) return tensorOf(listed).clone();
    if (watchedObject !== id) watched.clear();
    watchedObject = id;
    let value = watched.get(path);
    if (!value) {
      value = tensorOf(ask('read', id, path));
      watched.set(path, value);
    }
    return value.clone();
  };
  const write = (values: Tensor): void => {
    tell('write', id, path, encode(values));
    if (watchedObject === id && watched.has(path)) watched.set(path, values.clone());
    time++;
  };
  return {
    path,
    read,
    write,
    hold: () => {
      const held = read();
      return () => write(held);
    },
  };
}

function tensorOf(value: unknown): Tensor {
  const decoded = decode(value);
  if (decoded instanceof Tensor) return decoded;
  return typeof decoded === 'number'
    ? new Tensor(Float64Array.of(decoded), [])
    : new Tensor(new Float64Array(0), [0]);
}

/** Which arguments go as integers where they are whole: none, those after the first, all. */
const ROUNDS = [Infinity, 1, 0];

/** The stand-in for a function or a method. */
export function functionFor(target: Target, name: string, parameters: readonly Parameter[]): Code {
  const { id, method } = target;
  let round = 0;
  let lastArguments: readonly unknown[] = [];
  let text: string | null | undefined; // not asked for yet
  const once = (args: readonly unknown[]): unknown => {
    time++;
    const { value, changed, heard, moved } = ask(
      'call',
      id,
      method,
      args.map((arg, i) => encode(arg, i >= ROUNDS[round]!)),
    ) as CallResult;
    if (isForward(method)) LAST.set(id, args);
    lastArguments = LAST.get(id) ?? args;
    for (const [index, now] of changed) overwrite(lastArguments[index], decode(now));
    for (const [path, now] of moved) watched.set(path, tensorOf(now));
    for (const [part, given] of heard) {
      listeners.get(part)?.(given.map((each) => decode(each) as Value));
    }
    return decode(value);
  };
  const f: Code = (...args) => {
    for (;;) {
      try {
        return once(args);
      } catch (error) {
        // Labels and indices must be integers, everything else is a float: which it is shows when NumPy refuses the floats.
        if (!wantsIntegers(error) || round === ROUNDS.length - 1) throw error;
        round++;
      }
    }
  };
  const required = parameters.filter(({ isOptional }) => !isOptional).length;
  Object.defineProperty(f, 'length', { value: required });
  Object.defineProperty(f, 'name', { value: name });
  const told: ForeignFunction = {
    parameters: parameters.map(({ name }) => name),
    source: () => (text === undefined ? (text = ask('source', id, method) as string | null) : text),
    with(changed) {
      ask('compile', id, method, changed);
      return functionFor({ id, method: REPAIRED }, name, parameters);
    },
    hold: (remembers) => void ask('hold', remembers),
  };
  targets.set(f, target);
  return Object.assign(f, { [foreign]: told });
}

/** In the place of a method's name: the function that was compiled last. See host/serve.ts. */
const REPAIRED = '(repaired)';

interface CallResult {
  readonly value: unknown;
  /** Arguments of the last forward pass that were changed in place. */
  readonly changed: readonly (readonly [index: number, value: unknown])[];
  /** What parts that are listened to were given. */
  readonly heard: readonly (readonly [part: number, args: readonly unknown[]])[];
  /** Watched fields that are not what they were. */
  readonly moved: readonly (readonly [path: string, value: unknown])[];
}

/** The arguments of an object's last forward pass. */
const LAST = new Map<number, readonly unknown[]>();

function isForward(method: string | null): boolean {
  return method === null || /^(forward|call|__call__)$/.test(method);
}

function wantsIntegers(error: unknown): boolean {
  return (
    error instanceof PythonError &&
    /^(IndexError|TypeError)$/.test(error.name) &&
    /integer|integral|indices|index|cast/.test(error.message)
  );
}

/** Puts new numbers into an argument, as the code in Python did with its copy. */
function overwrite(target: unknown, source: unknown): void {
  if (!(source instanceof Tensor)) return;
  if (target instanceof Tensor || target instanceof Float64Array) {
    (target instanceof Tensor ? target.data : target).set(source.data);
  } else if (Array.isArray(target)) {
    copyInto(target as NestedArray[], source.toArray() as NestedArray[]);
  }
}

function copyInto(target: NestedArray[], source: readonly NestedArray[]): void {
  source.forEach((value, i) => {
    const place = target[i];
    if (Array.isArray(place) && Array.isArray(value))
      copyInto(place as NestedArray[], value as NestedArray[]);
    else target[i] = value;
  });
}
