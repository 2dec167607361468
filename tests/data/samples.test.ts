import { describe, expect, test } from 'vitest';
import { data, RandomState, tensor, ValueError } from '../../src/index.js';
import { fixtures } from '../files/fixtures.js';

const { batches, characterVocabulary, iris, sequenceWindows, trainTestSplit } = data;

test('iris is scikit-learn’s', () => {
  const { X, y, featureNames, targetNames } = iris();
  expect({ X: X.toArray(), y: y.toArray(), featureNames, targetNames }).toEqual(fixtures.iris);
});

describe('trainTestSplit', () => {
  const { labels, cases } = fixtures.splits;
  for (const { options, stratify, seed, train, test: testing } of cases) {
    test(`draws scikit-learn's samples: ${JSON.stringify(options)}${stratify ? ', stratified' : ''}, seed ${seed}`, () => {
      const { test_size: testSize, train_size: trainSize, shuffle } = options;
      const rows = Array.from({ length: 23 }, (_, i) => [i]);
      const split = trainTestSplit(rows, labels, {
        testSize,
        trainSize,
        shuffle,
        stratify: stratify ? labels : undefined,
        randomState: seed,
      });
      expect(Array.from(split.XTrain.data)).toEqual(train);
      expect(Array.from(split.XTest.data)).toEqual(testing);
      expect(Array.from(split.yTest.data)).toEqual(testing.map((i) => labels[i]));
    });
  }

  test('errors', () => {
    const X = [[1], [2], [3], [4]];
    const split = (options: object, y = [0, 0, 1, 1]) => trainTestSplit(X, y, options);
    expect(() => split({}, [1])).toThrow('X has 4 samples and y has 1');
    expect(() => split({ testSize: 4 })).toThrow(
      'testSize is a share between 0 and 1 or a whole number from 1 to 3, got 4',
    );
    expect(() => split({ testSize: NaN })).toThrow(ValueError);
    expect(() => split({ testSize: 3, trainSize: 2 })).toThrow(
      '4 samples do not give 2 for training and 3 for testing',
    );
    expect(() => split({ trainSize: 0.1 })).toThrow('0 for training');
    expect(() => split({ stratify: [0, 0, 0, 1] })).toThrow('class 1 has one');
    expect(() => split({ stratify: [0, 0, 1, 1], testSize: 1 })).toThrow('too few');
    expect(() => split({ stratify: [0, 0, 1, 1], shuffle: false })).toThrow('stratify needs shuffle: true');
  });
});

describe('batches', () => {
  const [X, y] = [tensor([[0], [1], [2], [3], [4]]), tensor([0, 1, 2, 3, 4])];

  test('go once through all samples, in order or in a random one', () => {
    expect(Array.from(batches(X, y, { batchSize: 2 }), (batch) => batch.y.toArray())).toEqual([
      [0, 1],
      [2, 3],
      [4],
    ]);
    expect([...batches(X, y, { batchSize: 2, dropLast: true })].length).toBe(2);
    const random = new RandomState(0);
    const epoch = () =>
      Array.from(batches(X, y, { batchSize: 2, shuffle: true, randomState: random }), (batch) => [
        ...batch.y.data,
      ]).flat();
    const [first, second] = [epoch(), epoch()];
    expect(first).toEqual([2, 0, 1, 3, 4]); // new RandomState(0).permutation(5)
    expect(second).not.toEqual(first);
    expect(second.toSorted()).toEqual([0, 1, 2, 3, 4]);
  });

  test('errors', () => {
    expect(() => [...batches(X, [1])]).toThrow('expected a target for each sample');
    expect(() => [...batches(X, y, { batchSize: 0 })]).toThrow(ValueError);
  });
});

describe('text by character', () => {
  test('is encoded and comes back, also beyond the first plane of Unicode', () => {
    const text = '한 줄 🙂 ok';
    const vocabulary = characterVocabulary(text);
    expect(vocabulary.size).toBe(new Set(text).size);
    expect(vocabulary.decode(vocabulary.encode(text))).toBe(text);
    const again = characterVocabulary(JSON.parse(JSON.stringify(vocabulary.characters)) as string[]);
    expect(again.encode(text).toArray()).toEqual(vocabulary.encode(text).toArray());
  });

  test('errors name the place', () => {
    const vocabulary = characterVocabulary('abc');
    expect(() => vocabulary.encode('abxc')).toThrow('character 3, "x", is not among the 3');
    expect(() => vocabulary.decode([0, 3])).toThrow('numbers from 0 to 2, got 3');
    expect(() => characterVocabulary('')).toThrow(ValueError);
    expect(() => characterVocabulary(['a', 'a'])).toThrow('each once');
    expect(() => characterVocabulary(['ab'])).toThrow('single characters');
  });

  test('windows overlap by the stride', () => {
    const { X, y } = sequenceWindows([0, 1, 2, 3, 4, 5], { length: 3, stride: 1 });
    expect(X.toArray()).toEqual([
      [0, 1, 2],
      [1, 2, 3],
      [2, 3, 4],
    ]);
    expect(y.toArray()).toEqual([
      [1, 2, 3],
      [2, 3, 4],
      [3, 4, 5],
    ]);
    expect(() => sequenceWindows([1, 2], { length: 2 })).toThrow('need 3 numbers, got 2');
  });
});
