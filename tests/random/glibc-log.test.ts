// The C library's logarithm, as Python's math.log gives it on Debian 12.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { glibcLog } from '../../src/random/glibc-log.js';
import { RandomState } from '../../src/random/index.js';

const { logs } = JSON.parse(
  readFileSync(new URL('../fixtures/numpy-random.json', import.meta.url), 'utf8'),
) as {
  logs: { some: [x: number, log: number][]; doubled: { seed: number; count: number; sha256: string } };
};

it.each(logs.some)('log(%d) is %d', (x, log) => {
  expect(glibcLog(x)).toBe(log);
});

it('equals the C library in every bit of 200,000 logarithms, where Math.log does not', () => {
  const { seed, count, sha256 } = logs.doubled;
  const x = new RandomState(seed).randomSample(count).data.map((u) => 2 * u);
  const digest = (values: Float64Array) =>
    createHash('sha256').update(new Uint8Array(values.buffer)).digest('hex');
  expect(digest(x.map(glibcLog))).toBe(sha256);
  expect(digest(x.map(Math.log))).not.toBe(sha256);
});
