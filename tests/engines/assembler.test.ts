// Every instruction of the assembler does what JavaScript says it should, and modules are put together as they ought to be.

import { setFlagsFromString } from 'node:v8';
import { describe, expect, test } from 'vitest';
import { ValueError } from '../../src/errors.js';
import {
  atomics,
  block,
  br,
  brIf,
  call,
  drop,
  f32,
  f64,
  i32,
  i64,
  ifElse,
  loop,
  moduleBuilder,
  select,
  seq,
  supports,
  unreachable,
  v128,
  WebAssembly,
  type Label,
  type ModuleBuilder,
  type WasmImports,
  type WasmMemory,
} from '../../src/engines/wasm/assembler.js';
import { runCases } from './instruction-runner.js';
import { cases, relaxedCases, TABLES } from './instructions.js';

setFlagsFromString('--experimental-wasm-relaxed-simd'); // Node 20 has it only so; newer ones need no flag

type Exports = Readonly<Record<string, (...x: never[]) => unknown>>;

function instantiate(module: ModuleBuilder, imports: WasmImports = {}): Exports {
  const instance = new WebAssembly.Instance(new WebAssembly.Module(module.toBytes()), imports);
  return instance.exports as Exports;
}

describe('every instruction means what its JavaScript says', () => {
  const run = supports('relaxed-simd') ? [...cases, ...relaxedCases] : cases;
  const outcomes = runCases(run);
  test.each(run.map(({ name }, i) => [name, i] as const))('%s', (_, i) => {
    expect(outcomes[i]!.results).toEqual(outcomes[i]!.expected);
  });

  test('and there is a case for each, but for sleeping until another thread wakes it', () => {
    const all = Object.entries(TABLES).flatMap(([table, of]) =>
      Object.keys(of).map((name) => `${table}.${name}`),
    );
    const covered = [...cases, ...relaxedCases].map(({ name }) => name);
    expect(all.filter((name) => !covered.includes(name))).toEqual(['atomics.wait32']);
  });
});

describe('control', () => {
  test('a loop goes round until its branch is not taken', () => {
    const module = moduleBuilder();
    module.define({ name: 'triangle', params: ['i32'], result: 'i32', export: true }, (body, n) => {
      const sum = body.local('i32');
      return seq(
        loop((again) => seq(sum.set(i32.add(sum, n)), brIf(again, n.tee(i32.sub(n, 1))))),
        sum,
      );
    });
    expect(instantiate(module)['triangle']!(100 as never)).toBe(5050);
  });

  test('a branch leaves as many blocks as it must', () => {
    const module = moduleBuilder();
    module.define({ name: 'which', params: ['i32'], result: 'i32', export: true }, (body, n) => {
      const found = body.local('i32');
      const leaveIf = (label: Label, value: number) => brIf(label, i32.eq(n, value));
      return seq(
        block((all) =>
          seq(
            block((outer) =>
              seq(
                block((inner) =>
                  seq(ifElse(i32.eqz(n), br(all)), leaveIf(inner, 1), leaveIf(outer, 2), br(all)),
                ),
                found.set(10),
                br(all),
              ),
            ),
            found.set(20),
          ),
        ),
        found,
      );
    });
    const which = instantiate(module)['which']!;
    expect([0, 1, 2, 3].map((n) => which(n as never))).toEqual([0, 10, 20, 0]);
  });

  test('ifElse runs one branch, select computes both', () => {
    const module = moduleBuilder();
    module.define({ name: 'a', params: ['i32'], result: 'f64', export: true }, (_, x) =>
      ifElse(x, f64.const(1), seq(unreachable, f64.const(2))),
    );
    module.define({ name: 'b', params: ['i32'], result: 'f64', export: true }, (_, x) =>
      select(x, f64.const(1), seq(unreachable, f64.const(2))),
    );
    const { a, b } = instantiate(module) as { a: (x: number) => number; b: (x: number) => number };
    expect(a(1)).toBe(1);
    expect(() => a(0)).toThrow(WebAssembly.RuntimeError);
    expect(() => b(1)).toThrow(WebAssembly.RuntimeError);
  });

  test('functions call each other, and JavaScript', () => {
    const module = moduleBuilder();
    const log = module.import({ name: 'log', params: ['i32'], result: 'void' });
    const square = module.define({ name: 'square', params: ['i32'], result: 'i32' }, (_, x) => i32.mul(x, x));
    module.define({ name: 'run', params: ['i32'], result: 'i32', export: true }, (_, x) =>
      seq(call(log, call(square, x)), drop(call(square, 3)), call(square, call(square, x))),
    );
    const seen: number[] = [];
    const { run } = instantiate(module, { env: { log: (x: number) => seen.push(x) } });
    expect(run!(3 as never)).toBe(81);
    expect(seen).toEqual([9]);
  });

  test('a branch to a block that is not around it is refused', () => {
    let elsewhere: Label | undefined;
    const statement = block((label) => {
      elsewhere = label;
      return seq();
    });
    const module = moduleBuilder();
    expect(() =>
      module.define({ name: 'f', params: [], result: 'void' }, () => seq(statement, br(elsewhere!))),
    ).toThrow(ValueError);
  });
});

describe('a module', () => {
  test('computes a statement that is let once, however often it is used', () => {
    const module = moduleBuilder();
    const count = module.import({ name: 'count', params: [], result: 'f64' });
    module.define({ name: 'run', params: [], result: 'f64', export: true }, (body) => {
      const x = body.let(call(count));
      return f64.add(x, f64.mul(x, x));
    });
    let calls = 0;
    expect(instantiate(module, { env: { count: () => ++calls + 1 } })['run']!()).toBe(6);
    expect(calls).toBe(1);
  });

  test('has locals of every type, which begin at 0', () => {
    const module = moduleBuilder();
    module.define({ name: 'sum', params: ['f64'], result: 'f64', export: true }, (body, x) => {
      const [a, b, c, d, e] = [
        body.local('i32'),
        body.local('f64'),
        body.local('f32'),
        body.local('i64'),
        body.local('v128'),
      ];
      body.do(b.set(f64.add(b, x)));
      body.do(e.set(v128.not(e)));
      const ones = f64.convert_i32_s(v128.any_true(e));
      const zeros = f64.add(f64.convert_i32_s(a), f64.add(f64.promote_f32(c), f64.convert_i64_s(d)));
      return f64.add(f64.add(b, ones), zeros);
    });
    expect(instantiate(module)['sum']!(2.5 as never)).toBe(3.5);
  });

  test('makes the constants of a loop before it, each once', () => {
    const module = moduleBuilder();
    const make = module.import({ name: 'make', params: [], result: 'f64' });
    module.define({ name: 'run', params: ['i32'], result: 'f64', export: true }, (body, n) => {
      const sum = body.local('f64');
      const round = (): void => {
        for (let i = 0; i < 2; i++) body.do(sum.set(f64.add(sum, body.constant('one', call(make)))));
        body.do(n.set(i32.sub(n, 1)));
      };
      body.hoist(() => body.hoist(() => body.do(loop((again) => seq(body.scope(round), brIf(again, n))))));
      return f64.add(sum, body.constant('one', call(make))); // outside, it is made where it is
    });
    let made = 0;
    const { run } = instantiate(module, { env: { make: () => (made++, 1) } });
    expect(run!(10 as never)).toBe(21);
    expect(made).toBe(2);
  });

  test('makes once what is asked for by the same key', () => {
    const module = moduleBuilder();
    const helper = () =>
      module.once('seven', () =>
        module.define({ name: 'seven', params: [], result: 'i32' }, () => i32.const(7)),
      );
    // Asked for in the middle of another function.
    module.define({ name: 'run', params: [], result: 'i32', export: true }, () =>
      i32.add(call(helper()), call(helper())),
    );
    expect(helper().index).toBe(1);
    expect(instantiate(module)['run']!()).toBe(14);
  });

  test('has memory of its own with data in it, or takes what it is given', () => {
    const own = moduleBuilder();
    own.memory({ initial: 1, maximum: 2 });
    own.data(1000, Uint8Array.of(1, 2, 3));
    const memory = instantiate(own)['memory'] as unknown as WasmMemory;
    expect([...new Uint8Array(memory.buffer, 999, 5)]).toEqual([0, 1, 2, 3, 0]);
    expect(memory.grow(1)).toBe(1);
    expect(() => memory.grow(1)).toThrow(RangeError);

    const given = moduleBuilder();
    given.memory({ initial: 1, import: true });
    given.define({ name: 'read', params: ['i32'], result: 'i32', export: true }, (_, at) => i32.load8_u(at));
    const { read } = instantiate(given, { env: { memory } });
    expect(read!(1001 as never)).toBe(2);
  });

  test('shares memory with threads, which wait for one another', () => {
    const module = moduleBuilder();
    module.memory({ initial: 1, maximum: 1, shared: true });
    module.define({ name: 'wait', params: ['i32', 'i64'], result: 'i32', export: true }, (_, value, time) =>
      atomics.wait32(8, value, time),
    );
    const exports = instantiate(module);
    const { buffer } = exports['memory'] as unknown as WasmMemory;
    expect(buffer).toBeInstanceOf(SharedArrayBuffer);
    const wait = exports['wait'] as unknown as (value: number, time: bigint) => number;
    expect(wait(1, -1n), 'another value').toBe(1);
    expect(wait(0, 1000n), 'a microsecond is over').toBe(2);
  });

  test('can be large: more than 128 functions, locals and bytes of anything', () => {
    const module = moduleBuilder();
    const functions = Array.from({ length: 300 }, (_, i) =>
      module.define({ name: `f${i}`, params: ['i32'], result: 'i32', export: i === 299 }, (body, x) => {
        let sum = body.let(i32.add(x, i));
        for (let k = 0; k < 200; k++) sum = body.let(i32.add(sum, k));
        return sum;
      }),
    );
    expect(functions.at(-1)!.index).toBe(299);
    expect(instantiate(module)['f299']!(1 as never)).toBe(300 + 19900);
  });

  test('names its functions for profilers', () => {
    const module = moduleBuilder();
    module.define({ name: 'fails', params: [], result: 'void', export: true }, () => unreachable);
    expect(() => instantiate(module)['fails']!()).toThrow(
      expect.objectContaining({ stack: expect.stringContaining('fails') }),
    );
  });

  test('refuses what WebAssembly would refuse later', () => {
    const module = moduleBuilder();
    module.define({ name: 'f', params: [], result: 'void' }, () => seq());
    expect(() => module.import({ name: 'late', params: [], result: 'void' })).toThrow(ValueError);
    expect(() => v128.const(Float32Array.of(1, 2))).toThrow(ValueError);
  });
});

test('types are held by TypeScript: a float is no address, and a vector no float', () => {
  // @ts-expect-error -- an address is an i32
  i32.load(f64.const(0));
  // @ts-expect-error -- both must be f64
  f64.add(f32.const(0), f64.const(0));
  // @ts-expect-error -- both branches must give the same
  ifElse(i32.const(0), f64.const(0), i64.const(0));
  expect(supports('simd')).toBe(true);
});
