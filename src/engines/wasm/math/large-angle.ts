// The sine of a number so large that n times π/2 in parts is not exact any more.
//
// x = m 2^e with a whole m of 53 bits. Of 2/π, known to 1216 bits, only 192 matter: those before make whole turns with m,
// those after are too small. Their product with m, as a whole number of 192 bits, is x 2/π but for whole turns: the first
// two bits count the quarters, the others are the angle in the quarter. M. Payne and R. Hanek, Radian reduction for
// trigonometric functions, SIGNUM 18 (1983).

import {
  call,
  f64,
  i32,
  i64,
  ifElse,
  select,
  type Body,
  type Code,
  type Func,
  type Local,
  type ModuleBuilder,
} from '../assembler.js';
import { Lanes, Page, Words } from './lanes.js';
import { quarterWave } from './quarter-wave.js';

const TWO_OVER_PI =
  'A2F9836E4E441529FC2757D1F534DDC0DB6295993C439041FE5163ABDEBBC561B7246E3A424DD2E006492EEA09D1921C' +
  'FE1DEB1CB129A73EE88235F52EBB4484E99C7026B45F7E413991D639835339F49C845F8BBDF9283B1FF897FFDE05980F' +
  'EF2F118B5A0A6D1F6D367ECF27CB09B74F463F669E5FEA2D7527BAC7EBE5F17B3D0739F78A5292EA6BFB5FB11F8D5D08' +
  '56033046FC7B6BAB';

/** Words of 64 bits: a 0, and then the digits of 2/π. */
const WORDS = [0n, ...(TWO_OVER_PI.match(/.{16}/g) ?? []).map((digits) => BigInt(`0x${digits}`))];

/** π/2 in two parts, the first of 21 bits: exact when multiplied by a number of 32 bits. */
const HALF_PI = [1647099 / 2 ** 20, 3.139164786504813e-7] as const;

/** The function that gives sin(x + turn π/2) for x beyond a million, infinite, or NaN. */
export function sineOfLarge(module: ModuleBuilder): Func<readonly ['f64', 'i32'], 'f64'> {
  return module.once('sineOfLarge', () =>
    module.define({ name: 'sineOfLarge', params: ['f64', 'i32'], result: 'f64' }, (body, x, turn) => {
      const bits = body.let(i64.reinterpret_f64(f64.abs(x)));
      const exponent = body.let(i32.wrap_i64(i64.shr_u(bits, 52)));
      const m = body.let(i64.or(i64.and(bits, i64.const((1n << 52n) - 1n)), i64.const(1n << 52n)));
      const [high, low] = fraction(body, m, body.let(i32.sub(exponent, 1013)));
      const n = body.let(i64.shr_u(i64.add(high, i64.const(1n << 61n)), 62));
      const r = angle(body, body.let(i64.sub(high, i64.shl(n, 62))), low);
      const page = new Page(body, 'f64');
      const quarters = new Words(page, body.let(i64.add(n, i64.extend_i32_u(turn))));
      const sine = quarterWave(quarters, new Lanes(page, r)).code;
      const odd = body.let(select(turn, sine, f64.mul(sine, f64.copysign(1, x)))); // a sine has the sign of x
      return select(f64.lt(f64.abs(x), Infinity), odd, f64.sub(x, x));
    }),
  );
}

/** The first 128 bits of m times the 192 bits of 2/π that begin after `skip`: quarter turns, 2 bits before the point. */
function fraction(body: Body, m: Local<'i64'>, skip: Local<'i32'>): [high: Local<'i64'>, low: Local<'i64'>] {
  const word = wordOf(body.module);
  const shift = body.let(i64.extend_i32_u(i32.and(skip, 63)));
  const first = body.let(i32.shr_u(skip, 6));
  const words = [0, 1, 2, 3].map((i) => body.let(call(word, i32.add(first, i))));
  // Shifted in two steps: a shift by 64 would be none.
  const [a, b, c] = [0, 1, 2].map((i) =>
    body.let(i64.or(i64.shl(words[i]!, shift), i64.shr_u(i64.shr_u(words[i + 1]!, 1), i64.sub(63, shift)))),
  ) as [Local<'i64'>, Local<'i64'>, Local<'i64'>];
  const carried = highProduct(body, m, c);
  const low = body.let(i64.add(i64.mul(m, b), carried));
  const carry = i64.extend_i32_u(i64.lt_u(low, carried));
  const high = i64.add(i64.add(i64.mul(m, a), highProduct(body, m, b)), carry);
  return [body.let(high), low];
}

/** The upper 64 bits of the product of m, of 53 bits, and w, of 64: in halves, as by hand. */
function highProduct(body: Body, m: Local<'i64'>, w: Local<'i64'>): Local<'i64'> {
  const lower = (value: Code<'i64'>): Code<'i64'> => i64.and(value, 0xffffffff);
  const upper = (value: Code<'i64'>): Code<'i64'> => i64.shr_u(value, 32);
  const [m0, m1, w0, w1] = [lower(m), upper(m), lower(w), upper(w)].map((half) =>
    body.let(half),
  ) as Local<'i64'>[];
  const inner = body.let(i64.add(i64.mul(m1!, w0!), upper(i64.mul(m0!, w0!))));
  const outer = i64.add(i64.mul(m0!, w1!), lower(inner));
  return body.let(i64.add(i64.add(i64.mul(m1!, w1!), upper(inner)), upper(outer)));
}

/** A signed fraction of a quarter turn, as 128 bits of which 126 are behind the point, in radians. */
function angle(body: Body, high: Local<'i64'>, low: Local<'i64'>): Local<'f64'> {
  const sign = body.let(i64.shr_s(high, 63));
  const [h, l] = [body.let(i64.xor(high, sign)), body.let(i64.xor(low, sign))];
  // No float64 comes so near to a multiple of π/2 that all of h is zeros: with its leading zeros gone, 64 bits are known.
  const zeros = body.let(i64.clz(h));
  const known = body.let(i64.or(i64.shl(h, zeros), i64.shr_u(l, i64.sub(64, zeros))));
  const upper = body.let(f64.convert_i64_u(i64.and(known, i64.const(0xffffffff00000000n))));
  const lower = f64.convert_i64_u(i64.and(known, 0xffffffff));
  const rest = f64.add(f64.mul(upper, HALF_PI[1]), f64.mul(lower, Math.PI / 2));
  const size = f64.add(f64.mul(upper, HALF_PI[0]), rest);
  const unit = f64.reinterpret_i64(i64.shl(i64.sub(1023 - 62, zeros), 52)); // 2^(-62 - zeros)
  return body.let(f64.copysign(f64.mul(size, unit), f64.convert_i64_s(i64.or(sign, 1))));
}

/** The function that looks up one of `WORDS`: a tree of comparisons, so that no memory is needed. */
function wordOf(module: ModuleBuilder): Func<readonly ['i32'], 'i64'> {
  const tree = (index: Code<'i32'>, from: number, words: readonly bigint[]): Code<'i64'> => {
    if (words.length === 1) return i64.const(words[0]!);
    const half = words.length >> 1;
    const [low, high] = [words.slice(0, half), words.slice(half)];
    return ifElse(i32.lt_u(index, from + half), tree(index, from, low), tree(index, from + half, high));
  };
  return module.once('twoOverPi', () =>
    module.define({ name: 'twoOverPi', params: ['i32'], result: 'i64' }, (_, index) => tree(index, 0, WORDS)),
  );
}
