// What the browser keeps: read back as it was written, and damage to it costs no more than what is damaged. And addresses.

import { expect, test } from 'vitest';
import { checkNameOf, isCheck } from '../../../lab/state/route.js';
import { changed, entryOf, NOTHING, readProgress, solvedOf } from '../../../lab/check/progress.js';

test('nothing is known at first, and a change is one of its entry alone', () => {
  expect(entryOf(NOTHING, 'sigmoid')).toEqual({ source: null, hints: 0, solved: false });
  const first = changed(NOTHING, 'sigmoid', { hints: 1 });
  const second = changed(changed(first, 'sigmoid', { solved: true }), 'tanh', { source: '…' });
  expect(entryOf(second, 'sigmoid')).toEqual({ source: null, hints: 1, solved: true });
  expect(entryOf(first, 'sigmoid').solved).toBe(false);
  expect(solvedOf(second, ['sigmoid', 'tanh', 'bce'])).toBe(1);
  expect(entryOf(second, 'constructor')).toEqual({ source: null, hints: 0, solved: false });
});

test('what was written is read', () => {
  const progress = { ...changed(NOTHING, 'bce', { source: 'class …', hints: 2, solved: true }), last: 'bce' };
  expect(readProgress(JSON.stringify(progress))).toEqual(progress);
});

test.each([null, '', '{', '[]', 'null', '{"last":"x"}', '{"entries":[]}', '{"entries":3}'])(
  '%j is nothing',
  (text) => {
    expect(readProgress(text).entries).toEqual({});
  },
);

test('an entry that makes no sense is left out', () => {
  const good = { source: null, hints: 0, solved: true };
  const bad = [
    { ...good, hints: -1 },
    { ...good, hints: 0.5 },
    { ...good, solved: 1 },
    { ...good, source: 3 },
    null,
    'x',
  ];
  const entries = { good, ...Object.fromEntries(bad.map((each, i) => [`bad${i}`, each])) };
  expect(readProgress(JSON.stringify({ last: 3, entries }))).toEqual({ last: null, entries: { good } });
});

test.each([
  ['#/check', true, null],
  ['#/check/', true, null],
  ['#/check/sigmoid', true, 'sigmoid'],
  ['#/checks', false, null],
  ['#/lesson/1', false, null],
])('the address %s', (hash, isOurs, name) => {
  expect(isCheck(hash)).toBe(isOurs);
  expect(checkNameOf(hash)).toBe(name);
});
