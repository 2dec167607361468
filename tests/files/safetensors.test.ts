import { describe, expect, test } from 'vitest';
import {
  buildModule,
  csvDataset,
  describeModule,
  FormatError,
  loadModel,
  loadStateDict,
  readSafetensors,
  saveModel,
  stateDict,
  writeSafetensors,
} from '../../src/files/index.js';
import { nn, tensor, ValueError } from '../../src/index.js';
import type { Tensor } from '../../src/index.js';
import { bytesOf, fixtures } from './fixtures.js';

/** A file with a header of one's own. */
function file(header: string, data = 0): Uint8Array {
  const text = new TextEncoder().encode(header);
  const bytes = new Uint8Array(8 + text.length + data);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  return bytes;
}

describe('reading', () => {
  test('what the reference implementation wrote', () => {
    const { tensors, metadata } = readSafetensors(bytesOf(fixtures.safetensors.bytes));
    for (const { name, shape, values } of fixtures.safetensors.tensors) {
      expect(tensors.get(name)?.shape, name).toEqual(shape);
      expect(Array.from(tensors.get(name)!.data), name).toEqual(values);
    }
    expect(tensors.size).toBe(fixtures.safetensors.tensors.length);
    expect(Object.fromEntries(metadata)).toEqual({ format: 'np', note: '한글 "quoted"' });
    expect(tensors.get('mask')?.dtype).toBe('bool');
    expect(tensors.get('a')?.dtype).toBe('int64');
  });

  const good = '{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}';
  const cases: readonly [what: string, bytes: Uint8Array, message: string][] = [
    ['no length', new Uint8Array(7), 'too few for the header’s length'.replace('’', "'")],
    ['a header beyond the cap', file('{}').fill(0xff, 4, 5), 'expected at most 100000000'],
    ['a header beyond the file', file(good, 8).subarray(0, 20), 'the file is cut short'],
    ['no JSON', file('{"a":'), 'not JSON'],
    ['no object', file('[]'), 'not a JSON object'],
    ['white space before the object', file(` ${good}`, 8), 'not a JSON object'],
    ['no UTF-8', file('{}').fill(0xff, 9, 10), 'not UTF-8'],
    ['a name twice', file(`{${good.slice(1, -1)},${good.slice(1, -1)}}`, 8), 'the key "a" comes twice'],
    [
      'a name twice, written differently',
      file(`{${good.slice(1, -1)},${good.slice(1, -1).replace('"a"', '"\\u0061"')}}`, 8),
      'the key "a" comes twice',
    ],
    ['an unknown type', file(good.replace('F32', 'F8_E4M3'), 8), 'dtype "F8_E4M3", expected one of BOOL'],
    ['a field too many', file(good.replace('"shape"', '"x":1,"shape"'), 8), 'an unknown field "x"'],
    ['a shape that is none', file(good.replace('[2]', '[-2]'), 8), 'its shape is not'],
    ['a shape of another size', file(good.replace('[2]', '[3]'), 8), 'takes 12 bytes'],
    ['a shape that overflows', file(good.replace('[2]', '[4294967295,4294967295]'), 8), '2⁵³'],
    ['too many axes', file(good.replace('[2]', `[${'1,'.repeat(70)}2]`), 8), '71 axes'],
    ['offsets the wrong way round', file(good.replace('[0,8]', '[8,0]'), 8), 'takes 8 bytes'],
    ['a hole', file(good.replace('[0,8]', '[4,12]'), 12), 'begins at 4, expected 0: tensors leave a hole'],
    [
      'an overlap',
      file(`{${good.slice(1, -1)},"b":{"dtype":"U8","shape":[4],"data_offsets":[4,8]}}`, 8),
      'overlap',
    ],
    ['bytes at the end', file(good, 9), 'the file is too long'],
    ['bytes missing', file(good, 7), 'the file is cut short'],
    ['metadata that are no texts', file('{"__metadata__":{"a":1}}'), '__metadata__ holds texts'],
    ['depth', file(`{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`), 'nested deeper than 200'],
    [
      'whole numbers beyond 2⁵³',
      file(good.replace('F32', 'U64').replace('[2]', '[1]'), 8).fill(0xff, -8),
      'got 18446744073709551615',
    ],
  ];
  for (const [what, bytes, message] of cases) {
    test(`refuses ${what}`, () => {
      expect(() => readSafetensors(bytes)).toThrow(FormatError);
      expect(() => readSafetensors(bytes)).toThrow(message);
    });
  }

  test('a name may be __proto__, and a header may be padded', () => {
    const { tensors } = readSafetensors(file(`${good.replace('"a"', '"__proto__"')}   `, 8));
    expect([...tensors.keys()]).toEqual(['__proto__']);
  });
});

describe('writing', () => {
  test('gives the bytes of the reference implementation', () => {
    const plain = {
      w: tensor([
        [0.1, 0.2],
        [0.3, 0.4],
      ]),
      a: tensor([1]),
    };
    expect(writeSafetensors(plain)).toEqual(bytesOf(fixtures.plainSafetensors));
  });

  test('aligns every tensor to the size of its numbers', () => {
    const bytes = writeSafetensors({
      mask: tensor([true]),
      '10': tensor([1]),
      '9': tensor([2], { dtype: 'int64' }),
    });
    const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
    expect((8 + length) % 8).toBe(0);
    expect([...readSafetensors(bytes).tensors.keys()]).toEqual(['10', '9', 'mask']);
  });

  test('every type comes back', () => {
    for (const type of [
      'int8',
      'uint8',
      'int16',
      'uint16',
      'int32',
      'uint32',
      'int64',
      'uint64',
      'float16',
      'bfloat16',
      'float32',
      'float64',
    ] as const) {
      const { tensors, types } = readSafetensors(writeSafetensors({ a: [0, 1, 100] }, { type }));
      expect([types.get('a'), Array.from(tensors.get('a')!.data)]).toEqual([type, [0, 1, 100]]);
    }
  });
});

describe('a model', () => {
  const every = nn.sequential(
    nn.linear(3, 4, { randomState: 0 }),
    nn.leakyRelu(0.2),
    nn.sequential(nn.linear(4, 4, { bias: false, randomState: 1 }), nn.elu(0.5), nn.gelu(), nn.silu()),
    nn.softplus(),
    nn.relu(),
    nn.tanh(),
    nn.sigmoid(),
    nn.linear(4, 2, { randomState: 2 }),
    nn.softmax(1),
  );
  const x = [
    [0.5, -1, 2],
    [0, 1, 0],
  ];

  test('comes back with its architecture and every bit of its weights', () => {
    const { model, columns } = loadModel(saveModel(every));
    expect(String(model)).toBe(String(every));
    expect(Array.from(model.predict(x).data)).toEqual(Array.from(every.predict(x).data));
    expect(columns).toBeNull();
    expect(model.namedParameters().map(([name]) => name)).toEqual(
      every.namedParameters().map(([name]) => name),
    );
  });

  test('is stored as float32 where that loses nothing', () => {
    const model = nn.linear(2, 1);
    expect(readSafetensors(saveModel(model)).types.get('weight')).toBe('float64');
    loadStateDict(
      model,
      new Map([
        ['weight', tensor([[0.5, 2]])],
        ['bias', tensor([1])],
      ]),
    );
    expect(readSafetensors(saveModel(model)).types.get('weight')).toBe('float32');
  });

  test('keeps what prepared its inputs', () => {
    const { columns } = csvDataset('size,kind\n1,cat\n3,dog\n');
    const loaded = loadModel(saveModel(nn.linear(1, 2), { columns, metadata: { note: 'mine' } }));
    expect(loaded.columns).toEqual(columns);
    expect(Object.fromEntries(loaded.metadata)).toEqual({ format: 'pt', note: 'mine' });
  });

  test('of a class of one’s own has no description, and says what to do', () => {
    class Mine extends nn.Module {
      readonly layer = nn.linear(1, 1);
      forward(input: Tensor): Tensor {
        return this.layer.forward(input);
      }
    }
    class MyLinear extends nn.Linear {}
    for (const module of [new Mine(), new MyLinear(1, 1), nn.sequential(new Mine())]) {
      expect(() => saveModel(module)).toThrow(ValueError);
      expect(() => saveModel(module)).toThrow('loadStateDict');
    }
  });

  test('of a class of one’s own is saved without a description, and loaded into a new one', () => {
    class Tied extends nn.Module {
      readonly layer = nn.linear(2, 2);
      forward(input: Tensor): Tensor {
        return this.layer.forward(this.layer.forward(input));
      }
    }
    const [trained, fresh] = [new Tied(), new Tied()];
    const { columns } = csvDataset('a,b,kind\n1,0,cat\n3,2,dog\n');
    const bytes = saveModel(trained, { architecture: false, columns });
    const loaded = loadModel(bytes, { model: fresh });
    expect(loaded.model).toBe(fresh);
    expect(loaded.columns).toEqual(columns);
    expect(fresh.predict([[1, -2]]).toArray()).toEqual(trained.predict([[1, -2]]).toArray());
    expect(() => loadModel(bytes)).toThrow('loadModel(bytes, { model })');
    expect(() => loadModel(bytes, { model: nn.linear(2, 2) })).toThrow('missing: weight, bias');
  });

  test('that uses a layer twice is not written down as two', () => {
    const layer = nn.linear(2, 2);
    expect(() => saveModel(nn.sequential(layer, layer))).toThrow('shares parameters between layers');
  });

  test('is held to its tensors before it is built', () => {
    const described = (architecture: unknown, tensors = {}) =>
      writeSafetensors(tensors, { metadata: { chainrule: JSON.stringify({ version: 1, architecture }) } });
    const linear = { type: 'Linear', inFeatures: 2 ** 40, outFeatures: 2 ** 40, bias: true };
    expect(() => loadModel(described(linear))).toThrow("numbers as parameters, the file's tensors hold 0");
    expect(() =>
      loadModel(described({ ...linear, inFeatures: 1, outFeatures: 1 }, { weight: [[1]], other: [1] })),
    ).toThrow('missing: bias; not wanted: other');
    expect(() => loadModel(described({ type: 'Sequential', layers: [{ type: 'constructor' }] }))).toThrow(
      'layer 0',
    );
    expect(() => loadModel(described({ ...linear, inFeatures: 0 }))).toThrow(
      'inFeatures of Linear must be a whole number',
    );
    expect(() => loadModel(described('Linear'))).toThrow(FormatError);
    expect(() => loadModel(writeSafetensors({ a: [1] }))).toThrow('no architecture');
  });

  test('is described as JSON and built from it', () => {
    const architecture = JSON.parse(JSON.stringify(describeModule(every))) as ReturnType<
      typeof describeModule
    >;
    expect(String(buildModule(architecture))).toBe(String(every));
  });
});

describe('loadStateDict', () => {
  test('lists all that does not fit, and changes nothing then', () => {
    const model = nn.mlp([2, 3, 1], { randomState: 0 });
    const before = model.predict([[1, 2]]).item();
    const state = stateDict(model);
    state.delete('0.bias');
    state.set('0.weight', tensor([[1, 2]]));
    state.set('9.weight', tensor([1]));
    expect(() => loadStateDict(model, state)).toThrow(
      'missing: 0.bias; not wanted: 9.weight; of another shape: 0.weight (expected [3, 2], got [1, 2])',
    );
    expect(model.predict([[1, 2]]).item()).toBe(before);
  });

  test('copies: neither module changes the other', () => {
    const [a, b] = [nn.linear(2, 1), nn.linear(2, 1)];
    loadStateDict(b, stateDict(a));
    b.weight.assign(tensor([[7, 7]]));
    expect(a.weight.toArray()).not.toEqual([[7, 7]]);
  });
});
