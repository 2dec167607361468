import { describe, expect, test } from 'vitest';
import {
  applyColumns,
  classNames,
  csvBatches,
  csvDataset,
  csvTables,
  describeColumns,
  featureNames,
  fitColumns,
  fitCsvStream,
  FormatError,
  readCsv,
} from '../../src/files/index.js';
import { concat, data } from '../../src/index.js';

describe('readCsv', () => {
  test('quotes, line breaks in quotes, all line ends, a byte order mark, blank lines', () => {
    const text = '\ufeffname,"says ""hi"""\r\n"a, b","two\r\nlines"\n\n c ,d\re,f';
    const { names, records } = readCsv(text);
    expect(names).toEqual(['name', 'says "hi"']);
    expect(records).toEqual([
      { line: 2, fields: ['a, b', 'two\nlines'] },
      { line: 5, fields: ['c', 'd'] },
      { line: 6, fields: ['e', 'f'] },
    ]);
    expect(readCsv(new TextEncoder().encode(text)).records).toEqual(records);
  });

  test('the delimiter is the one that the first line has most of', () => {
    for (const delimiter of [',', ';', '\t', '|']) {
      const table = readCsv(['a', '"b,c;d"', 'e'].join(delimiter) + '\n' + ['1', '2', '3'].join(delimiter));
      expect([table.delimiter, table.names]).toEqual([delimiter, ['a', 'b,c;d', 'e']]);
    }
  });

  const cases: readonly [text: string, message: string][] = [
    ['', 'the file is empty'],
    ['a,b\n1,2\n3', 'line 3: 1 field, expected 2 as in line 1'],
    ['a,b\n1,2,3', 'line 2: 3 fields, expected 2 as in line 1'],
    ['a,b\n"1,2\n3,4\n', 'line 2: a quote (") is not closed'],
    ['a,b\n"1"x,2\n', 'line 2: text after a closing quote'],
    ['a,b\n1,"2\n2"\n\n"3"x,4\n', 'line 5: text after a closing quote'],
    ['a,b,a\n1,2,3', 'line 1: columns 1 and 3 are both called "a"'],
    ['1,2\n3,4', "line 1: expected the columns' names, got only numbers"],
  ];
  for (const [text, message] of cases) {
    test(`${JSON.stringify(text)}: ${message}`, () => {
      expect(() => readCsv(text)).toThrow(FormatError);
      expect(() => readCsv(text)).toThrow(message);
    });
  }

  test('text that is not UTF-8, and a quote that nobody closes', () => {
    expect(() => readCsv(Uint8Array.of(0x61, 0xff, 0xfe))).toThrow('not UTF-8');
    expect(() => readCsv(`a,b\n1,"${'x\n'.repeat(2_000_000)}`)).toThrow('line 2: no end of the record');
  });
});

describe('types', () => {
  const kinds = (text: string, options = {}) =>
    fitColumns(readCsv(text), options).columns.map(({ kind }) => kind);

  test('are guessed', () => {
    expect(kinds('a,b,c,d\n1,x,-2.5e3,0\n2,y,.5,1\n3,x,4.,0\n4,x,+1,1')).toEqual([
      'number',
      'category',
      'number',
      'label',
    ]);
    expect(kinds('x,price\n1,10.5\n2,11\n')).toEqual(['number', 'number']);
    expect(kinds('x,years\n1,10\n2,11\n3,12')).toEqual(['number', 'number']); // as many values as records: no classes
  });

  test('are shown', () => {
    const columns = fitColumns(readCsv('size,colour,id\n1,red,7\n3,blue,8\n?,red,9\n'), {
      missing: 'mean',
      target: 'colour',
      types: { id: 'ignored' },
    });
    expect(describeColumns(columns).split('\n')).toEqual([
      'column  type              missing  values',
      'size    number            1        1 to 3, mean 2, std 1',
      'colour  category, target  0        blue, red',
      'id      ignored',
    ]);
  });

  const cases: readonly [text: string, options: object, message: string][] = [
    [
      'day,y\n2024-01-31,1\n2024-02-01,2',
      {},
      'line 2, column "day": expected a number or a category, got a date, "2024-01-31"',
    ],
    [
      `a,y\n${'1,2\n'.repeat(19)}oops,2`,
      {},
      'line 21, column "a": expected a number as in 19 other records, got "oops"',
    ],
    ['a,y\nx,1\ny,2', { types: { a: 'number' } }, 'line 2, column "a": expected a number, got "x"'],
    [
      'a,y\n1.5,1\n2,2',
      { types: { a: 'label' } },
      'line 2, column "a": expected a whole number as label, got "1.5"',
    ],
    ['a,y\n,1\n2,2', {}, 'line 2, column "a": expected a value, got none'],
    ['a,y\nNA,1\n2,2', {}, 'got "NA"; for records with missing values pass missing'],
    ['a,y\n?,1\nnull,2', { missing: 'mean' }, 'column "a" holds only missing values'],
    ['a,y\n?,1\n', { missing: 'drop' }, 'no record without missing values (1 were dropped)'],
    ['a,y\n', {}, 'there is no record'],
    ['a,y\n1,2', { target: 'z' }, 'there is no column "z"; there are "a", "y"'],
    ['a,y\n1,2', { types: { a: 'text' } }, 'types of a must be one of number, category, label, ignored'],
    [
      `a,y\n${Array.from({ length: 101 }, (_, i) => `n${i},1`).join('\n')}`,
      {},
      'more than 100 different values',
    ],
    ['a,y\n1e308,1\n-1e308,2', {}, 'the numbers are too large'],
  ];
  for (const [text, options, message] of cases) {
    test(message, () => {
      expect(() => fitColumns(readCsv(text), options)).toThrow(FormatError);
      expect(() => fitColumns(readCsv(text), options)).toThrow(message);
    });
  }

  test('a column may have any name', () => {
    expect(kinds('constructor,__proto__,y\n1,x,2\n3,y,4')).toEqual(['number', 'category', 'number']);
  });
});

describe('numbers', () => {
  test('iris as CSV is iris, standardised as scikit-learn’s StandardScaler does it', () => {
    const { X, y, targetNames } = data.iris();
    const text = [
      'a,b,c,d,species',
      ...Array.from({ length: 150 }, (_, i) =>
        [...X.data.slice(4 * i, 4 * i + 4), targetNames[y.data[i]!]].join(','),
      ),
    ].join('\n');
    const set = csvDataset(text, { standardize: false });
    expect(set.X.toArray()).toEqual(X.toArray());
    expect(set.y!.toArray()).toEqual(y.toArray());
    expect(classNames(set.columns)).toEqual(targetNames);
    const scaled = csvDataset(text).X;
    for (const column of [0, 1, 2, 3]) {
      const values = Array.from(scaled.data).filter((_, i) => i % 4 === column);
      const mean = values.reduce((a, b) => a + b) / 150;
      expect(mean).toBeCloseTo(0, 12);
      expect(values.reduce((sum, v) => sum + v * v, 0) / 150).toBeCloseTo(1, 12);
    }
  });

  const text = 'size,colour,y\n1,red,0\n3,NA,1\n,blue,0\n5,red,1\n7,red,\n';

  test('records with something missing are dropped, and counted', () => {
    const { X, y, lines, dropped, columns } = csvDataset(text, { missing: 'drop', standardize: false });
    expect(X.toArray()).toEqual([
      [1, 1],
      [5, 1],
    ]); // size, colour=red
    expect([y!.toArray(), lines, dropped, columns.dropped]).toEqual([[0, 1], [2, 5], 3, 3]);
    expect(columns.columns.map((column) => 'missing' in column && column.missing)).toEqual([1, 1, 1]);
  });

  test('or get the mean and the most frequent category, but for the target', () => {
    const { X, columns, dropped } = csvDataset(text, { missing: 'mean', standardize: false });
    expect(featureNames(columns)).toEqual(['size', 'colour=blue', 'colour=red']);
    expect(X.toArray()).toEqual([
      [1, 0, 1],
      [3, 0, 1],
      [3, 1, 0],
      [5, 0, 1],
    ]);
    expect(dropped).toBe(1);
  });

  test('categories as labels', () => {
    const { X, columns } = csvDataset('c,y\nb,1\na,2\nb,3', { categories: 'label' });
    expect(X.toArray()).toEqual([[1], [0], [1]]);
    expect(featureNames(columns)).toEqual(['c']);
  });

  test('labels are numbered from 0 in order of size', () => {
    const { y, columns } = csvDataset('x,y\n1,10\n2,9\n3,10\n4,09', { types: { y: 'label' } });
    expect([y!.dtype, y!.toArray(), classNames(columns)]).toEqual(['int64', [1, 0, 1, 0], ['9', '10']]);
  });

  test('a column that never varies is only centred', () => {
    expect(csvDataset('x,y\n5,1.5\n5,2').X.toArray()).toEqual([[0], [0]]);
  });
});

describe('columns are used again', () => {
  const columns = fitColumns(readCsv('size,colour,y\n1,red,a\n3,blue,b\n'));

  test('after a way through JSON, on a file with its columns in another order and no target', () => {
    const again = JSON.parse(JSON.stringify(columns)) as typeof columns;
    const { X, y } = applyColumns(again, readCsv('note,colour,size\n?,red,5\n'));
    expect(X.toArray()).toEqual([[3, 0, 1]]);
    expect(y).toBeNull();
  });

  test('errors name line and column', () => {
    const apply = (text: string) => () => applyColumns(columns, readCsv(text));
    expect(apply('size,colour\n1,red\n2,green')).toThrow(
      'line 3, column "colour": expected one of blue, red, got "green"',
    );
    expect(apply('size,colour\nbig,red')).toThrow('line 2, column "size": expected a number, got "big"');
    expect(apply('size,colour\n,red')).toThrow('line 2, column "size": expected a number, got none');
    expect(apply('size\n1')).toThrow('there is no column "colour"; the file has "size"');
  });

  test('without a header columns are found by place, the target left out or not', () => {
    const fitted = fitColumns(readCsv('1,5,a\n3,6,b', { header: false }));
    const apply = (text: string) => applyColumns(fitted, readCsv(text, { header: false }));
    expect(apply('5,5.5').X.toArray()).toEqual([[3, 0]]);
    expect(apply('5,5.5,b').y!.toArray()).toEqual([1]);
    expect(() => apply('5')).toThrow('1 columns, expected 3, or 2 without the target');
  });
});

describe('a stream', () => {
  const lines = Array.from({ length: 1000 }, (_, i) => `${i},"c""${i % 3}\n",${i % 2}`);
  const text = `n,c,y\n${lines.join('\r\n')}\r\n`;
  const chunksOf = (size: number, bytes: boolean) =>
    Array.from({ length: Math.ceil(text.length / size) }, (_, i) => {
      const part = text.slice(i * size, (i + 1) * size);
      return bytes ? new TextEncoder().encode(part) : part;
    });

  test('gives what the whole text gives, wherever it is cut', async () => {
    const whole = csvDataset(text);
    for (const size of [1, 7, 1000, 1_000_000]) {
      const chunks = chunksOf(size, size === 7);
      const columns = await fitCsvStream(chunks);
      expect(columns).toEqual(whole.columns);
      const parts = [];
      for await (const batch of csvBatches(chunks, columns, { batchSize: 300 })) parts.push(batch);
      expect(parts.map(({ X }) => X.shape[0])).toEqual([300, 300, 300, 100]);
      expect(
        concat(
          parts.map(({ X }) => X),
          0,
        ).toArray(),
      ).toEqual(whole.X.toArray());
      expect(parts.flatMap((part) => part.lines)).toEqual(whole.lines);
    }
  });

  test('comes as tables, one for each chunk, which may go on without some of their records', async () => {
    const chunks = chunksOf(1000, true);
    const records = [];
    for await (const table of csvTables(chunks)) records.push(...table.records);
    expect(records).toEqual(readCsv(text).records);

    const even = async function* () {
      for await (const table of csvTables(chunks)) {
        yield { ...table, records: table.records.filter(({ fields }) => Number(fields[0]) % 2 === 0) };
      }
    };
    const columns = await fitCsvStream(even(), { target: 'n' });
    const [n] = columns.columns;
    expect([columns.records, n]).toEqual([500, expect.objectContaining({ mean: 499, min: 0, max: 998 })]);
    const targets = [];
    for await (const { y } of csvBatches(even(), columns, { batchSize: 125 })) targets.push(y!.toArray());
    expect(targets.flat()).toEqual(Array.from({ length: 500 }, (_, i) => 2 * i));
    expect(targets).toHaveLength(4);
  });

  test('has full batches where records are left out', async () => {
    const gaps = ['x,y\n', ...Array.from({ length: 40 }, (_, i) => `${i % 4 === 1 ? '' : i},${i}\n`)];
    const columns = await fitCsvStream(gaps, { missing: 'drop' });
    const batches = [];
    for await (const { X, dropped } of csvBatches(gaps, columns, { batchSize: 10 })) {
      batches.push([X.shape[0], dropped]);
    }
    expect(batches).toEqual([
      [10, 3],
      [10, 4],
      [10, 3],
    ]);
  });

  test('is mixed within its buffer: every record once, in an order that the seed gives', async () => {
    const columns = await fitCsvStream([text], { target: 'n' });
    const ordered = async (shuffleBuffer: number, randomState: number) => {
      const targets = [];
      const options = { shuffleBuffer, randomState, batchSize: 64 };
      for await (const { y } of csvBatches([text], columns, options)) targets.push(...y!.data);
      return targets;
    };
    const inOrder = Array.from({ length: 1000 }, (_, i) => i);
    const mixed = await ordered(100, 0);
    expect(mixed.toSorted((a, b) => a - b)).toEqual(inOrder);
    expect(await ordered(100, 0)).toEqual(mixed);
    expect(await ordered(100, 1)).not.toEqual(mixed);
    expect(await ordered(1, 0)).toEqual(inOrder);
    // The n-th to come is one of those read so far, the buffer's size ahead at most.
    expect(Math.max(...mixed.map((n, place) => n - place))).toBeLessThanOrEqual(100);
    // Of a buffer larger than the file, every order: places and numbers are unrelated.
    const whole = await ordered(5000, 0);
    const correlation =
      whole.reduce((sum, n, place) => sum + (n - 499.5) * (place - 499.5), 0) / (1000 * 83_333);
    expect(Math.abs(correlation)).toBeLessThan(0.1);
    const bad = csvBatches([text], columns, { shuffleBuffer: -1 });
    await expect(bad.next()).rejects.toThrow('shuffleBuffer must be a whole number of at least 0, got -1');
  });

  test('is read no further than a batch, the buffer and a chunk ask for', async () => {
    const chunk = `${'1.25,'.repeat(20)}3\n`.repeat(1000); // 100 KB
    let read = 0; // records
    async function* large() {
      await Promise.resolve();
      yield `${Array.from({ length: 20 }, (_, i) => `x${i},`).join('')}y\n`;
      for (read = 0; read < 40_000; read += 1000) yield chunk;
    }
    const columns = await fitCsvStream(large());
    expect(columns.records).toBe(40_000);
    for (const shuffleBuffer of [0, 5000]) {
      let records = 0;
      for await (const { X } of csvBatches(large(), columns, { batchSize: 500, shuffleBuffer })) {
        records += X.shape[0]!;
        expect(read - records).toBeLessThanOrEqual(shuffleBuffer + 2000);
      }
      expect(records).toBe(40_000);
    }
  });

  test('errors are those of the whole text', async () => {
    await expect(fitCsvStream(['a,b\n1', ',2\n3'])).rejects.toThrow(
      'line 3: 1 field, expected 2 as in line 1',
    );
    await expect(fitCsvStream([])).rejects.toThrow('the file is empty');
    await expect(fitCsvStream([Uint8Array.of(0xc3)])).rejects.toThrow('not UTF-8');
  });
});
