// Reading and writing the numbers of a program: one, or a vector of them.

import { f32, f32x4, f64, f64x2, i32, v128, type Body, type Code, type Local } from './assembler.js';
import { BYTES, LANES, MEMORY_START, type Float, type Place } from './loops.js';
import type { Float as FloatOf, Format } from './math/formats.js';
import { Lanes, Page } from './math/lanes.js';
import type { Target } from './target.js';

/** Numbers as they are loaded and computed with. */
export type Numbers = Lanes<Format>;

/** Code that gives such numbers. */
export type Vector = Code<FloatOf<Format>>;

/** A variable for such numbers. */
export type Variable = Local<FloatOf<Format>>;

/** The format of so many numbers of a type at once. */
export function formatOf(float: Float, lanes: number): Format {
  if (lanes === 1) return float;
  return float === 'f64' ? 'f64x2' : 'f32x4';
}

/** Memory where kernels put what they need for a moment; the next one overwrites it. */
export class Scratch {
  readonly #address: Code<'i32'>;
  readonly #room: { bytes: number };

  /** Scratch at an address. `room` is told how much is needed. */
  constructor(address: Code<'i32'>, room: { bytes: number }) {
    this.#address = address;
    this.#room = room;
  }

  /** Where so many bytes are free. */
  take(bytes: number): Code<'i32'> {
    this.#room.bytes = Math.max(this.#room.bytes, bytes);
    return this.#address;
  }
}

/** The part of a kernel that is to be written: one slice of several, whose number is known when the code runs. */
export interface Slice {
  readonly number: Code<'i32'>;
  /** How many slices are wanted. */
  readonly wanted: number;
  /** How many there are: set by what is cut, 1 until then. */
  count: number;
}

/** Memory as the body of a function sees it. */
export class Memory {
  readonly body: Body;
  readonly float: Float;
  readonly target: Target;
  /** How many numbers are computed at once where they lie evenly. */
  readonly lanes: number;
  readonly scratch: Scratch;
  #slice: Slice | null;
  readonly #pages = new Map<Format, Page<Format>>();
  /** By place what has just been stored or loaded, and still is in variables. */
  readonly #known = { numbers: new Map<number, Numbers>(), vectors: new Map<number, Numbers>() };
  #depth = 0;

  constructor(body: Body, float: Float, target: Target, scratch?: Scratch, slice: Slice | null = null) {
    this.body = body;
    this.scratch = scratch ?? new Scratch(i32.const(0), { bytes: 0 });
    this.#slice = slice;
    this.float = float;
    this.target = target;
    this.lanes = target === 'scalar' ? 1 : LANES[float];
  }

  /** The slice that is to be written, for the one loop that is cut: the first that asks. */
  takeSlice(): Slice | null {
    const slice = this.#slice;
    this.#slice = null;
    return slice;
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

  /** A new variable for numbers. */
  variable(lanes: number): Variable {
    return this.body.local(this.page(lanes).instructions.type);
  }

  constant(value: number, lanes: number): Numbers {
    return this.page(lanes).constant(value);
  }

  load(place: Place, lanes: number): Numbers {
    const known = this.#isFixed(place, lanes) ? this.#knownAt(place.offset, lanes) : undefined;
    const numbers = known ?? this.page(lanes).numbers(this.read(place, lanes));
    this.know(place, numbers, lanes);
    return numbers;
  }

  /** What variables hold of a place: a number by itself or in a vector, a vector as such or number by number. */
  #knownAt(offset: number, lanes: number): Numbers | undefined {
    const known = this.#known[lanes === 1 ? 'numbers' : 'vectors'].get(offset);
    const page = this.page(lanes);
    if (known) return known;
    if (lanes === 1) {
      for (let i = 0; i < this.lanes; i++) {
        const vector = this.#known.vectors.get(offset - this.bytes(i));
        if (vector) return page.numbers(this.lane(i, vector.code));
      }
      return undefined;
    }
    const parts = Array.from({ length: lanes }, (_, i) => this.#known.numbers.get(offset + this.bytes(i)));
    if (!parts.every((part) => part !== undefined)) return undefined;
    const { splat } = this.#vector;
    const [first, ...others] = parts.map(({ code }) => code as Code<'f64'>);
    return page.numbers(
      others.reduce<Vector>((vector, part, i) => this.withLane(i + 1, vector, part), splat(first!)),
    );
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
    this.#forget(this.bytes(start), this.bytes(start + size));
  }

  #forget(start: number, end: number): void {
    for (const [lanes, known] of [
      [1, this.#known.numbers],
      [this.lanes, this.#known.vectors],
    ] as const) {
      for (const place of known.keys()) {
        if (place + this.bytes(lanes) > start && place < end) known.delete(place);
      }
    }
  }

  /** Numbers as they lie in memory now. */
  read({ address, offset, repeats }: Place, lanes: number): Vector {
    if (lanes === 1) return this.float === 'f64' ? f64.load(address, offset) : f32.load(address, offset);
    if (!repeats) return v128.load(address, offset);
    return this.float === 'f64' ? v128.load64_splat(address, offset) : v128.load32_splat(address, offset);
  }

  store(place: Place, numbers: Numbers, lanes: number): void {
    if (this.#isFixed(place, lanes)) this.#forget(place.offset, place.offset + this.bytes(lanes));
    this.know(place, numbers, lanes);
    this.write(place, numbers.code, lanes);
  }

  /** Takes note of what lies at a place, so that nobody has to read it there. */
  know(place: Place, numbers: Numbers, lanes: number): void {
    if (this.#depth > 0 || !this.#isFixed(place, lanes)) return;
    this.#known[lanes === 1 ? 'numbers' : 'vectors'].set(place.offset, numbers);
  }

  /** Puts numbers into memory, and does not remember them. */
  write({ address, offset }: Place, code: Vector, lanes: number): void {
    const { body, float } = this;
    if (lanes > 1) body.do(v128.store(address, code as Code<'v128'>, offset));
    else if (float === 'f64') body.do(f64.store(address, code as Code<'f64'>, offset));
    else body.do(f32.store(address, code as Code<'f32'>, offset));
  }

  #isFixed({ address, repeats }: Place, lanes: number): boolean {
    return address === MEMORY_START && (lanes === 1 || !repeats);
  }

  /** The instructions on vectors, under the types of those of float64. */
  get #vector(): typeof f64x2 {
    return (this.float === 'f64' ? f64x2 : f32x4) as typeof f64x2;
  }

  /** a · b + sum, rounded once where the target may. */
  multiplyAdd(a: Vector, b: Vector, sum: Vector, lanes: number): Vector {
    if (lanes > 1 && this.target === 'relaxed-simd') {
      const { relaxed_madd } = this.#vector;
      return relaxed_madd(a as Code<'v128'>, b as Code<'v128'>, sum as Code<'v128'>);
    }
    const { add, mul } = this.page(lanes).instructions.real;
    return add(sum, mul(a, b));
  }

  /** One number of a vector; of a single number that number. */
  lane(i: number, vector: Vector): Vector {
    if (vector.type !== 'v128') return vector;
    const { extract_lane } = this.#vector;
    return extract_lane(i, vector as Code<'v128'>);
  }

  /** A vector with one number replaced. */
  withLane(i: number, vector: Vector, value: Vector): Vector {
    const { replace_lane } = this.#vector;
    return replace_lane(i, vector as Code<'v128'>, value as Code<'f64'>);
  }

  /** The sum of the numbers of a vector, first to last. */
  total({ code }: Numbers): Numbers {
    const lanes = code.type === 'v128' ? LANES[this.float] : 1;
    const page = this.page(1);
    return Array.from({ length: lanes }, (_, i) => page.numbers(this.lane(i, code))).reduce((sum, each) =>
      sum.add(each),
    );
  }
}
