// e to the x.
//
// In float32 by the polynomial of exponent.ts. In float64, where that is long and often a single number waits for it, by a table:
// x is split as (n + i / STEPS) ln 2 + r with i from 0 to STEPS - 1; then e^x = 2ⁿ 2^(i / STEPS) e^r, and r is so small that five
// terms of e^r are exact to 2⁻⁶⁰. After Tang, "Table-driven implementation of the exponential function in IEEE floating-point
// arithmetic" (1989).

import { LN2, powerOfTwo, scale, split, type Split } from './exponent.js';
import { isDouble, type Format } from './formats.js';
import type { Lanes, Page } from './lanes.js';

/** Up to `lowest` the result is 0, from `highest` on infinite. */
const SINGLE = { lowest: -104, highest: 89 } as const;
const DOUBLE = { lowest: -746, highest: 710 } as const;

const BITS = 7;
const STEPS = 2 ** BITS; // of the table

/** `Math.exp`, to 1 unit in the last place. */
export function exp<F extends Format>(x: Lanes<F>): Lanes<F> {
  if (isDouble(x.page.format)) return expByTable(x.max(DOUBLE.lowest).min(DOUBLE.highest));
  const parts = split(x.max(SINGLE.lowest).min(SINGLE.highest));
  return scale(mantissa(parts), parts);
}

/** As `exp`, for an x whose result is an ordinary number: neither so large nor so small as to lose digits. */
export function ordinaryExp<F extends Format>(x: Lanes<F>): Lanes<F> {
  const parts = split(x);
  return mantissa(parts).mul(powerOfTwo(parts.exponent));
}

/** e^r. */
function mantissa<F extends Format>({ r, tail }: Split<F>): Lanes<F> {
  return r.add(tail).add(1);
}

function expByTable<F extends Format>(x: Lanes<F>): Lanes<F> {
  const { page } = x;
  const { digits, rounder } = page.layout;
  const rounded = x.mul(STEPS * Math.LOG2E).add(rounder);
  const steps = rounded.sub(rounder);
  const r = x.sub(steps.mul(LN2[0] / STEPS)).sub(steps.mul(LN2[1] / STEPS));

  const table = tableOf(page);
  const bits = rounded.bits();
  const index = bits.and(BigInt(STEPS - 1));
  const [root, lost] = [index.lookUp(table), index.lookUp(table + 8 * STEPS)];
  // 2ⁿ in two factors, each of which is an ordinary number where 2ⁿ is not. Only the second can round.
  const exponent = bits.and(BigInt(-STEPS)).shiftLeft(digits - BITS);
  const half = steps
    .mul(0.5 / STEPS)
    .add(rounder)
    .bits()
    .shiftLeft(digits);
  const large = root.mul(powerOfTwo(half));

  const square = r.mul(r);
  const [near, far] = [r.mul(1 / 6).add(0.5), r.mul(1 / 120).add(1 / 24)];
  const rest = r.add(lost).add(square.mul(near)).add(square.mul(square).mul(far)); // e^r - 1
  return large.add(large.mul(rest)).mul(powerOfTwo(exponent.sub(half)));
}

/** Where 2^(i / STEPS) stand for all i, and behind them what their rounding lost, relatively. */
function tableOf<F extends Format>({ body }: Page<F>): number {
  return body.module.table('roots of 2', () => new Uint8Array(rootsOfTwo().buffer));
}

/** Bytes of the tables that functions may ask for. */
export const TABLE_BYTES = 2 * 8 * STEPS;

/** The table, computed with whole numbers: 2^(i / STEPS) as multiples of 2^-DIGITS. */
function rootsOfTwo(): Float64Array {
  const one = 1n << DIGITS;
  let root = 2n * one;
  for (let i = 0; i < BITS; i++) root = squareRoot(root * one);
  const values = new Float64Array(2 * STEPS);
  for (let [i, power] = [0, one]; i < STEPS; i++, power = (power * root) >> DIGITS) {
    values[i] = Number(power) / Number(one);
    const kept = BigInt(values[i]! * 2 ** 52) << (DIGITS - 52n);
    values[STEPS + i] = Number(power - kept) / Number(power);
  }
  return values;
}

const DIGITS = 120n;

/** The whole part of a square root, by Newton's method from above. */
function squareRoot(n: bigint): bigint {
  let [root, next] = [n, BigInt(Math.ceil(Math.sqrt(Number(n)) * (1 + 1e-15)))];
  while (next < root) [root, next] = [next, (next + n / next) >> 1n];
  return root;
}
