import { zipSync } from 'fflate';
import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { FormatError, readIdx, readNpy, readNpz, writeNpy, writeNpz } from '../../src/files/index.js';
import { fromBFloat16, fromFloat16, toBFloat16, toFloat16 } from '../../src/files/half.js';
import { tensor, zeros } from '../../src/index.js';
import { bytesOf, fixtures, numbersOf } from './fixtures.js';

describe('.npy', () => {
  for (const { name, bytes, shape, values } of fixtures.npy) {
    test(`reads what NumPy wrote: ${name}`, () => {
      const array = readNpy(bytesOf(bytes));
      expect(array.shape).toEqual(shape);
      expect(Array.from(array.data)).toEqual(numbersOf(values));
      const kind = name === 'bool' ? 'bool' : /[iu]\d/.test(name) ? 'int64' : 'float64';
      expect(array.dtype).toBe(kind);
    });
  }

  test('what is written equals what NumPy writes, byte for byte', () => {
    for (const name of ['<f8', '<f4', '<f2', '<i8', '<i2', 'bool', 'scalar', 'empty', 'five axes']) {
      const { bytes } = fixtures.npy.find((one) => one.name === name)!;
      const types = { '<f4': 'float32', '<f2': 'float16', '<i2': 'int16' } as const;
      const type = name in types ? types[name as keyof typeof types] : undefined;
      expect(writeNpy(readNpy(bytesOf(bytes)), { type }), name).toEqual(bytesOf(bytes));
    }
  });

  for (const [kind, bytes] of Object.entries(fixtures.unsupported)) {
    test(`refuses ${kind}, and says so`, () => {
      const expected = kind.startsWith('beyond') ? 'beyond ±2⁵³' : kind === 'records' ? 'structured' : kind;
      expect(() => readNpy(bytesOf(bytes))).toThrow(FormatError);
      expect(() => readNpy(bytesOf(bytes))).toThrow(expected);
    });
  }

  test('errors say what was expected', () => {
    const file = writeNpy([
      [1, 2],
      [3, 4],
    ]);
    const withHeader = (from: string, to: string) =>
      Uint8Array.from(Buffer.from(Buffer.from(file).toString('latin1').replace(from, to), 'latin1'));
    expect(() => readNpy(new Uint8Array(0))).toThrow(
      'expected it to begin with \\x93NUMPY, got an empty file',
    );
    expect(() => readNpy(file.subarray(0, 40))).toThrow('the file ends within its header');
    expect(() => readNpy(file.subarray(0, -1))).toThrow(
      'shape [2, 2] of float64 takes 32 bytes, the file has 31',
    );
    expect(() => readNpy(withHeader('(2, 2), }', '(99999999, 99999999), }'.slice(0, 9)))).toThrow(
      FormatError,
    );
    expect(() => readNpy(withHeader('False', '"no" '))).toThrow('fortran_order is True or False');
    expect(() => writeNpy([0.5], { type: 'int8' })).toThrow(
      'int8 holds whole numbers from -128 to 127, got 0.5',
    );
    expect(() => writeNpy([1], { type: 'bfloat16' })).toThrow('NumPy has no bfloat16');
  });
});

describe('.npz', () => {
  for (const kind of ['stored', 'compressed'] as const) {
    test(`reads what NumPy wrote: ${kind}`, () => {
      const arrays = readNpz(bytesOf(fixtures.npz[kind]));
      expect([...arrays.keys()]).toEqual(['X', 'y']);
      expect(arrays.get('X')!.toArray()).toEqual(rows(40, 5));
      expect(arrays.get('y')!.dtype).toBe('int64');
    });
  }

  test('writing and reading gives the same, compressed or not', () => {
    const given = {
      'a b': tensor([[1, 2]]),
      'layers/0.weight': tensor([3], { dtype: 'int64' }),
      none: zeros([0, 3]),
    };
    for (const compressed of [false, true]) {
      const arrays = readNpz(writeNpz(given, { compressed }));
      expect([...arrays].map(([name, array]) => [name, array.toArray(), array.dtype])).toEqual(
        Object.entries(given).map(([name, array]) => [name, array.toArray(), array.dtype]),
      );
    }
  });

  test('a damaged archive is recognised by its checksums', () => {
    const file = writeNpz({ X: [1, 2, 3] });
    const damaged = file.slice();
    damaged[150]! ^= 1; // within the numbers
    expect(() => readNpz(damaged)).toThrow('the checksum of "X.npy" differs');
    expect(() => readNpz(file.subarray(0, -4))).toThrow('damaged ZIP archive');
  });

  test('a bomb does not go off', () => {
    const bomb = zipSync({ 'X.npy': new Uint8Array(50_000_000) }); // 50 MB of zeros in 50 kB
    expect(() => readNpz(bomb, { maxBytes: 1_000_000 })).toThrow(
      'more than the 1000000 that maxBytes allows',
    );
    const lying = bomb.slice();
    const view = new DataView(lying.buffer);
    const directory = view.getUint32(lying.length - 22 + 16, true);
    view.setUint32(directory + 24, 1000, true); // it says 1000 bytes, and unfolds to more
    expect(() => readNpz(lying)).toThrow('unfolds to more than the 1000 bytes expected');
    view.setUint32(directory + 24, 2 ** 31, true);
    expect(() => readNpz(lying, { maxBytes: 2 ** 40 })).toThrow('cannot unfold from');
  });

  const python = spawnSync('/usr/bin/python3', ['-c', 'import numpy']).status === 0;
  test.runIf(python)('NumPy reads what is written', () => {
    const code = `import io, json, sys, numpy as np
arrays = np.load(io.BytesIO(sys.stdin.buffer.read()))
print(json.dumps({k: [str(arrays[k].dtype), arrays[k].tolist()] for k in arrays}))`;
    const ask = (file: Uint8Array) =>
      JSON.parse(spawnSync('/usr/bin/python3', ['-c', code], { input: file }).stdout.toString()) as unknown;
    const given = { a: tensor([[1.5, -2]]), b: tensor([true, false]), c: tensor(7, { dtype: 'int64' }) };
    const expected = { a: ['float64', [[1.5, -2]]], b: ['bool', [true, false]], c: ['int64', 7] };
    expect(ask(writeNpz(given))).toEqual(expected);
    expect(ask(writeNpz(given, { compressed: true }))).toEqual(expected);
  });
});

describe('numbers of 16 bits', () => {
  test('round to the nearest half as NumPy does', () => {
    const { values, bits, all } = fixtures.half;
    expect(values.map(toFloat16)).toEqual(bits);
    expect(all.map((_, i) => fromFloat16(i * 97))).toEqual(numbersOf(all));
  });

  test('every half and every bfloat16 comes back as it was', () => {
    for (let half = 0; half < 65536; half++) {
      if (!Number.isNaN(fromFloat16(half))) expect(toFloat16(fromFloat16(half))).toBe(half);
      if (!Number.isNaN(fromBFloat16(half))) expect(toBFloat16(fromBFloat16(half))).toBe(half);
    }
    expect(fromBFloat16(0x3f80)).toBe(1);
    expect(fromBFloat16(toBFloat16(1 + 2 ** -8))).toBe(1); // a tie goes to even
    expect(fromBFloat16(toBFloat16(1 + 3 * 2 ** -8))).toBe(1 + 2 ** -6);
  });
});

describe('IDX', () => {
  test('reads the format of the original MNIST, gzipped or not', () => {
    for (const bytes of [fixtures.idx.plain, fixtures.idx.gzipped]) {
      expect(readIdx(bytesOf(bytes)).toArray()).toEqual([rows(3, 2), rows(3, 2, 6)]);
    }
  });

  test('recognises damage', () => {
    const [plain, gzipped] = [bytesOf(fixtures.idx.plain), bytesOf(fixtures.idx.gzipped)];
    expect(() => readIdx(plain.subarray(0, -1))).toThrow('takes 12 bytes, the file has 11');
    gzipped[gzipped.length - 6]! ^= 1;
    expect(() => readIdx(gzipped)).toThrow('its checksum differs');
    expect(() => readIdx(gzipped.subarray(0, 12))).toThrow(FormatError);
    expect(() => readIdx(bytesOf(fixtures.idx.gzipped), { maxBytes: 20 })).toThrow('more than the 20 bytes');
  });
});

function rows(count: number, width: number, from = 0): number[][] {
  return Array.from({ length: count }, (_, i) =>
    Array.from({ length: width }, (__, j) => from + i * width + j),
  );
}
