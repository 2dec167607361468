// A module: functions, a memory and data, built up piece by piece and written as bytes at the end.

import { ValueError } from '../../errors.js';
import { code, constant, encode, localAt, typeByte, unsigned } from './assembler-code.js';
import type { Code, Func, Local, Operand, Type, ValueType } from './assembler-code.js';

/** The inside of a function while it is written. */
export interface Body {
  /** A new variable; it starts at 0. */
  local<T extends ValueType>(type: T): Local<T>;
  /** Adds a statement. */
  do(statement: Code<'void'>): void;
  /** Adds a statement that puts a value in a new variable, so that it is computed once however often it is used. */
  let<T extends ValueType>(value: Code<T>): Local<T>;
  /** A constant that takes instructions to make. Inside `hoist` it is made there, once for all who give the same key. */
  constant<T extends ValueType>(key: string, value: Code<T>): Code<T>;
  /**
   * Adds what `write` adds, loops, and before it the constants that they ask for: newer V8s make a constant again each time
   * round, which costs a formula on vectors a fifth of its time. Of a `hoist` in a `hoist` the outer one counts.
   */
  hoist(write: () => void): void;
  /** What `write` adds, as code to place elsewhere (in a loop, a branch) instead of here. */
  scope(write: () => void): Code<'void'>;
  /** The module that the function is in. */
  readonly module: ModuleBuilder;
}

/** What a function is called, takes and gives. */
export interface Signature<P extends readonly ValueType[], R extends Type> {
  readonly name: string;
  readonly params: P;
  readonly result: R;
  /** Whether JavaScript can call it, by its name. Default false. */
  readonly export?: boolean;
}

/** The size of a memory in pages of 64 KiB, and who makes it. */
export interface MemoryOptions {
  readonly initial: number;
  readonly maximum?: number;
  /** Whether threads share it; it then needs a maximum. */
  readonly shared?: boolean;
  /** By default the module makes its own memory and exports it as `memory`; with `import` it is given `env.memory`. */
  readonly import?: boolean;
}

/** A module in the making. */
export interface ModuleBuilder {
  /** A function of JavaScript's, given as `env.name`. Imports come before the first function of the module's own. */
  import<const P extends readonly ValueType[], R extends Type>(signature: Signature<P, R>): Func<P, R>;
  /**
   * A function. `write` gets its body and its parameters, adds statements and returns the result:
   *
   *     module.define({ name: 'hypot', params: ['f64', 'f64'], result: 'f64', export: true }, (_, x, y) =>
   *       f64.sqrt(f64.add(f64.mul(x, x), f64.mul(y, y))),
   *     );
   */
  define<const P extends readonly ValueType[], R extends Type>(
    signature: Signature<P, R>,
    write: (body: Body, ...params: { [i in keyof P]: Local<P[i]> }) => Code<NoInfer<R>>,
  ): Func<P, R>;
  /** What `make` made when this key was first asked for: so a function that many need comes in once. */
  once<T>(key: string, make: () => T): T;
  memory(options: MemoryOptions): void;
  /** Bytes that lie in memory from `address` on when an instance starts. */
  data(address: number, bytes: Uint8Array): void;
  /** The address of bytes that `make` gives, which lie among the module's tables from when they are first asked for. */
  table(key: string, make: () => Uint8Array): number;
  toBytes(): Uint8Array<ArrayBuffer>;
}

/**
 * An empty module. `tables`: from which address on there is room for the tables that its functions ask for.
 *
 * @example
 * const module = moduleBuilder();
 * module.define({ name: 'same', params: ['f64'], result: 'f64', export: true }, (_, x) => x);
 * const { exports } = new WebAssembly.Instance(new WebAssembly.Module(module.toBytes()));
 * exports.same(3); // 3
 */
export function moduleBuilder({ tables = 0 }: { readonly tables?: number } = {}): ModuleBuilder {
  const types = new Map<string, number>(); // from the bytes of a function's type to its number
  const imports: number[][] = [];
  const functions: { readonly type: number; readonly bytes: number[] }[] = [];
  const memories: number[][] = [];
  const exports: number[][] = [];
  const data: number[][] = [];
  const names: number[][] = [];
  const made = new Map<string, unknown>();
  let free = tables;

  function declare<P extends readonly ValueType[], R extends Type>(signature: Signature<P, R>): Func<P, R> {
    const { name, params, result } = signature;
    const index = names.length;
    names.push([...unsigned(index), ...text(name)]);
    if (signature.export) exports.push([...text(name), 0x00, ...unsigned(index)]);
    return { name, params, result, index };
  }

  function typeOf({ params, result }: Signature<readonly ValueType[], Type>): number {
    const results = result === 'void' ? [] : [typeByte[result]];
    const bytes = String([0x60, ...sized(params.map((param) => typeByte[param])), ...sized(results)]);
    const number = types.get(bytes) ?? types.size;
    types.set(bytes, number);
    return number;
  }

  const module: ModuleBuilder = {
    import(signature) {
      if (functions.length > 0) throw new ValueError(`import ${signature.name} before the first function`);
      imports.push([...ENV, ...text(signature.name), 0x00, ...unsigned(typeOf(signature))]);
      return declare(signature);
    },
    define(signature, write) {
      // Declared before its body is written: functions that the body asks for come after it.
      const func = declare(signature);
      const bytes: number[] = [];
      functions.push({ type: typeOf(signature), bytes });
      writeBody(module, signature.params, write as unknown as Write, bytes);
      return func;
    },
    once<T>(key: string, make: () => T): T {
      if (!made.has(key)) made.set(key, make());
      return made.get(key) as T;
    },
    memory({ initial, maximum, shared = false, import: imported = false }) {
      const flags = (maximum === undefined ? 0 : 1) + (shared ? 2 : 0);
      const limits = [flags, ...unsigned(initial), ...(maximum === undefined ? [] : unsigned(maximum))];
      if (imported) imports.push([...ENV, ...text('memory'), 0x02, ...limits]);
      else memories.push(limits);
      exports.push([...text('memory'), 0x02, 0]);
    },
    data(address, bytes) {
      const at: number[] = [];
      encode(constant('i32', address), at);
      data.push([0x00, ...at, 0x0b, ...sized(Array.from(bytes))]);
    },
    table: (key, make) =>
      module.once(`table ${key}`, () => {
        const bytes = make();
        const address = free;
        module.data(address, bytes);
        free += bytes.length;
        return address;
      }),
    toBytes: () =>
      concatenate([
        HEADER,
        ...section(
          1,
          Array.from(types.keys(), (bytes) => bytes.split(',').map(Number)),
        ),
        ...section(2, imports),
        ...section(
          3,
          Array.from(functions, ({ type }) => unsigned(type)),
        ),
        ...section(5, memories),
        ...section(7, exports),
        ...section(
          10,
          Array.from(functions, ({ bytes }) => sized(bytes)),
        ),
        ...section(11, data),
        // For profilers and stack traces: a section by its name, and in it part 1, the names of the functions.
        [0, ...sized([...text('name'), 1, ...sized([...unsigned(names.length), ...names.flat()])])],
      ]),
  };
  return module;
}

const HEADER = [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0]; // '\0asm', version 1
const ENV = text('env');

type Write = (body: Body, ...params: readonly Local<ValueType>[]) => Code<Type>;

/** Constants by their keys, each made before a loop. */
type Constants = Map<string, { readonly set: Code<'void'>; readonly local: Code<ValueType> }>;

function writeBody(module: ModuleBuilder, params: readonly ValueType[], write: Write, out: number[]): void {
  const locals: ValueType[] = [];
  let statements: Code<'void'>[] = [];
  let hoisted: Constants | null = null;
  const body: Body = {
    module,
    local: (type) => localAt(type, params.length + locals.push(type) - 1),
    do(statement) {
      statements.push(statement);
    },
    let(value) {
      const local = body.local(value.type);
      statements.push(local.set(value as Operand<typeof value.type>));
      return local;
    },
    constant<T extends ValueType>(key: string, value: Code<T>): Code<T> {
      if (!hoisted) return value;
      if (!hoisted.has(key)) {
        const local = body.local(value.type);
        hoisted.set(key, { local, set: local.set(value as Operand<T>) });
      }
      return hoisted.get(key)!.local as Code<T>;
    },
    hoist(write) {
      if (hoisted) return write();
      const own: Constants = new Map();
      hoisted = own;
      const inside = body.scope(write);
      hoisted = null;
      for (const { set } of own.values()) statements.push(set);
      statements.push(inside);
    },
    scope(write) {
      const outside = statements;
      const inside: Code<'void'>[] = [];
      statements = inside;
      write();
      statements = outside;
      return code('void', inside);
    },
  };
  const result = write(body, ...params.map(localAt));
  out.push(...unsigned(locals.length));
  for (const type of locals) out.push(1, typeByte[type]); // so many of this type
  for (const statement of statements) encode(statement, out);
  encode(result, out);
  out.push(0x0b);
}

/** A part of the module: its number, its size, and its items after their count. What has no items is left out. */
function section(number: number, items: readonly (readonly number[])[]): (readonly number[])[] {
  if (items.length === 0) return [];
  const count = unsigned(items.length);
  const size = items.reduce((sum, { length }) => sum + length, count.length);
  return [[number, ...unsigned(size)], count, ...items];
}

/** Bytes with their number before them. */
function sized(bytes: readonly number[]): number[] {
  return [...unsigned(bytes.length), ...bytes];
}

/** A name, with its size before it. Ours are of plain letters, whose UTF-8 is their codes. */
function text(name: string): number[] {
  return sized(Array.from(name, (letter) => letter.charCodeAt(0)));
}

function concatenate(chunks: readonly (readonly number[])[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(chunks.reduce((size, { length }) => size + length, 0));
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}
