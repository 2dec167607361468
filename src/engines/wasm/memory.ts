// Reading and writing the numbers of a program: one, or a vector of them.

import { f32, f32x4, f64, f64x2, v128, type Body, type Code } from './assembler.js';
import { BYTES, LANES, type Float, type Place } from './loops.js';
import type { Float as FloatOf, Format } from './math/formats.js';
import { Lanes, Page } from './math/lanes.js';

/** Numbers as they are loaded and computed with. */
export type Numbers = Lanes<Format>;

/** The format of so many numbers of a type at once. */
export function formatOf(float: Float, lanes: number): Format {
  if (lanes === 1) return float;
  return float === 'f64' ? 'f64x2' : 'f32x4';
}

/** Memory as the body of a function sees it. */
export class Memory {
  readonly body: Body;
  readonly float: Float;
  readonly #pages = new Map<Format, Page<Format>>();

  constructor(body: Body, float: Float) {
    this.body = body;
    this.float = float;
  }

  /** Bytes of so many numbers. */
  bytes(elements: number): number {
    return elements * BYTES[this.float];
  }

  /** Where formulas on so many numbers at once are written. */
  page(lanes: number): Page<Format> {
    const format = formatOf(this.float, lanes);
    const page = this.#pages.get(format) ?? new Page(this.body, format);
    this.#pages.set(format, page);
    return page;
  }

  constant(value: number, lanes: number): Numbers {
    return this.page(lanes).constant(value);
  }

  load(place: Place, lanes: number): Numbers {
    return this.page(lanes).numbers(this.code(place, lanes));
  }

  /** As `load`, without a variable of its own: for a number that is used once. */
  code({ address, offset, repeats }: Place, lanes: number): Code<FloatOf<Format>> {
    if (lanes === 1) return this.float === 'f64' ? f64.load(address, offset) : f32.load(address, offset);
    if (!repeats) return v128.load(address, offset);
    return this.float === 'f64' ? v128.load64_splat(address, offset) : v128.load32_splat(address, offset);
  }

  store({ address, offset }: Place, { code }: Numbers, lanes: number): void {
    const { body, float } = this;
    if (lanes > 1) body.do(v128.store(address, code as Code<'v128'>, offset));
    else if (float === 'f64') body.do(f64.store(address, code as Code<'f64'>, offset));
    else body.do(f32.store(address, code as Code<'f32'>, offset));
  }

  /** The sum of the numbers of a vector. */
  total({ code }: Numbers): Numbers {
    const vector = code as Code<'v128'>;
    const page = this.page(1);
    const lane = (i: number): Numbers =>
      page.numbers(this.float === 'f64' ? f64x2.extract_lane(i, vector) : f32x4.extract_lane(i, vector));
    const lanes = Array.from({ length: LANES[this.float] }, (_, i) => lane(i));
    return lanes.reduce((sum, each) => sum.add(each));
  }
}
