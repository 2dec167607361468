// Reading and writing the numbers of a program: one, or a vector of them.

import { f32, f32x4, f64, f64x2, v128, type Body, type Code } from './assembler.js';
import { BYTES, LANES, MEMORY_START, type Float, type Place } from './loops.js';
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
  /** Numbers by place that have just been stored or loaded, and still are in variables. */
  readonly #known = new Map<number, Numbers>();
  #depth = 0;

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
    const known = this.#isFixed(place, lanes) ? this.#known.get(place.offset) : undefined;
    if (known) return known;
    const numbers = this.page(lanes).numbers(this.#read(place, lanes));
    this.#remember(place, numbers, lanes);
    return numbers;
  }

  /** Code that runs in a loop: what it puts into variables is good only there. */
  inLoop<T>(write: () => T): T {
    this.#depth++;
    try {
      return write();
    } finally {
      this.#depth--;
    }
  }

  /** A buffer that is about to be written to: what is known of it will not hold. */
  forget(start: number, size: number): void {
    for (const place of this.#known.keys()) {
      if (place >= this.bytes(start) && place < this.bytes(start + size)) this.#known.delete(place);
    }
  }

  #read({ address, offset, repeats }: Place, lanes: number): Code<FloatOf<Format>> {
    if (lanes === 1) return this.float === 'f64' ? f64.load(address, offset) : f32.load(address, offset);
    if (!repeats) return v128.load(address, offset);
    return this.float === 'f64' ? v128.load64_splat(address, offset) : v128.load32_splat(address, offset);
  }

  store(place: Place, numbers: Numbers, lanes: number): void {
    const { body, float } = this;
    const { address, offset } = place;
    const { code } = numbers;
    this.#remember(place, numbers, lanes);
    if (lanes > 1) body.do(v128.store(address, code as Code<'v128'>, offset));
    else if (float === 'f64') body.do(f64.store(address, code as Code<'f64'>, offset));
    else body.do(f32.store(address, code as Code<'f32'>, offset));
  }

  #isFixed({ address }: Place, lanes: number): boolean {
    return address === MEMORY_START && lanes === 1;
  }

  #remember(place: Place, numbers: Numbers, lanes: number): void {
    if (this.#depth === 0 && this.#isFixed(place, lanes)) this.#known.set(place.offset, numbers);
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
